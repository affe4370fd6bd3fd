// A document, word by word, with all that the lanes know before each of its words.
#ifndef TERCET_API_LANE_WALK_H_
#define TERCET_API_LANE_WALK_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "lanes/fit.h"
#include "predict/lane_model.h"
#include "predict/mixture.h"
#include "predict/posterior_search.h"
#include "tercet/model.h"

namespace tercet::api {

/// Tells positions, which the figures of the lanes are about: words of meaning, not among the last
/// words, with enough of the text before them to speak for a word, and after a word that enough of
/// them may follow. One document.
class LanePositions {
 public:
  explicit LanePositions(const predict::LaneModel& model);

  /// Whether `word`, if it comes next, stands in such a place.
  bool is_position(WordId word) const;
  void accept(WordId word);

  /// Whether the class is not among the last words.
  bool is_fresh(lanes::Class of) const noexcept;
  /// The different classes from 2 to `reach` words back.
  std::vector<lanes::Class> triggers(std::size_t reach) const;

 private:
  bool has_successors() const;

  const predict::LaneModel& model_;
  const State begin_;
  State state_;
  std::vector<lanes::Class> text_;  // Words and signs; no sentence ends.
  std::vector<std::size_t> last_;   // 1 + where in the text each class was met last; 0: nowhere.
};

/// One thread.
class LaneWalk {
 public:
  /// `model` must outlive it.
  LaneWalk(const predict::LaneModel& model, const predict::MixtureOptions& options)
      : model_(model),
        positions_(model),
        mixture_(model.ngrams(), options),
        fit_(model.table()),
        search_(model) {}
  LaneWalk(const LaneWalk&) = delete;
  LaneWalk& operator=(const LaneWalk&) = delete;

  const LanePositions& positions() const noexcept { return positions_; }
  predict::Mixture& mixture() noexcept { return mixture_; }
  predict::PosteriorSearch& search() noexcept { return search_; }

  /// Looks at the place before the next word.
  void look() { search_.look(mixture_, mixture_.place(), fit_); }
  void accept(WordId word);

 private:
  const predict::LaneModel& model_;
  LanePositions positions_;
  predict::Mixture mixture_;
  lanes::Fit fit_;
  predict::PosteriorSearch search_;
};

}  // namespace tercet::api

#endif  // TERCET_API_LANE_WALK_H_
