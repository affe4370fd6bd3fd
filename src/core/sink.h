// Where bytes go, without saying how: keeps the layers above free of system calls.
#ifndef TERCET_CORE_SINK_H_
#define TERCET_CORE_SINK_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "tercet/error.h"

namespace tercet::core {

/// A file being made. Calls come from one thread at a time; parts may be written in any order.
class Sink {
 public:
  virtual ~Sink() = default;
  virtual Status write_at(std::uint64_t offset, std::span<const std::byte> bytes) = 0;
};

/// A file in memory.
class MemorySink final : public Sink {
 public:
  Status write_at(std::uint64_t offset, std::span<const std::byte> bytes) override {
    if (bytes_.size() < offset + bytes.size()) bytes_.resize(offset + bytes.size());
    std::copy(bytes.begin(), bytes.end(), bytes_.begin() + static_cast<std::ptrdiff_t>(offset));
    return {};
  }
  std::vector<std::byte>& bytes() noexcept { return bytes_; }

 private:
  std::vector<std::byte> bytes_;
};

}  // namespace tercet::core

#endif  // TERCET_CORE_SINK_H_
