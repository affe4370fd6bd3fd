#include "measure/tally.h"

#include <gtest/gtest.h>

#include <cmath>

namespace tercet::measure {
namespace {

Document document(std::uint64_t words, std::uint64_t keys) {
  Document out;
  out.sums.words = words;
  out.sums.characters = 5 * words;
  out.sums.tokens = words + 1;
  out.sums.unknown = 1;
  out.sums.log10_sum = -2.0 * static_cast<double>(words + 1);
  out.sums.log10_sum_known = -1.0 * static_cast<double>(words);
  out.sums.slots = {{words / 2, keys, 5 * words}};
  return out;
}

Figures figures(const std::vector<Document>& documents) {
  std::vector<const Document*> pointers;
  for (const Document& document : documents) pointers.push_back(&document);
  const std::uint32_t slots[] = {3};
  return figures_of(pointers, slots);
}

TEST(Tally, FiguresAreRatiosOfSums) {
  const Figures out = figures({document(10, 25), document(30, 45)});
  EXPECT_EQ(out.documents, 2U);
  EXPECT_EQ(out.words, 40U);
  EXPECT_EQ(out.characters, 200U);
  ASSERT_EQ(out.slots.size(), 1U);
  EXPECT_EQ(out.slots[0].slots, 3U);
  EXPECT_DOUBLE_EQ(out.slots[0].hit.value, 50);
  EXPECT_DOUBLE_EQ(out.slots[0].ksr.value, 65);
  EXPECT_DOUBLE_EQ(out.slots[0].ksr_reoffer.value, 0);
  EXPECT_NEAR(out.perplexity.value, 100, 1e-9);
  EXPECT_NEAR(out.perplexity_known.value, 10, 1e-9);
}

TEST(Tally, IntervalsHoldTheValueAndNarrowWithDocuments) {
  std::vector<Document> few;
  std::vector<Document> many;
  for (std::uint64_t i = 0; i < 400; ++i) {
    many.push_back(document(20, 40 + i % 40));
    if (i < 40) few.push_back(many.back());
  }
  const Measured a = figures(few).slots[0].ksr;
  const Measured b = figures(many).slots[0].ksr;
  EXPECT_LT(a.low, a.value);
  EXPECT_GT(a.high, a.value);
  const double ratio = (a.high - a.low) / (b.high - b.low);  // The root of 10 in theory.
  EXPECT_GT(ratio, 2);
  EXPECT_LT(ratio, 5);
  EXPECT_EQ(figures(few).slots[0].ksr.low, a.low) << "the same documents, the same interval";
}

TEST(Tally, OneDocumentHasNoInterval) {
  const Measured ksr = figures({document(10, 25)}).slots[0].ksr;
  EXPECT_EQ(ksr.low, ksr.value);
  EXPECT_EQ(ksr.high, ksr.value);
}

}  // namespace
}  // namespace tercet::measure
