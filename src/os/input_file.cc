#include "os/input_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "core/error.h"

namespace tercet::os {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{256} << 10;

FileDescriptor open_input(const std::filesystem::path& path) {
  // A duplicate, so that closing it leaves standard input open.
  if (path == "-") return FileDescriptor(::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0));
  return open_file(path, O_RDONLY | O_NONBLOCK);  // A named pipe is waited for in wait().
}

bool status_of(const std::filesystem::path& path, struct stat& status) {
  return (path == "-" ? ::fstat(STDIN_FILENO, &status) : ::stat(path.c_str(), &status)) == 0;
}

}  // namespace

Status check_not_an_input(const std::filesystem::path& output,
                          std::span<const std::filesystem::path> inputs) {
  struct stat target{};
  if (::stat(output.c_str(), &target) != 0) return {};  // Nothing there to lose.
  for (const auto& input : inputs) {
    struct stat source{};
    if (!status_of(input, source) || source.st_dev != target.st_dev ||
        source.st_ino != target.st_ino || !S_ISREG(source.st_mode))
      continue;
    return core::invalid_argument(output.native() +
                                  ": the output is one of the inputs; choose another --output");
  }
  return {};
}

InputFile::InputFile(FileDescriptor file, std::string name, std::uint64_t size,
                     std::stop_token stop)
    : file_(std::move(file)),
      name_(std::move(name)),
      size_(size),
      stop_(std::move(stop)),
      buffer_(kBufferBytes) {}

Result<std::unique_ptr<InputFile>> InputFile::open(const std::filesystem::path& path,
                                                   std::stop_token stop) {
  std::string name = path == "-" ? "standard input" : path.native();
  FileDescriptor file = open_input(path);
  struct stat status{};
  if (!file.ok() || ::fstat(file.get(), &status) != 0) return error_of(name, errno);
  if (S_ISDIR(status.st_mode)) {
    return core::io_error(name + ": is a directory; name the text files in it");
  }
  const auto size = S_ISREG(status.st_mode) ? static_cast<std::uint64_t>(status.st_size) : 0;
  ::posix_fadvise(file.get(), 0, 0, POSIX_FADV_SEQUENTIAL);
  // Not make_unique: the constructor is private.
  std::unique_ptr<InputFile> input(
      new InputFile(std::move(file), std::move(name), size, std::move(stop)));
  TERCET_TRY(input->recognise());
  return input;
}

Status InputFile::recognise() {
  while (end_ < kMagicBytes && !at_end_) TERCET_TRY(fill());
  auto decoder = decoder_for({buffer_.data(), end_});
  if (!decoder.ok()) {
    Error error = std::move(decoder).error();
    error.message = name_ + ": " + error.message;
    return error;
  }
  decoder_ = std::move(*decoder);
  return {};
}

Result<std::size_t> InputFile::read(std::span<char> out) {
  for (;;) {
    if (begin_ == end_ && !at_end_) {
      begin_ = end_ = 0;
      TERCET_TRY(fill());
    }
    auto step = decoder_->decode({buffer_.data() + begin_, end_ - begin_}, out);
    if (!step.ok()) return named(std::move(step).error());
    begin_ += step->consumed;
    consumed_ += step->consumed;
    if (step->produced > 0) return step->produced;
    if (begin_ == end_ && at_end_) break;
  }
  if (decoder_->complete() || consumed_ == 0) return std::size_t{0};
  return named(core::corrupt("the file ends too early"));
}

/// Until there is something to read, or the end of it.
Status InputFile::wait() const {
  constexpr int kMilliseconds = 50;  // Between two looks at the stop token.
  pollfd ready{file_.get(), POLLIN, 0};
  while (::poll(&ready, 1, kMilliseconds) <= 0) {
    if (stop_.stop_requested()) return core::cancelled();
  }
  return {};
}

// One read(2), behind what is in the buffer.
Status InputFile::fill() {
  ssize_t got = -1;
  do {
    TERCET_TRY(wait());
    got = ::read(file_.get(), buffer_.data() + end_, buffer_.size() - end_);
  } while (got < 0 && (errno == EINTR || errno == EAGAIN));
  if (got < 0) return named(core::io_error(reason_of(errno)));
  at_end_ = got == 0;
  end_ += static_cast<std::size_t>(got);
  return {};
}

Error InputFile::named(Error error) const {
  if (error.code == ErrorCode::kCorrupt) {
    error.message =
        fmt::format("{}: damaged {} data near byte {}: {}; copy or compress the file again", name_,
                    decoder_->format(), consumed_, error.message);
  } else {
    error.message = fmt::format("{}: read error at byte {}: {}", name_, consumed_, error.message);
  }
  return error;
}

}  // namespace tercet::os
