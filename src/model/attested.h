// How often an n-gram was seen, in one byte: section kLaneAttested.
#ifndef TERCET_MODEL_ATTESTED_H_
#define TERCET_MODEL_ATTESTED_H_

#include <algorithm>
#include <bit>
#include <cstdint>

#include "model/lane_layout.h"

namespace tercet::model {

/// The greatest count that a code stands for; more counts as this.
inline constexpr std::uint64_t kMostAttested = std::uint64_t{15} << 29U;

/// Rounds down, so that decode_attested() never says more than was seen.
constexpr std::uint8_t encode_attested(std::uint64_t count) noexcept {
  count = std::min(count, kMostAttested);
  if (count <= kExactCount) return static_cast<std::uint8_t>(count);
  const auto doublings =
      static_cast<std::uint32_t>(std::bit_width(count) - std::bit_width(kExactCount));
  const auto eighths = static_cast<std::uint32_t>(count * kStepsPerDoubling / kExactCount >>
                                                  doublings);  // kStepsPerDoubling or more.
  return static_cast<std::uint8_t>(kExactCount + kStepsPerDoubling * doublings + eighths -
                                   kStepsPerDoubling);
}

constexpr std::uint64_t decode_attested(std::uint8_t code) noexcept {
  if (code <= kExactCount) return code;
  const std::uint32_t steps = code - kExactCount;
  const std::uint64_t eighths = kStepsPerDoubling + steps % kStepsPerDoubling;
  return (eighths * (kExactCount / kStepsPerDoubling)) << (steps / kStepsPerDoubling);
}

}  // namespace tercet::model

#endif  // TERCET_MODEL_ATTESTED_H_
