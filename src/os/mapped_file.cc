#include "os/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <cerrno>

#include "core/error.h"
#include "os/file_descriptor.h"

namespace tercet::os {
Result<MappedFile> MappedFile::open(const std::filesystem::path& path) {
  // O_NONBLOCK: a named pipe must be refused below, not waited for.
  const FileDescriptor file = open_file(path, O_RDONLY | O_NONBLOCK);
  if (!file.ok()) return error_of(path.native(), errno);
  return of(file, path.native());
}

Result<MappedFile> MappedFile::of(const FileDescriptor& file, const std::string& name) {
  struct stat status{};
  if (::fstat(file.get(), &status) != 0) return error_of(name, errno);
  if (S_ISDIR(status.st_mode)) {
    return core::io_error(name + ": is a directory; name a file in it");
  }
  if (!S_ISREG(status.st_mode)) {
    return core::io_error(name + ": is not a regular file; copy it to one and name that");
  }
  if (status.st_size == 0) {
    return core::corrupt(name + ": is empty; make or copy it again");
  }
  const auto size = static_cast<std::size_t>(status.st_size);
  void* address = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, file.get(), 0);
  if (Mapping::failed(address)) return error_of(name, errno);
  return MappedFile(Mapping(address, size));
}

}  // namespace tercet::os
