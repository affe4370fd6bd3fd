#include "os/leftovers.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace tercet::os {
namespace {

bool take_lock(const FileDescriptor& file) noexcept {
  return ::flock(file.get(), LOCK_EX | LOCK_NB) == 0;
}

// False when the name was removed, or given to another file, after `file` was opened.
bool still_named(const FileDescriptor& file, const std::filesystem::path& path) noexcept {
  struct stat open{};
  struct stat named{};
  return ::fstat(file.get(), &open) == 0 && ::lstat(path.c_str(), &named) == 0 &&
         open.st_dev == named.st_dev && open.st_ino == named.st_ino;
}

void remove_dead_file(const std::filesystem::path& path) {
  const FileDescriptor file = open_file(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  if (file.ok() && take_lock(file) && still_named(file, path)) ::unlink(path.c_str());
}

void remove_dead_directory(const std::filesystem::path& path) {
  std::error_code ignored;
  const FileDescriptor lock = open_file(path / kLockName, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  if (lock.ok()) {
    if (take_lock(lock)) std::filesystem::remove_all(path, ignored);
  } else if (errno == ENOENT) {
    // Killed before the lock was made. If its process lives after all, it tries another name.
    ::rmdir(path.c_str());
  }
}

}  // namespace

std::string temporary_name(std::string_view owner, std::string_view suffix, int attempt) {
  const int process = ::getpid();
  if (attempt == 1) return fmt::format(".{}.{}{}", owner, process, suffix);
  return fmt::format(".{}.{}-{}{}", owner, process, attempt, suffix);
}

bool is_temporary_name(std::string_view name, std::string_view owner, std::string_view suffix) {
  const std::string prefix = fmt::format(".{}.", owner);
  if (!name.starts_with(prefix) || !name.ends_with(suffix)) return false;
  if (name.size() <= prefix.size() + suffix.size()) return false;
  name.remove_prefix(prefix.size());
  name.remove_suffix(suffix.size());
  return std::all_of(name.begin(), name.end(),
                     [](char c) { return (c >= '0' && c <= '9') || c == '-'; });
}

FileDescriptor create_locked(const std::filesystem::path& path) noexcept {
  FileDescriptor file = open_file(path, O_RDWR | O_CREAT | O_EXCL, 0666);
  if (!file.ok()) return file;
  // A file system without locks: nobody else can take this one either, so nothing is cleared away.
  const bool locked = take_lock(file) || errno != EWOULDBLOCK;
  if (locked && still_named(file, path)) return file;
  errno = EEXIST;
  return {};
}

void remove_leftovers(const std::filesystem::path& directory, std::string_view owner) {
  std::error_code error;
  std::filesystem::directory_iterator entry(directory, error);
  while (!error && entry != std::filesystem::directory_iterator()) {
    const std::string name = entry->path().filename().native();
    if (is_temporary_name(name, owner, kFileSuffix)) remove_dead_file(entry->path());
    if (is_temporary_name(name, owner, kDirectorySuffix)) remove_dead_directory(entry->path());
    entry.increment(error);
  }
}

}  // namespace tercet::os
