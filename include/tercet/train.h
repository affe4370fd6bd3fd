// Training: from text files to a model file.
#ifndef TERCET_TRAIN_H_
#define TERCET_TRAIN_H_

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tercet/error.h"

namespace tercet {

/// How probability is moved from what was seen to what was not. c = count of the n-gram, C = count
/// of its context, T = number of word types seen after the context, p' = the order below.
enum class Smoothing : std::uint8_t {
  kModifiedKneserNey,    ///< Chen and Goodman 1998: three discounts per order, interpolated.
  kKneserNey,            ///< Kneser and Ney 1995, one discount per order, interpolated.
  kAbsoluteDiscounting,  ///< Ney, Essen and Kneser 1994 on raw counts, interpolated.
  kWittenBell,           ///< Bell, Cleary and Witten 1990: (c + T p') / (C + T).
  kJelinekMercer,        ///< 1980: l c/C + (1 - l) p'; l by EM per order and size of C.
  kKatz,                 ///< 1987: Good-Turing discounts for c <= 5, back-off.
  kAdditive,             ///< (c + d) / (C + d V) at the highest order (Laplace: d = 1).
  kStupidBackoff,        ///< Brants et al. 2007: c / C or 0.4 p'. Scores, not probabilities.
};

/// The name used on the command line, e.g. "modified-kneser-ney".
std::string_view name_of(Smoothing smoothing) noexcept;
std::optional<Smoothing> smoothing_by_name(std::string_view name) noexcept;

/// One report of a running training. Called from one thread at a time, at most about 20 times a
/// second; must not block for long.
struct TrainProgress {
  std::string_view phase;  ///< "read", "count", "estimate", "pack", ...
  double fraction;         ///< Of this phase, 0..1.
};

/// The least TrainOptions::memory.
inline constexpr std::uint64_t kLeastTrainMemory = std::uint64_t{16} << 20;

struct TrainOptions {
  /// Word rules and case folding: "en", "ru"; any other tag uses the general rules.
  std::string language = "en";
  /// Read white-space separated tokens as they stand, one sentence per line; `language` is ignored.
  bool plain_tokens = false;
  std::uint32_t order = 5;  ///< 1..kMaxOrder.
  Smoothing smoothing = Smoothing::kModifiedKneserNey;
  /// Element n - 1: n-grams of order n that occur at most that often are dropped; the last element
  /// holds for all higher orders. Never decreasing. Unigrams are never dropped.
  std::vector<std::uint64_t> prune_counts = {0, 0, 1};
  /// Drops n-grams whose loss raises the model's perplexity by less than this ratio (Stolcke 1998);
  /// 0 keeps all. 1e-8 is mild. Not for stupid backoff, which has no probabilities.
  double prune_entropy = 0;
  /// Keeps this many most frequent words, the rest is `<unk>`; 0 keeps all.
  std::uint32_t vocabulary_limit = 0;
  double additive_delta = 1.0;
  /// Also counts which words stand near each other in a document: what the lanes rest on. An index
  /// X.index.tsv[.zst] beside an input X.txt[.zst|.gz], with lines "first line TAB number of lines
  /// TAB genre TAB document", says where documents begin. Not for plain tokens.
  bool lanes = false;
  /// Pairs of words that stand near each other less often are dropped; 1..255.
  std::uint32_t lane_least_count = 4;
  /// Bytes that the large arrays may take; beyond it the work goes through temporary files.
  std::uint64_t memory = std::uint64_t{2} << 30;
  std::uint32_t threads = 0;  ///< 0: all cores. The model's bytes do not depend on it.
  /// Where temporary files go; empty: beside the output.
  std::filesystem::path temporary;
  /// Who made it from what, kept in the file for `tercet inspect`.
  std::vector<std::pair<std::string, std::string>> notes;
  std::function<void(const TrainProgress&)> progress;
  std::stop_token stop;
};

/// What TrainOptions::lanes added.
struct LaneReport {
  std::uint64_t documents = 0;
  std::vector<std::string> indexes;  ///< That told them apart: file names.
  std::uint32_t classes = 0;         ///< Of words that mean something: one for each stem.
  std::uint64_t pairs = 0;           ///< Of classes that were kept, each once.
  std::uint64_t bytes = 0;           ///< Of the sections in the file.
};

struct TrainReport {
  std::uint64_t sentences = 0;
  std::uint64_t tokens = 0;             ///< Without sentence marks.
  std::uint64_t invalid_sequences = 0;  ///< Ill-formed UTF-8, each replaced by U+FFFD.
  std::string first_invalid;            ///< File and byte of the first of them.
  std::uint32_t vocabulary = 0;
  std::vector<std::uint64_t> ngrams;                    ///< Kept, order 1 first.
  std::optional<LaneReport> lanes;                      ///< None without TrainOptions::lanes.
  std::vector<std::string> warnings;                    ///< Fallbacks taken, in words.
  std::vector<std::pair<std::string, double>> seconds;  ///< Wall time of each phase.
};

/// Trains on `inputs` (.txt, .zst, .gz by content; "-" is standard input) and writes `output`.
/// The file appears complete or not at all: it is written under another name, synced and renamed.
/// Errors: kIo, kInvalidArgument (the output being one of the inputs among it), kResource, kCorrupt
/// and kUnsupported (a compressed input), kCancelled; none leaves anything behind.
Result<TrainReport> train_model(std::span<const std::filesystem::path> inputs,
                                const std::filesystem::path& output, const TrainOptions& options);

}  // namespace tercet

#endif  // TERCET_TRAIN_H_
