// Where text comes from, without saying how: a file for users, memory for tests and fuzzers.
#ifndef TERCET_INTEROP_TEXT_SOURCE_H_
#define TERCET_INTEROP_TEXT_SOURCE_H_

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <span>
#include <string_view>

#include "tercet/error.h"

namespace tercet::interop {

/// A text read once, from front to back.
class TextSource {
 public:
  virtual ~TextSource() = default;
  /// Fills the front of `out`, which is never empty, and returns how many bytes; 0 is the end.
  virtual Result<std::size_t> read(std::span<char> out) = 0;
};

/// A text that lies in memory and outlives the source.
class MemorySource final : public TextSource {
 public:
  explicit MemorySource(std::string_view text) noexcept : rest_(text) {}
  Result<std::size_t> read(std::span<char> out) override {
    const std::size_t count = std::min(out.size(), rest_.size());
    if (count > 0) std::memcpy(out.data(), rest_.data(), count);
    rest_.remove_prefix(count);
    return count;
  }

 private:
  std::string_view rest_;
};

}  // namespace tercet::interop

#endif  // TERCET_INTEROP_TEXT_SOURCE_H_
