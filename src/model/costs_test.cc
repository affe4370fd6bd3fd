#include "model/costs.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>

namespace tercet::model {
namespace {

TEST(CostScale, KnownValues) {
  const CostScale scale;
  EXPECT_EQ(scale.cost(0.0), 0);        // p = 1
  EXPECT_EQ(scale.cost(-1.0), 2048);    // p = 1/2
  EXPECT_EQ(scale.cost(-10.0), 20480);  // p = 1/1024
  EXPECT_EQ(scale.cost(-std::numeric_limits<double>::infinity()), kNeverCost);
  EXPECT_DOUBLE_EQ(scale.log10_probability(20480), -10 * std::log10(2.0));
  EXPECT_DOUBLE_EQ(scale.bits(1024), 0.5);
  EXPECT_DOUBLE_EQ(scale.probability(2048 * 3), 0.125);
  EXPECT_EQ(scale.probability(kImpossible), 0);
}

TEST(CostScale, EndsOfTheRange) {
  const CostScale scale;
  EXPECT_EQ(scale.cost(-31.9995), kMaxCost);
  EXPECT_EQ(scale.cost(-1e9), kMaxCost);  // Never means p = 0 and nothing else.
  EXPECT_EQ(scale.cost(1e-9), 0);         // A hair above 1 from rounding is 1.
  EXPECT_EQ(scale.backoff(5.0), 0);
  EXPECT_EQ(scale.backoff(-1e9), kMaxCost);
}

TEST(CostScale, BiasedBackoffsHoldWeightsAboveOne) {
  const CostScale scale{2048, 8 * 2048};
  EXPECT_EQ(scale.backoff(0.0), 8 * 2048);
  EXPECT_EQ(scale.backoff(8.0), 0);
  EXPECT_EQ(scale.backoff(-1.0), 9 * 2048);
}

RC_GTEST_PROP(CostScale, NearestGridPoint, ()) {
  const CostScale scale{*rc::gen::inRange<std::uint32_t>(1, 65'537), 0};
  const double most = static_cast<double>(kMaxCost) / scale.units_per_bit;
  const double bits = most * *rc::gen::inRange(0, 1'000'001) / 1e6;
  const std::uint16_t cost = scale.cost(-bits);
  RC_ASSERT(std::abs(scale.bits(cost) - bits) <= 0.5 / scale.units_per_bit + 1e-12);
}

RC_GTEST_PROP(CostScale, EveryStoredCostComesBack, ()) {
  const auto cost = *rc::gen::inRange<std::uint32_t>(0, kMaxCost + 1);
  const CostScale scale{2048, *rc::gen::inRange<std::uint32_t>(0, 20'000)};
  const double log2 = -scale.bits(cost);
  RC_ASSERT(scale.cost(log2) == cost);
  if (cost + scale.backoff_bias <= kMaxCost)
    RC_ASSERT(scale.backoff(log2) == cost + scale.backoff_bias);
  RC_ASSERT(std::abs(std::log10(scale.probability(cost)) - scale.log10_probability(cost)) < 1e-9);
}

}  // namespace
}  // namespace tercet::model
