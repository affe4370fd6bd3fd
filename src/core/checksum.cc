#include "core/checksum.h"

#include <xxhash.h>

#include <new>

namespace tercet::core {

std::uint64_t checksum(std::span<const std::byte> bytes) noexcept {
  return XXH3_64bits(bytes.data(), bytes.size());
}

Checksummer::Checksummer() : state_(XXH3_createState()) {
  if (state_ == nullptr) throw std::bad_alloc();
  XXH3_64bits_reset(state_.get());
}

void Checksummer::add(std::span<const std::byte> bytes) noexcept {
  XXH3_64bits_update(state_.get(), bytes.data(), bytes.size());
}

std::uint64_t Checksummer::value() const noexcept { return XXH3_64bits_digest(state_.get()); }

void Checksummer::Free::operator()(XXH3_state_s* state) const noexcept { XXH3_freeState(state); }

}  // namespace tercet::core
