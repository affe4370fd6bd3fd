#include "text/clean_copy.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

#include "text/utf8.h"

namespace tercet::text {
namespace {

/// What stood in the given text where `part` stands in the clean one.
std::string given_part(const std::string& given, std::string_view part) {
  const CleanCopy copy(given);
  const std::size_t begin = copy.text().find(part);
  if (begin == std::string::npos) return "(not there)";
  const std::size_t from = copy.given_begin(begin);
  return given.substr(from, copy.given_end(begin + part.size()) - from);
}

TEST(CleanCopy, WhatIsCleanStandsWhereItStood) {
  const CleanCopy copy("We saw it.\n");
  EXPECT_EQ(copy.text(), "We saw it.\n");
  for (std::size_t at = 0; at <= copy.text().size(); ++at) {
    EXPECT_EQ(copy.given_begin(at), at);
    EXPECT_EQ(copy.given_end(at), at);
  }
  EXPECT_EQ(CleanCopy("").text(), "");
}

TEST(CleanCopy, FindsPartsWhereTheyStood) {
  const std::string accent = "\u0301";
  const std::string given = "\uFEFFcafe" + accent + "s,\r\nthe " + "\xFF" + " naive\u0308 end";
  EXPECT_EQ(given_part(given, "caf\u00E9s"), "cafe" + accent + "s");
  EXPECT_EQ(given_part(given, "s,"), "s,");
  EXPECT_EQ(given_part(given, "the"), "the");
  EXPECT_EQ(given_part(given, "\uFFFD"), "\xFF");
  EXPECT_EQ(given_part(given, "naiv\u00EB"), "naive\u0308");
  EXPECT_EQ(given_part(given, "end"), "end");
}

TEST(CleanCopy, IsTheCleanTextWhateverIsGiven) {
  constexpr std::array<std::string_view, 12> kParts = {"e",      "\u0301", "\u0323", "\uFEFF",
                                                       "\xFF",   "\r",     " ",      "\u1100",
                                                       "\u1161", "\u0344", "\u0438", "\u0306"};
  std::mt19937_64 random(7);
  for (int round = 0; round < 2000; ++round) {
    std::string given;
    for (std::uint64_t i = random() % 12; i > 0; --i) given += kParts[random() % kParts.size()];
    const CleanCopy copy(given);
    std::string buffer;
    CleanStats ignored;
    ASSERT_EQ(copy.text(), clean(given, buffer, ignored));
    std::size_t begin = 0;
    for (std::size_t at = 0; at <= copy.text().size(); ++at) {
      EXPECT_GE(copy.given_begin(at), begin);
      begin = copy.given_begin(at);
      EXPECT_LE(copy.given_end(at), given.size());
      if (at > 0) {
        EXPECT_GT(copy.given_end(at), copy.given_begin(at - 1));
      }
    }
  }
}

}  // namespace
}  // namespace tercet::text
