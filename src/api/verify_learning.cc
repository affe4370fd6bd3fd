// The mixture of model and learnt text against brute force.
#include <algorithm>
#include <atomic>
#include <cmath>
#include <mutex>
#include <numeric>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/verify_report.h"
#include "core/error.h"
#include "model/model_data.h"
#include "os/system.h"
#include "os/workers.h"
#include "predict/mixture.h"
#include "predict/own_words.h"
#include "tercet/predictor.h"
#include "tercet/verify.h"
#include "text/utf8.h"

namespace tercet {
namespace {

/// Persons who write, each a part of the text: remembered first, then accepted word by word.
constexpr std::size_t kPersons = 16;
constexpr std::size_t kMostWords = 50'000;  ///< Of either kind.
/// Once all probabilities of a place are known, so many lists are compared with them.
constexpr std::uint64_t kQueriesPerPlace = 100;

class Reader final : public ScoreVisitor {
 public:
  explicit Reader(const Model& model) : own(model.vocabulary_size()) {}
  void token(const ScoredToken& token) override {
    words.push_back(token.word == kUnknown ? own.add(std::string(token.text)) : token.word);
  }
  predict::OwnWords own;
  std::vector<WordId> words;
};

/// Words that begin with what is typed; special ones are not listed.
class Filter final : public predict::MixtureFilter {
 public:
  Filter(const Model& model, const predict::OwnWords& own, std::string_view prefix)
      : own_(own), prefix_(prefix), range_(model.words_with_prefix(prefix)) {
    if (!prefix.empty())
      own.with_prefix(prefix, [this](WordId word) { own_words_.push_back(word); });
  }
  predict::WordFilter background() const override { return {range_, nullptr}; }
  const std::vector<WordId>* own_words() const override {
    return prefix_.empty() ? nullptr : &own_words_;
  }
  bool allows(WordId word) const override {
    if (own_.contains(word)) return own_.word(word).starts_with(prefix_);
    return word >= range_.begin && word < range_.end;
  }

 private:
  const predict::OwnWords& own_;
  std::string_view prefix_;
  WordRange range_;
  std::vector<WordId> own_words_;
};

/// What one person finds.
class Person {
 public:
  Person(const Model& model, const Reader& text, const VerifyOptions& options, std::uint64_t seed)
      : model_(model),
        text_(text),
        options_(options),
        random_(seed),
        mixture_(model.data().ngrams()) {}

  VerifyReport check(std::uint64_t queries) {
    const std::uint64_t places = (queries + kQueriesPerPlace - 1) / kQueriesPerPlace;
    const std::size_t most = std::min(kMostWords, text_.words.size());
    std::size_t at = remember(random_() % text_.words.size(), most);
    for (std::uint64_t place = 0; place < places; ++place) {
      for (std::size_t i = random_() % (2 * most / places + 1); i-- > 0;) mixture_.accept(next(at));
      if (options_.stop.stop_requested()) break;
      check_sum();
      for (std::uint64_t i = std::min(queries, kQueriesPerPlace); i > 0; --i, --queries)
        check_query();
    }
    return std::move(report_);
  }

 private:
  WordId next(std::size_t& at) const {
    const WordId word = text_.words[at];
    at = (at + 1) % text_.words.size();
    return word;
  }

  std::size_t remember(std::size_t at, std::size_t words) {
    std::vector<WordId> sentence;
    for (std::size_t i = 0; i < words; ++i) {
      const WordId word = next(at);
      if (word != kSentenceEnd) {
        sentence.push_back(word);
        continue;
      }
      mixture_.remember(sentence);
      sentence.clear();
    }
    return at;
  }

  /// Works out the probability of every word there is.
  void check_sum() {
    all_.resize(text_.own.end());
    for (WordId word = 0; word < all_.size(); ++word) all_[word] = mixture_.probability(word);
    if (!model_.info().normalised) return;
    const double deviation = std::abs(std::accumulate(all_.begin(), all_.end(), 0.0) - 1);
    ++report_.sums;
    report_.greatest_deviation = std::max(report_.greatest_deviation, deviation);
    if (deviation <= options_.tolerance) return;
    ++report_.sums_out_of_tolerance;
    note("probabilities of model and learnt text sum to 1 with an error of " +
         std::to_string(deviation));
  }

  /// Half of the queries with the beginning of a word of the text.
  void check_query() {
    const WordId word = text_.words[random_() % text_.words.size()];
    std::string_view prefix = text_.own.contains(word) ? text_.own.word(word) : model_.word(word);
    std::size_t end = 0;
    for (std::uint64_t i = random_() % 2 * (1 + random_() % 3); i > 0 && end < prefix.size(); --i)
      text::next_code_point(prefix, end);
    prefix = prefix.substr(0, end);
    const Filter filter(model_, text_.own, prefix);
    const std::size_t count = 1 + random_() % options_.count;
    brute_force(filter, count);
    const auto got = mixture_.top(filter, count);
    ++report_.queries;
    if (!prefix.empty()) ++report_.prefixed_queries;
    if (std::equal(got.begin(), got.end(), expected_.begin(), expected_.end())) return;
    ++report_.mismatches;
    note("the list of model and learnt text for prefix '" + std::string(prefix) +
         "' differs from brute force");
  }

  void brute_force(const Filter& filter, std::size_t count) {
    expected_.clear();
    for (WordId word = 0; word < all_.size(); ++word) {
      const predict::Weighed item{all_[word], word};
      if (item.probability == 0 || !filter.allows(word)) continue;
      if (expected_.size() == count && !predict::better(item, expected_.back())) continue;
      expected_.insert(std::upper_bound(expected_.begin(), expected_.end(), item, predict::better),
                       item);
      if (expected_.size() > count) expected_.pop_back();
    }
  }

  void note(std::string text) { api::add_example(report_, std::move(text)); }

  const Model& model_;
  const Reader& text_;
  const VerifyOptions& options_;
  std::mt19937_64 random_;
  predict::Mixture mixture_;
  std::vector<double> all_;
  std::vector<predict::Weighed> expected_;
  VerifyReport report_;
};

}  // namespace

Result<VerifyReport> verify_learning(const Model& model, const VerifyOptions& options) {
  Reader text(model);
  score_text(model, options.text, text);
  if (text.words.empty()) return core::invalid_argument("the text has no words to learn");
  VerifyReport report;
  std::atomic<std::size_t> taken{0};
  std::size_t done = 0;
  std::mutex mutex;  // Guards report, done and progress.
  TERCET_TRY(os::run_workers(os::cpu_count(), [&] {
    for (std::size_t i = taken++; i < kPersons; i = taken++) {
      const std::uint64_t share =
          options.queries * (i + 1) / kPersons - options.queries * i / kPersons;
      const VerifyReport found = Person(model, text, options, options.seed + i).check(share);
      const std::lock_guard lock(mutex);
      api::merge(report, found);
      ++done;
      if (options.progress) options.progress(static_cast<double>(done) / kPersons);
    }
  }));
  if (options.stop.stop_requested()) return core::cancelled();
  return report;
}

}  // namespace tercet
