// Every smoothing method as one formula with different numbers.
//
//   u(w) = (c(w) - D(c)) * scale(C, T)          C = count of the context, T = types after it
//   interpolated:  p(w) = u(w) + g p'(w),       g  = 1 - sum of u over the kept successors
//   back-off:      p(w) = u(w) for kept w,      bo = (1 - sum u) / (1 - sum p' over the kept)
//
// What pruning drops leaves u and so enlarges g: the distribution still sums to one.
#ifndef TERCET_TRAIN_SMOOTHING_H_
#define TERCET_TRAIN_SMOOTHING_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "tercet/train.h"
#include "train/counts.h"

namespace tercet::train {

/// Totals of one context, what pruning dropped included.
struct ContextTotals {
  std::uint64_t count = 0;  ///< C
  std::uint64_t types = 0;  ///< T
};

/// The estimator of one order.
struct OrderSmoothing {
  enum class Scale : std::uint8_t {
    kCount,          ///< 1 / C
    kCountAndTypes,  ///< 1 / (C + T)
    kAdditive,       ///< 1 / (C + additive mass)
    kWeighted,       ///< l(C) / C
    kNothing,        ///< 0: the order adds nothing to the one below.
  };
  static constexpr std::size_t kDiscounts = 7;  ///< D(0), D(1), ..., D(6 and more).
  static constexpr std::size_t kWeightBuckets = 33;

  Scale scale = Scale::kCount;
  bool interpolated = true;
  double fixed_backoff = 0;  ///< Not 0: the backoff weight of every context (stupid backoff).
  double additive_mass = 0;  ///< d V
  std::array<double, kDiscounts> discounts{};
  /// Jelinek-Mercer's l by bit width of C.
  std::array<double, kWeightBuckets> weights{};

  double discount(std::uint32_t count) const noexcept {
    return discounts[std::min<std::size_t>(count, kDiscounts - 1)];
  }
  double scale_of(const ContextTotals& totals) const noexcept;
  static std::size_t weight_bucket(std::uint64_t count) noexcept;
};

/// True for the methods that count distinct words before an n-gram instead of occurrences.
bool uses_continuation_counts(Smoothing smoothing) noexcept;
bool is_interpolated(Smoothing smoothing) noexcept;

/// Estimators of orders 1..N from the statistics. Where a closed form cannot be computed or leaves
/// its range (tiny or odd corpora), fixed values are taken and a sentence is added to `warnings`.
/// Jelinek-Mercer's weights are filled in later, by estimate.cc.
std::vector<OrderSmoothing> make_smoothing(const TrainOptions& options,
                                           const std::vector<OrderStatistics>& statistics,
                                           std::uint32_t vocabulary_size,
                                           std::vector<std::string>& warnings);

}  // namespace tercet::train

#endif  // TERCET_TRAIN_SMOOTHING_H_
