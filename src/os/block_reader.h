// Text in blocks of whole lines.
#ifndef TERCET_OS_BLOCK_READER_H_
#define TERCET_OS_BLOCK_READER_H_

#include <cstddef>
#include <string>

#include "os/input_file.h"
#include "tercet/error.h"

namespace tercet::os {

/// Cuts an InputFile into blocks that end at a line end ('\n'). Only the last block of a file may
/// end without one. A '\r' before it is left in place: the caller drops it. Not thread-safe.
class BlockReader {
 public:
  /// Blocks of about `block_bytes`, more where a line is longer. `input` must outlive the reader.
  BlockReader(InputFile& input, std::size_t block_bytes);

  /// Puts the next whole lines into `block`, whose old content and memory are reused. False, and an
  /// empty block, at the end. Errors are those of InputFile::read.
  Result<bool> next(std::string& block);

 private:
  InputFile& input_;
  std::size_t block_bytes_;
  std::string rest_;  // The beginning of a line whose end was not in the last block.
};

}  // namespace tercet::os

#endif  // TERCET_OS_BLOCK_READER_H_
