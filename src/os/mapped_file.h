// Files as spans of bytes.
#ifndef TERCET_OS_MAPPED_FILE_H_
#define TERCET_OS_MAPPED_FILE_H_

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

#include "os/file_descriptor.h"
#include "os/mapping.h"
#include "tercet/error.h"

namespace tercet::os {

/// A read-only view of a whole regular file, shared with every other process that maps it.
/// Move-only. `bytes()` is valid while the object lives, and may be read from any thread. A file
/// that somebody shortens while it is mapped raises SIGBUS: replace model files by renaming
/// (AtomicFile does), never by writing into them.
class MappedFile {
 public:
  /// kIo: missing, unreadable, a directory or a device. kCorrupt: the file is empty.
  static Result<MappedFile> open(const std::filesystem::path& path);
  /// The same of an open file; `name` is for errors.
  static Result<MappedFile> of(const FileDescriptor& file, const std::string& name);

  std::span<const std::byte> bytes() const noexcept { return mapping_.bytes(); }

 private:
  explicit MappedFile(Mapping mapping) noexcept : mapping_(std::move(mapping)) {}

  Mapping mapping_;
};

}  // namespace tercet::os

#endif  // TERCET_OS_MAPPED_FILE_H_
