// The most probable words where how they fit the text as a whole is taken into account:
// p' of predict/lane_search.h.
#ifndef TERCET_PREDICT_POSTERIOR_SEARCH_H_
#define TERCET_PREDICT_POSTERIOR_SEARCH_H_

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "lanes/fit.h"
#include "predict/lane_model.h"
#include "predict/lane_search.h"
#include "predict/mixture.h"
#include "predict/place_words.h"

namespace tercet::predict {

/// One thread.
class PosteriorSearch {
 public:
  /// `model` must outlive it.
  explicit PosteriorSearch(const LaneModel& model) : model_(model), words_(model), search_(model) {}

  /// Looks at a place; all else refers to the latest one, until mixture or fit change.
  void look(const Mixture& mixture, const Mixture::Place& place, lanes::Fit& fit) {
    words_.look(mixture, place);
    search_.look(mixture, place, fit);
    const std::span<const float> ratios = fit.ratios();
    most_fit_ = std::max(1.0F, *std::max_element(ratios.begin(), ratios.end())) / search_.norm();
  }
  const PlaceWords& words() const noexcept { return words_; }
  LaneSearch& search() noexcept { return search_; }
  const LaneSearch& search() const noexcept { return search_; }

  /// Of the place the exact `count` best words that the filter lets pass,
  /// with p', ties by id. The span is valid until the next call.
  std::span<const Weighed> top(const MixtureFilter& filter, std::size_t count);

 private:
  void visit_known(const MixtureFilter& filter);
  void visit_unknown(const MixtureFilter& filter);
  void offer(const MixtureFilter& filter, WordId word, double score);
  double least() const noexcept { return best_.size() < count_ ? 0 : best_.back().probability; }

  const LaneModel& model_;
  PlaceWords words_;
  LaneSearch search_;
  double most_fit_ = 1;  // The greatest 2^e / Z.
  std::size_t count_ = 0;
  std::vector<Weighed> best_;  // Sorted; at most count_.
};

}  // namespace tercet::predict

#endif  // TERCET_PREDICT_POSTERIOR_SEARCH_H_
