#include "measure/text_tally.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace tercet::measure {
namespace {

TextDocument document(std::uint64_t words, std::uint64_t characters, const KeyCounts& plain,
                      const KeyCounts& with_phrases, const PhraseCounts& phrases) {
  TextDocument out;
  out.sums = TextSums(1);
  out.sums.words = words;
  out.sums.characters = characters;
  out.sums.slots[0] = {plain, with_phrases, phrases};
  return out;
}

TEST(TextTally, FiguresAreRatiosOfSums) {
  const TextDocument a =
      document(30, 150, {{30, 20, 5, 8, 1, 1}}, {{25, 18, 5, 8, 1, 0}}, {3, 1, 1});
  const TextDocument b =
      document(10, 50, {{15, 10, 5, 2, 1, 2}}, {{15, 10, 5, 2, 1, 2}}, {1, 0, 0});
  const std::vector<std::uint32_t> slots{4};
  const TextFigures figures = figures_of({&a, &b}, slots);
  EXPECT_EQ(figures.documents, 2U);
  EXPECT_EQ(figures.words, 40U);
  EXPECT_EQ(figures.characters, 200U);
  const TextSlotFigures& of = figures.slots[0];
  EXPECT_EQ(of.slots, 4U);
  EXPECT_DOUBLE_EQ(of.ksr.value, 50);
  EXPECT_DOUBLE_EQ(of.ksr_phrases.value, 54);
  EXPECT_EQ(of.keys, (std::array<double, 6>{45, 30, 10, 10, 2, 3}));
  EXPECT_DOUBLE_EQ(of.shown.value, 10);
  EXPECT_DOUBLE_EQ(of.whole.value, 25);
  EXPECT_DOUBLE_EQ(of.part.value, 25);
  EXPECT_DOUBLE_EQ(of.saved.value, 2);
  EXPECT_DOUBLE_EQ(of.ksr.low, 30) << "only the second document";
  EXPECT_NEAR(of.ksr.high, 100 - 100 * 65 / 150.0, 1e-9) << "only the first";
}

TEST(TextTally, InitialsSaveWhatTheWordsTookLessTheirLetters) {
  TextDocument a = document(10, 50, {{15, 10, 5, 9, 0, 0}}, {}, {});
  a.sums.initials[1] = {8, 2, 4};
  const std::vector<std::uint32_t> slots{4};
  const TextFigures figures = figures_of({&a}, slots);
  ASSERT_EQ(figures.initials.size(), 3U);
  EXPECT_EQ(figures.initials[1].words, 3U);
  EXPECT_EQ(figures.initials[1].tried, 8U);
  EXPECT_DOUBLE_EQ(figures.initials[1].first.value, 25);
  EXPECT_DOUBLE_EQ(figures.initials[1].third.value, 50);
  EXPECT_DOUBLE_EQ(figures.initials[1].saved.value, 3 * 3 - 4) << "three keys a word, four keys";
  EXPECT_TRUE(std::isnan(figures.initials[0].first.value)) << "none was tried";
}

}  // namespace
}  // namespace tercet::measure
