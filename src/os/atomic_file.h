// An output file that is either all there or not there at all.
#ifndef TERCET_OS_ATOMIC_FILE_H_
#define TERCET_OS_ATOMIC_FILE_H_

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

#include "os/file_descriptor.h"
#include "os/mapped_file.h"
#include "tercet/error.h"

namespace tercet::os {

/// Writes `.NAME.PID.tmp` beside the target and gives it the target's name in `commit()`; readers
/// see the old file or the new one, never a half. Destroyed without a commit, it removes the
/// temporary; killed, it leaves one that the next `create()` for the same target removes (see
/// leftovers.h). Unbuffered: hand over large pieces. Move-only, not thread-safe.
class AtomicFile {
 public:
  /// Finds out everything that can be known before the work begins. kInvalidArgument: the target is
  /// a directory or a device. kIo: its directory is missing or may not be written. A symbolic link
  /// stays one: what it leads to is replaced.
  static Result<AtomicFile> create(const std::filesystem::path& target);

  AtomicFile(AtomicFile&&) noexcept = default;
  AtomicFile& operator=(AtomicFile&& other) noexcept;
  ~AtomicFile() { discard(); }

  /// Writes anywhere; gaps read as zeros. kIo on a full disk, with the bytes written so far and
  /// what to do.
  Status write_at(std::uint64_t offset, std::span<const std::byte> bytes);

  /// Writes at `size()`.
  Status append(std::span<const std::byte> bytes) { return write_at(size_, bytes); }

  /// One past the last byte written.
  std::uint64_t size() const noexcept { return size_; }

  /// What has been written, to read it while it has no name yet.
  Result<MappedFile> map() const { return MappedFile::of(file_, temporary_.native()); }

  /// Makes the file durable under the target's name: fsync, rename, fsync of the directory. After
  /// that, or after an error, the object is of no more use.
  Status commit();

 private:
  AtomicFile(FileDescriptor file, std::filesystem::path temporary, std::filesystem::path target);

  void discard() noexcept;
  Error failure(int error_number) const;

  FileDescriptor file_;  // Open as long as there is a temporary to remove.
  std::filesystem::path temporary_;
  std::filesystem::path target_;
  std::uint64_t size_ = 0;
};

/// kInvalidArgument if there is a file at `target` that does not begin with `magic`, so that a slip
/// in the arguments replaces nobody's text. An empty file may be replaced.
Status check_replaces(const std::filesystem::path& target, std::span<const std::byte> magic);

}  // namespace tercet::os

#endif  // TERCET_OS_ATOMIC_FILE_H_
