// How well the lanes keep what they promise, on a text. docs/METRIC.md defines every figure.
#ifndef TERCET_EVALUATE_LANES_H_
#define TERCET_EVALUATE_LANES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tercet/error.h"
#include "tercet/evaluate.h"
#include "tercet/lanes.h"
#include "tercet/model.h"

namespace tercet {

struct EvaluateLanesOptions {
  std::uint64_t seed = 1;            ///< Of all that is drawn.
  std::uint64_t most_positions = 0;  ///< Stop after so many, in each kind of text; 0: all.
  double gate = kBoldGate;           ///< Of the genius lane.
};

/// Of a way to rank what might be rare or genius: "random", "p", "fit", "lift", "ppmi",
/// "posterior".
struct LaneRankingFigures {
  std::string_view name;
  Measured recall;      ///< Share of the author's rare words that were among the first ten.
  Measured reciprocal;  ///< Mean of 1 / rank.
  /// How much more of both ranking by posterior has; paired.
  Measured recall_gain;
  Measured reciprocal_gain;
};

/// Of a text's rare words: the text as it stands is "human", then come its controls.
struct LaneTextFigures {
  std::string_view name;
  std::uint64_t rare = 0;
  Measured careful;  ///< Share with V > kCarefulGate,
  Measured bold;     ///< and with V > kBoldGate.
  Measured fit;      ///< Mean V.
};

/// Of a way to fill 15 slots.
struct LaneMixFigures {
  std::string_view name;
  Measured hit;       ///< Share of the positions whose word was listed,
  Measured rare_hit;  ///< and of those whose word was rare.
};

struct LaneFigures {
  std::uint64_t documents = 0;
  std::uint64_t positions = 0;  ///< Words of meaning, new to the text, with enough before them.
  std::uint64_t rare = 0;       ///< Of these, attested after the last word and U > 0.9.
  std::uint64_t compared = 0;   ///< Positions that had twenty decoys.
  Measured attested;            ///< Share of the positions;
  Measured unusual;             ///< of these, share with U > 0.9.
  Measured bits;                ///< -log2 p of the word,
  Measured bits_saved;          ///< and what p' takes of it.
  std::vector<LaneRankingFigures> rankings;
  Measured fit_auc;       ///< How often the word fits better than a decoy that is as probable;
  Measured unigram_auc;   ///< is more frequent,
  Measured surprise_auc;  ///< or less surprising: neither should tell them apart.
  std::vector<LaneTextFigures> texts;
  std::vector<LaneMixFigures> mixes;
  Measured no_rare;    ///< Share of the positions where the rare lane is empty,
  Measured no_genius;  ///< or the genius lane.
  /// With each gate: recall by posterior among words with V from there on.
  std::vector<std::pair<double, Measured>> gate_recall;
};

/// Something that lanes worth the name fulfil.
struct LaneMust {
  std::string what;  ///< With the figures that it is about.
  bool holds = false;
};

struct LanesReport {
  LaneFigures all;
  std::vector<std::pair<std::string, LaneFigures>> genres;
  std::vector<LaneMust> musts;
  bool seen_before = false;  ///< So little is unusual that the model may have been trained on it.
};

/// Reads the text, and what it is compared with. Of `options`, `additions` says what p is, and
/// text, index, weights, lanes, threads, progress and stop mean what they do elsewhere. The same
/// figures whatever the threads. Errors as evaluate(); kUnsupported: the model was trained without
/// lanes; kInvalidArgument: no such overrides, or the text has no positions.
Result<LanesReport> evaluate_lanes(const Model& model, const EvaluateOptions& options,
                                   const EvaluateLanesOptions& lane_options);

}  // namespace tercet

#endif  // TERCET_EVALUATE_LANES_H_
