#include <atomic>
#include <mutex>
#include <span>
#include <utility>

#include "api/evaluation.h"
#include "api/text_typist.h"
#include "core/error.h"
#include "measure/document_index.h"
#include "measure/text_tally.h"
#include "model/model_data.h"
#include "os/workers.h"
#include "tercet/evaluate.h"
#include "tercet/session.h"
#include "text/sentences.h"
#include "text/utf8.h"

namespace tercet {
namespace {

using api::PlacedWord;

using Sentence = std::vector<std::string>;

/// What every session shares.
struct Material {
  Repertoire repertoire;
  const text::Language& language;
  const EvaluateOptions& options;
  std::vector<measure::DocumentText> texts;
  std::vector<std::uint64_t> limits;  ///< How many words of each document count.
};

Result<Material> material(std::vector<Model> models, const EvaluateOptions& options) {
  TERCET_TRY(api::check_slots(options));
  for (const Model& model : models) {
    if (model.data().plain_tokens())
      return core::invalid_argument("a model of plain tokens cannot write text as it stands");
  }
  auto texts = measure::cut_documents(options.text, options.index);
  if (!texts) return std::move(texts).error();
  if (models.empty()) return core::invalid_argument("a session needs at least one model");
  const text::Language& language = text::language(models.front().data().language());
  auto limits = api::word_limits(options.most_words, texts->size(), [&](std::size_t i) {
    std::string buffer;
    text::CleanStats stats;
    const auto typed = api::parts((*texts)[i].text, options.own).typed;
    return api::find_words(text::clean(typed, buffer, stats), language).size();
  });
  auto repertoire = Repertoire::make(std::move(models));
  if (!repertoire) return std::move(repertoire).error();
  return Material{std::move(*repertoire), language, options, std::move(*texts), std::move(limits)};
}

/// As a session remembers them: words and signs.
std::vector<Sentence> sentences_of(std::string_view text, const text::Language& language) {
  std::string buffer;
  text::CleanStats stats;
  std::vector<Sentence> sentences;
  text::for_each_sentence(text::clean(text, buffer, stats), text::Tokenizer(language),
                          [&](std::span<const std::string_view> words) {
                            sentences.emplace_back(words.begin(), words.end());
                          });
  return sentences;
}

void remember(Session& session, std::span<const Sentence> sentences) {
  std::vector<std::string_view> words;
  for (const Sentence& sentence : sentences) {
    words.assign(sentence.begin(), sentence.end());
    session.remember(words);
  }
}

/// Writes the documents, with words only and with phrases too; shares them out over threads.
class Job {
 public:
  Job(const Material& material, api::Progress& progress)
      : material_(material),
        progress_(progress),
        documents_(material.texts.size()),
        microseconds_(material.options.slots.size()) {}

  Status run() {
    const EvaluateOptions& options = material_.options;
    TERCET_TRY(os::run_workers(api::thread_count(options), [this] { work(); }));
    if (options.stop.stop_requested()) return core::cancelled();
    return {};
  }

  const std::vector<measure::TextDocument>& documents() const noexcept { return documents_; }
  /// Of each number of slots.
  std::vector<std::vector<float>>& microseconds() noexcept { return microseconds_; }

 private:
  using Times = std::vector<std::vector<float>>;

  void work() {
    Times times(microseconds_.size());
    for (std::size_t i = next_++; i < documents_.size(); i = next_++) {
      if (material_.options.stop.stop_requested()) return;
      write(i, times);
      const std::lock_guard lock(mutex_);
      progress_.add(material_.texts[i].text.size());
    }
    const std::lock_guard lock(mutex_);
    for (std::size_t i = 0; i < times.size(); ++i)
      microseconds_[i].insert(microseconds_[i].end(), times[i].begin(), times[i].end());
  }

  void write(std::size_t i, Times& times);

  const Material& material_;
  api::Progress& progress_;
  std::vector<measure::TextDocument> documents_;
  std::atomic<std::size_t> next_{0};
  std::mutex mutex_;  // Guards progress_ and what follows.
  Times microseconds_;
};

void Job::write(std::size_t i, Times& times) {
  const EvaluateOptions& options = material_.options;
  const measure::DocumentText& document = material_.texts[i];
  const api::Parts parts = api::parts(document.text, options.own);
  const std::vector<Sentence> learnt = sentences_of(parts.learnt, material_.language);
  std::string buffer;
  text::CleanStats stats;
  std::string_view text = text::clean(parts.typed, buffer, stats);
  std::vector<PlacedWord> words = api::find_words(text, material_.language);
  if (words.size() > material_.limits[i]) {
    text = text.substr(0, words[material_.limits[i]].begin);
    words.resize(material_.limits[i]);
  }
  documents_[i].genre = document.genre;
  measure::TextSums& sums = documents_[i].sums = measure::TextSums(options.slots.size());
  if (words.empty()) return;
  sums.words = words.size();
  sums.characters = text::code_point_count(text);
  std::vector<float> untimed;
  for (std::size_t of = 0; of < options.slots.size(); ++of) {
    for (const bool phrases : {false, true}) {
      Session session(material_.repertoire,
                      {.words = options.slots[of], .phrases = phrases, .weights = options.weights});
      remember(session, options.remembered);
      remember(session, learnt);
      api::TextTypist typist(session, text, words, material_.language,
                             phrases ? times[of] : untimed);
      if (!phrases && of + 1 == options.slots.size())
        typist.try_initials(options.initials_every, sums.initials);
      typist.write();
      (phrases ? sums.slots[of].with_phrases : sums.slots[of].words_only) = typist.keys();
      if (phrases) sums.slots[of].phrases = typist.phrases();
    }
  }
}

}  // namespace

Result<TextReport> evaluate_text(std::vector<Model> models, const EvaluateOptions& options) {
  const auto prepared = material(std::move(models), options);
  if (!prepared) return prepared.error();
  api::Progress progress(options.progress, options.text.size());
  Job job(*prepared, progress);
  TERCET_TRY(job.run());
  const api::Groups<measure::TextDocument> groups(job.documents());
  if (groups.all.empty()) return core::invalid_argument("the text has no words to measure with");
  TextReport out;
  static_cast<TextFigures&>(out) = measure::figures_of(groups.all, options.slots);
  for (const auto& [genre, documents] : groups.genres)
    out.genres.emplace_back(genre, measure::figures_of(documents, options.slots));
  for (std::size_t i = 0; i < options.slots.size(); ++i) {
    out.slots[i].microseconds = api::percentile(job.microseconds()[i], 0.5);
    out.slots[i].p99 = api::percentile(job.microseconds()[i], 0.99);
  }
  return out;
}

}  // namespace tercet
