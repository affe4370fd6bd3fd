// The one checksum of every file that tercet writes: XXH3, 64 bits, seed 0.
#ifndef TERCET_CORE_CHECKSUM_H_
#define TERCET_CORE_CHECKSUM_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

struct XXH3_state_s;

namespace tercet::core {

std::uint64_t checksum(std::span<const std::byte> bytes) noexcept;

/// The same checksum of bytes that arrive in pieces. Movable, not copyable.
class Checksummer {
 public:
  Checksummer();
  void add(std::span<const std::byte> bytes) noexcept;
  std::uint64_t value() const noexcept;

 private:
  struct Free {
    void operator()(XXH3_state_s* state) const noexcept;
  };
  std::unique_ptr<XXH3_state_s, Free> state_;
};

}  // namespace tercet::core

#endif  // TERCET_CORE_CHECKSUM_H_
