#include "measure/calibration.h"

#include <gtest/gtest.h>

namespace tercet::measure {
namespace {

TEST(Calibration, BinsHoldWhatWasStated) {
  CalibrationSums sums;
  sums.add(0.25, true, true);
  sums.add(0.2, false, false);  // The edge belongs to the bin that begins with it.
  sums.add(0.29, true, true);
  sums.add(1, true, true);
  sums.add(0, false, false);
  const Calibration out = sums.figures();
  ASSERT_EQ(out.bins.size(), 3U) << "bins without words are left out";
  EXPECT_EQ(out.bins[0].begin, 0);
  EXPECT_EQ(out.bins[0].listed, 1U);
  EXPECT_DOUBLE_EQ(out.bins[1].begin, 0.2);
  EXPECT_DOUBLE_EQ(out.bins[1].end, 0.3);
  EXPECT_EQ(out.bins[1].listed, 3U);
  EXPECT_DOUBLE_EQ(out.bins[1].stated, (0.25 + 0.2 + 0.29) / 3);
  EXPECT_DOUBLE_EQ(out.bins[1].came_true, 2.0 / 3);
  EXPECT_DOUBLE_EQ(out.bins[2].end, 1);
  EXPECT_DOUBLE_EQ(out.bins[2].came_true, 1);
  // |2 - 0.74| / 5 of all; |2 - 0.54| / 3 of the first ones.
  EXPECT_DOUBLE_EQ(out.error, 1.26 / 5);
  EXPECT_DOUBLE_EQ(out.first_error, 1.46 / 3);
}

TEST(Calibration, SumsAddUp) {
  CalibrationSums half;
  CalibrationSums whole;
  for (int i = 0; i < 100; ++i) {
    half.add(0.01 * i, i % 3 == 0, i % 2 == 0);
    for (int twice = 0; twice < 2; ++twice) whole.add(0.01 * i, i % 3 == 0, i % 2 == 0);
  }
  half += CalibrationSums(half);
  EXPECT_NEAR(half.figures().error, whole.figures().error, 1e-12);
  EXPECT_NEAR(half.figures().first_error, whole.figures().first_error, 1e-12);
  EXPECT_EQ(half.figures().bins[3].listed, whole.figures().bins[3].listed);
}

TEST(Calibration, NothingStatedIsNoError) {
  EXPECT_EQ(CalibrationSums().figures().error, 0);
  EXPECT_TRUE(CalibrationSums().figures().bins.empty());
}

}  // namespace
}  // namespace tercet::measure
