#include "os/scratch_array.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>

#include <cerrno>
#include <utility>

#include "core/error.h"
#include "os/file_descriptor.h"
#include "os/scratch_file.h"

namespace tercet::os {

Result<ScratchArray> ScratchArray::in_memory(std::size_t size) {
  auto mapping = allocate_mapping(size);
  if (!mapping) return std::move(mapping).error();
  return ScratchArray(std::move(*mapping));
}

Result<ScratchArray> ScratchArray::in_file(std::size_t size,
                                           const std::filesystem::path& directory) {
  if (size == 0) return ScratchArray();
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
  if (reinterpret_cast<std::intptr_t>(address) == -1) return error_of(directory.native(), errno);
  return ScratchArray(Mapping(address, size));
}

}  // namespace tercet::os
