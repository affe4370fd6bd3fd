// Large temporary arrays: in memory, or in a file that the kernel pages in and out.
#ifndef TERCET_OS_SCRATCH_ARRAY_H_
#define TERCET_OS_SCRATCH_ARRAY_H_

#include <cstddef>
#include <filesystem>
#include <span>

#include "os/mapped_file.h"
#include "tercet/error.h"

namespace tercet::os {

/// Zeroed, writable bytes. Move-only; any number of threads may touch disjoint parts.
class ScratchArray {
 public:
  ScratchArray() = default;

  /// Anonymous memory with huge pages. kResource when the system has not that much.
  static Result<ScratchArray> in_memory(std::size_t size);
  /// A nameless file in `directory`, its blocks reserved at once, so that a full disk is an error
  /// here and not a signal later.
  static Result<ScratchArray> in_file(std::size_t size, const std::filesystem::path& directory);

  std::span<std::byte> bytes() const noexcept { return mapping_.bytes(); }
  template <class T>
  std::span<T> as() const noexcept {
    return {reinterpret_cast<T*>(mapping_.bytes().data()), mapping_.bytes().size() / sizeof(T)};
  }

 private:
  explicit ScratchArray(Mapping mapping) noexcept : mapping_(std::move(mapping)) {}
  Mapping mapping_;
};

}  // namespace tercet::os

#endif  // TERCET_OS_SCRATCH_ARRAY_H_
