#include "tercet/evaluate.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <map>
#include <mutex>

#include "core/error.h"
#include "measure/document_index.h"
#include "measure/tally.h"
#include "measure/typing.h"
#include "model/model_data.h"
#include "os/system.h"
#include "os/workers.h"
#include "predict/top_k.h"
#include "tercet/predictor.h"
#include "text/char_class.h"
#include "text/utf8.h"

namespace tercet {
namespace {

using Clock = std::chrono::steady_clock;

/// What counts as a word: a token that begins with a letter or a digit.
bool is_word(std::string_view token) {
  if (token.empty()) return false;
  const text::CharClass first = text::CharClasses::get().of(text::decode(token, 0).value);
  return text::is_letter(first) || first == text::CharClass::kIdeograph ||
         first == text::CharClass::kDigit;
}

/// Everything that is no word of the text is never listed.
predict::WordSet no_words(const Model& model) {
  predict::WordSet hidden(model.vocabulary_size());
  for (WordId word = 0; word < model.vocabulary_size(); ++word) {
    if (word < kFirstWord || !is_word(model.word(word))) hidden.insert(word);
  }
  return hidden;
}

/// Cleaned as training would clean it: views into `buffer` or `text`.
std::string_view clean(const Model& model, std::string_view text, std::string& buffer) {
  text::CleanStats ignored;
  return model.data().plain_tokens() ? text : text::clean(text, buffer, ignored);
}

struct WordCounter final : ScoreVisitor {
  std::uint64_t words = 0;
  void token(const ScoredToken& token) override {
    if (token.word != kSentenceEnd && is_word(token.text)) ++words;
  }
};

/// Types the words of documents. One thread.
class Walker final : public ScoreVisitor {
 public:
  Walker(const Model& model, const predict::WordSet& hidden, std::span<const std::uint32_t> slots)
      : model_(model), hidden_(hidden), typist_(slots), slots_(slots.size()) {}

  measure::Sums walk(std::string_view text, std::uint64_t most_words) {
    sums_ = {};
    sums_.slots.resize(slots_);
    most_words_ = most_words;
    state_ = model_.begin();
    score_text(model_, text, *this);
    return std::move(sums_);
  }

  void token(const ScoredToken& token) override {
    if (sums_.words == most_words_) return;
    add_score(token);
    if (token.word == kSentenceEnd) {
      state_ = model_.begin();
      return;
    }
    if (is_word(token.text)) type(token);
    state_ = model_.advance(state_, token.word);
  }

  std::vector<float>& microseconds() noexcept { return microseconds_; }

 private:
  void add_score(const ScoredToken& token) {
    const double log10_probability = token.score.log10_probability;
    if (!std::isfinite(log10_probability)) return;
    ++sums_.tokens;
    sums_.log10_sum += log10_probability;
    if (token.word == kUnknown) {
      ++sums_.unknown;
    } else {
      sums_.log10_sum_known += log10_probability;
    }
  }

  void type(const ScoredToken& token) {
    ++sums_.words;
    if (token.word == kUnknown) {
      ++sums_.oov;
      typist_.type_unaided(token.text);
      sums_.characters += text::code_point_count(token.text) + 1;
    } else {
      const std::string_view word = model_.word(token.word);
      typist_.type(word,
                   [&](std::string_view prefix, std::size_t count) { return list(prefix, count); });
      sums_.characters += text::code_point_count(word) + 1;
    }
    for (std::size_t i = 0; i < slots_; ++i) {
      const measure::TypedWord& typed = typist_.result(i);
      sums_.slots[i].hits += typed.hit ? 1 : 0;
      sums_.slots[i].keys += typed.keys;
      sums_.slots[i].keys_reoffer += typed.keys_reoffer;
    }
  }

  std::span<const std::string_view> list(std::string_view prefix, std::size_t count) {
    const auto start = Clock::now();
    const auto best = top_k_.search(model_.data().ngrams(), state_,
                                    {model_.words_with_prefix(prefix), &hidden_}, count);
    listed_.clear();
    for (const predict::Candidate& candidate : best) listed_.push_back(model_.word(candidate.word));
    microseconds_.push_back(std::chrono::duration<float, std::micro>(Clock::now() - start).count());
    return listed_;
  }

