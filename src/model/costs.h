// Probabilities as integers. A cost is -log2 p in steps of 1/units_per_bit bit, 16 bits wide.
// Addition is associative, so the same query gives the same answer in any order, on any machine.
#ifndef TERCET_MODEL_COSTS_H_
#define TERCET_MODEL_COSTS_H_

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace tercet::model {

/// A stored cost of this value means probability zero (`<s>`). Sums are 32 bits wide.
inline constexpr std::uint16_t kNeverCost = 0xFFFF;
inline constexpr std::uint32_t kMaxCost = 0xFFFE;
/// The bias of models that are not interpolated: room for backoff weights from 2^16 down to 2^-16.
/// Small corpora need it: a context that was followed by nearly every word leaves little to divide
/// by.
inline constexpr std::uint32_t kBackoffBiasBits = 16;
/// A summed cost that stands for probability zero; greater than any sum of stored ones.
inline constexpr std::int32_t kImpossible = 0x4000'0000;
inline constexpr std::uint32_t kDefaultUnitsPerBit = 2048;

/// The grid that a file's costs and backoffs lie on.
struct CostScale {
  std::uint32_t units_per_bit = kDefaultUnitsPerBit;
  /// Added to every stored backoff, because a backoff weight above 1 has a negative cost.
  std::uint32_t backoff_bias = 0;

  /// Nearest stored cost of a probability in [0, 1] given as log2; never is reserved for p = 0.
  std::uint16_t cost(double log2_probability) const noexcept {
    if (std::isinf(log2_probability)) return kNeverCost;
    return nearest(-log2_probability * units_per_bit);
  }
  /// Nearest stored backoff of a weight > 0 given as log2.
  std::uint16_t backoff(double log2_weight) const noexcept {
    return nearest(-log2_weight * units_per_bit + backoff_bias);
  }
  /// -infinity where the cost stands for probability zero.
  double log10_probability(std::int64_t cost) const noexcept {
    if (cost >= kImpossible) return -std::numeric_limits<double>::infinity();
    constexpr double kLog10Of2 = 0.301029995663981195213738894724493027;
    return -static_cast<double>(cost) / units_per_bit * kLog10Of2;
  }
  double bits(std::int64_t cost) const noexcept {
    return static_cast<double>(cost) / units_per_bit;
  }
  double probability(std::int64_t cost) const noexcept {
    if (cost >= kImpossible) return 0;
    return std::exp2(-static_cast<double>(cost) / units_per_bit);
  }

 private:
  static std::uint16_t nearest(double units) noexcept {
    // In this form no number at all becomes 0.
    return static_cast<std::uint16_t>((units > 0 ? std::min(units, double{kMaxCost}) : 0) + 0.5);
  }
};

}  // namespace tercet::model

#endif  // TERCET_MODEL_COSTS_H_
