#include "text/document_index.h"

#include <gtest/gtest.h>

namespace tercet::text {
namespace {

TEST(DocumentIndex, RowsComeBack) {
  const auto rows = parse_document_index("1\t2\tnews\ta\n4\t1\tbooks\tb\tmore", "the index", {});
  ASSERT_TRUE(rows.ok());
  ASSERT_EQ(rows->size(), 2U);
  EXPECT_EQ((*rows)[0].first, 1U);
  EXPECT_EQ((*rows)[0].lines, 2U);
  EXPECT_EQ((*rows)[1].first, 4U);
  EXPECT_EQ((*rows)[1].genre, "books");
  EXPECT_TRUE(parse_document_index("", "the index", 0)->empty());
}

TEST(DocumentIndex, TheErrorNamesFileAndLine) {
  for (const std::string_view wrong :
       {"1\t1\tnews\ta\nx\t1\tnews\tb\n", "1\t2\tnews\ta\n2\t1\tnews\tb\n", "1\t1\n\n",
        "1\t1\tnews\ta\n2\t18446744073709551615\tnews\tb\n",
        "1\t1\tnews\ta\n18446744073709551615\t1\tnews\tb\n"}) {
    const auto rows = parse_document_index(wrong, "a.index.tsv", {});
    ASSERT_FALSE(rows.ok()) << wrong;
    EXPECT_EQ(rows.error().code, ErrorCode::kInvalidArgument);
    EXPECT_EQ(rows.error().message.find("line 2 of a.index.tsv is not "), 0U)
        << rows.error().message;
  }
}

TEST(DocumentIndex, LiesInItsText) {
  constexpr std::string_view kIndex = "1\t1\tnews\ta\n3\t2\tnews\tb\n";
  EXPECT_TRUE(parse_document_index(kIndex, "x", 4).ok());
  const auto beyond = parse_document_index(kIndex, "x", 3);
  ASSERT_FALSE(beyond.ok());
  EXPECT_NE(beyond.error().message.find("of this text of 3 lines"), std::string::npos);
}

}  // namespace
}  // namespace tercet::text
