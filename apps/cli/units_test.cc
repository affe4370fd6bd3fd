#include "units.h"

#include <gtest/gtest.h>

namespace tercet::cli {
namespace {

TEST(ParseBytes, KnowsBinaryUnits) {
  EXPECT_EQ(*parse_bytes("0"), 0U);
  EXPECT_EQ(*parse_bytes("65536"), 65536U);
  EXPECT_EQ(*parse_bytes("1K"), 1024U);
  EXPECT_EQ(*parse_bytes("500M"), 500ULL << 20);
  EXPECT_EQ(*parse_bytes("2g"), 2ULL << 30);
  EXPECT_EQ(*parse_bytes("1.5G"), 3ULL << 29);
  EXPECT_EQ(*parse_bytes("2GiB"), 2ULL << 30);
  EXPECT_EQ(*parse_bytes("2GB"), 2ULL << 30);
}

TEST(ParseBytes, RefusesTheRest) {
  for (const char* text : {"", "G", "-1", "2 G", "2X", "2Gb", "2GiBs", "1e9", "inf", "nan", " 2G",
                           "99999999T", "0x10"}) {
    const auto bytes = parse_bytes(text);
    ASSERT_FALSE(bytes.ok()) << text;
    EXPECT_NE(bytes.error().message.find("500M or 2G"), std::string::npos);
  }
}

TEST(FormatBytes, HasOneDecimal) {
  EXPECT_EQ(format_bytes(0), "0 B");
  EXPECT_EQ(format_bytes(1023), "1023 B");
  EXPECT_EQ(format_bytes(1024), "1.0 KiB");
  EXPECT_EQ(format_bytes((1ULL << 20) - 1), "1.0 MiB");
  EXPECT_EQ(format_bytes(12'900'000), "12.3 MiB");
  EXPECT_EQ(format_bytes(1ULL << 60), "1048576.0 TiB");
}

TEST(ParsePruneCounts, ReadsLists) {
  EXPECT_EQ(*parse_prune_counts("0"), (std::vector<std::uint64_t>{0}));
  EXPECT_EQ(*parse_prune_counts("0,0,1,12"), (std::vector<std::uint64_t>{0, 0, 1, 12}));
}

TEST(ParsePruneCounts, RefusesTheRest) {
  for (const char* text : {"", ",", "0,", ",0", "0,,1", "0, 1", "1,0", "a", "0;1", "-1", "0.5"}) {
    EXPECT_FALSE(parse_prune_counts(text).ok()) << text;
  }
}

}  // namespace
}  // namespace tercet::cli
