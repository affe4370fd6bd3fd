// A directory for temporary files that does not outlive its process for long.
#ifndef TERCET_OS_SCRATCH_DIRECTORY_H_
#define TERCET_OS_SCRATCH_DIRECTORY_H_

#include <filesystem>
#include <string_view>

#include "os/file_descriptor.h"
#include "tercet/error.h"

namespace tercet::os {

/// `PARENT/.OWNER.PID.tercet-scratch`, removed with all that is in it on destruction. After a kill
/// or a power cut it stays until the next `create()` with the same parent and owner, which removes
/// what dead processes left and nothing else (see leftovers.h). Move-only.
class ScratchDirectory {
 public:
  /// `owner_name`: the file name of what is being made, as in AtomicFile, so that a repeated
  /// command clears up after its first try. kIo: `parent` is missing or may not be written.
  static Result<ScratchDirectory> create(const std::filesystem::path& parent,
                                         std::string_view owner_name);

  ScratchDirectory(ScratchDirectory&&) noexcept = default;
  ScratchDirectory& operator=(ScratchDirectory&& other) noexcept;
  ~ScratchDirectory() { remove(); }

  const std::filesystem::path& path() const noexcept { return path_; }

 private:
  ScratchDirectory(std::filesystem::path path, FileDescriptor lock);

  void remove() noexcept;

  std::filesystem::path path_;
  FileDescriptor lock_;  // Open as long as there is a directory to remove.
};

}  // namespace tercet::os

#endif  // TERCET_OS_SCRATCH_DIRECTORY_H_
