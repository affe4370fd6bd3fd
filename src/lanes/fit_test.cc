#include "lanes/fit.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <random>
#include <set>

#include "lanes/testing.h"

namespace tercet::lanes {
namespace {

constexpr std::uint32_t kWords = 300;
constexpr std::uint32_t kClasses = 60;

/// A table and what it was made from.
struct Fixture {
  Fixture(testing::Image from, std::uint64_t seed) : image(std::move(from)) {
    const auto trie =
        model::testing::random_trie({.order = 2, .vocabulary = kWords, .ngrams = {0, 500}}, seed);
    file = testing::add_lanes(model::testing::pack(trie), image);
    data = model::testing::parse(file);
    table = *AssociationTable::parse(*data, "test");
  }
  explicit Fixture(std::uint64_t seed)
      : Fixture(testing::random_image(kWords, kClasses, seed), seed) {}

  testing::Image image;
  std::vector<std::byte> file;
  std::shared_ptr<const internal::ModelData> data;
  std::optional<AssociationTable> table;
};

Class any_class(std::mt19937_64& random) {
  const auto value = random() % (2 * kClasses);
  return value < kClasses ? static_cast<Class>(value) : model::kNoClass;
}

/// What is not in each class's row.
std::vector<double> naive_dropped(const testing::Image& image) {
  std::vector<double> dropped(image.totals.begin(), image.totals.end());
  for (const auto& [pair, count] : image.counts) dropped[pair.first] -= count;
  return dropped;
}

/// 2^e as fit.h defines it.
std::vector<double> naive_ratios(const Fixture& with, const std::vector<Class>& text) {
  std::map<Class, double> weights;
  double sum = 0;
  for (std::size_t d = 2; d <= std::min<std::size_t>(text.size(), 250); ++d) {
    const Class word = text[text.size() - d];
    if (word == model::kNoClass || weights.contains(word)) continue;
    double first = 2;
    while (2 * first <= static_cast<double>(d)) first *= 2;
    const double end = first == 128 ? 251 : 2 * first;
    weights[word] = 1 / std::sqrt(std::sqrt(first * end));
    sum += weights[word];
  }
  const std::vector<double> dropped = naive_dropped(with.image);
  double all = 0;
  double all_dropped = 0;
  for (const std::uint32_t total : with.image.totals) all += total;
  for (const double of_class : dropped) all_dropped += of_class;
  std::vector<double> out(kClasses, 1);
  if (weights.empty()) return out;
  for (Class c = 0; c < kClasses; ++c) {
    const double share = with.image.totals[c] / all;
    double near = 0;
    for (const auto& [trigger, weight] : weights) {
      const auto count = with.image.counts.find({trigger, c});
      const double observed = count == with.image.counts.end() ? 0 : count->second;
      const double mu = with.image.parameters.smoothing;
      near += weight / sum * (observed + dropped[trigger] * dropped[c] / all_dropped + mu * share) /
              (with.image.totals[trigger] + mu);
    }
    const double lift = (near + kShareSmoothing) / (share + kShareSmoothing);
    const double most = double{kMostLift};
    out[c] = std::pow(lift * most / (lift + most - 1), with.image.parameters.strength);
  }
  return out;
}

RC_GTEST_PROP(Fit, IsThatOfTheDefinition, (std::uint64_t seed)) {
  testing::Image image = testing::random_image(kWords, kClasses, seed);
  image.parameters.strength = static_cast<float>(*rc::gen::inRange(1, 9)) / 2;
  const Fixture with(image, seed);
  std::mt19937_64 random(seed);
  Fit fit(*with.table);
  std::vector<Class> text;
  for (int i = 0; i < 400; ++i) {
    text.push_back(any_class(random));
    fit.push(text.back());
    if (i % 23 != 0) continue;
    const auto expected = naive_ratios(with, text);
    double gain = 0;
    double mass = 0;
    for (Class c = 0; c < kClasses; ++c) {
      RC_ASSERT(std::abs(fit.ratio(c) / expected[c] - 1) < 1e-3);
      gain += static_cast<double>(with.table->masses()[c]) * (expected[c] - 1);
      mass += static_cast<double>(with.table->masses()[c]) * expected[c];
    }
    RC_ASSERT(std::abs(fit.unigram_gain() - gain) < 1e-3 * mass);
  }
}

bool same(Fit& a, Fit& b) {
  return std::equal(a.ratios().begin(), a.ratios().end(), b.ratios().begin()) &&
         a.unigram_gain() == b.unigram_gain();
}

TEST(Fit, HoweverATextCameToBeItFitsTheSameBitForBit) {
  const Fixture with(1);
  std::mt19937_64 random(1);
  Fit fit(*with.table);
  Fit anew(*with.table);
  std::vector<Class> text;
  for (int sequence = 0; sequence < 10'000; ++sequence) {
    for (std::uint64_t edits = random() % 50; edits > 0; --edits) {
      const auto kind = random() % 200;
      if (kind < 80 && !text.empty()) {
        text.pop_back();
        fit.pop();
      } else if (kind == 199) {
        text.resize(random() % 400, any_class(random));
        fit.assign(text);
      } else {
        text.push_back(any_class(random));
        fit.push(text.back());
      }
    }
    anew.assign(text);
    ASSERT_TRUE(same(fit, anew));
    anew.assign(std::span(text).last(std::min(text.size(), Fit::kReach)));
    ASSERT_TRUE(same(fit, anew));
  }
}

RC_GTEST_PROP(Fit, MoreSeenTogetherNeverRanksLower, (std::uint64_t seed)) {
  testing::Image image = testing::random_image(kWords, kClasses, seed);
  std::mt19937_64 random(seed);
  const auto chosen =
      std::next(image.counts.begin(), static_cast<std::ptrdiff_t>(random() % image.counts.size()));
  const Class trigger = chosen->first.first;
  const Class word = chosen->first.second;
  std::vector<Class> text;
  for (int i = 0; i < 20; ++i) text.push_back(any_class(random));
  text.insert(text.end(), {trigger, model::kNoClass});
  const auto better = [&] {
    const Fixture with(image, seed);
    Fit fit(*with.table);
    fit.assign(text);
    const auto ratios = fit.ratios();
    return std::count_if(ratios.begin(), ratios.end(),
                         [&](float ratio) { return ratio > ratios[word]; });
  };
  const auto before = better();
  const auto room = static_cast<std::uint32_t>(naive_dropped(image)[trigger]);
  chosen->second += std::min(room, (model::kMostCounted - chosen->second + 1) / 2);
  RC_ASSERT(better() <= before);
}

TEST(Fit, ATextWithoutMeaningSaysNothing) {
  const Fixture with(1);
  Fit fit(*with.table);
  EXPECT_FALSE(fit.has_triggers());
  fit.push(3);  // The last word belongs to the n-grams.
  EXPECT_FALSE(fit.has_triggers());
  EXPECT_EQ(fit.unigram_gain(), 0);
  for (const float ratio : fit.ratios()) EXPECT_EQ(ratio, 1);
  EXPECT_FALSE(fit.is_fresh(3));
  EXPECT_TRUE(fit.is_fresh(4));
  fit.push(model::kNoClass);
  EXPECT_TRUE(fit.has_triggers());
}

TEST(Fit, NamesItsReasons) {
  const Fixture with(1);
  const auto& [pair, count] = *with.image.counts.begin();
  Fit fit(*with.table);
  const std::vector<Class> text = {pair.first, model::kNoClass, model::kNoClass};
  fit.assign(text);
  const auto reasons = fit.reasons(pair.second);
  EXPECT_EQ(reasons[0].back, 3U);
  EXPECT_GT(reasons[0].weight, 0);
  EXPECT_EQ(reasons[1].weight, 0);
  EXPECT_EQ(fit.reasons(model::kNoClass)[0].weight, 0);
}

}  // namespace
}  // namespace tercet::lanes
