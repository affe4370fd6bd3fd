#include "predict/posterior_search.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "predict/lane_testing.h"

namespace tercet::predict {
namespace {

using testing::RangeFilter;
using testing::Scene;

/// By the definition, over the whole vocabulary and the person's own words.
std::vector<double> brute_force(Scene& scene, const MixtureFilter& filter, std::size_t count) {
  std::vector<double> scores;
  const double norm = scene.norm();
  for (WordId word = 0; word < scene.words(); ++word) {
    const double score = scene.posterior(word, norm);
    if (score > 0 && filter.allows(word)) scores.push_back(score);
  }
  std::sort(scores.begin(), scores.end(), std::greater<>());
  if (scores.size() > count) scores.resize(count);
  return scores;
}

void expect_brute_force(Scene& scene, const MixtureFilter& filter, std::size_t count) {
  PosteriorSearch search(scene.model());
  search.look(scene.mixture(), scene.mixture().place(), scene.fit());
  const auto expected = brute_force(scene, filter, count);
  const auto list = search.top(filter, count);
  RC_ASSERT(list.size() == expected.size());
  for (std::size_t i = 0; i < list.size(); ++i) {
    RC_ASSERT(filter.allows(list[i].word));
    RC_ASSERT(std::abs(list[i].probability / expected[i] - 1) < 1e-5);
    const double posterior = scene.posterior(list[i].word, search.search().norm());
    RC_ASSERT(std::abs(posterior / list[i].probability - 1) < 1e-9);
    if (i > 0) RC_ASSERT(better(list[i - 1], list[i]));
  }
}

RC_GTEST_PROP(PosteriorSearch, ListsEqualBruteForce, (std::uint64_t seed)) {
  Scene scene(seed);
  WordSet hidden(scene.words());
  hidden.insert(static_cast<WordId>(scene.random()() % scene.words()));
  for (int i = 0; i < 60; ++i) {
    scene.write();
    if (i % 10 != 9) continue;
    scene.look();
    const auto begin = *rc::gen::inRange<WordId>(0, scene.words());
    const auto end = *rc::gen::element(begin + 1, begin + 70, scene.words());
    const RangeFilter filter({begin, std::min(end, scene.words())}, hidden);
    expect_brute_force(scene, filter, *rc::gen::element<std::size_t>(1, 5, 15, 1000));
  }
}

/// As a person's own words are found by what is typed of them.
class OwnFilter final : public MixtureFilter {
 public:
  OwnFilter(WordRange range, std::vector<WordId> own) : range_(range), own_(std::move(own)) {}
  WordFilter background() const override { return {range_, nullptr}; }
  bool allows(WordId word) const override {
    return (word >= range_.begin && word < range_.end) ||
           std::find(own_.begin(), own_.end(), word) != own_.end();
  }
  const std::vector<WordId>* own_words() const override { return &own_; }

 private:
  WordRange range_;
  std::vector<WordId> own_;
};

RC_GTEST_PROP(PosteriorSearch, OwnWordsAreFoundByTheirList, (std::uint64_t seed)) {
  Scene scene(seed);
  for (int i = 0; i < 60; ++i) scene.write();
  scene.look();
  const OwnFilter filter({kFirstWord, kFirstWord + 1},
                         {scene.vocabulary(), scene.vocabulary() + 3});
  expect_brute_force(scene, filter, 5);
}

}  // namespace
}  // namespace tercet::predict
