// A random model with lanes, and a text that is written with it, for the tests of searches.
#ifndef TERCET_PREDICT_LANE_TESTING_H_
#define TERCET_PREDICT_LANE_TESTING_H_

#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <random>
#include <vector>

#include "lanes/testing.h"
#include "model/testing.h"
#include "predict/lane_model.h"
#include "predict/lane_search.h"
#include "predict/mixture.h"

namespace tercet::predict::testing {

inline constexpr WordId kOwnWords = 12;
inline constexpr std::uint32_t kClasses = 40;

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
  double of_model(WordId word) const {
    return probability(word) - mixture_->personal(mixture_->place(), word);
  }
  /// Z: random models' probabilities add up to anything.
  double norm() {
    double sum = 0;
    double weighed = 0;
    for (WordId word = 0; word < vocabulary(); ++word) {
      sum += of_model(word);
      weighed += of_model(word) * fit_->ratio(model_->table().class_of(word));
    }
    return weighed / sum;
  }
  /// p'.
  double posterior(WordId word, double norm) {
    const double part = of_model(word);
    return part * fit_->ratio(model_->table().class_of(word)) / norm + probability(word) - part;
  }
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

}  // namespace tercet::predict::testing

#endif  // TERCET_PREDICT_LANE_TESTING_H_
