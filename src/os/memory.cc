#include "os/memory.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>

#include <cerrno>
#include <utility>

#include "core/error.h"
#include "os/file_descriptor.h"
#include "os/scratch_file.h"

namespace tercet::os {

Result<Memory> Memory::plain(std::size_t size) {
  if (size == 0) return Memory();
  void* address = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (Mapping::failed(address)) {
    return core::resource(fmt::format(
        "cannot allocate {} bytes: {}; use less memory (option --memory)", size, reason_of(errno)));
  }
  ::madvise(address, size, MADV_HUGEPAGE);
  return Memory(Mapping(address, size));
}

Result<Memory> Memory::in_file(std::size_t size, const std::filesystem::path& directory) {
  if (size == 0) return Memory();
  auto file = create_scratch_descriptor(directory);
  if (!file) return std::move(file).error();
  if (const int failure = ::posix_fallocate(file->get(), 0, static_cast<off_t>(size));
      failure != 0) {
    return core::io_error(fmt::format(
        "{}: cannot reserve {} bytes for temporary data: {}; free some space, choose another "
        "directory with --temporary DIR, or raise --memory",
        directory.native(), size, reason_of(failure)));
  }
  void* address = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, file->get(), 0);
  if (Mapping::failed(address)) return error_of(directory.native(), errno);
  return Memory(Mapping(address, size));
}

}  // namespace tercet::os
