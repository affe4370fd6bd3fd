#include "tercet/verify.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <random>
#include <unordered_map>
#include <utility>

#include "api/verify_report.h"
#include "core/error.h"
#include "model/model_data.h"
#include "os/system.h"
#include "os/workers.h"
#include "predict/top_k.h"
#include "tercet/predictor.h"
#include "text/utf8.h"

namespace tercet {
namespace {

using model::kImpossible;
using model::Ngrams;

/// A context to ask for, and the word that stands there (its beginning serves as typed prefix).
struct Place {
  State state;
  WordId next;
};

constexpr std::size_t kMaxPlaces = 2'000'000;
constexpr std::size_t kWalkFanOut = 20;

/// Contexts of running text.
class PlaceCollector final : public ScoreVisitor {
 public:
  explicit PlaceCollector(std::vector<Place>& places) : places_(places) {}
  void token(const ScoredToken& token) override {
    if (places_.size() < kMaxPlaces) places_.push_back({token.state, token.word});
  }

 private:
  std::vector<Place>& places_;
};

/// Contexts of random walks: the model's own sentences.
std::vector<Place> walk(const Model& model, std::uint64_t count, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  predict::TopK top_k;
  const predict::WordFilter filter{{kSentenceEnd, model.vocabulary_size()}, nullptr};
  std::vector<Place> places;
  State state = model.begin();
  while (places.size() < count) {
    const auto best = top_k.search(model.data().ngrams(), state, filter, kWalkFanOut);
    const WordId word = best.empty() ? kSentenceEnd : best[random() % best.size()].word;
    places.push_back({state, word});
    state = word == kSentenceEnd ? model.begin() : model.advance(state, word);
  }
  return places;
}

/// The definition itself: the cost of every word after a state, longest stored n-gram first.
class BruteForce {
 public:
  explicit BruteForce(const Ngrams& ngrams) : ngrams_(ngrams), row_(ngrams.at(1).entries()) {}

  const std::vector<std::int32_t>& row(const State& state) {
    std::int32_t backoffs[kMaxOrder] = {};  // [m]: on the way from the longest context to length m.
    for (std::uint32_t m = state.length; m > 0; --m)
      backoffs[m - 1] = backoffs[m] + ngrams_.context(state, m).backoff;
    for (std::uint32_t m = 0; m <= state.length; ++m) {
      const model::EntryRange list = ngrams_.context(state, m).children;
      const model::Order& order = ngrams_.at(m + 1);
      for (std::uint32_t i = list.begin; i < list.end; ++i) {
        const std::uint16_t cost = order.cost(i);
        const WordId word = order.word(i);
        if (word < row_.size())
          row_[word] = cost == model::kNeverCost ? kImpossible : backoffs[m] + cost;
      }
    }
    return row_;
  }

  double sum(const State& state) {
    double total = 0;
    for (const std::int32_t cost : row(state)) total += ngrams_.scale().probability(cost);
    return total;
  }

  /// The best `count` words of `range`, by looking at every one.
  void top(const State& state, WordRange range, std::size_t count,
           std::vector<std::pair<std::int32_t, WordId>>& out) {
    row(state);
    out.clear();
    for (WordId word = range.begin; word < range.end; ++word) {
      if (row_[word] >= kImpossible) continue;
      const std::pair<std::int32_t, WordId> item{row_[word], word};
      if (out.size() == count && item >= out.back()) continue;
      out.insert(std::upper_bound(out.begin(), out.end(), item), item);
      if (out.size() > count) out.pop_back();
    }
  }

 private:
  const Ngrams& ngrams_;
  std::vector<std::int32_t> row_;
};

/// One thread's share.
class Verifier {
 public:
  Verifier(const Model& model, const VerifyOptions& options)
      : model_(model), options_(options), brute_force_(model.data().ngrams()) {}

  void check_sum(const Place& place) {
    const double deviation = std::abs(brute_force_.sum(place.state) - 1);
    ++report_.sums;
    report_.greatest_deviation = std::max(report_.greatest_deviation, deviation);
    if (!(deviation <= options_.tolerance)) {
      ++report_.sums_out_of_tolerance;
      note("probabilities after a context of " + std::to_string(place.state.length) +
           " words sum to 1 with an error of " + std::to_string(deviation));
    }
  }

