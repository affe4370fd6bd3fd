#include <chrono>
#include <cmath>
#include <memory>
#include <optional>
#include <utility>

#include "core/error.h"
#include "core/sink.h"
#include "format/container.h"
#include "model/lane_layout.h"
#include "model/model_data.h"
#include "os/atomic_file.h"
#include "os/file_descriptor.h"
#include "os/file_sink.h"
#include "os/input_file.h"
#include "os/scratch_directory.h"
#include "os/system.h"
#include "tercet/train.h"
#include "train/context.h"
#include "train/corpus.h"
#include "train/count.h"
#include "train/estimate.h"
#include "train/lanes.h"
#include "train/lexicon.h"
#include "train/pack_model.h"
#include "train/prune.h"
#include "train/smoothing.h"

namespace tercet::train {
namespace {

Status check(std::span<const std::filesystem::path> inputs, const TrainOptions& options) {
  if (inputs.empty()) return core::invalid_argument("no text to train from: name a file, or - ");
  if (options.order < 1 || options.order > kMaxOrder) {
    return core::invalid_argument("order " + std::to_string(options.order) +
                                  " is out of range: choose 1 to " + std::to_string(kMaxOrder));
  }
  if (options.prune_counts.empty()) return core::invalid_argument("empty list of pruning counts");
  for (std::size_t i = 0; i < options.prune_counts.size(); ++i) {
    if (i > 0 && options.prune_counts[i] < options.prune_counts[i - 1])
      return core::invalid_argument("pruning counts must not fall with the order: 0,0,1 is right");
  }
  // In this form a NaN is refused too.
  if (!(options.additive_delta > 0 && std::isfinite(options.additive_delta)))
    return core::invalid_argument("the additive delta must be a number > 0");
  if (!(options.prune_entropy >= 0))
    return core::invalid_argument("the entropy threshold must be >= 0");
  if (options.prune_entropy > 0 && options.smoothing == Smoothing::kStupidBackoff) {
    return core::invalid_argument(
        "stupid backoff has no probabilities to prune by: drop n-grams by count (--prune), or "
        "choose another --smoothing");
  }
  if (options.memory < kLeastTrainMemory)
    return core::invalid_argument("--memory must be at least 16M");
  if (options.lanes && options.plain_tokens)
    return core::invalid_argument("lanes need text to be read as words, not plain tokens");
  if (options.lane_least_count < 1 || options.lane_least_count > model::kMostCounted)
    return core::invalid_argument("pairs of the lanes are dropped below a count of 1 to 255");
  return {};
}

AdjustOptions adjust_options(const TrainOptions& options) {
  AdjustOptions adjust;
  adjust.continuation_counts = uses_continuation_counts(options.smoothing);
  adjust.attested = options.lanes;
  for (std::size_t i = 1; i < kMaxOrder; ++i)
    adjust.prune[i] = options.prune_counts[std::min(i, options.prune_counts.size() - 1)];
  return adjust;
}

/// Adds up wall time by phase.
class Stopwatch {
 public:
  explicit Stopwatch(TrainReport& report) : report_(report) {}
  void lap(std::string phase) {
    const auto now = std::chrono::steady_clock::now();
    report_.seconds.emplace_back(std::move(phase),
                                 std::chrono::duration<double>(now - last_).count());
    last_ = now;
  }

