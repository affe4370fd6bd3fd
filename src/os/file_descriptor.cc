#include "os/file_descriptor.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/types.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>

namespace tercet::os {
namespace {

// Linux transfers at most this much per call; asking for less keeps ssize_t out of trouble.
constexpr std::size_t kMostPerCall = std::size_t{1} << 30;

std::string_view remedy_of(int error_number) {
  switch (error_number) {
    case ENOENT:
    case ENOTDIR:
      return "; check the path";
    case EACCES:
    case EPERM:
      return "; check the permissions of the file and of its directories";
    case EMFILE:
    case ENFILE:
      return "; raise the limit with: ulimit -n 4096";
    default:
      return "";
  }
}

}  // namespace

FileDescriptor& FileDescriptor::operator=(FileDescriptor&& other) noexcept {
  if (this != &other) {
    close();
    descriptor_ = std::exchange(other.descriptor_, -1);
  }
  return *this;
}

void FileDescriptor::close() noexcept {
  // Not repeated on EINTR: Linux has freed the descriptor by then.
  if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
}

FileDescriptor open_file(const std::filesystem::path& path, int flags, unsigned mode) noexcept {
  int descriptor = -1;
  do {
    descriptor = ::open(path.c_str(), flags | O_CLOEXEC, mode);
  } while (descriptor < 0 && errno == EINTR);
  return FileDescriptor(descriptor);
}

std::size_t write_fully(int descriptor, std::span<const std::byte> bytes,
                        std::uint64_t offset) noexcept {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const std::size_t count = std::min(bytes.size() - done, kMostPerCall);
    const ssize_t written =
        ::pwrite(descriptor, bytes.data() + done, count, static_cast<off_t>(offset + done));
    if (written > 0) {
      done += static_cast<std::size_t>(written);
    } else if (written == 0 || errno != EINTR) {
      break;
    }
  }
  return done;
}

std::ptrdiff_t read_fully(int descriptor, std::span<std::byte> out, std::uint64_t offset) noexcept {
  std::size_t done = 0;
  while (done < out.size()) {
    const std::size_t count = std::min(out.size() - done, kMostPerCall);
    const ssize_t got =
        ::pread(descriptor, out.data() + done, count, static_cast<off_t>(offset + done));
    if (got == 0) break;
    if (got > 0) {
      done += static_cast<std::size_t>(got);
    } else if (errno != EINTR) {
      return -1;
    }
  }
  return static_cast<std::ptrdiff_t>(done);
}

std::filesystem::path directory_of(const std::filesystem::path& path) {
  return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

std::string reason_of(int error_number) {
  const char* known = ::strerrordesc_np(error_number);  // Of glibc; safe in any thread.
  std::string text = known != nullptr ? known : "error " + std::to_string(error_number);
  if (!text.empty()) {
    text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
  }
  return text;
}

Error error_of(std::string_view name, int error_number) {
  return core::io_error(
      fmt::format("{}: {}{}", name, reason_of(error_number), remedy_of(error_number)));
}

bool is_out_of_space(int error_number) noexcept {
  return error_number == ENOSPC || error_number == EDQUOT || error_number == EFBIG;
}

}  // namespace tercet::os
