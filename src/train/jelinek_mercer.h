// Jelinek-Mercer's interpolation weights by leave-one-out EM.
#ifndef TERCET_TRAIN_JELINEK_MERCER_H_
#define TERCET_TRAIN_JELINEK_MERCER_H_

#include <array>
#include <cstdint>
#include <vector>

#include "train/smoothing.h"

namespace tercet::train {

/// n-grams of every k-th context of an order, k such that about kContexts are taken.
class WeightSample {
 public:
  explicit WeightSample(std::uint64_t contexts) : stride_(contexts / kContexts + 1) {}
  bool wants(std::uint64_t context) const noexcept { return context % stride_ == 0; }

  /// An n-gram seen `count` times in a context seen `total` times.
  void add(std::uint32_t count, std::uint64_t total, double lower_probability) {
    items_.push_back({static_cast<double>(count), count - 1.0, total, lower_probability});
  }
  /// n-grams that pruning dropped, seen `count` times together: all that is left to the order
  /// below.
  void add_dropped(std::uint64_t count, std::uint64_t total) {
    items_.push_back({static_cast<double>(count), 0, total, 1});
  }

  struct Item {
    double count;
    double others;  ///< Of the n-gram's count, when one occurrence is left out.
    std::uint64_t total;
    double lower_probability;
  };
  const std::vector<Item>& items() const noexcept { return items_; }

 private:
  static constexpr std::uint64_t kContexts = 200'000;
  std::uint64_t stride_;
  std::vector<Item> items_;
};

/// One weight l per bit width of the context's count, greatest likelihood of each occurrence given
/// the others: its own estimate is then (c - 1) / (C - 1) (Jelinek and Mercer 1980, with
/// leaving-one-out in place of held-out text as in Ney, Essen and Kneser 1994). Every weight lies
/// in [0.01, 0.99]; a bucket without evidence takes that of the bucket below.
std::array<double, OrderSmoothing::kWeightBuckets> fit_jelinek_mercer(
    const std::vector<WeightSample>& samples);

}  // namespace tercet::train

#endif  // TERCET_TRAIN_JELINEK_MERCER_H_
