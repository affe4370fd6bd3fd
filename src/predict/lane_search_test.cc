#include "predict/lane_search.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <vector>

#include "lanes/testing.h"
#include "model/testing.h"

namespace tercet::predict {
namespace {

constexpr WordId kOwnWords = 12;
constexpr std::uint32_t kClasses = 40;

class RangeFilter final : public MixtureFilter {
 public:
  RangeFilter(WordRange range, const WordSet& hidden) : range_(range), hidden_(hidden) {}
  WordFilter background() const override { return {range_, &hidden_}; }
  bool allows(WordId word) const override {
    return word >= range_.begin && word < range_.end && !hidden_.contains(word);
  }

 private:
  WordRange range_;
  const WordSet& hidden_;
};

/// A random model with lanes, and a text that is written with it.
class Scene {
 public:
  explicit Scene(std::uint64_t seed) : random_(seed) {
    model::testing::TrieShape shape;
    shape.order = *rc::gen::inRange<std::uint32_t>(1, 5);
    shape.vocabulary = *rc::gen::inRange<std::uint32_t>(kFirstWord + 1, 300);
    for (std::size_t n = 1; n < 4; ++n) shape.ngrams[n] = *rc::gen::inRange<std::size_t>(0, 900);
    shape.cost_values = *rc::gen::element(5U, 3000U, 30'000U);
    shape.interpolated = *rc::gen::arbitrary<bool>();
    const auto trie = model::testing::random_trie(shape, seed);
    file_ = lanes::testing::add_lanes(
        model::testing::pack(trie), lanes::testing::random_image(shape.vocabulary, kClasses, seed));
    data_ = model::testing::parse(file_);
    // Few contexts are profiled, or nearly all.
    model_ = *LaneModel::make(*data_, "test", *rc::gen::element(1U, 5U, 20U, 1000U));
    mixture_ = std::make_unique<Mixture>(data_->ngrams());
    fit_ = std::make_unique<lanes::Fit>(model_->table());
    search_ = std::make_unique<LaneSearch>(*model_);
  }

  void write() {
    const auto kind = random_() % 10;
    const std::uint32_t words = vocabulary() - kFirstWord;
    const std::uint64_t some = kind < 6 ? std::min(words, 4U) : words;
    WordId word = kFirstWord + static_cast<WordId>(random_() % some);
    if (kind == 0) word = kSentenceEnd;
    if (kind == 1) word = vocabulary() + static_cast<WordId>(random_() % kOwnWords);
    mixture_->accept(word);
    if (word != kSentenceEnd) fit_->push(model_->table().class_of(word));
    written_.push_back(word);
  }
  void look() { search_->look(*mixture_, mixture_->place(), *fit_); }

  std::uint32_t vocabulary() const { return mixture_->vocabulary_size(); }
  std::uint32_t words() const { return vocabulary() + kOwnWords; }
  double probability(WordId word) const { return mixture_->probability(word); }
  LaneMeasure measure(WordId word) { return search_->measure(word); }
  std::mt19937_64& random() { return random_; }
  const LaneModel& model() const { return *model_; }
  LaneSearch& search() { return *search_; }
  lanes::Fit& fit() { return *fit_; }
  const Mixture& mixture() const { return *mixture_; }

  /// The bin that a probability belongs to, from the definition. Bins begin where the longest
  /// context with a profile has them.
  std::size_t bin(WordId word) const {
    const Mixture::Place& place = mixture_->place();
    const model::Ngrams& ngrams = data_->ngrams();
    State state = place.context.state;
    state.length = std::min(state.length, ngrams.order() - 1);
    std::int32_t backoff = 0;
    for (; model_->profiles().find(state, state.length) == nullptr; --state.length)
      backoff += ngrams.context(state, state.length).backoff;
    std::uint8_t order = 0;
    const CostBins& bins = model_->bins();
    if (word < vocabulary() && mixture_->personal(place, word) == 0)
      return bins.bin(ngrams.cost(place.context.state, word, order) - backoff);
    const double base = place.background_scale * ngrams.scale().probability(backoff);
    const double units = ngrams.scale().units_per_bit;
    const double cost = -std::log2(probability(word) / base) * units;
    return bins.bin(static_cast<std::int32_t>(std::lround(std::clamp(cost, -1e9, 1e9))));
  }

  /// Words of the longest context that the word has followed.
  std::uint32_t attested(WordId word) const {
    const Mixture::Place& place = mixture_->place();
    std::uint8_t order = 1;
    if (word < vocabulary()) data_->ngrams().cost(place.context.state, word, order);
    std::uint32_t longest = order - 1U;
    for (std::uint32_t i = 0; i < place.level_count; ++i) {
      const LayerCounts counts = place.levels[i].context->counts(word);
      if (counts[0] + counts[1] >= 2) longest = std::max(longest, place.levels[i].length);
    }
    return longest;
  }

 private:
  std::mt19937_64 random_;
  std::vector<std::byte> file_;
  std::shared_ptr<const internal::ModelData> data_;
  std::optional<LaneModel> model_;
  std::unique_ptr<Mixture> mixture_;
  std::unique_ptr<lanes::Fit> fit_;
  std::unique_ptr<LaneSearch> search_;
  std::vector<WordId> written_;
};

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
  double norm = 0;
  const lanes::AssociationTable& table = scene.model().table();
  for (WordId word = 0; word < scene.words(); ++word) {
    const double probability = scene.probability(word);
    mass[scene.bin(word)] += probability;
    sum += probability;
    norm += probability * scene.fit().ratio(table.class_of(word));
  }
  norm /= sum;
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
    const double ratio = scene.fit().ratio(of);
    const bool fits =
        scene.fit().has_triggers() &&
        table.share_supported_less(of, static_cast<float>(std::log2(ratio / norm))) >= gate;
    if (fits != (lane == Lane::kGenius) || (!fits && scene.attested(word) < 2)) continue;
    const double score = scene.probability(word) * (fits ? ratio : 1);
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
        const double ratio = lane == Lane::kGenius
                                 ? scene.fit().ratio(scene.model().table().class_of(list[k].word))
                                 : 1;
        // Scores that differ by rounding only may change places.
        RC_ASSERT(std::abs(list[k].probability * ratio / expected[k].score - 1) < 1e-9);
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
