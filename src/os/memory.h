// Large blocks of memory: plain, or in a file that the kernel pages in and out.
#ifndef TERCET_OS_MEMORY_H_
#define TERCET_OS_MEMORY_H_

#include <cstddef>
#include <filesystem>
#include <span>

#include "os/mapping.h"
#include "tercet/error.h"

namespace tercet::os {

/// Zeroed, writable, page-aligned bytes, given back to the system on destruction. Pages cost
/// nothing until they are touched. Move-only; any number of threads may touch disjoint parts.
class Memory {
 public:
  Memory() = default;

  /// Huge pages are asked for. kResource when the system has not that much.
  static Result<Memory> plain(std::size_t size);
  /// A nameless file in `directory`, its blocks reserved at once, so that a full disk is an error
  /// here and not a signal later.
  static Result<Memory> in_file(std::size_t size, const std::filesystem::path& directory);

  std::span<std::byte> bytes() const noexcept { return mapping_.bytes(); }
  template <class T>
  std::span<T> as() const noexcept {
    return {reinterpret_cast<T*>(mapping_.bytes().data()), mapping_.bytes().size() / sizeof(T)};
  }

 private:
  explicit Memory(Mapping mapping) noexcept : mapping_(std::move(mapping)) {}
  Mapping mapping_;
};

}  // namespace tercet::os

#endif  // TERCET_OS_MEMORY_H_