 private:
  TrainReport& report_;
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g", value);
  return text;
}

std::string join(const std::vector<std::uint64_t>& values) {
  std::string text;
  for (const std::uint64_t value : values)
    text += (text.empty() ? "" : ",") + std::to_string(value);
  return text;
}

model::Notes make_notes(std::span<const std::filesystem::path> inputs, const TrainOptions& options,
                        const Corpus& corpus, const std::vector<OrderSmoothing>& smoothing,
                        const std::vector<std::string>& warnings) {
  model::Notes notes;
  if (!options.plain_tokens) notes.emplace_back(model::kLanguageNote, options.language);
  notes.emplace_back("smoothing", name_of(options.smoothing));
  notes.emplace_back("prune", join(options.prune_counts));
  if (options.prune_entropy > 0) notes.emplace_back("prune entropy", number(options.prune_entropy));
  if (options.vocabulary_limit != 0)
    notes.emplace_back("vocabulary limit", std::to_string(options.vocabulary_limit));
  if (options.smoothing == Smoothing::kAdditive)
    notes.emplace_back("additive delta", number(options.additive_delta));
  for (std::size_t i = 0; i < smoothing.size(); ++i) {
    const auto& d = smoothing[i].discounts;
    if (d[1] == 0 && d[2] == 0 && d[3] == 0) continue;
    std::string text = number(d[1]) + " " + number(d[2]) + " " + number(d[3]);
    if (options.smoothing == Smoothing::kKatz) text += " " + number(d[4]) + " " + number(d[5]);
    notes.emplace_back("discounts of order " + std::to_string(i + 1), std::move(text));
  }
  notes.emplace_back("sentences", std::to_string(corpus.sentences));
  notes.emplace_back("tokens", std::to_string(corpus.tokens));
  if (options.lanes) append_document_notes(corpus, notes);
  for (const auto& input : inputs) notes.emplace_back("source", input.filename().string());
  for (const auto& warning : warnings) notes.emplace_back("warning", warning);
  notes.insert(notes.end(), options.notes.begin(), options.notes.end());
  return notes;
}

/// Packs in memory, prunes, and returns the pruned file.
Result<PrunedModel> pack_pruned(const PackInputs& inputs, double threshold,
                                const TrainContext& context) {
  core::MemorySink whole;
  TERCET_TRY(pack_model(inputs, whole, context));
  auto model = internal::ModelData::parse(whole.bytes(), "model to prune", false, nullptr);
  if (!model) return std::move(model).error();
  return prune_by_entropy(**model, threshold, inputs.vocabulary, inputs.notes, inputs.lanes,
                          context);
}

/// The last step of a model with lanes: what needs the packed n-grams.
Result<LaneReport> finish_lanes(const LaneModel& lanes, const os::AtomicFile& file,
                                core::Sink& sink, const TrainContext& context) {
  auto mapped = file.map();
  if (!mapped) return std::move(mapped).error();
  auto bytes = finish_lanes(lanes, mapped->bytes(), sink, context);
  if (!bytes) return std::move(bytes).error();
  LaneReport report = lanes.report;
  report.bytes = *bytes;
  return report;
}

Result<TrainReport> run(std::span<const std::filesystem::path> inputs,
                        const std::filesystem::path& output, const TrainOptions& options) {
  TrainReport report;
  Stopwatch stopwatch(report);
  auto file = os::AtomicFile::create(output);
  if (!file) return std::move(file).error();
  auto scratch = os::ScratchDirectory::create(
      options.temporary.empty() ? os::directory_of(output) : options.temporary,
      output.filename().string());
  if (!scratch) return std::move(scratch).error();
  const TrainContext context(options, scratch->path(),
                             options.threads != 0 ? options.threads : os::cpu_count());

  auto corpus = read_corpus(inputs, options, context);
  if (!corpus) return std::move(corpus).error();
  if (corpus->tokens == 0) {
    return core::invalid_argument(inputs.front().string() +
                                  (inputs.size() > 1 ? " and the other inputs" : "") +
                                  ": no words in the text: give a text with at least one word");
  }
  stopwatch.lap("read");
  auto lexicon = build_lexicon(*corpus, options);
  if (!lexicon) return std::move(lexicon).error();
  report.warnings = lexicon->warnings;
  if (corpus->cut_sentences != 0) {
    report.warnings.push_back("cut sentences of more than " + std::to_string(kMaxSentenceTokens) +
                              " tokens or 1 MiB at " + std::to_string(corpus->cut_sentences) +
                              " places");
  }
  stopwatch.lap("vocabulary");

  auto shards = count_ngrams(*corpus, *lexicon, options.order, adjust_options(options), context);
  if (!shards) return std::move(shards).error();
  stopwatch.lap("count");
  std::optional<LaneModel> lanes;
  if (options.lanes) {
    auto counted = count_lanes(*corpus, *lexicon, options, context, report.warnings);
    if (!counted) return std::move(counted).error();
    lanes = std::move(*counted);
    stopwatch.lap("associate");
  }

  std::vector<OrderStatistics> statistics(options.order);
  for (const ShardCounts& shard : *shards) {
    for (std::uint32_t i = 0; i < options.order; ++i) statistics[i] += shard.statistics[i];
  }
  std::vector<OrderSmoothing> smoothing =
      make_smoothing(options, statistics, lexicon->size, report.warnings);
  const bool interpolated = is_interpolated(options.smoothing);
  model::CostScale scale;
  if (!interpolated) scale.backoff_bias = model::kBackoffBiasBits * scale.units_per_bit;
  auto estimates = estimate(*shards, smoothing, scale, context);
  if (!estimates) return std::move(estimates).error();
  stopwatch.lap("estimate");

  std::uint32_t flags = 0;
  if (options.plain_tokens) flags |= model::kPlainTokens;
  if (interpolated) flags |= model::kInterpolated;
  if (options.smoothing != Smoothing::kStupidBackoff) flags |= model::kNormalised;
  const model::Notes notes = make_notes(inputs, options, *corpus, smoothing, report.warnings);
  const PackInputs inputs_of_pack{
      *shards, *estimates,    lexicon->image, notes,
      scale,   options.order, flags,          lanes ? &lanes->image : nullptr};
  for (const OrderStatistics& order : statistics) report.ngrams.push_back(order.kept);
  os::FileSink sink(*file);
  if (options.prune_entropy > 0) {
    auto pruned = pack_pruned(inputs_of_pack, options.prune_entropy, context);
    if (!pruned) return std::move(pruned).error();
    TERCET_TRY(sink.write_at(0, pruned->bytes));
    report.ngrams = pruned->ngrams;
  } else {
    TERCET_TRY(pack_model(inputs_of_pack, sink, context));
  }
  if (lanes) {
    auto finished = finish_lanes(*lanes, *file, sink, context);
    if (!finished) return std::move(finished).error();
    report.lanes = std::move(*finished);
  }
  if (context.stopped())
    return core::cancelled();  // The last moment: small models pack in no time.
  TERCET_TRY(file->commit());
  stopwatch.lap("pack");

  report.sentences = corpus->sentences;
  report.tokens = corpus->tokens;
  report.invalid_sequences = corpus->invalid_sequences;
  report.first_invalid = corpus->first_invalid;
  report.vocabulary = lexicon->size;
  return report;
}

}  // namespace
}  // namespace tercet::train

namespace tercet {

Result<TrainReport> train_model(std::span<const std::filesystem::path> inputs,
                                const std::filesystem::path& output, const TrainOptions& options) {
  TERCET_TRY(train::check(inputs, options));
  TERCET_TRY(os::check_not_an_input(output, inputs));
  TERCET_TRY(os::check_replaces(output, std::as_bytes(std::span(format::kMagic))));
  return train::run(inputs, output, options);
}

}  // namespace tercet
