// Ownership of mapped pages.
#ifndef TERCET_OS_MAPPING_H_
#define TERCET_OS_MAPPING_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

namespace tercet::os {

/// Owns one mmap(2) region; nothing more. MappedFile and Memory are built on it.
class Mapping {
 public:
  Mapping() = default;
  Mapping(void* address, std::size_t size) noexcept
      : address_(static_cast<std::byte*>(address)), size_(size) {}
  Mapping(Mapping&& other) noexcept
      : address_(std::exchange(other.address_, nullptr)), size_(std::exchange(other.size_, 0)) {}
  Mapping& operator=(Mapping&& other) noexcept;
  ~Mapping();

  /// Whether mmap(2) returned MAP_FAILED, without the old-style cast of that macro.
  static bool failed(const void* address) noexcept {
    return reinterpret_cast<std::intptr_t>(address) == -1;
  }

  std::span<std::byte> bytes() const noexcept { return {address_, size_}; }

 private:
  std::byte* address_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace tercet::os

#endif  // TERCET_OS_MAPPING_H_
