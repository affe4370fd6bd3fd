#include "train/jelinek_mercer.h"

#include <algorithm>

namespace tercet::train {
namespace {

constexpr int kRounds = 30;
constexpr double kLeastWeight = 0.01;
constexpr double kFirstWeight = 0.5;

using Weights = std::array<double, OrderSmoothing::kWeightBuckets>;

/// One step of EM: the expected share of occurrences that came from the order itself.
Weights improve(const std::vector<WeightSample>& samples, const Weights& weights) {
  Weights own{};
  Weights all{};
  for (const WeightSample& sample : samples) {
    for (const WeightSample::Item& item : sample.items()) {
      const std::size_t bucket = OrderSmoothing::weight_bucket(item.total);
      const double rest = item.total > 1 ? static_cast<double>(item.total - 1) : 1;
      const double here = weights[bucket] * item.others / rest;
      const double lower = (1 - weights[bucket]) * item.lower_probability;
      all[bucket] += item.count;
      if (here + lower > 0) own[bucket] += item.count * here / (here + lower);
    }
  }
  Weights next{};
  double last = kLeastWeight;
  for (std::size_t i = 0; i < next.size(); ++i) {
    if (all[i] > 0) last = std::clamp(own[i] / all[i], kLeastWeight, 1 - kLeastWeight);
    next[i] = last;
  }
  return next;
}

}  // namespace

Weights fit_jelinek_mercer(const std::vector<WeightSample>& samples) {
  Weights weights;
  weights.fill(kFirstWeight);
  for (int round = 0; round < kRounds; ++round) weights = improve(samples, weights);
  return weights;
}

}  // namespace tercet::train
