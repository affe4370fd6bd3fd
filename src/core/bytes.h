// Little-endian loads and stores at any address. Files are little-endian by definition; on a
// big-endian machine the static assertion stops the build instead of reading rubbish.
#ifndef TERCET_CORE_BYTES_H_
#define TERCET_CORE_BYTES_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <type_traits>

namespace tercet::core {

static_assert(std::endian::native == std::endian::little,
              "tercet maps little-endian files; a big-endian port needs byte swaps here");

template <class T>
T load(const std::byte* at) noexcept {
  static_assert(std::is_trivially_copyable_v<T>);
  T value;
  std::memcpy(&value, at, sizeof value);
  return value;
}

template <class T>
void store(std::byte* at, T value) noexcept {
  static_assert(std::is_trivially_copyable_v<T>);
  std::memcpy(at, &value, sizeof value);
}

/// Bytes of a 24-bit word id in a file. Reading touches one byte more than that.
inline constexpr std::size_t kBytesPerWordId = 3;

/// Reads 4 bytes, keeps 24 bits.
inline std::uint32_t load_u24(const std::byte* at) noexcept {
  return load<std::uint32_t>(at) & 0xFF'FFFFU;
}

template <class T>
std::span<const std::byte> bytes_of(const T& value) noexcept {
  static_assert(std::is_trivially_copyable_v<T>);
  return std::as_bytes(std::span<const T, 1>(&value, 1));
}

}  // namespace tercet::core

#endif  // TERCET_CORE_BYTES_H_
