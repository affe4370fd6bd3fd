#include "train/documents.h"

#include <gtest/gtest.h>

#include <string>

#include "os/testing.h"

namespace tercet::train {
namespace {

struct Expected {
  std::uint64_t begin;
  std::uint64_t document;
  std::uint32_t number;
  std::uint32_t continues;
};

void expect_passages(const std::vector<Passage>& passages, const std::vector<Expected>& expected) {
  ASSERT_EQ(passages.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(passages[i].begin, expected[i].begin) << i;
    EXPECT_EQ(passages[i].document, expected[i].document) << i;
    EXPECT_EQ(passages[i].number, expected[i].number) << i;
    EXPECT_EQ(passages[i].continues, expected[i].continues) << i;
  }
}

class Documents : public ::testing::Test {
 protected:
  DocumentCutter cutter(const std::string& text_name) {
    auto cutter = DocumentCutter::open(directory_.path() / text_name, {});
    EXPECT_TRUE(cutter.ok()) << (cutter.ok() ? "" : cutter.error().message);
    return *cutter;
  }
  void write(const std::string& name, const std::string& content) {
    directory_.write(name, content);
  }

  os::testing::TemporaryDirectory directory_;
  PassageCounts counts_{10, 100};
};

TEST_F(Documents, AreWhatTheIndexSays) {
  write("a.index.tsv", "1\t2\tnews\ta\n3\t1\tnews\tb\n");
  DocumentCutter cutter = this->cutter("a.txt");
  EXPECT_EQ(cutter.index(), "a.index.tsv");
  expect_passages(cutter.cut("one\ntwo\nthree", counts_), {{0, 10, 100, 0}, {8, 11, 101, 0}});
  EXPECT_TRUE(cutter.finish().ok());
  EXPECT_EQ(counts_.documents, 12U);
  EXPECT_EQ(counts_.passages, 102U);
}

TEST_F(Documents, WhatTheIndexLeavesOutIsOneToo) {
  write("a.index.tsv", "2\t1\tnews\ta\n3\t0\tnews\tempty\n4\t1\tnews\tb\n");
  expect_passages(
      cutter("a.txt").cut("1\n2\n3\n4\n5\n6\n", counts_),
      {{0, 10, 100, 0}, {2, 11, 101, 0}, {4, 12, 102, 0}, {6, 13, 103, 0}, {8, 14, 104, 0}});
}

TEST_F(Documents, GoOnInTheNextBlockAsAnotherPassage) {
  write("a.index.tsv", "1\t3\tnews\ta\n4\t1\tnews\tb\n");
  DocumentCutter cutter = this->cutter("a.txt.zst");
  expect_passages(cutter.cut("1\n2\n", counts_), {{0, 10, 100, 0}});
  expect_passages(cutter.cut("3\n4\n", counts_), {{0, 10, 101, 0}, {2, 11, 102, 0}});
  EXPECT_TRUE(cutter.finish().ok());
}

TEST_F(Documents, AreLinesWithoutAnIndex) {
  write("a.index.tsv", "");  // Says nothing.
  DocumentCutter cutter = this->cutter("a.txt");
  EXPECT_EQ(cutter.index(), "");
  std::string block;
  for (std::size_t i = 0; i < 2 * kLinesPerDocument + 1; ++i) block += "x\n";
  expect_passages(
      cutter.cut(block, counts_),
      {{0, 10, 100, 0}, {2 * kLinesPerDocument, 11, 101, 1}, {4 * kLinesPerDocument, 12, 102, 1}});
  expect_passages(cutter.cut("x\n", counts_), {{0, 13, 103, 0}});
  EXPECT_TRUE(cutter.finish().ok());
}

TEST_F(Documents, TheIndexIsFoundByItsName) {
  const std::string content = "1\t1\tnews\ta\n";
  EXPECT_EQ(cutter("b.txt").index(), "");
  write("b.index.tsv", content);
  write("noise.index.tsv", content);
  for (const char* const name : {"b.txt", "b.txt.zst", "b.txt.gz"})
    EXPECT_EQ(cutter(name).index(), "b.index.tsv") << name;
  for (const char* const name : {"b", "b.zst", "noise", "noise.md", "c.txt", "-"})
    EXPECT_EQ(cutter(name).index(), "") << name;
  write("b.index.tsv.zst", content);  // Its kind is known by its content.
  EXPECT_EQ(cutter("b.txt").index(), "b.index.tsv.zst");
}

TEST_F(Documents, AWrongIndexIsNamedWithItsLine) {
  write("a.index.tsv", "1\t2\tnews\ta\n2\t1\tnews\tb\n");
  const auto overlapping = DocumentCutter::open(directory_.path() / "a.txt", {});
  ASSERT_FALSE(overlapping.ok());
  EXPECT_EQ(overlapping.error().code, ErrorCode::kInvalidArgument);
  const std::string place = "line 2 of " + (directory_.path() / "a.index.tsv").native();
  EXPECT_EQ(overlapping.error().message.find(place), 0U) << overlapping.error().message;

  write("a.index.tsv", "1\t1\tnews\ta\n2\t2\tnews\tb\n4\t0\tnews\tempty\n");
  DocumentCutter cutter = this->cutter("a.txt");
  cutter.cut("1\n2\n", counts_);
  const Status beyond = cutter.finish();
  ASSERT_FALSE(beyond.ok());
  EXPECT_EQ(beyond.error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(beyond.error().message.find(place), 0U) << beyond.error().message;
  EXPECT_NE(beyond.error().message.find("text of 2 lines"), std::string::npos);
}

}  // namespace
}  // namespace tercet::train
