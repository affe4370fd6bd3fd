#include "times.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace tercet::cli {
namespace {

constexpr std::int64_t kNow = 1'800'000'000'000;

class Times : public ::testing::Test {
 protected:
  void SetUp() override { ::setenv("TZ", "UTC-3", 1); }  // POSIX: three hours east.
};

TEST_F(Times, Ago) {
  EXPECT_EQ(*parse_time("10s", kNow), kNow - 10'000);
  EXPECT_EQ(*parse_time("10m", kNow), kNow - 600'000);
  EXPECT_EQ(*parse_time("2h", kNow), kNow - 7'200'000);
  EXPECT_EQ(*parse_time("3d", kNow), kNow - 259'200'000);
  EXPECT_EQ(*parse_time("1w", kNow), kNow - 604'800'000);
  EXPECT_EQ(*parse_time("0m", kNow), kNow);
}

TEST_F(Times, Dates) {
  EXPECT_EQ(*parse_time("1970-01-02", kNow), 75'600'000);
  EXPECT_EQ(*parse_time("1970-01-01T03:00", kNow), 0);
  EXPECT_EQ(*parse_time("2001-09-09 04:46:40", kNow), 1'000'000'000'000);
  EXPECT_EQ(format_time(1'000'000'000'999), "2001-09-09 04:46:40");
  EXPECT_EQ(*parse_time(format_time(kNow), 0), kNow);
}

TEST_F(Times, Wrong) {
  for (const char* text : {"", "m", "10", "10x", "-1m", "10 m", "2026-02-31", "2026-13-01", "today",
                           "2026-03-01T", "2026-03-01T25:00", "99999999999999999999d"}) {
    const auto time = parse_time(text, kNow);
    ASSERT_FALSE(time.ok()) << text;
    EXPECT_EQ(time.error().code, ErrorCode::kInvalidArgument);
  }
}

}  // namespace
}  // namespace tercet::cli