  const Model& model_;
  const predict::WordSet& hidden_;
  measure::Typist typist_;
  predict::TopK top_k_;
  std::size_t slots_;
  measure::Sums sums_;
  std::uint64_t most_words_ = 0;
  State state_;
  std::vector<std::string_view> listed_;
  std::vector<float> microseconds_;
};

/// How many words of each document count.
std::vector<std::uint64_t> word_limits(const Model& model,
                                       std::span<const measure::DocumentText> texts,
                                       std::uint64_t most_words) {
  std::vector<std::uint64_t> limits(texts.size(), ~std::uint64_t{0});
  if (most_words == 0) return limits;
  std::uint64_t left = most_words;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    WordCounter counter;
    if (left > 0) score_text(model, texts[i].text, counter);
    limits[i] = std::min(left, counter.words);
    left -= limits[i];
  }
  return limits;
}

double percentile(std::vector<float>& values, double share) {
  if (values.empty()) return 0;
  const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + at, values.end());
  return double{values[static_cast<std::size_t>(at)]};
}

/// Shares the documents out over threads.
class Job {
 public:
  Job(const Model& model, const EvaluateOptions& options,
      const std::vector<measure::DocumentText>& texts)
      : model_(model),
        options_(options),
        texts_(texts),
        limits_(word_limits(model, texts, options.most_words)),
        hidden_(no_words(model)),
        documents_(texts.size()) {}

  Result<EvaluateReport> run() {
    const unsigned threads = options_.threads != 0 ? options_.threads : os::cpu_count();
    TERCET_TRY(os::run_workers(threads, [this] { work(); }));
    if (options_.stop.stop_requested()) return core::cancelled();
    return report();
  }

 private:
  void work() {
    Walker walker(model_, hidden_, options_.slots);
    for (std::size_t i = next_++; i < texts_.size(); i = next_++) {
      if (options_.stop.stop_requested()) return;
      documents_[i] = {texts_[i].genre, walker.walk(texts_[i].text, limits_[i])};
      const std::lock_guard lock(mutex_);
      bytes_ += texts_[i].text.size();
      if (options_.progress) options_.progress(static_cast<double>(bytes_) / all_bytes());
    }
    const std::lock_guard lock(mutex_);
    microseconds_.insert(microseconds_.end(), walker.microseconds().begin(),
                         walker.microseconds().end());
  }

  double all_bytes() const {
    std::size_t sum = 0;
    for (const auto& text : texts_) sum += text.text.size();
    return static_cast<double>(std::max<std::size_t>(sum, 1));
  }

  Result<EvaluateReport> report() {
    std::vector<const measure::Document*> all;
    std::map<std::string, std::vector<const measure::Document*>> genres;
    for (const measure::Document& document : documents_) {
      if (document.sums.words == 0) continue;
      all.push_back(&document);
      if (!document.genre.empty()) genres[document.genre].push_back(&document);
    }
    if (all.empty()) return core::invalid_argument("the text has no words to measure with");
    EvaluateReport out;
    out.all = measure::figures_of(all, options_.slots);
    for (const auto& [genre, documents] : genres)
      out.genres.emplace_back(genre, measure::figures_of(documents, options_.slots));
    out.median_microseconds = percentile(microseconds_, 0.5);
    out.p99_microseconds = percentile(microseconds_, 0.99);
    return out;
  }

  const Model& model_;
  const EvaluateOptions& options_;
  const std::vector<measure::DocumentText>& texts_;
  const std::vector<std::uint64_t> limits_;
  const predict::WordSet hidden_;
  std::vector<measure::Document> documents_;
  std::atomic<std::size_t> next_{0};
  std::mutex mutex_;  // Guards what follows.
  std::size_t bytes_ = 0;
  std::vector<float> microseconds_;
};

}  // namespace

Result<EvaluateReport> evaluate(const Model& model, const EvaluateOptions& options) {
  if (options.slots.empty() || std::count(options.slots.begin(), options.slots.end(), 0U) != 0)
    return core::invalid_argument("slots must be numbers from 1");
  std::string buffer;
  auto texts = measure::cut_documents(clean(model, options.text, buffer), options.index);
  if (!texts) return std::move(texts).error();
  return Job(model, options, *texts).run();
}

}  // namespace tercet
