// Files and plain memory as page-aligned spans.
#ifndef TERCET_OS_MAPPED_FILE_H_
#define TERCET_OS_MAPPED_FILE_H_

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>
#include <utility>

#include "tercet/error.h"

namespace tercet::os {

/// Owns one mmap(2) region; nothing more. The other classes here are built on it.
class Mapping {
 public:
  Mapping() = default;
  Mapping(void* address, std::size_t size) noexcept
      : address_(static_cast<std::byte*>(address)), size_(size) {}
  Mapping(Mapping&& other) noexcept
      : address_(std::exchange(other.address_, nullptr)), size_(std::exchange(other.size_, 0)) {}
  Mapping& operator=(Mapping&& other) noexcept;
  ~Mapping();

  std::span<std::byte> bytes() const noexcept { return {address_, size_}; }

 private:
  std::byte* address_ = nullptr;
  std::size_t size_ = 0;
};

/// Zeroed, page-aligned memory, huge pages asked for. kResource: the system has not that much.
Result<Mapping> allocate_mapping(std::size_t size);

/// How a mapped file will be read.
enum class Access : std::uint8_t {
  kRandom,      ///< Here and there: do not read ahead.
  kSequential,  ///< From front to back: read far ahead.
  kWillNeed,    ///< All of it, soon: start reading now.
};

/// A read-only view of a whole regular file, shared with every other process that maps it.
/// Move-only. `bytes()` is valid while the object lives, and may be read from any thread. A file
/// that somebody shortens while it is mapped raises SIGBUS: replace model files by renaming
/// (AtomicFile does), never by writing into them.
class MappedFile {
 public:
  /// kIo: missing, unreadable, a directory or a device. kCorrupt: the file is empty.
  static Result<MappedFile> open(const std::filesystem::path& path);

  /// Maps the first `size` bytes of an open descriptor, which may be closed afterwards. A `size` of
  /// 0 gives an empty span. `name` is for the error text.
  static Result<MappedFile> map(int descriptor, std::size_t size, std::string_view name);

  std::span<const std::byte> bytes() const noexcept { return mapping_.bytes(); }

  /// A hint; a kernel that ignores it is no error.
  void advise(Access access) const noexcept;

 private:
  explicit MappedFile(Mapping mapping) noexcept : mapping_(std::move(mapping)) {}

  Mapping mapping_;
};

/// Zeroed, page-aligned memory, given back to the system on destruction; huge pages are asked for.
/// Pages cost nothing until they are touched. Move-only.
class AnonymousMemory {
 public:
  /// kResource: the system does not have that much. 0 bytes is an empty span.
  static Result<AnonymousMemory> allocate(std::size_t size);

  std::span<std::byte> bytes() noexcept { return mapping_.bytes(); }
  std::span<const std::byte> bytes() const noexcept { return mapping_.bytes(); }

 private:
  explicit AnonymousMemory(Mapping mapping) noexcept : mapping_(std::move(mapping)) {}

  Mapping mapping_;
};

}  // namespace tercet::os

#endif  // TERCET_OS_MAPPED_FILE_H_
