// Text input: plain, zstd or gzip, from a file or from standard input.
#ifndef TERCET_OS_INPUT_FILE_H_
#define TERCET_OS_INPUT_FILE_H_

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "os/decoder.h"
#include "os/file_descriptor.h"
#include "tercet/error.h"

namespace tercet::os {

/// Reads a file from front to back, unpacked. The kind is known by the first bytes, not the name;
/// several zstd frames or gzip members after each other read as one text. Not thread-safe.
///
///   auto input = InputFile::open("corpus.txt.zst");
///   while (auto got = (*input)->read(buffer)) { if (*got == 0) break; ... }
class InputFile {
 public:
  /// "-" is standard input. kIo: missing, unreadable, a directory. kUnsupported: xz, bzip2 or zip.
  /// Waits for the first bytes of a pipe, here and in read() until `stop` is requested
  /// (kCancelled). An empty file is no error.
  static Result<std::unique_ptr<InputFile>> open(const std::filesystem::path& path,
                                                 std::stop_token stop = {});

  /// Fills the front of `out`, which must not be empty, and returns how many bytes; 0 is the end.
  /// kCorrupt and kIo name the file and the byte of the file (as it lies on disk) near which it
  /// happened. After an error the object is of no more use.
  Result<std::size_t> read(std::span<char> out);

  /// Bytes of the file, as it lies on disk, used so far; and in all, or 0 for pipes.
  std::uint64_t consumed() const noexcept { return consumed_; }
  std::uint64_t size() const noexcept { return size_; }

  /// The path as given, or "standard input".
  const std::string& name() const noexcept { return name_; }

 private:
  InputFile(FileDescriptor file, std::string name, std::uint64_t size, std::stop_token stop);

  Status recognise();
  Status wait() const;
  Status fill();
  Error named(Error error) const;

  FileDescriptor file_;
  std::string name_;
  std::uint64_t size_;
  std::stop_token stop_;
  std::uint64_t consumed_ = 0;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;  // Of what the decoder has not had yet, in buffer_.
  std::size_t end_ = 0;
  bool at_end_ = false;  // Of the file.
  std::unique_ptr<Decoder> decoder_;
};

/// kInvalidArgument if `output` is the very file that one of the inputs ("-" too) is read from.
Status check_not_an_input(const std::filesystem::path& output,
                          std::span<const std::filesystem::path> inputs);

}  // namespace tercet::os

#endif  // TERCET_OS_INPUT_FILE_H_
