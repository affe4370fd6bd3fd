#include "os/scratch_directory.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "core/error.h"
#include "os/leftovers.h"

namespace tercet::os {
namespace {

// Makes and locks the directory, or sets errno; EEXIST means that another name may do.
FileDescriptor make_locked(const std::filesystem::path& path) noexcept {
  // Readable by its owner only: it holds pieces of the text that is being trained on.
  if (::mkdir(path.c_str(), 0700) != 0) return {};
  FileDescriptor lock = create_locked(path / kLockName);
  // A clean-up that came in between has removed the directory.
  if (!lock.ok() && errno == ENOENT) errno = EEXIST;
  return lock;
}

}  // namespace

ScratchDirectory::ScratchDirectory(std::filesystem::path path, FileDescriptor lock)
    : path_(std::move(path)), lock_(std::move(lock)) {}

Result<ScratchDirectory> ScratchDirectory::create(const std::filesystem::path& parent,
                                                  std::string_view owner_name) {
  remove_leftovers(parent, owner_name);
  for (int attempt = 1; attempt <= kMostAttempts; ++attempt) {
    std::filesystem::path path = parent / temporary_name(owner_name, kDirectorySuffix, attempt);
    FileDescriptor lock = make_locked(path);
    if (lock.ok()) return ScratchDirectory(std::move(path), std::move(lock));
    if (errno != EEXIST) break;
  }
  return core::io_error(fmt::format(
      "{}: cannot make a temporary directory in it: {}; choose another with --temporary DIR",
      parent.native(), reason_of(errno)));
}

ScratchDirectory& ScratchDirectory::operator=(ScratchDirectory&& other) noexcept {
  if (this != &other) {
    remove();
    path_ = std::move(other.path_);
    lock_ = std::move(other.lock_);
  }
  return *this;
}

void ScratchDirectory::remove() noexcept {
  if (!lock_.ok()) return;
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
  lock_.close();
}

}  // namespace tercet::os
