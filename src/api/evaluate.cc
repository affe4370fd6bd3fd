#include "tercet/evaluate.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <optional>

#include "api/document_typist.h"
#include "api/evaluation.h"
#include "core/error.h"
#include "measure/document_index.h"
#include "measure/tally.h"
#include "os/workers.h"
#include "session/lexicon.h"
#include "tercet/predictor.h"

namespace tercet {
namespace {

using api::parts;
using api::percentile;
using api::Progress;

struct WordCounter final : ScoreVisitor {
  std::uint64_t words = 0;
  void token(const ScoredToken& token) override {
    if (token.word != kSentenceEnd && session::is_word(token.text)) ++words;
  }
};

/// What every setting types.
struct Material {
  std::shared_ptr<const session::Lexicon> lexicon;
  std::optional<predict::LaneModel> lanes;  ///< If a setting needs them.
  const EvaluateOptions& options;
  std::vector<measure::DocumentText> texts;
  std::vector<std::uint64_t> limits;  ///< How many words of each document count.
};

std::uint64_t count_words(const Model& model, std::string_view lines) {
  WordCounter counter;
  score_text(model, lines, counter);
  return counter.words;
}

Result<Material> material(const Model& model, const EvaluateOptions& options,
                          std::span<const Additions> settings) {
  TERCET_TRY(api::check_slots(options));
  auto texts = measure::cut_documents(options.text, options.index);
  if (!texts) return std::move(texts).error();
  auto limits = api::word_limits(options.most_words, texts->size(), [&](std::size_t i) {
    return count_words(model, parts((*texts)[i].text, options.own).typed);
  });
  auto lexicon = session::Lexicon::make(model, {}, {});
  if (!lexicon) return std::move(lexicon).error();
  Material out{std::move(*lexicon), {}, options, std::move(*texts), std::move(limits)};
  if (std::any_of(settings.begin(), settings.end(), [](const Additions& of) { return of.fit; })) {
    auto lanes = api::lane_model(model, options);
    if (!lanes) return std::move(lanes).error();
    out.lanes = std::move(*lanes);
  }
  return out;
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
    TERCET_TRY(os::run_workers(api::thread_count(material_.options), [this] { work(); }));
    if (material_.options.stop.stop_requested()) return core::cancelled();
    return {};
  }

  const std::vector<measure::Document>& documents() const noexcept { return documents_; }
  std::vector<float>& microseconds() noexcept { return microseconds_; }

 private:
  void work() {
    api::DocumentTypist typist(material_.lexicon, material_.lanes ? &*material_.lanes : nullptr,
                               material_.options, additions_);
    for (std::size_t i = next_++; i < documents_.size(); i = next_++) {
      if (material_.options.stop.stop_requested()) return;
      const measure::DocumentText& text = material_.texts[i];
      const api::Parts document = parts(text.text, material_.options.own);
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

using Groups = api::Groups<measure::Document>;

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
  const auto prepared = material(model, options, settings);
  if (!prepared) return prepared.error();
  Progress progress(options.progress, options.text.size() * settings.size());
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
