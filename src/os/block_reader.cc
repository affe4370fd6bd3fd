#include "os/block_reader.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "core/error.h"

namespace tercet::os {

BlockReader::BlockReader(InputFile& input, std::size_t block_bytes)
    : input_(input), block_bytes_(std::max<std::size_t>(block_bytes, 1)) {}

Result<bool> BlockReader::next(std::string& block) {
  block.assign(rest_);
  rest_.clear();
  std::size_t used = block.size();
  std::size_t line_end = 0;  // One past the last '\n' seen; rest_ never holds one.
  for (;;) {
    if (used >= block_bytes_ && line_end > 0) break;
    // Twice as much when a line does not fit: a line of any length costs linear time.
    block.resize(used < block_bytes_ ? block_bytes_ : used * 2);
    auto got = input_.read({block.data() + used, block.size() - used});
    if (!got.ok()) return std::move(got).error();
    if (*got == 0) {
      line_end = used;
      break;
    }
    const std::size_t newline = std::string_view(block.data() + used, *got).rfind('\n');
    if (newline != std::string_view::npos) line_end = used + newline + 1;
    used += *got;
  }
  rest_.assign(block, line_end, used - line_end);
  block.resize(line_end);
  return line_end > 0;
}

}  // namespace tercet::os
