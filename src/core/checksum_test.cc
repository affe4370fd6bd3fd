#include "core/checksum.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace tercet::core {
namespace {

std::uint64_t checksum_of(std::string_view text) {
  return checksum(std::as_bytes(std::span(text)));
}

// Published values of XXH3-64 with seed 0: files made today must open for ever.
TEST(Checksum, KnownValues) {
  EXPECT_EQ(checksum_of(""), 0x2d06'8005'38d3'94c2U);
  EXPECT_EQ(checksum_of("a"), 0xe6c6'32b6'1e96'4e1fU);
  EXPECT_EQ(checksum_of("abc"), 0x78af'5f94'892f'3950U);
}

RC_GTEST_PROP(Checksum, PiecesGiveTheWhole, (const std::vector<std::uint8_t>& unit)) {
  // Longer than the library's internal buffers, so that all its paths are taken.
  const auto repeats = *rc::gen::inRange<std::size_t>(1, 60);
  std::vector<std::byte> bytes;
  for (std::size_t i = 0; i < repeats; ++i)
    for (const std::uint8_t byte : unit) bytes.push_back(static_cast<std::byte>(byte + i));
  Checksummer streaming;
  std::span<const std::byte> rest(bytes);
  while (!rest.empty()) {
    const auto take =
        *rc::gen::inRange<std::size_t>(0, std::min<std::size_t>(rest.size(), 400) + 1);
    streaming.add(rest.first(take));
    rest = rest.subspan(take);
    if (take == 0) break;
  }
  streaming.add(rest);
  RC_ASSERT(streaming.value() == checksum(bytes));
}

RC_GTEST_PROP(Checksum, EveryFlippedBitChangesIt, ()) {
  auto bytes = *rc::gen::nonEmpty(rc::gen::arbitrary<std::vector<std::uint8_t>>());
  const std::uint64_t before = checksum(std::as_bytes(std::span(bytes)));
  for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    RC_ASSERT(checksum(std::as_bytes(std::span(bytes))) != before);
    bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
  }
}

TEST(Checksum, ValueMayBeReadOnTheWay) {
  Checksummer streaming;
  const std::string_view text = "one two three";
  streaming.add(std::as_bytes(std::span(text.substr(0, 4))));
  EXPECT_EQ(streaming.value(), checksum_of("one "));
  Checksummer moved = std::move(streaming);
  moved.add(std::as_bytes(std::span(text.substr(4))));
  EXPECT_EQ(moved.value(), checksum_of(text));
}

}  // namespace
}  // namespace tercet::core
