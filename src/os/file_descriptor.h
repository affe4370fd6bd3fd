// An owned file descriptor and the few calls on it that retry and report as tercet wants.
#ifndef TERCET_OS_FILE_DESCRIPTOR_H_
#define TERCET_OS_FILE_DESCRIPTOR_H_

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "core/error.h"

namespace tercet::os {

/// Owns a descriptor, closes it on destruction. -1 is "none".
class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int descriptor) noexcept : descriptor_(descriptor) {}
  FileDescriptor(FileDescriptor&& other) noexcept
      : descriptor_(std::exchange(other.descriptor_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept;
  ~FileDescriptor() { close(); }

  bool ok() const noexcept { return descriptor_ >= 0; }
  int get() const noexcept { return descriptor_; }
  void close() noexcept;

 private:
  int descriptor_ = -1;
};

/// open(2) with O_CLOEXEC, repeated when a signal comes between. On failure `ok()` is false and
/// errno says why.
FileDescriptor open_file(const std::filesystem::path& path, int flags, unsigned mode = 0) noexcept;

/// Writes all of `bytes` at `offset`. Returns how many were written; fewer than asked means that
/// errno says why.
std::size_t write_fully(int descriptor, std::span<const std::byte> bytes,
                        std::uint64_t offset) noexcept;

/// Reads at `offset` until `out` is full or the file ends. Returns -1 with errno on failure.
std::ptrdiff_t read_fully(int descriptor, std::span<std::byte> out, std::uint64_t offset) noexcept;

/// The directory in which `path` lies: "." for a bare name.
std::filesystem::path directory_of(const std::filesystem::path& path);

/// The system's words for an errno value, beginning in lower case.
std::string reason_of(int error_number);

/// "NAME: reason; remedy", where the remedy depends on the reason (check the path, permissions).
Error error_of(std::string_view name, int error_number);

/// True for the errors that freeing or choosing another disk mends: full disk, quota, file limit.
bool is_out_of_space(int error_number) noexcept;

}  // namespace tercet::os

#endif  // TERCET_OS_FILE_DESCRIPTOR_H_
