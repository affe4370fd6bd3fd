// Temporary names, and the removal of what killed processes left behind. Used by AtomicFile and
// ScratchDirectory.
//
// A temporary is named `.OWNER.PID.tmp` (a file) or `.OWNER.PID.tercet-scratch` (a directory with a
// file `lock` in it); `.OWNER.PID-2.tmp` where that name is taken. OWNER is the file name of what
// is being made. While its process lives, it holds an flock(2) on the file or on `lock`; the kernel
// lets go of it when the process dies, however it dies. So: lock can be taken = nobody needs it.
#ifndef TERCET_OS_LEFTOVERS_H_
#define TERCET_OS_LEFTOVERS_H_

#include <filesystem>
#include <string>
#include <string_view>

#include "os/file_descriptor.h"

namespace tercet::os {

inline constexpr std::string_view kFileSuffix = ".tmp";
inline constexpr std::string_view kDirectorySuffix = ".tercet-scratch";
inline constexpr std::string_view kLockName = "lock";

/// Names tried before giving up: more than one process would ever have at once.
inline constexpr int kMostAttempts = 1000;

/// The name to try at the given attempt, from 1.
std::string temporary_name(std::string_view owner, std::string_view suffix, int attempt);

/// True for every name that `temporary_name` makes for this owner, in any process.
bool is_temporary_name(std::string_view name, std::string_view owner, std::string_view suffix);

/// Creates and locks the file `path`. When it is taken, or another process's clean-up comes in
/// between, `ok()` is false and errno is EEXIST: try another name.
FileDescriptor create_locked(const std::filesystem::path& path) noexcept;

/// Removes temporaries of `owner` in `directory` whose process is dead. What cannot be removed
/// stays: the next run tries again.
void remove_leftovers(const std::filesystem::path& directory, std::string_view owner);

}  // namespace tercet::os

#endif  // TERCET_OS_LEFTOVERS_H_
