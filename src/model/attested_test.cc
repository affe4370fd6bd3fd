#include "model/attested.h"

#include <gtest/gtest.h>

#include <limits>

namespace tercet::model {
namespace {

TEST(Attested, SmallCountsAreExact) {
  for (std::uint64_t count = 0; count <= kExactCount; ++count) {
    EXPECT_EQ(encode_attested(count), count);
    EXPECT_EQ(decode_attested(encode_attested(count)), count);
  }
}

TEST(Attested, EachCodeStandsForTheLeastCountThatHasIt) {
  for (std::uint32_t code = 1; code <= 0xFF; ++code) {
    const std::uint64_t count = decode_attested(static_cast<std::uint8_t>(code));
    EXPECT_EQ(encode_attested(count), code);
    EXPECT_EQ(encode_attested(count - 1), code - 1);
  }
  EXPECT_EQ(decode_attested(0xFF), kMostAttested);
  EXPECT_EQ(encode_attested(std::numeric_limits<std::uint64_t>::max()), 0xFF);
}

TEST(Attested, EightStepsForEachDoubling) {
  EXPECT_EQ(encode_attested(2 * kExactCount), kExactCount + kStepsPerDoubling);
  for (std::uint32_t code = kExactCount; code + kStepsPerDoubling <= 0xFF; ++code) {
    EXPECT_EQ(decode_attested(static_cast<std::uint8_t>(code + kStepsPerDoubling)),
              2 * decode_attested(static_cast<std::uint8_t>(code)));
  }
}

}  // namespace
}  // namespace tercet::model
