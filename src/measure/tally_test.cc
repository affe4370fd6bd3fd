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
  Sums::OfSlots of;
  of.hits = words / 2;
  of.keys = keys;
  of.keys_reoffer = 5 * words;
  of.curve_keys[1] = keys;
  out.sums.curve_characters[1] = 5 * words;
  out.sums.slots = {of};
  return out;
}

Documents pointers(const std::vector<Document>& documents) {
  Documents out;
  for (const Document& document : documents) out.push_back(&document);
  return out;
}

constexpr std::uint32_t kSlots[] = {3};

Figures figures(const std::vector<Document>& documents) {
  return figures_of(pointers(documents), kSlots);
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

TEST(Tally, ALearningCurveIsOfThePartsThereAre) {
  const Figures out = figures({document(10, 25), document(30, 45)});
  ASSERT_EQ(out.curve.size(), kCurveBegins.size());
  EXPECT_EQ(out.curve[1].begin, 100U);
  EXPECT_DOUBLE_EQ(out.curve[1].ksr[0].value, 65);
  EXPECT_LT(out.curve[1].ksr[0].low, 65);
  EXPECT_TRUE(std::isnan(out.curve[2].ksr[0].value));
  EXPECT_TRUE(std::isnan(out.slots[0].unoffered_oov.value)) << "there were no OOV words";
}

TEST(Tally, WordsAreAddedToTheirPart) {
  Typist typist(kSlots);
  Sums sums(1);
  typist.type_unaided("word");
  sums.add_word(typist, 5, true, 99);
  sums.add_word(typist, 5, false, 100);
  typist.type("word", [](std::string_view, std::size_t) {
    static constexpr std::string_view kBest[] = {"word"};
    return std::span(kBest);
  });
  sums.add_word(typist, 5, false, 1'000'000);
  EXPECT_EQ(sums.words, 3U);
  EXPECT_EQ(sums.oov, 1U);
  EXPECT_EQ(sums.slots[0].unoffered, 2U);
  EXPECT_EQ(sums.slots[0].unoffered_oov, 1U);
  EXPECT_EQ(sums.slots[0].looks, 4U + 4U + 1U);
  EXPECT_EQ(sums.slots[0].curve_keys, (std::array<std::uint64_t, 5>{5, 5, 0, 0, 1}));
  EXPECT_EQ(sums.curve_characters, (std::array<std::uint64_t, 5>{5, 5, 0, 0, 5}));
}

TEST(Tally, GainsArePairedByDocument) {
  std::vector<Document> before;
  std::vector<Document> after;
  for (std::uint64_t i = 0; i < 50; ++i) {
    before.push_back(document(20, 40 + i));  // Very different documents,
    after.push_back(document(20, 35 + i));   // and 5 keys saved on each.
  }
  const Rates gain = gain_of(pointers(before), pointers(after), kSlots);
  const Measured& ksr = gain.slots[0].ksr;
  EXPECT_NEAR(ksr.value, 5, 1e-9);
  EXPECT_NEAR(ksr.low, 5, 1e-9) << "no resample can differ";
  EXPECT_NEAR(ksr.high, 5, 1e-9);
  EXPECT_NEAR(gain.curve[1].ksr[0].value, 5, 1e-9);
  EXPECT_NEAR(gain.perplexity.value, 0, 1e-9);

  after[7] = document(20, 10);
  const Measured wider = gain_of(pointers(before), pointers(after), kSlots).slots[0].ksr;
  EXPECT_LT(wider.low, wider.value);
  EXPECT_GT(wider.high, wider.value);
  EXPECT_GE(wider.low, 5 - 1e-9);
}

}  // namespace
}  // namespace tercet::measure
