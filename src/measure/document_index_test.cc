#include "measure/document_index.h"

#include <gtest/gtest.h>

namespace tercet::measure {
namespace {

constexpr std::string_view kText = "one\ntwo\nthree\nfour";

TEST(DocumentIndex, CutsByLines) {
  const auto documents = cut_documents(kText, "1\t2\tnews\ta\n4\t1\tbooks\tb\n");
  ASSERT_TRUE(documents.ok()) << documents.error().message;
  ASSERT_EQ(documents->size(), 2U);
  EXPECT_EQ((*documents)[0].genre, "news");
  EXPECT_EQ((*documents)[0].text, "one\ntwo\n");
  EXPECT_EQ((*documents)[1].genre, "books");
  EXPECT_EQ((*documents)[1].text, "four");
}

TEST(DocumentIndex, WithoutOneBlocksOfLines) {
  std::string text;
  for (std::size_t i = 0; i < kLinesPerBlock + 1; ++i) text += "line\n";
  const auto documents = cut_documents(text, "");
  ASSERT_TRUE(documents.ok());
  ASSERT_EQ(documents->size(), 2U);
  EXPECT_EQ((*documents)[0].text.size(), 5 * kLinesPerBlock);
  EXPECT_EQ((*documents)[1].text, "line\n");
  EXPECT_TRUE(cut_documents("", "")->empty());
}

TEST(DocumentIndex, NamesTheLineThatDoesNotFit) {
  for (const std::string_view index :
       {"1\t2\tnews\ta\n2\t1\tnews\tb\n",                       // Overlaps the one before.
        "1\t1\tnews\ta\n0\t1\tnews\tb\n",                       // Lines count from 1.
        "1\t1\tnews\ta\n2\t4\tnews\tb\n",                       // Beyond the text.
        "1\t1\tnews\ta\n5\t0\tnews\tb\n6\t0\tnews\tb\n",        // Beyond it, and empty.
        "1\t1\tnews\ta\nx\t1\tnews\tb\n", "1\t1\tnews\ta\n\n",  // No numbers.
        "1\t1\tnews\ta\n2\t18446744073709551615\tnews\tb\n",    // Would wrap.
        "1\t1\tnews\ta\n18446744073709551615\t1\tnews\tb\n"}) {
    const auto documents = cut_documents(kText, index);
    ASSERT_FALSE(documents.ok()) << index;
    EXPECT_EQ(documents.error().code, ErrorCode::kInvalidArgument);
    EXPECT_NE(documents.error().message.find(" of this text of 4 lines"), std::string::npos);
    EXPECT_NE(documents.error().message.find("line "), std::string::npos);
  }
}

}  // namespace
}  // namespace tercet::measure
