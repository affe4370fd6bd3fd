#include "tercet/evaluate_lanes.h"

#include <atomic>
#include <mutex>
#include <utility>

#include "api/document_reader.h"
#include "api/document_typist.h"
#include "api/evaluation.h"
#include "api/lane_controls.h"
#include "api/lane_examiner.h"
#include "core/error.h"
#include "measure/document_index.h"
#include "measure/lane_tally.h"
#include "os/workers.h"
#include "session/lexicon.h"

namespace tercet {
namespace {

using api::Random;
using api::Words;
using measure::kLaneTexts;
using measure::LaneText;

/// How many of a document's words the figures are about.
std::uint64_t count_positions(const predict::LaneModel& model, std::span<const WordId> words) {
  api::LanePositions positions(model);
  std::uint64_t count = 0;
  for (const WordId word : words) {
    count += positions.is_position(word) ? 1 : 0;
    positions.accept(word);
  }
  return count;
}

/// A text, and what is drawn of it as a whole.
struct Text {
  std::vector<measure::DocumentText> documents;
  std::vector<Words> words;  ///< Of each document.
  std::vector<Words> mixed;
  std::vector<std::uint64_t> limits;  ///< Positions of each document.
};

/// Each text draws numbers of its own, so that no two have to wait for each other.
Random dice(std::uint64_t seed, std::size_t document, LaneText text) {
  const auto kinds = static_cast<std::uint64_t>(kLaneTexts.size());
  std::seed_seq sequence{seed, seed >> 32U, document * kinds + static_cast<std::uint64_t>(text)};
  return Random(sequence);
}

Result<Text> read(const session::Lexicon& lexicon, const predict::LaneModel& model,
                  const EvaluateOptions& options, const EvaluateLanesOptions& lane_options) {
  auto documents = measure::cut_documents(options.text, options.index);
  if (!documents) return std::move(documents).error();
  Text out;
  out.documents = std::move(*documents);
  api::DocumentReader reader(lexicon);
  for (const measure::DocumentText& each : out.documents) {
    if (options.stop.stop_requested()) return core::cancelled();
    out.words.push_back(reader.read(each.text));
  }
  Random random = dice(lane_options.seed, out.words.size(), LaneText::kSentencesShuffled);
  out.mixed = api::mix_sentences(out.words, random);
  out.limits = api::word_limits(lane_options.most_positions, out.words.size(), [&](std::size_t i) {
    return count_positions(model, out.words[i]);
  });
  return out;
}

/// Examines the documents; shares them out over threads.
class Job {
 public:
  Job(const api::LaneMaterial& material, const EvaluateOptions& options, std::uint64_t seed,
      const Text& text)
      : material_(material),
        options_(options),
        seed_(seed),
        text_(text),
        documents_(text.words.size()),
        progress_(options.progress, options.text.size()) {}

  Status run() {
    TERCET_TRY(os::run_workers(api::thread_count(options_), [this] { work(); }));
    if (options_.stop.stop_requested()) return core::cancelled();
    return {};
  }

  const std::vector<measure::LaneDocument>& documents() const noexcept { return documents_; }

 private:
  void work() {
    for (std::size_t i = next_++; i < documents_.size(); i = next_++) {
      documents_[i].genre = text_.documents[i].genre;
      for (std::size_t text = 0; text < kLaneTexts.size(); ++text) {
        if (options_.stop.stop_requested()) return;
        if (text_.limits[i] > 0) examine(i, static_cast<LaneText>(text));
      }
      const std::lock_guard lock(mutex_);
      progress_.add(text_.documents[i].text.size());
    }
  }

  void examine(std::size_t i, LaneText text) {
    const Words& words = text_.words[i];
    Random random = dice(seed_, i, text);
    measure::LaneSums& sums = documents_[i].sums;
    switch (text) {
      case LaneText::kHuman:
        return api::LaneExaminer(material_, random, sums).examine(words, text_.limits[i]);
      case LaneText::kWithinDocuments:
        return api::examine_other(material_, api::shuffle_sentences(words, random), text_.limits[i],
                                  of(i, text));
      case LaneText::kSentencesShuffled:
        return api::examine_other(material_, text_.mixed[i], text_.limits[i], of(i, text));
      case LaneText::kWordsShuffled:
        return api::examine_other(material_, api::shuffle_words(words, random), text_.limits[i],
                                  of(i, text));
      case LaneText::kReplaced:
        return api::examine_replaced(material_, words, text_.limits[i], random, of(i, text));
      case LaneText::kSampled:
        return api::examine_sampled(material_, words.size(), text_.limits[i], random, of(i, text));
    }
  }

  measure::FitSums& of(std::size_t i, LaneText text) {
    return documents_[i].sums.texts[static_cast<std::size_t>(text)];
  }

  const api::LaneMaterial& material_;
  const EvaluateOptions& options_;
  std::uint64_t seed_;
  const Text& text_;
  std::vector<measure::LaneDocument> documents_;
  std::atomic<std::size_t> next_{0};
  std::mutex mutex_;  // Guards what follows.
  api::Progress progress_;
};

}  // namespace

Result<LanesReport> evaluate_lanes(const Model& model, const EvaluateOptions& options,
                                   const EvaluateLanesOptions& lane_options) {
  const auto lexicon = session::Lexicon::make(model, {}, {});
  if (!lexicon) return lexicon.error();
  const auto lanes = api::lane_model(model, options);
  if (!lanes) return lanes.error();
  const api::WordDraw draw(*lanes);
  const api::LaneMaterial material{*lanes, (*lexicon)->signs(), draw,
                                   api::voice_options(options.additions, options.weights).mixture,
                                   lane_options.gate};
  const auto text = read(**lexicon, *lanes, options, lane_options);
  if (!text) return text.error();
  Job job(material, options, lane_options.seed, *text);
  TERCET_TRY(job.run());
  const api::Groups<measure::LaneDocument> groups(job.documents());
  if (groups.all.empty())
    return core::invalid_argument("the text has no words that the lanes can be measured with");
  LanesReport out;
  out.all = measure::figures_of(groups.all);
  for (const auto& [genre, documents] : groups.genres)
    out.genres.emplace_back(genre, measure::figures_of(documents));
  out.musts = measure::musts_of(out);
  out.seen_before = measure::seen_before(out.all);
  return out;
}

}  // namespace tercet