  void check_query(const Place& place, std::string_view prefix) {
    const WordRange range = words_with(prefix);
    const auto got = top_k_.search(model_.data().ngrams(), place.state,
                                   {model_.words_with_prefix(prefix), nullptr}, options_.count);
    brute_force_.top(place.state, range, options_.count, expected_);
    ++report_.queries;
    if (!prefix.empty()) ++report_.prefixed_queries;
    bool same = got.size() == expected_.size();
    for (std::size_t i = 0; same && i < got.size(); ++i) {
      std::uint8_t order = 0;
      same = got[i].cost == expected_[i].first && got[i].word == expected_[i].second &&
             model_.data().ngrams().cost(place.state, got[i].word, order) == got[i].cost &&
             order == got[i].order;
    }
    if (same) return;
    ++report_.mismatches;
    note("the list for prefix '" + std::string(prefix) + "' after a context of " +
         std::to_string(place.state.length) + " words differs from brute force");
  }

  const VerifyReport& report() const noexcept { return report_; }

 private:
  void note(std::string text) { api::add_example(report_, std::move(text)); }

  /// All words with the prefix, by comparing every word; remembered, as prefixes repeat.
  WordRange words_with(std::string_view prefix) {
    const auto known = ranges_.find(std::string(prefix));
    if (known != ranges_.end()) return known->second;
    WordRange range{model_.vocabulary_size(), 0};
    for (WordId word = kFirstWord; word < model_.vocabulary_size(); ++word) {
      if (!model_.word(word).starts_with(prefix)) continue;
      range.begin = std::min(range.begin, word);
      range.end = word + 1;
    }
    ranges_.emplace(prefix, range);
    return range;
  }

  const Model& model_;
  const VerifyOptions& options_;
  BruteForce brute_force_;
  predict::TopK top_k_;
  std::vector<std::pair<std::int32_t, WordId>> expected_;
  std::unordered_map<std::string, WordRange> ranges_;
  VerifyReport report_;
};

/// The first 1 to 3 code points of a word.
std::string_view beginning(std::string_view word, std::uint64_t random) {
  std::size_t end = 0;
  for (std::uint64_t i = 0; i <= random % 3 && end < word.size(); ++i)
    text::next_code_point(word, end);
  return word.substr(0, end);
}

/// Splits the work over all cores; what is asked depends only on the seed.
class Job {
 public:
  Job(const Model& model, const VerifyOptions& options, const std::vector<Place>& places)
      : model_(model),
        options_(options),
        places_(places),
        sums_(model.info().normalised ? options.sums : 0),
        work_(options.queries + sums_) {}

  Result<VerifyReport> run() {
    TERCET_TRY(os::run_workers(os::cpu_count(), [this] { work(); }));
    if (options_.stop.stop_requested()) return core::cancelled();
    return report_;
  }

 private:
  void work() {
    Verifier verifier(model_, options_);
    for (std::uint64_t i = next_++; i < work_; i = next_++) {
      if (options_.stop.stop_requested()) return;
      std::mt19937_64 random(options_.seed * 0x9E37'79B9'7F4A'7C15U + i);
      const Place& place = places_[random() % places_.size()];
      if (i < sums_) {
        verifier.check_sum(place);
      } else if (i % 2 == 0) {
        verifier.check_query(place, {});
      } else {
        verifier.check_query(place, beginning(model_.word(place.next), random()));
      }
      if (options_.progress && i % 64 == 0) report_progress(i);
    }
    const std::lock_guard lock(mutex_);
    api::merge(report_, verifier.report());
  }
  void report_progress(std::uint64_t done) {
    const std::lock_guard lock(mutex_);
    options_.progress(static_cast<double>(done) / static_cast<double>(work_));
  }

  const Model& model_;
  const VerifyOptions& options_;
  const std::vector<Place>& places_;
  const std::uint64_t sums_;
  const std::uint64_t work_;
  std::atomic<std::uint64_t> next_{0};
  std::mutex mutex_;
  VerifyReport report_;
};

}  // namespace

Result<VerifyReport> verify(const Model& model, const VerifyOptions& options) {
  std::vector<Place> places;
  if (options.text.empty()) {
    places = walk(model, std::min<std::uint64_t>(options.queries + options.sums + 1, kMaxPlaces),
                  options.seed);
  } else {
    PlaceCollector collector(places);
    score_text(model, options.text, collector);
    if (places.empty())
      return core::invalid_argument("the text has no words to take contexts from");
  }
  return Job(model, options, places).run();
}

}  // namespace tercet
