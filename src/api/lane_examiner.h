// What the lanes make of a document, of the same in disorder, and of one made up.
#ifndef TERCET_API_LANE_EXAMINER_H_
#define TERCET_API_LANE_EXAMINER_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "api/lane_controls.h"
#include "api/lane_walk.h"
#include "measure/lane_tally.h"
#include "predict/lane_model.h"
#include "predict/mixture.h"
#include "predict/top_k.h"
#include "tercet/evaluate_lanes.h"
#include "tercet/model.h"

namespace tercet::api {

/// What all documents are examined with.
struct LaneMaterial {
  const predict::LaneModel& model;
  const predict::WordSet& hidden;  ///< Signs, which are never listed.
  const WordDraw& draw;
  predict::MixtureOptions mixture;
  double gate;
};

/// A document as it stands: every figure but those of other texts. One thread.
class LaneExaminer {
 public:
  LaneExaminer(const LaneMaterial& material, Random& random, measure::LaneSums& sums);

  /// Stops behind so many positions.
  void examine(std::span<const WordId> words, std::uint64_t most_positions);

 private:
  /// A word that may follow.
  struct Candidate {
    WordId word;
    lanes::Class of;
    double probability;
    double ratio;
    double posterior;
    bool in_tail;
    std::uint64_t chance;  ///< Orders equals.
  };

  void position(WordId word);
  bool collect(WordId word);
  std::vector<Candidate> nearby();
  void compare_with_decoys();
  void rank();
  void rank_by_gates();
  void list(WordId word, bool is_rare);
  template <class Score>
  void rank_by(measure::LaneRanking ranking, const Score& score);
  std::vector<float> ppmi() const;
  double fit_of(const Candidate& candidate) const;

  const LaneMaterial& material_;
  const lanes::AssociationTable& table_;
  Random& random_;
  measure::LaneSums& sums_;
  LaneWalk walk_;
  std::vector<Candidate> candidates_;  // Attested words of meaning that are new to the text.
  std::size_t own_ = 0;                // The author's word among them.
};

/// Adds up the rare words of another text, up to so many positions.
void examine_other(const LaneMaterial& material, std::span<const WordId> words,
                   std::uint64_t most_positions, measure::FitSums& sums);

/// Adds up those of words that are as frequent as the text's own at so many positions, each in the
/// place of one.
void examine_replaced(const LaneMaterial& material, std::span<const WordId> words,
                      std::uint64_t most_positions, Random& random, measure::FitSums& sums);

/// Draws so many words, each as p says, and adds up the rare ones.
void examine_sampled(const LaneMaterial& material, std::size_t words, std::uint64_t most_positions,
                     Random& random, measure::FitSums& sums);

}  // namespace tercet::api

#endif  // TERCET_API_LANE_EXAMINER_H_
