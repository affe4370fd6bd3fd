#include "tercet/evaluate.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>

#include "api/document_typist.h"
#include "core/error.h"
#include "measure/document_index.h"
#include "measure/tally.h"
#include "os/system.h"
#include "os/workers.h"
#include "predict/top_k.h"
#include "tercet/predictor.h"

namespace tercet {
namespace {

struct WordCounter final : ScoreVisitor {
  std::uint64_t words = 0;
  void token(const ScoredToken& token) override {
    if (token.word != kSentenceEnd && api::is_word(token.text)) ++words;
  }
};

/// What the person wrote before, and what is measured.
struct Parts {
  std::string_view learnt;
  std::string_view typed;
};

Parts parts(std::string_view document, bool own) {
  const std::size_t middle = own ? measure::middle_of(document) : 0;
  return {document.substr(0, middle), document.substr(middle)};
}

/// How many words of each document count.
std::vector<std::uint64_t> word_limits(const Model& model,
                                       std::span<const measure::DocumentText> texts,
                                       std::uint64_t most_words, bool own) {
  std::vector<std::uint64_t> limits(texts.size(), ~std::uint64_t{0});
  if (most_words == 0) return limits;
  std::uint64_t left = most_words;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    WordCounter counter;
    if (left > 0) score_text(model, parts(texts[i].text, own).typed, counter);
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
        limits_(word_limits(model, texts, options.most_words, options.own)),
        hidden_(api::no_words(model)),
        documents_(texts.size()) {}

  Result<EvaluateReport> run() {
    const unsigned threads = options_.threads != 0 ? options_.threads : os::cpu_count();
    TERCET_TRY(os::run_workers(threads, [this] { work(); }));
    if (options_.stop.stop_requested()) return core::cancelled();
    return report();
  }

 private:
  void work() {
    api::DocumentTypist typist(model_, hidden_, options_);
    for (std::size_t i = next_++; i < texts_.size(); i = next_++) {
      if (options_.stop.stop_requested()) return;
      const Parts document = parts(texts_[i].text, options_.own);
      documents_[i] = {texts_[i].genre, typist.type(document.learnt, document.typed, limits_[i])};
      const std::lock_guard lock(mutex_);
      bytes_ += texts_[i].text.size();
      if (options_.progress) {
        options_.progress(static_cast<double>(bytes_) /
                          static_cast<double>(std::max<std::size_t>(options_.text.size(), 1)));
      }
    }
    const std::lock_guard lock(mutex_);
    microseconds_.insert(microseconds_.end(), typist.microseconds().begin(),
                         typist.microseconds().end());
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
  auto texts = measure::cut_documents(options.text, options.index);
  if (!texts) return std::move(texts).error();
  return Job(model, options, *texts).run();
}

}  // namespace tercet
