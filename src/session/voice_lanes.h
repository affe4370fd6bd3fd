// The lanes of one voice: the fit of the text at hand, and the search at its end.
#ifndef TERCET_SESSION_VOICE_LANES_H_
#define TERCET_SESSION_VOICE_LANES_H_

#include <span>
#include <vector>

#include "lanes/fit.h"
#include "predict/lane_model.h"
#include "predict/lane_search.h"
#include "predict/mixture.h"
#include "tercet/model.h"

namespace tercet::session {

/// One thread. Must hear of each word that the voice's mixture hears of, and when that changes in
/// another way.
class VoiceLanes {
 public:
  /// `model` must outlive it.
  explicit VoiceLanes(const predict::LaneModel& model)
      : model_(model), fit_(model.table()), search_(model) {}

  void write(WordId word) {
    fit_.push(model_.table().class_of(word));
    looked_ = false;
  }
  void take_back() {
    fit_.pop();
    looked_ = false;
  }
  /// The text before the caret is another one.
  void read(std::span<const WordId> text) {
    classes_.clear();
    for (const WordId word : text) classes_.push_back(model_.table().class_of(word));
    fit_.assign(classes_);
    looked_ = false;
  }
  /// The mixture has changed.
  void look_again() noexcept { looked_ = false; }

  /// The search at the text's end. Valid until the next change.
  predict::LaneSearch& here(const predict::Mixture& mixture) {
    if (!looked_) search_.look(mixture, mixture.place(), fit_);
    looked_ = true;
    return search_;
  }
  /// How far back the words stand that speak most for a word; 0: none.
  std::array<std::size_t, 2> reasons(WordId word) const {
    const auto found = fit_.reasons(model_.table().class_of(word));
    return {found[0].back, found[1].back};
  }

 private:
  const predict::LaneModel& model_;
  lanes::Fit fit_;
  predict::LaneSearch search_;
  bool looked_ = false;
  std::vector<lanes::Class> classes_;
};

}  // namespace tercet::session

#endif  // TERCET_SESSION_VOICE_LANES_H_
