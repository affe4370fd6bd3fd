#include "os/scratch_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "core/error.h"

namespace tercet::os {
namespace {

FileDescriptor create_nameless(const std::filesystem::path& directory) {
  FileDescriptor file = open_file(directory, O_RDWR | O_TMPFILE, 0600);
  if (file.ok() || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL)) return file;
  // Network and some overlay file systems have no O_TMPFILE.
  std::string name = (directory / "scratch.XXXXXX").native();
  file = FileDescriptor(::mkostemp(name.data(), O_CLOEXEC));
  if (file.ok()) ::unlink(name.c_str());
  return file;
}

}  // namespace

ScratchFile::ScratchFile(FileDescriptor file, std::string directory)
    : file_(std::move(file)), directory_(std::move(directory)) {}

Result<FileDescriptor> create_scratch_descriptor(const std::filesystem::path& directory) {
  FileDescriptor file = create_nameless(directory);
  if (!file.ok() && (errno == EMFILE || errno == ENFILE))
    return error_of(directory.native(), errno);
  if (!file.ok()) {
    return core::io_error(
        fmt::format("{}: cannot make a temporary file in it: {}; choose another directory with "
                    "--temporary DIR",
                    directory.native(), reason_of(errno)));
  }
  return file;
}

Result<ScratchFile> ScratchFile::create(const std::filesystem::path& directory) {
  auto file = create_scratch_descriptor(directory);
  if (!file) return std::move(file).error();
  return ScratchFile(std::move(*file), directory.native());
}

Status ScratchFile::append(std::span<const std::byte> bytes) {
  const std::size_t done = write_fully(file_.get(), bytes, written_);
  const int error_number = errno;
  written_ += done;
  if (done == bytes.size()) return {};
  return core::io_error(
      fmt::format("{}: {} after {} bytes of temporary data; free some space or choose another "
                  "directory with --temporary DIR",
                  directory_, reason_of(error_number), written_));
}

ScratchReader::ScratchReader(const ScratchFile& file, std::uint64_t begin, std::uint64_t end,
                             std::size_t buffer_bytes)
    : descriptor_(file.file_.get()),
      directory_(file.directory_),
      buffer_(static_cast<std::size_t>(std::min<std::uint64_t>(buffer_bytes, end - begin))),
      offset_(begin),
      end_(end) {}

Result<std::span<const std::byte>> ScratchReader::take(std::size_t count) {
  count = static_cast<std::size_t>(std::min<std::uint64_t>(count, remaining()));
  if (filled_ - used_ < count) TERCET_TRY(refill(count));
  const std::span<const std::byte> bytes(buffer_.data() + used_, count);
  used_ += count;
  return bytes;
}

// Moves what is left to the front and reads until the buffer is full or the range ends.
Status ScratchReader::refill(std::size_t count) {
  const std::size_t kept = filled_ - used_;
  if (kept > 0) std::memmove(buffer_.data(), buffer_.data() + used_, kept);
  if (buffer_.size() < count) buffer_.resize(count);
  const auto room = std::span(buffer_).subspan(kept);
  const auto wanted =
      static_cast<std::size_t>(std::min<std::uint64_t>(room.size(), end_ - offset_));
  const std::ptrdiff_t got = read_fully(descriptor_, room.first(wanted), offset_);
  if (got < 0 || static_cast<std::size_t>(got) < wanted) {
    return core::io_error(fmt::format("{}: cannot read temporary data at byte {}: {}", directory_,
                                      offset_, got < 0 ? reason_of(errno) : "it was cut short"));
  }
  used_ = 0;
  filled_ = kept + wanted;
  offset_ += wanted;
  return {};
}

}  // namespace tercet::os
