#include "lanes/ratios.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace tercet::lanes {
namespace {

// One class after the other, nothing at once.
TEST(ComputeRatios, GivesTheBitsOfPlainArithmetic) {
  std::mt19937_64 random(1);
  const std::size_t size = padded(1000);
  std::vector<std::int32_t> evidence(size);
  std::vector<float> shares(size);
  std::vector<float> dropped_lifts(size);
  std::vector<float> masses(size);
  for (std::size_t i = 0; i < 1000; ++i) {
    evidence[i] = static_cast<std::int32_t>(random() % 1'000'000'000);
    shares[i] = static_cast<float>(random() % 100'000);
    dropped_lifts[i] = 0.01F * static_cast<float>(random() % 300);
    masses[i] = 1e-3F / static_cast<float>(1 + random() % 1000);
  }
  for (int halves = 1; halves <= 16; ++halves) {
    std::vector<float> out(size);
    const double sum = compute_ratios(
        {evidence, shares, dropped_lifts, masses, 1e-12F, 1e-5F, 0.2F, 0.3F, 16, halves}, out);
    double gain = 0;
    for (std::size_t i = 0; i < size; ++i) {
      const volatile float product = static_cast<float>(evidence[i]) * 1e-12F;
      const volatile float doubted = product + 1e-5F;
      const volatile float observed = doubted * shares[i];
      const volatile float dropped = 0.2F * dropped_lifts[i];
      const volatile float both = observed + dropped;
      const volatile float all = both + 0.3F;
      const volatile float upper = all * 16;
      const volatile float lower = all + 15;
      const volatile float lift = upper / lower;
      volatile float ratio = halves % 2 == 0 ? 1.0F : std::sqrt(lift);
      for (int power = 0; power < halves / 2; ++power) ratio = ratio * lift;
      ASSERT_EQ(out[i], ratio);
      gain += static_cast<double>(masses[i]) * (static_cast<double>(ratio) - 1);
    }
    EXPECT_NEAR(sum, gain, 1e-5 * std::abs(gain) + 1e-6);
  }
}

}  // namespace
}  // namespace tercet::lanes
