#include "predict/lane_search.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "predict/lane_testing.h"

namespace tercet::predict {
namespace {

using testing::RangeFilter;
using testing::Scene;

RC_GTEST_PROP(LaneSearch, MeasuresKeepTheirSums, (std::uint64_t seed)) {
  Scene scene(seed);
  for (int i = 0; i < 60; ++i) {
    scene.write();
    if (i % 12 != 11) continue;
    scene.look();
    double sum = 0;
    double unusual = 0;
    double posterior = 0;
    double support = 0;
    for (WordId word = 0; word < scene.words(); ++word) {
      const double probability = scene.probability(word);
      if (probability == 0) continue;
      const LaneMeasure measure = scene.measure(word);
      sum += probability;
      unusual += probability * static_cast<double>(measure.unusual);
      posterior += probability * std::exp2(static_cast<double>(measure.support_bits));
      support += probability * static_cast<double>(measure.support_bits);
      RC_ASSERT(measure.fit >= 0 && measure.fit <= 1);
    }
    RC_ASSERT(std::abs(unusual / sum - 0.5) < 1e-5);
    RC_ASSERT(std::abs(posterior / sum - 1) < 1e-5);
    RC_ASSERT(support <= 1e-6);
  }
}

RC_GTEST_PROP(LaneSearch, UnusualFallsAsProbabilityRises, (std::uint64_t seed)) {
  Scene scene(seed);
  for (int i = 0; i < 30; ++i) scene.write();
  scene.look();
  std::vector<std::pair<double, WordId>> words;
  for (WordId word = 0; word < scene.words(); ++word) {
    if (scene.probability(word) > 0) words.emplace_back(scene.probability(word), word);
  }
  std::sort(words.begin(), words.end());
  for (std::size_t i = 1; i < words.size(); ++i) {
    const float last = scene.measure(words[i - 1].second).unusual;
    RC_ASSERT(scene.measure(words[i].second).unusual <= last);
    if (words[i].first == words[i - 1].first)
      RC_ASSERT(scene.measure(words[i].second).unusual == last);
  }
}

struct Expected {
  double score;
  WordId word;
};

/// By the definition, over the whole vocabulary.
std::vector<Expected> brute_force(Scene& scene, Lane lane, const RangeFilter& filter,
                                  std::size_t count, double gate) {
  std::map<std::size_t, double> mass;
  double sum = 0;
  const double norm = scene.norm();
  const lanes::AssociationTable& table = scene.model().table();
  for (WordId word = 0; word < scene.words(); ++word) {
    const double probability = scene.probability(word);
    mass[scene.bin(word)] += probability;
    sum += probability;
  }
  std::map<lanes::Class, Expected> best;
  for (WordId word = 0; word < scene.vocabulary(); ++word) {
    const lanes::Class of = table.class_of(word);
    double above = 0;
    for (const auto& [bin, of_bin] : mass) {
      if (bin < scene.bin(word)) above += of_bin;
      if (bin == scene.bin(word)) above += of_bin / 2;
    }
    const bool tail = above / sum > kTail;
    if (!tail || of == model::kNoClass || !table.may_be_offered(word) ||
        !scene.fit().is_fresh(of) || !filter.allows(word) || scene.attested(word) == 0)
      continue;
    const double posterior = scene.posterior(word, norm);
    const auto support = static_cast<float>(std::log2(posterior / scene.probability(word)));
    const bool fits = scene.fit().has_triggers() && table.share_supported_less(of, support) >= gate;
    if (fits != (lane == Lane::kGenius) || (!fits && scene.attested(word) < 2)) continue;
    const double score = fits ? posterior : scene.probability(word);
    const auto [at, is_new] = best.try_emplace(of, Expected{score, word});
    if (!is_new && score > at->second.score) at->second = {score, word};
  }
  std::vector<Expected> out;
  for (const auto& [of, expected] : best) out.push_back(expected);
  std::sort(out.begin(), out.end(), [](const Expected& a, const Expected& b) {
    return a.score != b.score ? a.score > b.score : a.word < b.word;
  });
  if (out.size() > count) out.resize(count);
  return out;
}

RC_GTEST_PROP(LaneSearch, ListsEqualBruteForce, (std::uint64_t seed)) {
  Scene scene(seed);
  WordSet hidden(scene.vocabulary());
  hidden.insert(static_cast<WordId>(scene.random()() % scene.vocabulary()));
  for (int i = 0; i < 60; ++i) {
    scene.write();
    if (i % 10 != 9) continue;
    scene.look();
    const auto begin = *rc::gen::inRange<WordId>(kFirstWord, scene.vocabulary());
    const RangeFilter filter({*rc::gen::element(begin, kFirstWord), scene.vocabulary()}, hidden);
    const double gate = *rc::gen::element(0.3, kBoldGate, kCarefulGate);
    for (const Lane lane : {Lane::kRare, Lane::kGenius}) {
      const auto expected = brute_force(scene, lane, filter, 5, gate);
      const auto list = scene.search().list(lane, filter, 5, gate);
      RC_ASSERT(list.size() == expected.size());
      for (std::size_t k = 0; k < list.size(); ++k) {
        RC_ASSERT(std::abs(scene.probability(list[k].word) / list[k].probability - 1) < 1e-9);
        const double score = lane == Lane::kGenius
                                 ? scene.posterior(list[k].word, scene.search().norm())
                                 : list[k].probability;
        // Scores that differ by rounding only may change places.
        RC_ASSERT(std::abs(score / expected[k].score - 1) < 1e-5);
        RC_ASSERT(list[k].measure.lane == lane);
      }
    }
  }
}

TEST(LaneSearch, NothingIsGeniusWithoutAText) {
  rc::check([](std::uint64_t seed) {
    Scene scene(seed);
    scene.look();
    const WordSet none;
    const RangeFilter all({kFirstWord, scene.vocabulary()}, none);
    RC_ASSERT(scene.search().list(Lane::kGenius, all, 5).empty());
    for (WordId word = 0; word < scene.words(); ++word)
      RC_ASSERT(scene.measure(word).support_bits == 0);
  });
}

}  // namespace
}  // namespace tercet::predict
