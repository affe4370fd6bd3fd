#include "tercet/evaluate.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <memory>
#include <mutex>

#include "api/document_typist.h"
#include "core/error.h"
#include "measure/document_index.h"
#include "measure/tally.h"
#include "os/system.h"
#include "os/workers.h"
#include "session/lexicon.h"
#include "tercet/predictor.h"

namespace tercet {
namespace {

struct WordCounter final : ScoreVisitor {
  std::uint64_t words = 0;
  void token(const ScoredToken& token) override {
    if (token.word != kSentenceEnd && session::is_word(token.text)) ++words;
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

/// What every setting types.
struct Material {
  std::shared_ptr<const session::Lexicon> lexicon;
  const EvaluateOptions& options;
  std::vector<measure::DocumentText> texts;
  std::vector<std::uint64_t> limits;  ///< How many words of each document count.
};

std::vector<std::uint64_t> word_limits(const Model& model, const EvaluateOptions& options,
                                       std::span<const measure::DocumentText> texts) {
  std::vector<std::uint64_t> limits(texts.size(), ~std::uint64_t{0});
  if (options.most_words == 0) return limits;
  std::uint64_t left = options.most_words;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    WordCounter counter;
    if (left > 0) score_text(model, parts(texts[i].text, options.own).typed, counter);
    limits[i] = std::min(left, counter.words);
    left -= limits[i];
  }
  return limits;
}

Result<Material> material(const Model& model, const EvaluateOptions& options) {
  if (options.slots.empty() || std::count(options.slots.begin(), options.slots.end(), 0U) != 0)
    return core::invalid_argument("slots must be numbers from 1");
  auto texts = measure::cut_documents(options.text, options.index);
  if (!texts) return std::move(texts).error();
  auto limits = word_limits(model, options, *texts);
  auto lexicon = session::Lexicon::make(model, {}, {});
  if (!lexicon) return std::move(lexicon).error();
  return Material{std::move(*lexicon), options, std::move(*texts), std::move(limits)};
}

/// How far all settings together are.
class Progress {
 public:
  Progress(const EvaluateOptions& options, std::size_t settings)
      : report_(options.progress),
        bytes_(static_cast<double>(std::max<std::size_t>(options.text.size() * settings, 1))) {}

  void add(std::size_t bytes) {
    done_ += bytes;
    if (report_) report_(static_cast<double>(done_) / bytes_);
  }

 private:
  const std::function<void(double fraction)>& report_;
  double bytes_;
  std::size_t done_ = 0;
};

double percentile(std::vector<float>& values, double share) {
  if (values.empty()) return 0;
  const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + at, values.end());
  return double{values[static_cast<std::size_t>(at)]};
}

/// Types everything in one setting; shares the documents out over threads.
class Job {
 public:
  Job(const Material& material, const Additions& additions, Progress& progress)
      : material_(material),
        additions_(additions),
        progress_(progress),
        documents_(material.texts.size()) {}

  Status run() {
    const unsigned threads =
        material_.options.threads != 0 ? material_.options.threads : os::cpu_count();
    TERCET_TRY(os::run_workers(threads, [this] { work(); }));
    if (material_.options.stop.stop_requested()) return core::cancelled();
    return {};
  }

  const std::vector<measure::Document>& documents() const noexcept { return documents_; }
  std::vector<float>& microseconds() noexcept { return microseconds_; }

 private:
  void work() {
    api::DocumentTypist typist(material_.lexicon, material_.options.slots, additions_,
                               material_.options.weights);
    for (std::size_t i = next_++; i < documents_.size(); i = next_++) {
      if (material_.options.stop.stop_requested()) return;
      const measure::DocumentText& text = material_.texts[i];
      const Parts document = parts(text.text, material_.options.own);
      documents_[i].genre = text.genre;
      typist.type(document.learnt, document.typed, material_.limits[i], documents_[i]);
      const std::lock_guard lock(mutex_);
      progress_.add(text.text.size());
    }
    const std::lock_guard lock(mutex_);
    microseconds_.insert(microseconds_.end(), typist.microseconds().begin(),
                         typist.microseconds().end());
  }

  const Material& material_;
  const Additions& additions_;
  Progress& progress_;
  std::vector<measure::Document> documents_;
  std::atomic<std::size_t> next_{0};
  std::mutex mutex_;  // Guards progress_ and what follows.
  std::vector<float> microseconds_;
};

/// Documents with words, all and by genre.
struct Groups {
  explicit Groups(const std::vector<measure::Document>& documents) {
    for (const measure::Document& document : documents) {
      if (document.sums.words == 0) continue;
      all.push_back(&document);
      if (!document.genre.empty()) genres[document.genre].push_back(&document);
    }
  }
  measure::Documents all;
  std::map<std::string, measure::Documents> genres;
};

EvaluateReport report_of(Job& job, const Groups& groups, std::span<const std::uint32_t> slots) {
  EvaluateReport out;
  out.all = measure::figures_of(groups.all, slots);
  for (const auto& [genre, documents] : groups.genres)
    out.genres.emplace_back(genre, measure::figures_of(documents, slots));
  measure::CalibrationSums calibration;
  for (const measure::Document* document : groups.all) calibration += document->calibration;
  out.calibration = calibration.figures();
  out.median_microseconds = percentile(job.microseconds(), 0.5);
  out.p99_microseconds = percentile(job.microseconds(), 0.99);
  return out;
}

void add_gains(const Groups& before, const Groups& after, std::span<const std::uint32_t> slots,
               Compared& compared) {
  compared.gain = measure::gain_of(before.all, after.all, slots);
  for (const auto& [genre, documents] : before.genres) {
    compared.genre_gains.emplace_back(genre,
                                      measure::gain_of(documents, after.genres.at(genre), slots));
  }
}

}  // namespace

Result<std::vector<Compared>> compare(const Model& model, const EvaluateOptions& options,
                                      std::span<const Additions> settings) {
  const auto prepared = material(model, options);
  if (!prepared) return prepared.error();
  Progress progress(options, settings.size());
  std::vector<Compared> out;
  std::vector<measure::Document> first;
  for (const Additions& additions : settings) {
    Job job(*prepared, additions, progress);
    TERCET_TRY(job.run());
    const Groups groups(job.documents());
    if (groups.all.empty()) return core::invalid_argument("the text has no words to measure with");
    out.push_back({additions, report_of(job, groups, options.slots), {}, {}});
    if (first.empty()) {
      first = job.documents();
    } else {
      add_gains(Groups(first), groups, options.slots, out.back());
    }
  }
  return out;
}

Result<EvaluateReport> evaluate(const Model& model, const EvaluateOptions& options) {
  auto compared = compare(model, options, {&options.additions, 1});
  if (!compared) return std::move(compared).error();
  return std::move(compared->front().report);
}

}  // namespace tercet
