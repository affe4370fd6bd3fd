#include "measure/lane_tally.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace tercet::measure {
namespace {

/// By the definition: all orders in which equals may stand, and the mean over them.
RankSums by_all_orders(double value, const std::vector<double>& others) {
  const auto better =
      std::count_if(others.begin(), others.end(), [&](double other) { return other > value; });
  const auto equal = std::count(others.begin(), others.end(), value);
  RankSums sums;
  for (auto rank = better + 1; rank <= better + equal + 1; ++rank) {
    sums.recall += rank <= 10 ? 1 : 0;
    sums.reciprocal += 1 / static_cast<double>(rank);
  }
  sums.recall /= static_cast<double>(equal + 1);
  sums.reciprocal /= static_cast<double>(equal + 1);
  return sums;
}

RC_GTEST_PROP(LaneTally, RanksAreWhatChanceMakesOfEquals, ()) {
  const auto size = *rc::gen::inRange<std::size_t>(0, 300);
  const auto values = *rc::gen::inRange(1, 200);
  const auto others = *rc::gen::container<std::vector<double>>(
      size, rc::gen::map(rc::gen::inRange(0, values), [](int x) { return double(x); }));
  const double value = *rc::gen::inRange(0, values);
  RankSums sums;
  sums.add(standing(value, others));
  const RankSums expected = by_all_orders(value, others);
  RC_ASSERT(std::abs(sums.recall - expected.recall) < 1e-12);
  RC_ASSERT(std::abs(sums.reciprocal - expected.reciprocal) < 1e-6);
}

RC_GTEST_PROP(LaneTally, BeatenIsTheAreaUnderTheCurve, ()) {
  const auto others = *rc::gen::nonEmpty<std::vector<double>>(
      rc::gen::container<std::vector<double>>(rc::gen::element(0.0, 1.0, 2.0, 3.0)));
  const double value = *rc::gen::element(0.0, 1.0, 2.0, 3.0);
  double wins = 0;
  for (const double other : others) wins += value > other ? 1 : value == other ? 0.5 : 0;
  RC_ASSERT(std::abs(share_beaten(value, others) - wins / static_cast<double>(others.size())) <
            1e-12);
}

TEST(LaneTally, DecoysStandOnEitherSide) {
  const auto found = decoys(40, 15);
  ASSERT_EQ(found.size(), kDecoys);
  EXPECT_EQ(found.front(), 5U);
  EXPECT_EQ(found.back(), 25U);
  EXPECT_EQ(std::count(found.begin(), found.end(), 15U), 0) << "no word is its own decoy";
  EXPECT_TRUE(decoys(40, 9).empty()) << "nine on one side";
  EXPECT_TRUE(decoys(40, 30).empty()) << "nine on the other";
  EXPECT_FALSE(decoys(40, 29).empty());
}

LaneDocument document(double rare, double by_p, double by_posterior) {
  LaneDocument out;
  LaneSums& sums = out.sums;
  sums.words = 20;
  sums.attested = 10;
  sums.rare = rare;
  sums.bits = 200;
  sums.bits_saved = 10;
  sums.rankings[static_cast<std::size_t>(LaneRanking::kProbability)] = {by_p, by_p / 2};
  sums.rankings[static_cast<std::size_t>(LaneRanking::kPosterior)] = {by_posterior,
                                                                      by_posterior / 2};
  for (int i = 0; i < 4; ++i) sums.texts[0].add(0.3 * i);
  sums.mixes[1] = {5, 1};
  sums.gates[2].recall = 1;
  sums.no_genius = 4;
  return out;
}

LaneFigures figures(const std::vector<LaneDocument>& documents) {
  std::vector<const LaneDocument*> pointers;
  for (const LaneDocument& document : documents) pointers.push_back(&document);
  return figures_of(pointers);
}

TEST(LaneTally, FiguresAreRatiosOfSums) {
  const LaneFigures out = figures({document(4, 1, 2), document(6, 2, 4)});
  EXPECT_EQ(out.documents, 2U);
  EXPECT_EQ(out.positions, 40U);
  EXPECT_EQ(out.rare, 10U);
  EXPECT_DOUBLE_EQ(out.attested.value, 0.5);
  EXPECT_DOUBLE_EQ(out.unusual.value, 0.5);
  EXPECT_DOUBLE_EQ(out.bits.value, 10);
  EXPECT_DOUBLE_EQ(out.bits_saved.value, 0.5);
  EXPECT_DOUBLE_EQ(out.rankings[1].recall.value, 0.3);
  EXPECT_DOUBLE_EQ(out.rankings[1].recall_gain.value, 0.3);
  EXPECT_DOUBLE_EQ(out.rankings[1].reciprocal_gain.value, 0.15);
  EXPECT_EQ(out.texts[0].rare, 8U);
  EXPECT_DOUBLE_EQ(out.texts[0].bold.value, 0.25);
  EXPECT_DOUBLE_EQ(out.texts[0].careful.value, 0);
  EXPECT_DOUBLE_EQ(out.texts[0].fit.value, 0.45);
  EXPECT_DOUBLE_EQ(out.mixes[1].hit.value, 0.25);
  EXPECT_DOUBLE_EQ(out.mixes[1].rare_hit.value, 0.2);
  EXPECT_DOUBLE_EQ(out.gate_recall[2].second.value, 0.2);
  EXPECT_DOUBLE_EQ(out.no_genius.value, 0.2);
  EXPECT_TRUE(std::isnan(out.fit_auc.value)) << "no word had decoys";
}

TEST(LaneTally, GainsArePairedByDocument) {
  std::vector<LaneDocument> documents;
  for (int i = 0; i < 50; ++i) documents.push_back(document(10, i % 8, i % 8 + 1));
  const LaneFigures out = figures(documents);
  EXPECT_NEAR(out.rankings[1].recall_gain.value, 0.1, 1e-9);
  EXPECT_NEAR(out.rankings[1].recall_gain.low, 0.1, 1e-9) << "no resample can differ";
  EXPECT_NEAR(out.rankings[1].recall_gain.high, 0.1, 1e-9);
  EXPECT_LT(out.rankings[1].recall.low, out.rankings[1].recall.value);
}

/// A report of which all holds.
LanesReport good() {
  LanesReport report;
  LaneFigures& all = report.all;
  all.texts.resize(kLaneTexts.size());
  all.rankings.resize(kLaneRankings.size());
  for (std::size_t i = 0; i < all.rankings.size(); ++i) {
    all.rankings[i].name = kLaneRankings[i];
    all.rankings[i].reciprocal_gain = {0.01, 0.002, 0.018};
  }
  all.unigram_auc.value = 0.51;
  all.surprise_auc.value = 0.5;
  all.bits_saved.value = 0.5;
  const auto set = [&](LaneText text, double careful, double bold) {
    all.texts[static_cast<std::size_t>(text)].careful.value = careful;
    all.texts[static_cast<std::size_t>(text)].bold.value = bold;
  };
  set(LaneText::kHuman, 0.2, 0.5);
  set(LaneText::kSentencesShuffled, 0.1, 0.3);
  set(LaneText::kReplaced, 0.05, 0.2);
  set(LaneText::kSampled, 0.01, 0.1);
  LaneFigures genre;
  genre.positions = 300;
  genre.bits_saved.value = 0.1;
  report.genres.emplace_back("books", genre);
  return report;
}

std::size_t broken(const LanesReport& report) {
  const auto musts = musts_of(report);
  return static_cast<std::size_t>(
      std::count_if(musts.begin(), musts.end(), [](const LaneMust& must) { return !must.holds; }));
}

TEST(LaneMusts, EachCanFail) {
  ASSERT_EQ(broken(good()), 0U);
  const auto breaks = [](const auto& change) {
    LanesReport report = good();
    change(report);
    return broken(report) == 1;
  };
  EXPECT_TRUE(breaks([](LanesReport& r) { r.all.rankings[1].reciprocal_gain.low = -0.001; }));
  EXPECT_TRUE(breaks([](LanesReport& r) { r.all.rankings[2].reciprocal_gain.low = 0; }));
  EXPECT_TRUE(breaks([](LanesReport& r) { r.all.unigram_auc.value = 0.54; }));
  EXPECT_TRUE(breaks([](LanesReport& r) { r.all.surprise_auc.value = 0.46; }));
  EXPECT_TRUE(breaks([](LanesReport& r) { r.all.bits_saved.value = 0.3; }));
  EXPECT_TRUE(breaks([](LanesReport& r) { r.genres[0].second.bits_saved.value = -0.1; }));
  EXPECT_TRUE(breaks([](LanesReport& r) { r.all.texts[1].careful.value = 0.14; }));
  EXPECT_TRUE(breaks([](LanesReport& r) { r.all.texts[4].careful.value = 0.08; }));
  EXPECT_TRUE(breaks([](LanesReport& r) { r.all.texts[4].bold.value = 0.25; }));
  EXPECT_TRUE(breaks([](LanesReport& r) { r.all.texts[5].careful.value = 0.06; }));
  EXPECT_TRUE(breaks([](LanesReport& r) {
    r.all.rankings[1].reciprocal_gain.low = std::numeric_limits<double>::quiet_NaN();
  })) << "nothing measured, nothing shown";
}

TEST(LaneMusts, SmallGenresSayNothing) {
  LanesReport report = good();
  report.genres[0].second.positions = 299;
  report.genres[0].second.bits_saved.value = -1;
  EXPECT_EQ(broken(report), 0U);
}

TEST(LaneMusts, HardlyAnythingUnusualIsAnAlarm) {
  LaneFigures figures;
  figures.unusual.value = 0.06;
  EXPECT_TRUE(seen_before(figures));
  figures.unusual.value = 0.2;
  EXPECT_FALSE(seen_before(figures));
}

}  // namespace
}  // namespace tercet::measure
