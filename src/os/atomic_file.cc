#include "os/atomic_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>
#include <vector>

#include "core/error.h"
#include "os/leftovers.h"

namespace tercet::os {
namespace {

/// Names such as /dev/stdout lead to other files; /dev/shm holds files like any other.
bool is_device_path(const std::filesystem::path& path) {
  const std::filesystem::path normal = std::filesystem::absolute(path).lexically_normal();
  const std::filesystem::path parent = normal.parent_path();
  return parent == "/dev" || parent == "/dev/fd" || normal.native().starts_with("/proc/");
}

/// What a symbolic link leads to: the link is to stay.
std::filesystem::path resolved(const std::filesystem::path& target) {
  std::error_code error;
  if (!std::filesystem::is_symlink(target, error)) return target;
  const std::filesystem::path real = std::filesystem::weakly_canonical(target, error);
  return error ? target : real;
}

Status check_target(const std::filesystem::path& target) {
  std::error_code error;
  const auto status = std::filesystem::status(target, error);
  if (std::filesystem::is_directory(status) || !target.has_filename()) {
    return core::invalid_argument(target.native() +
                                  ": is a directory; add a file name to --output");
  }
  // Renaming over /dev/null would replace the device.
  if (is_device_path(target) ||
      (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status))) {
    return core::invalid_argument(target.native() +
                                  ": is not a regular file; choose another --output");
  }
  return {};
}

Error cannot_create(const std::filesystem::path& target, int error_number) {
  const std::string directory = directory_of(target).native();
  if (error_number == ENOENT) {
    return core::io_error(
        fmt::format("{}: the directory {} does not exist; make it with: mkdir -p {}",
                    target.native(), directory, directory));
  }
  return core::io_error(fmt::format("{}: cannot write in {}: {}; choose another --output",
                                    target.native(), directory, reason_of(error_number)));
}

int sync_directory(const std::filesystem::path& path) noexcept {
  const FileDescriptor directory = open_file(path, O_RDONLY | O_DIRECTORY);
  if (!directory.ok()) return errno;
  if (::fsync(directory.get()) == 0) return 0;
  return errno == EINVAL ? 0 : errno;  // Some file systems cannot, and need not.
}

}  // namespace

AtomicFile::AtomicFile(FileDescriptor file, std::filesystem::path temporary,
                       std::filesystem::path target)
    : file_(std::move(file)), temporary_(std::move(temporary)), target_(std::move(target)) {}

Status check_replaces(const std::filesystem::path& target, std::span<const std::byte> magic) {
  const FileDescriptor file = open_file(target, O_RDONLY | O_NONBLOCK);
  std::vector<std::byte> head(magic.size());
  const std::ptrdiff_t got = file.ok() ? read_fully(file.get(), head, 0) : 0;
  if (got <= 0 || std::ranges::equal(head, magic)) return {};
  return core::invalid_argument(target.native() +
                                ": exists and is no tercet model; remove it, or choose another "
                                "output");
}

Result<AtomicFile> AtomicFile::create(const std::filesystem::path& given) {
  TERCET_TRY(check_target(given));
  const std::filesystem::path target = resolved(given);
  const std::filesystem::path directory = directory_of(target);
  const std::string owner = target.filename().native();
  remove_leftovers(directory, owner);
  for (int attempt = 1; attempt <= kMostAttempts; ++attempt) {
    std::filesystem::path temporary = directory / temporary_name(owner, kFileSuffix, attempt);
    FileDescriptor file = create_locked(temporary);
    if (file.ok()) return AtomicFile(std::move(file), std::move(temporary), target);
    if (errno != EEXIST) break;
  }
  return cannot_create(target, errno);
}

AtomicFile& AtomicFile::operator=(AtomicFile&& other) noexcept {
  if (this != &other) {
    discard();
    file_ = std::move(other.file_);
    temporary_ = std::move(other.temporary_);
    target_ = std::move(other.target_);
    size_ = other.size_;
  }
  return *this;
}

Status AtomicFile::write_at(std::uint64_t offset, std::span<const std::byte> bytes) {
  const std::size_t written = write_fully(file_.get(), bytes, offset);
  const int error_number = errno;
  if (written > 0) size_ = std::max(size_, offset + written);
  if (written < bytes.size()) return failure(error_number);
  return {};
}

Status AtomicFile::commit() {
  if (::fsync(file_.get()) != 0 || std::rename(temporary_.c_str(), target_.c_str()) != 0) {
    Error error = failure(errno);
    discard();
    return error;
  }
  file_.close();
  const int error_number = sync_directory(directory_of(target_));
  if (error_number != 0) return failure(error_number);
  return {};
}

void AtomicFile::discard() noexcept {
  if (!file_.ok()) return;
  ::unlink(temporary_.c_str());
  file_.close();
}

Error AtomicFile::failure(int error_number) const {
  if (is_out_of_space(error_number)) {
    return core::io_error(
        fmt::format("{}: {} after {} bytes; free some space or choose another --output",
                    target_.native(), reason_of(error_number), size_));
  }
  return core::io_error(fmt::format("{}: cannot write at byte {}: {}", target_.native(), size_,
                                    reason_of(error_number)));
}

}  // namespace tercet::os
