// Costs by bins of 1/16 bit: how probability is spread over likely and unlikely words.
#ifndef TERCET_PREDICT_COST_BINS_H_
#define TERCET_PREDICT_COST_BINS_H_

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/costs.h"

namespace tercet::predict {

/// Immutable; any number of threads.
class CostBins {
 public:
  /// Words whose probabilities lie in one bin count as equally probable.
  static constexpr std::int32_t kPerBit = 16;
  /// Bins are kept for costs from -16 bits on, as what a text is given makes words more probable
  /// than the model has them, up to 40 bits. What lies beyond falls into the first or last one.
  static constexpr std::int32_t kFirstBit = -16;
  static constexpr std::int32_t kLastBit = 40;
  static constexpr std::size_t kCount = std::size_t{kLastBit - kFirstBit} * kPerBit;

  explicit CostBins(const model::CostScale& scale)
      : units_(static_cast<std::int32_t>(scale.units_per_bit)) {
    for (std::int32_t i = 0; i < units_; ++i) fractions_.push_back(scale.probability(i));
  }

  std::size_t bin(std::int32_t cost) const noexcept {
    const std::int64_t scaled = (std::int64_t{cost} - first(0)) * kPerBit / units_;
    return static_cast<std::size_t>(
        std::clamp<std::int64_t>(scaled, 0, static_cast<std::int64_t>(kCount) - 1));
  }
  /// The least cost in a bin but the first.
  std::int32_t first(std::size_t bin) const noexcept {
    const auto scaled = std::int64_t{units_} * static_cast<std::int64_t>(bin);
    return kFirstBit * units_ + static_cast<std::int32_t>((scaled + kPerBit - 1) / kPerBit);
  }

  /// 2^(-cost / units) from a table.
  double probability(std::int32_t cost) const noexcept {
    if (cost >= model::kImpossible) return 0;
    const std::int32_t whole = cost >= 0 ? cost / units_ : -((units_ - 1 - cost) / units_);
    const double fraction = fractions_[static_cast<std::size_t>(cost - whole * units_)];
    constexpr std::int32_t kLeast = -1000;
    constexpr int kMantissaBits = 52;
    const auto exponent = static_cast<std::uint64_t>(1023 - std::max(whole, kLeast));
    return whole > 1000 ? 0 : fraction * std::bit_cast<double>(exponent << kMantissaBits);
  }

 private:
  std::int32_t units_;
  std::vector<double> fractions_;  // Of less than one bit.
};

}  // namespace tercet::predict

#endif  // TERCET_PREDICT_COST_BINS_H_
