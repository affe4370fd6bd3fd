// Text output: plain, zstd or gzip, all there or not at all.
#ifndef TERCET_OS_OUTPUT_FILE_H_
#define TERCET_OS_OUTPUT_FILE_H_

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "os/atomic_file.h"
#include "tercet/error.h"

namespace tercet::os {

/// Packs a stream. Used by OutputFile only.
class Encoder {
 public:
  struct Step {
    std::size_t consumed;  ///< Bytes taken from the front of the input.
    std::size_t produced;  ///< Bytes put at the front of the output.
    bool done;             ///< With `last`: nothing is held back any more.
  };

  virtual ~Encoder() = default;
  /// Packs what fits. `last`: the text ends with this input.
  virtual Result<Step> encode(std::span<const char> input, std::span<std::byte> output,
                              bool last) = 0;
};

/// The counterpart of InputFile: an AtomicFile that is written from front to back and packed as its
/// name says (`.gz`, `.zst`; anything else is plain). Without a commit nothing is left behind.
/// Move-only, not thread-safe.
class OutputFile {
 public:
  /// Errors: those of AtomicFile::create; kResource without memory for packing.
  static Result<OutputFile> create(const std::filesystem::path& target);

  /// Buffered. Errors: those of AtomicFile::write_at.
  Status append(std::string_view text) { return pump(text, false); }

  /// Writes out what is left and gives the file its name. The object is of no more use afterwards.
  Status commit();

 private:
  OutputFile(AtomicFile file, std::unique_ptr<Encoder> encoder);

  Status pump(std::string_view text, bool last);
  Status flush();

  AtomicFile file_;
  std::unique_ptr<Encoder> encoder_;
  std::vector<std::byte> buffer_;
  std::size_t used_ = 0;  // Of buffer_.
};

}  // namespace tercet::os

#endif  // TERCET_OS_OUTPUT_FILE_H_
