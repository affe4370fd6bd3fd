#include "os/mapped_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <cerrno>

#include "core/error.h"
#include "os/file_descriptor.h"

namespace tercet::os {
namespace {

int advice_of(Access access) {
  switch (access) {
    case Access::kRandom:
      return MADV_RANDOM;
    case Access::kSequential:
      return MADV_SEQUENTIAL;
    case Access::kWillNeed:
      return MADV_WILLNEED;
  }
  return MADV_NORMAL;
}

// MAP_FAILED is a C cast of -1; this is the same test without the old-style cast.
bool failed(const void* address) { return reinterpret_cast<std::intptr_t>(address) == -1; }

}  // namespace

Mapping& Mapping::operator=(Mapping&& other) noexcept {
  std::swap(address_, other.address_);
  std::swap(size_, other.size_);
  return *this;
}

Mapping::~Mapping() {
  if (size_ > 0) ::munmap(address_, size_);
}

Result<MappedFile> MappedFile::open(const std::filesystem::path& path) {
  // O_NONBLOCK: a named pipe must be refused below, not waited for.
  const FileDescriptor file = open_file(path, O_RDONLY | O_NONBLOCK);
  if (!file.ok()) return error_of(path.native(), errno);
  struct stat status{};
  if (::fstat(file.get(), &status) != 0) return error_of(path.native(), errno);
  if (S_ISDIR(status.st_mode)) {
    return core::io_error(path.native() + ": is a directory; name a file in it");
  }
  if (!S_ISREG(status.st_mode)) {
    return core::io_error(path.native() + ": is not a regular file; copy it to one and name that");
  }
  if (status.st_size == 0) {
    return core::corrupt(path.native() + ": is empty; make or copy it again");
  }
  return map(file.get(), static_cast<std::size_t>(status.st_size), path.native());
}

Result<MappedFile> MappedFile::map(int descriptor, std::size_t size, std::string_view name) {
  if (size == 0) return MappedFile(Mapping());
  void* address = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, descriptor, 0);
  if (failed(address)) return error_of(name, errno);
  return MappedFile(Mapping(address, size));
}

void MappedFile::advise(Access access) const noexcept {
  const std::span<std::byte> bytes = mapping_.bytes();
  if (!bytes.empty()) ::madvise(bytes.data(), bytes.size(), advice_of(access));
}

Result<Mapping> allocate_mapping(std::size_t size) {
  if (size == 0) return Mapping();
  void* address = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (failed(address)) {
    return core::resource(fmt::format(
        "cannot allocate {} bytes: {}; use less memory (option --memory)", size, reason_of(errno)));
  }
  ::madvise(address, size, MADV_HUGEPAGE);
  return Mapping(address, size);
}

Result<AnonymousMemory> AnonymousMemory::allocate(std::size_t size) {
  auto mapping = allocate_mapping(size);
  if (!mapping) return std::move(mapping).error();
  return AnonymousMemory(std::move(*mapping));
}

}  // namespace tercet::os
