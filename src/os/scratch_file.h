// Temporary files for data that does not fit into memory: written once, read several times.
#ifndef TERCET_OS_SCRATCH_FILE_H_
#define TERCET_OS_SCRATCH_FILE_H_

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "os/file_descriptor.h"
#include "tercet/error.h"

namespace tercet::os {

/// A file without a name in `directory`, open for reading and writing.
Result<FileDescriptor> create_scratch_descriptor(const std::filesystem::path& directory);

/// A file without a name: the kernel frees its space when the object goes, or when the process
/// dies. Appending is for one thread at a time; any number of ScratchReaders may read what was
/// appended before they were made. Move-only.
class ScratchFile {
 public:
  /// In `directory`, commonly `ScratchDirectory::path()`. kIo with the option `--temporary DIR` in
  /// its text, here and below.
  static Result<ScratchFile> create(const std::filesystem::path& directory);

  /// Not buffered: append large pieces. On a full disk the error says after how many bytes.
  Status append(std::span<const std::byte> bytes);

  /// Bytes appended.
  std::uint64_t size() const noexcept { return written_; }

 private:
  friend class ScratchReader;

  ScratchFile(FileDescriptor file, std::string directory);

  FileDescriptor file_;
  std::string directory_;  // For the error text.
  std::uint64_t written_ = 0;
};

/// Reads a range of a ScratchFile from front to back through a buffer of its own. The file
/// must outlive the reader (it may be moved meanwhile). Several readers may read one file at once,
/// each in one thread. Move-only.
class ScratchReader {
 public:
  static constexpr std::size_t kDefaultBufferBytes = std::size_t{1} << 20;

  /// The bytes [begin, end), which must lie within what is written.
  ScratchReader(const ScratchFile& file, std::uint64_t begin, std::uint64_t end,
                std::size_t buffer_bytes = kDefaultBufferBytes);

  /// The next `count` bytes, without copying; fewer at the end, none after it. Valid until the next
  /// call. A `count` beyond the buffer makes it grow.
  Result<std::span<const std::byte>> take(std::size_t count);

  /// Bytes not yet taken.
  std::uint64_t remaining() const noexcept { return end_ - offset_ + (filled_ - used_); }

 private:
  Status refill(std::size_t count);

  int descriptor_;
  std::string directory_;
  std::vector<std::byte> buffer_;
  std::size_t used_ = 0;    // Of the buffer: taken.
  std::size_t filled_ = 0;  // Of the buffer: read from the file.
  std::uint64_t offset_;    // Of the file: where the next read begins.
  std::uint64_t end_;
};

}  // namespace tercet::os

#endif  // TERCET_OS_SCRATCH_FILE_H_
