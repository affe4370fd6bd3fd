// Decompression behind one interface, chosen by the first bytes of a file. Used by InputFile.
#ifndef TERCET_OS_DECODER_H_
#define TERCET_OS_DECODER_H_

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

#include "tercet/error.h"

namespace tercet::os {

/// One stream being unpacked, piece by piece. Not thread-safe.
class Decoder {
 public:
  struct Step {
    std::size_t consumed;  ///< Bytes taken from the front of the input.
    std::size_t produced;  ///< Bytes put at the front of the output.
  };

  virtual ~Decoder() = default;

  /// Unpacks what fits. An empty input asks for what is still held inside. The text of an error
  /// (kCorrupt) says what is wrong, without the file's name.
  virtual Result<Step> decode(std::span<const char> input, std::span<char> output) = 0;

  /// True when the input may end here: not in the middle of a frame or member.
  virtual bool complete() const noexcept = 0;

  /// "zstd", "gzip" or "plain".
  virtual std::string_view format() const noexcept = 0;
};

/// Bytes of a file that `decoder_for` needs, unless the file is shorter.
inline constexpr std::size_t kMagicBytes = 6;

/// The decoder for a file that begins with `head`; anything unknown is plain text. kUnsupported:
/// `head` is of a compressor that tercet does not read; the text says how to unpack it.
Result<std::unique_ptr<Decoder>> decoder_for(std::span<const char> head);

}  // namespace tercet::os

#endif  // TERCET_OS_DECODER_H_
