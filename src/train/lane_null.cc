#include "train/lane_null.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <utility>

#include "core/error.h"
#include "lanes/fit.h"
#include "model/lane_layout.h"

namespace tercet::train {
namespace {

constexpr std::size_t kDraws = 6;
using Draws = std::vector<float>;

using ClassesOfBands = std::array<std::vector<lanes::Class>, model::kBands>;

/// Measures support at places of one thread.
class SupportMeter {
 public:
  SupportMeter(const internal::ModelData& model, const lanes::AssociationTable& table)
      : ngrams_(model.ngrams()),
        table_(table),
        fit_(table),
        seen_(ngrams_.at(1).entries(), 0),
        excluded_(table.classes(), 0) {
    for (std::int32_t cost = 0; cost <= model::kNeverCost; ++cost)
      probabilities_.push_back(ngrams_.scale().probability(cost));
    probabilities_[model::kNeverCost] = 0;
    for (WordId word = 0; word < seen_.size(); ++word) unigram_total_ += unigram(word);
  }

  /// The text's fit is that before the token; support() is asked next.
  void go_to(const SamplePassage& passage, std::size_t token) {
    std::vector<lanes::Class> text;
    std::size_t sentence = 0;
    for (std::size_t i = 0; i < token; ++i) {
      if (passage.tokens[i] == kNoWord) {
        sentence = i + 1;
      } else {
        text.push_back(table_.class_of(passage.tokens[i] - 1));
      }
    }
    ++round_;
    for (std::vector<lanes::Class>& of_band : may_follow_) of_band.clear();
    const auto near = std::span(text).last(std::min(text.size(), lanes::Fit::kReach));
    for (const lanes::Class of : near) {
      if (of != model::kNoClass) excluded_[of] = round_;
    }
    fit_.assign(near);
    State state = ngrams_.advance(State{}, kSentenceBegin);
    for (std::size_t i = sentence; i < token; ++i)
      state = ngrams_.advance(state, passage.tokens[i] - 1);
    log2_norm_ = std::log2(norm_after(state));
  }

  /// Classes that are new to the text and have a word that was seen after the last one.
  const ClassesOfBands& may_follow() const noexcept { return may_follow_; }

  /// D: bits of support for a class.
  double support(lanes::Class of) { return std::log2(fit_.ratio(of)) - log2_norm_; }

 private:
  double unigram(WordId word) const noexcept { return probabilities_[ngrams_.at(1).cost(word)]; }

  /// Z: the sum of p(w | state) 2^e(w) over all words, by that of p, which rounding and some
  /// smoothings keep from being 1. Words that follow no stored context have the unigrams' p. Fills
  /// may_follow_ on the way, as it meets all words that were seen there.
  double norm_after(const State& state) {
    struct Stored {
      WordId word;
      double probability;
    };
    std::vector<Stored> stored;
    double left = 1;  // The product of the backoff weights so far.
    for (std::uint32_t m = std::min(state.length, ngrams_.order() - 1); m > 0; --m) {
      const model::Context context = ngrams_.context(state, m);
      const model::Order& order = ngrams_.at(m + 1);
      for (std::uint32_t i = context.children.begin; i < context.children.end; ++i) {
        const WordId word = order.word(i);
        if (word >= seen_.size() || std::exchange(seen_[word], round_) == round_) continue;
        stored.push_back({word, left * probabilities_[order.cost(i)]});
        const lanes::Class of = table_.class_of(word);
        if (of != model::kNoClass && std::exchange(excluded_[of], round_) != round_)
          may_follow_[table_.band(of) - model::kFirstBand].push_back(of);
      }
      left *= ngrams_.scale().probability(context.backoff);
    }
    double total = left * unigram_total_;
    double supported = left * (unigram_total_ + fit_.unigram_gain());
    for (const Stored& each : stored) {
      const double more = each.probability - left * unigram(each.word);
      total += more;
      supported += more * fit_.ratio(table_.class_of(each.word));
    }
    return supported / total;
  }

  const model::Ngrams& ngrams_;
  const lanes::AssociationTable& table_;
  lanes::Fit fit_;
  std::vector<double> probabilities_;  // By stored cost.
  double unigram_total_ = 0;
  double log2_norm_ = 0;
  std::uint32_t round_ = 0;
  std::vector<std::uint32_t> seen_;      // The round that a word was stored in,
  std::vector<std::uint32_t> excluded_;  // and a class was met in, in the text or after it.
  ClassesOfBands may_follow_;
};

std::vector<float> quantiles_of(std::vector<float> values) {
  std::sort(values.begin(), values.end());
  std::vector<float> out(model::kNullQuantiles, 0);
  for (std::size_t i = 0; i < out.size() && !values.empty(); ++i)
    out[i] = values[i * (values.size() - 1) / (out.size() - 1)];
  return out;
}

}  // namespace

Result<std::vector<float>> measure_lane_null(const internal::ModelData& model,
                                             const lanes::AssociationTable& table,
                                             std::span<const SamplePassage> samples,
                                             std::span<const SamplePlace> places,
                                             const TrainContext& context) {
  context.begin_phase("null", places.size());
  std::vector<std::array<Draws, model::kBands>> drawn(places.size());
  const auto measure = [&](std::uint32_t thread) -> Status {
    SupportMeter meter(model, table);
    for (std::size_t i = thread; i < places.size(); i += context.threads()) {
      if (context.stopped()) return core::cancelled();
      context.step(1);
      meter.go_to(samples[places[i].passage], places[i].token);
      std::mt19937_64 random(i);
      for (std::size_t band = 0; band < model::kBands; ++band) {
        const std::vector<lanes::Class>& classes = meter.may_follow()[band];
        for (std::size_t draws = 0; draws < kDraws && !classes.empty(); ++draws)
          drawn[i][band].push_back(
              static_cast<float>(meter.support(classes[random() % classes.size()])));
      }
    }
    return {};
  };
  TERCET_TRY(context.run(context.threads(), measure));
  std::vector<float> null;
  for (std::size_t band = 0; band < model::kBands; ++band) {
    std::vector<float> values;
    for (const auto& at_place : drawn)
      values.insert(values.end(), at_place[band].begin(), at_place[band].end());
    const std::vector<float> quantiles = quantiles_of(std::move(values));
    null.insert(null.end(), quantiles.begin(), quantiles.end());
  }
  return null;
}

}  // namespace tercet::train
