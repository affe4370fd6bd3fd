#include "tercet/tune.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <memory>
#include <mutex>
#include <span>
#include <utility>
#include <vector>

#include "api/document_reader.h"
#include "api/evaluation.h"
#include "core/error.h"
#include "measure/document_index.h"
#include "os/workers.h"
#include "predict/mixture.h"
#include "session/lexicon.h"
#include "tercet/evaluate.h"

namespace tercet {
namespace {

/// Of the log-likelihood: less is not worth another iteration.
constexpr double kLeastGain = 1e-4;

/// A document as numbers, with kSentenceEnd behind each sentence.
struct Document {
  std::vector<WordId> learnt;
  std::vector<WordId> typed;
};

/// What a document says about the weights, and how probable they make it.
struct Finding {
  predict::WeightSums sums;
  double log2_likelihood = 0;
  double tokens = 0;

  void operator+=(const Finding& other) {
    sums += other.sums;
    log2_likelihood += other.log2_likelihood;
    tokens += other.tokens;
  }
  double perplexity() const { return std::exp2(-log2_likelihood / tokens); }
};

/// Nothing yet.
Finding finding(const Weights& weights) { return {predict::WeightSums(weights, 0)}; }

void remember(predict::Mixture& mixture, std::span<const WordId> words) {
  while (!words.empty()) {
    const auto end = std::find(words.begin(), words.end(), kSentenceEnd);
    const auto length = static_cast<std::size_t>(end - words.begin());
    mixture.remember(words.first(length));
    words = words.subspan(std::min(words.size(), length + 1));
  }
}

Finding study(const session::Lexicon& lexicon, const Document& document, const Weights& weights) {
  predict::Mixture mixture(lexicon.data().ngrams(), {.weights = weights, .adaptation_strength = 0});
  remember(mixture, document.learnt);
  Finding out = finding(weights);
  for (const WordId word : document.typed) {
    double probability = mixture.probability(word);
    if (probability == 0) probability = mixture.probability(kUnknown);
    if (probability > 0) {
      out.log2_likelihood += std::log2(probability);
      ++out.tokens;
    }
    mixture.accept(word);
  }
  out.sums += mixture.weight_sums();
  return out;
}

/// One pass over all documents, shared out over threads.
class Pass {
 public:
  Pass(const session::Lexicon& lexicon, const EvaluateOptions& options,
       const std::vector<Document>& documents, const Weights& weights)
      : lexicon_(lexicon),
        options_(options),
        documents_(documents),
        weights_(weights),
        findings_(documents.size(), finding(weights)),
        progress_(options.progress, documents.size()) {}

  Result<Finding> run() {
    TERCET_TRY(os::run_workers(api::thread_count(options_), [this] { work(); }));
    if (options_.stop.stop_requested()) return core::cancelled();
    Finding all = finding(weights_);
    for (const Finding& each : findings_) all += each;  // In one order, whatever the threads.
    return all;
  }

 private:
  void work() {
    for (std::size_t i = next_++; i < documents_.size(); i = next_++) {
      if (options_.stop.stop_requested()) return;
      findings_[i] = study(lexicon_, documents_[i], weights_);
      const std::lock_guard lock(mutex_);
      progress_.add(1);
    }
  }

  const session::Lexicon& lexicon_;
  const EvaluateOptions& options_;
  const std::vector<Document>& documents_;
  const Weights& weights_;
  std::vector<Finding> findings_;
  std::atomic<std::size_t> next_{0};
  std::mutex mutex_;  // Guards what follows.
  api::Progress progress_;
};

Result<std::vector<Document>> read_documents(const session::Lexicon& lexicon,
                                             const EvaluateOptions& options) {
  const auto texts = measure::cut_documents(options.text, options.index);
  if (!texts) return texts.error();
  std::vector<Document> documents;
  for (const measure::DocumentText& each : *texts) {
    const api::Parts parts = api::parts(each.text, options.own);
    api::DocumentReader reader(lexicon);
    Document& document = documents.emplace_back();
    document.learnt = reader.read(parts.learnt);
    document.typed = reader.read(parts.typed);
  }
  return documents;
}

}  // namespace

Result<Weights> tune(const Model& model, const EvaluateOptions& options, unsigned iterations,
                     const std::function<void(double perplexity)>& report) {
  const auto lexicon = session::Lexicon::make(model, {}, {});
  if (!lexicon) return lexicon.error();
  const auto documents = read_documents(**lexicon, options);
  if (!documents) return documents.error();
  Weights weights = options.weights != nullptr ? *options.weights : predict::kDefaultWeights;
  Weights next = weights;
  double last = 0;
  for (unsigned i = 0; i <= iterations; ++i) {
    const auto found = Pass(**lexicon, options, *documents, next).run();
    if (!found) return found.error();
    if (found->tokens == 0) return core::invalid_argument("the text has no words to tune on");
    if (report) report(found->perplexity());
    weights = std::exchange(next, found->sums.weights());
    const double gain = found->log2_likelihood - last;
    if (i > 0 && gain < kLeastGain * std::abs(last)) break;
    last = found->log2_likelihood;
  }
  return weights;
}

}  // namespace tercet
