// Files as spans of bytes.
#ifndef TERCET_OS_MAPPED_FILE_H_
#define TERCET_OS_MAPPED_FILE_H_

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>

#include "os/mapping.h"
#include "tercet/error.h"

namespace tercet::os {

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

}  // namespace tercet::os

#endif  // TERCET_OS_MAPPED_FILE_H_
