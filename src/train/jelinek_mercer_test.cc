#include "train/jelinek_mercer.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <random>
#include <vector>

namespace tercet::train {
namespace {

/// log2 likelihood of each occurrence given the others, for one weight.
double likelihood(const std::vector<WeightSample::Item>& items, double weight) {
  double sum = 0;
  for (const auto& item : items) {
    const double own = item.total > 1 ? item.others / static_cast<double>(item.total - 1) : 0;
    sum += item.count * std::log2(weight * own + (1 - weight) * item.lower_probability);
  }
  return sum;
}

/// Contexts of one bucket, drawn from a true mixture.
WeightSample draw(std::uint64_t seed, std::uint64_t total) {
  std::mt19937_64 random(seed);
  WeightSample sample(1);
  for (int context = 0; context < 100; ++context) {
    std::uint64_t left = total;
    while (left > 0) {
      const auto count = static_cast<std::uint32_t>(1 + random() % left);
      left -= count;
      sample.add(count, total, 0.001 + static_cast<double>(random() % 1000) / 2000);
    }
  }
  return sample;
}

RC_GTEST_PROP(JelinekMercer, MaximisesTheLikelihood, (std::uint64_t seed)) {
  const auto total = *rc::gen::inRange<std::uint64_t>(2, 100);
  const std::vector<WeightSample> samples{draw(seed, total)};
  const double weight = fit_jelinek_mercer(samples)[OrderSmoothing::weight_bucket(total)];
  RC_ASSERT(weight >= 0.01);
  RC_ASSERT(weight <= 0.99);
  double best = -1e300;
  for (int i = 1; i <= 99; ++i) best = std::max(best, likelihood(samples[0].items(), i / 100.0));
  // EM creeps up on the maximum; a thousandth of it is near enough.
  RC_ASSERT(likelihood(samples[0].items(), weight) >= best - 1e-3 * std::abs(best));
}

TEST(JelinekMercer, SingletonsGetTheLeastWeight) {
  WeightSample sample(1);
  for (int i = 0; i < 10; ++i) sample.add(1, 10, 0.1);
  EXPECT_DOUBLE_EQ(fit_jelinek_mercer({sample})[OrderSmoothing::weight_bucket(10)], 0.01);
}

TEST(JelinekMercer, CertainContextsGetTheGreatestWeight) {
  WeightSample sample(1);
  sample.add(100, 100, 1e-9);
  EXPECT_DOUBLE_EQ(fit_jelinek_mercer({sample})[OrderSmoothing::weight_bucket(100)], 0.99);
}

TEST(JelinekMercer, WhatPruningDroppedSpeaksForTheOrderBelow) {
  WeightSample kept(1);
  kept.add(50, 100, 0.1);
  WeightSample pruned = kept;
  pruned.add_dropped(50, 100);
  const std::size_t bucket = OrderSmoothing::weight_bucket(100);
  EXPECT_GT(fit_jelinek_mercer({kept})[bucket], 0.9);
  EXPECT_LT(fit_jelinek_mercer({pruned})[bucket], 0.5);
}

TEST(JelinekMercer, BucketsWithoutEvidenceTakeTheOneBelow) {
  WeightSample sample(1);
  sample.add(100, 100, 1e-9);                               // Bucket 7.
  for (int i = 0; i < 1000; ++i) sample.add(1, 1000, 0.1);  // Bucket 10.
  const auto weights = fit_jelinek_mercer({sample});
  for (const std::size_t bucket : {7U, 8U, 9U}) EXPECT_DOUBLE_EQ(weights[bucket], 0.99);
  for (const std::size_t bucket : {0U, 1U, 6U, 10U, 11U, 32U})
    EXPECT_DOUBLE_EQ(weights[bucket], 0.01);
  for (const double weight : fit_jelinek_mercer({})) EXPECT_DOUBLE_EQ(weight, 0.01);
}

TEST(JelinekMercer, SplittingTheSamplesChangesNothing) {
  const WeightSample whole = draw(7, 30);
  std::vector<WeightSample> parts(3, WeightSample(1));
  for (std::size_t i = 0; i < whole.items().size(); ++i) {
    const auto& item = whole.items()[i];
    parts[i * 3 / whole.items().size()].add(static_cast<std::uint32_t>(item.count), item.total,
                                            item.lower_probability);
  }
  EXPECT_EQ(fit_jelinek_mercer({whole}), fit_jelinek_mercer(parts));
}

TEST(WeightSample, TakesAboutAsManyContextsAsItNeeds) {
  for (const std::uint64_t contexts : {1U, 1000U, 200'000U, 5'000'000U}) {
    const WeightSample sample(contexts);
    std::uint64_t taken = 0;
    for (std::uint64_t i = 0; i < contexts; ++i) taken += sample.wants(i) ? 1 : 0;
    EXPECT_GE(taken, std::min<std::uint64_t>(contexts, 90'000));
    EXPECT_LE(taken, 200'000U);
  }
}

}  // namespace
}  // namespace tercet::train
