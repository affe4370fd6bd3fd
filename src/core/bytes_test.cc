#include "core/bytes.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace tercet::core {
namespace {

TEST(Bytes, LittleEndianWhateverTheMachine) {
  std::array<std::byte, 8> bytes{};
  store(bytes.data(), std::uint64_t{0x0102'0304'0506'0708});
  for (std::size_t i = 0; i < 8; ++i) EXPECT_EQ(bytes[i], static_cast<std::byte>(8 - i));
  EXPECT_EQ(load<std::uint16_t>(bytes.data()), 0x0708);
  EXPECT_EQ(load<std::uint32_t>(bytes.data() + 3), 0x0203'0405U);
}

TEST(Bytes, LoadU24TakesThreeBytes) {
  const std::array<std::byte, 4> bytes{std::byte{0x11}, std::byte{0x22}, std::byte{0x33},
                                       std::byte{0xFF}};
  EXPECT_EQ(load_u24(bytes.data()), 0x33'2211U);
}

RC_GTEST_PROP(Bytes, StoreThenLoadAtAnyAddress, (std::uint64_t value)) {
  const auto at = *rc::gen::inRange<std::size_t>(0, 16);
  std::vector<std::byte> bytes(32, std::byte{0xA5});
  store(bytes.data() + at, value);
  RC_ASSERT(load<std::uint64_t>(bytes.data() + at) == value);
  for (std::size_t i = 0; i < bytes.size(); ++i)
    if (i < at || i >= at + sizeof value) RC_ASSERT(bytes[i] == std::byte{0xA5});
}

RC_GTEST_PROP(Bytes, U24IsTheLowThreeBytesAtAnyAddress, (std::uint32_t value)) {
  const auto at = *rc::gen::inRange<std::size_t>(0, 8);
  std::vector<std::byte> bytes(16, std::byte{0xA5});
  store(bytes.data() + at, value);
  RC_ASSERT(load_u24(bytes.data() + at) == (value & 0xFF'FFFFU));
}

TEST(Bytes, BytesOfIsTheObject) {
  const std::uint32_t value = 0xDEAD'BEEF;
  const auto bytes = bytes_of(value);
  ASSERT_EQ(bytes.size(), 4U);
  EXPECT_EQ(static_cast<const void*>(bytes.data()), static_cast<const void*>(&value));
}

}  // namespace
}  // namespace tercet::core
