#include "train/smoothing.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <numeric>
#include <string>
#include <vector>

namespace tercet::train {
namespace {

OrderStatistics statistics(const std::vector<std::uint64_t>& counts_of_counts) {
  OrderStatistics out;
  for (std::size_t i = 0; i < counts_of_counts.size(); ++i)
    out.counts_of_counts[i + 1] = counts_of_counts[i];
  return out;
}

struct Made {
  std::vector<OrderSmoothing> orders;
  std::vector<std::string> warnings;
};

Made make(Smoothing method, const std::vector<OrderStatistics>& orders, double delta = 1) {
  TrainOptions options;
  options.smoothing = method;
  options.additive_delta = delta;
  Made made;
  made.orders = make_smoothing(options, orders, 101, made.warnings);
  return made;
}

/// Counts of counts that fall as 1000 / r^2, roughly.
const std::vector<std::uint64_t> kNatural = {1000, 250, 111, 62, 40, 28, 20, 16};

TEST(ModifiedKneserNey, ClosedForm) {
  const Made made = make(Smoothing::kModifiedKneserNey, {statistics(kNatural)});
  const OrderSmoothing& order = made.orders.at(0);
  // Y = 1000 / 1500 = 2/3; D1 = 1 - 2 Y 250/1000, D2 = 2 - 3 Y 111/250, D3 = 3 - 4 Y 62/111.
  EXPECT_DOUBLE_EQ(order.discount(0), 0);
  EXPECT_NEAR(order.discount(1), 2.0 / 3, 1e-12);
  EXPECT_NEAR(order.discount(2), 1.112, 1e-12);
  EXPECT_NEAR(order.discount(3), 3 - 8.0 / 3 * 62 / 111, 1e-12);
  for (const std::uint32_t count : {4U, 5U, 6U, 7U, 1000U, 0xFFFF'FFFFU})
    EXPECT_DOUBLE_EQ(order.discount(count), order.discount(3));
  EXPECT_TRUE(made.warnings.empty());
}

TEST(ModifiedKneserNey, FallsBackWithAWarningThatNamesTheOrder) {
  for (const std::vector<std::uint64_t>& odd : {std::vector<std::uint64_t>{},
                                                {0, 5, 5, 5},
                                                {5, 0, 5, 5},
                                                {5, 5, 0, 5},
                                                // D2 and D3 below 0.
                                                {10, 1, 50, 1},
                                                {100, 50, 1, 90}}) {
    const Made made = make(Smoothing::kModifiedKneserNey, {statistics(kNatural), statistics(odd)});
    ASSERT_EQ(made.warnings.size(), 1U);
    EXPECT_TRUE(made.warnings[0].starts_with("order 2:")) << made.warnings[0];
    EXPECT_DOUBLE_EQ(made.orders[1].discount(1), 0.5);
    EXPECT_DOUBLE_EQ(made.orders[1].discount(2), 1.0);
    EXPECT_DOUBLE_EQ(made.orders[1].discount(3), 1.5);
    EXPECT_DOUBLE_EQ(made.orders[1].discount(9), 1.5);
  }
}

TEST(KneserNey, OneDiscountForAllCounts) {
  for (const Smoothing method : {Smoothing::kKneserNey, Smoothing::kAbsoluteDiscounting}) {
    const Made made = make(method, {statistics(kNatural), statistics({10, 0}), statistics({0, 3})});
    for (const std::uint32_t count : {1U, 2U, 3U, 6U, 700U})
      EXPECT_NEAR(made.orders[0].discount(count), 1000.0 / 1500, 1e-12);
    EXPECT_DOUBLE_EQ(made.orders[0].discount(0), 0);
    EXPECT_DOUBLE_EQ(made.orders[1].discount(1), 0.5);
    EXPECT_DOUBLE_EQ(made.orders[2].discount(2), 0.5);
    EXPECT_EQ(made.warnings.size(), 2U);
  }
}

TEST(Katz, GoodTuringBelowTheLimit) {
  const Made made = make(Smoothing::kKatz, {statistics(kNatural), statistics(kNatural)});
  const double a = 6.0 * 28 / 1000;
  const OrderSmoothing& order = made.orders.at(1);
  double saved = 0;
  for (std::uint32_t r = 1; r <= 5; ++r) {
    const double good_turing =
        (r + 1.0) * static_cast<double>(kNatural[r]) / static_cast<double>(kNatural[r - 1]);
    const double ratio = (good_turing / r - a) / (1 - a);
    EXPECT_NEAR(order.discount(r), r - ratio * r, 1e-12) << r;
    saved += order.discount(r) * static_cast<double>(kNatural[r - 1]);
  }
  // Katz's condition: what the discounts save is the mass n1 of unseen events.
  EXPECT_NEAR(saved, 1000, 1e-9);
  EXPECT_DOUBLE_EQ(order.discount(6), 0);
  EXPECT_DOUBLE_EQ(order.discount(1000), 0);
  EXPECT_TRUE(made.orders[0].interpolated);
  EXPECT_FALSE(order.interpolated);
  EXPECT_TRUE(made.warnings.empty());
}

TEST(Katz, FallsBackToAbsoluteDiscounting) {
  for (const std::vector<std::uint64_t>& odd : {std::vector<std::uint64_t>{10, 5, 4, 3, 2, 9},
                                                {10, 5, 0, 3, 2, 1},
                                                {10, 20, 30, 1, 1, 1}}) {
    const Made made = make(Smoothing::kKatz, {statistics(odd)});
    ASSERT_EQ(made.warnings.size(), 1U);
    const auto n1 = static_cast<double>(odd[0]);
    EXPECT_NEAR(made.orders[0].discount(1), n1 / (n1 + 2 * static_cast<double>(odd[1])), 1e-12);
    EXPECT_NEAR(made.orders[0].discount(7), made.orders[0].discount(1), 1e-12);
  }
  EXPECT_EQ(make(Smoothing::kKatz, {statistics({})}).warnings.size(), 2U);
}

TEST(Additive, OnlyTheHighestOrderCounts) {
  const Made made = make(Smoothing::kAdditive, {statistics({}), statistics({})}, 0.5);
  EXPECT_DOUBLE_EQ(made.orders[0].scale_of({10, 3}), 0);
  // V without <s> is 100: 1 / (10 + 0.5 * 100).
  EXPECT_DOUBLE_EQ(made.orders[1].scale_of({10, 3}), 1.0 / 60);
}

TEST(StupidBackoff, FixedWeightAboveUnigrams) {
  const Made made = make(Smoothing::kStupidBackoff, {statistics({}), statistics({})});
  EXPECT_DOUBLE_EQ(made.orders[0].fixed_backoff, 0);
  EXPECT_DOUBLE_EQ(made.orders[1].fixed_backoff, 0.4);
  EXPECT_DOUBLE_EQ(made.orders[1].scale_of({8, 2}), 0.125);
  EXPECT_FALSE(made.orders[1].interpolated);
}

TEST(Scales, ByTheirFormulas) {
  EXPECT_DOUBLE_EQ(make(Smoothing::kWittenBell, {statistics({})}).orders[0].scale_of({6, 4}), 0.1);
  OrderSmoothing weighted = make(Smoothing::kJelinekMercer, {statistics({})}).orders[0];
  weighted.weights[OrderSmoothing::weight_bucket(5)] = 0.25;
  EXPECT_DOUBLE_EQ(weighted.scale_of({5, 1}), 0.05);
  for (const auto method : {Smoothing::kKneserNey, Smoothing::kWittenBell, Smoothing::kAdditive})
    EXPECT_DOUBLE_EQ(make(method, {statistics(kNatural)}).orders[0].scale_of({0, 0}), 0);
}

TEST(Scales, WeightBucketsAreBitWidths) {
  EXPECT_EQ(OrderSmoothing::weight_bucket(1), 1U);
  EXPECT_EQ(OrderSmoothing::weight_bucket(2), 2U);
  EXPECT_EQ(OrderSmoothing::weight_bucket(3), 2U);
  EXPECT_EQ(OrderSmoothing::weight_bucket(4), 3U);
  EXPECT_EQ(OrderSmoothing::weight_bucket(~std::uint64_t{0}), OrderSmoothing::kWeightBuckets - 1);
}

/// Whatever the counts of counts, a discount never takes more than there is, nor gives.
RC_GTEST_PROP(Discounts, StayWithinTheirCounts, ()) {
  const auto odd = *rc::gen::container<std::vector<std::uint64_t>>(
      8, rc::gen::element<std::uint64_t>(0, 1, 2, 3, 10, 50, 1000));
  for (const Smoothing method : {Smoothing::kModifiedKneserNey, Smoothing::kKneserNey,
                                 Smoothing::kAbsoluteDiscounting, Smoothing::kKatz}) {
    const Made made = make(method, {statistics(odd)});
    for (std::uint32_t count = 0; count < 10; ++count) {
      RC_ASSERT(made.orders[0].discount(count) >= 0);
      RC_ASSERT(made.orders[0].discount(count) <= count);
    }
  }
}

TEST(Names, RoundTrip) {
  for (int i = 0; i <= static_cast<int>(Smoothing::kStupidBackoff); ++i) {
    const auto method = static_cast<Smoothing>(i);
    EXPECT_EQ(smoothing_by_name(name_of(method)), method);
  }
  EXPECT_EQ(smoothing_by_name("katz "), std::nullopt);
  EXPECT_EQ(smoothing_by_name(""), std::nullopt);
  EXPECT_EQ(name_of(static_cast<Smoothing>(99)), "unknown");
}

}  // namespace
}  // namespace tercet::train
