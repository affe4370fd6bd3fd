// Sums over the words of documents that the lanes are about, and the figures they make.
#ifndef TERCET_MEASURE_LANE_TALLY_H_
#define TERCET_MEASURE_LANE_TALLY_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tercet/evaluate_lanes.h"

namespace tercet::measure {

/// What the author's word is ranked by, among all that might be rare or genius there.
enum class LaneRanking : std::uint8_t { kRandom, kProbability, kFit, kLift, kPpmi, kPosterior };
inline constexpr std::array<std::string_view, 6> kLaneRankings{"random", "p",    "fit",
                                                               "lift",   "ppmi", "posterior"};

/// Texts whose rare words are compared. Sentences are shuffled, and dealt out to all documents, or
/// each document's within it: short ones stay what they are about. `kReplaced` is of random words,
/// each in the place of a word of the text as it stands.
enum class LaneText : std::uint8_t {
  kHuman,
  kSentencesShuffled,
  kWithinDocuments,
  kWordsShuffled,
  kReplaced,
  kSampled
};
inline constexpr std::array<std::string_view, 6> kLaneTexts{
    "human", "sentences shuffled", "within documents", "words shuffled", "replaced", "sampled"};

/// What 15 slots are given to.
enum class LaneMix : std::uint8_t { kTypical, kTypicalAndGenius, kAllLanes, kPosterior };
inline constexpr std::array<std::string_view, 4> kLaneMixes{
    "15 typical", "10 typical, 5 genius", "5 typical, 5 rare, 5 genius", "15 by posterior"};

/// Gates of V.
inline constexpr std::array kLaneGates{0.0, 0.5, 0.8, 0.9, 0.95};

/// A recall counts the first so many ranks.
inline constexpr std::size_t kRecallRanks = 10;
/// So many decoys stand against a word.
inline constexpr std::size_t kDecoys = 20;

/// How a word stands among others.
struct Standing {
  std::size_t better = 0;
  std::size_t equal = 0;  ///< Others.
};
Standing standing(double value, std::span<const double> others) noexcept;

/// What ranks give, where the order of equals is left to chance: the expectation of it.
struct RankSums {
  double recall = 0;
  double reciprocal = 0;
  void add(const Standing& standing);
  void operator+=(const RankSums& other) noexcept;
};

/// The share of others that the word beats; equals count half.
double share_beaten(double value, std::span<const double> others) noexcept;

/// Which of so many sorted words are the decoys of the one `at`: those next to it, half of them on
/// either side. None if there are not as many.
std::vector<std::size_t> decoys(std::size_t words, std::size_t at);

struct FitSums {
  double rare = 0;
  double careful = 0;
  double bold = 0;
  double fit = 0;
  void add(double fit_of_word) noexcept;
  void operator+=(const FitSums& other) noexcept;
};

struct MixSums {
  double hits = 0;
  double rare_hits = 0;
  void operator+=(const MixSums& other) noexcept;
};

struct LaneSums {
  std::uint64_t words = 0;  ///< Positions.
  double attested = 0;
  double rare = 0;
  double bits = 0;
  double bits_saved = 0;
  std::array<RankSums, kLaneRankings.size()> rankings{};
  double compared = 0;
  double fit_beaten = 0;
  double unigram_beaten = 0;
  double surprise_beaten = 0;
  std::array<FitSums, kLaneTexts.size()> texts{};
  std::array<MixSums, kLaneMixes.size()> mixes{};
  double no_rare = 0;
  double no_genius = 0;
  std::array<RankSums, kLaneGates.size()> gates{};

  void operator+=(const LaneSums& other) noexcept;
};

struct LaneDocument {
  std::string genre;
  LaneSums sums;
};

/// The figures of the documents together, with 95 % intervals as those of measure/tally.h.
LaneFigures figures_of(const std::vector<const LaneDocument*>& documents);

/// What must hold of a text, as lanes worth the name have it.
std::vector<LaneMust> musts_of(const LanesReport& report);
/// Whether so little is unusual that the text may have been trained on.
bool seen_before(const LaneFigures& figures) noexcept;

}  // namespace tercet::measure

#endif  // TERCET_MEASURE_LANE_TALLY_H_
