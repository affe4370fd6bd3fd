// All words that a place says anything of.
#ifndef TERCET_PREDICT_PLACE_WORDS_H_
#define TERCET_PREDICT_PLACE_WORDS_H_

#include <cstdint>
#include <span>
#include <vector>

#include "predict/lane_model.h"
#include "predict/mixture.h"
#include "tercet/model.h"

namespace tercet::predict {

/// Goes through every list of the place, however long: for measurements, not while somebody waits.
/// One thread.
class PlaceWords {
 public:
  /// `model` must outlive it.
  explicit PlaceWords(const LaneModel& model) : model_(model) {}

  /// Looks at a place; all else refers to the latest one.
  void look(const Mixture& mixture, const Mixture::Place& place);

  struct Known {
    WordId word;
    double of_model;  ///< The model's part of its probability.
    double probability;
    std::uint8_t attested;  ///< Words of the longest context that it has followed.
  };
  /// Those that the model's contexts or the person know, by word.
  std::span<const Known> all() const noexcept { return known_; }
  const Known* find(WordId word) const noexcept;
  /// What of its unigram probability any other word has.
  double leftover() const noexcept { return leftover_; }

 private:
  void collect(const State& state, double scale);
  void add_person(const Mixture& mixture, const Mixture::Place& place);

  const LaneModel& model_;
  std::vector<Known> known_;
  std::vector<Known> merged_;
  double leftover_ = 1;
};

}  // namespace tercet::predict

#endif  // TERCET_PREDICT_PLACE_WORDS_H_
