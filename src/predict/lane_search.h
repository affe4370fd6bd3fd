// The rare and the genius lane of a place in a text, and where any word stands there.
//
// With p the mixture's probabilities and 2^e the fit of each word's class (lanes/fit.h),
//   U(w) = sum of p(v) over p(v) > p(w), and half of it over p(v) = p(w)
//   p'(w) = p(w) 2^e(w) / Z,   Z = sum of p(v) 2^e(v),   D(w) = log2(p'(w) / p(w))
//   V(w) = share of random classes, as frequent as w's, with a smaller D in texts
// A word with U > 0.9 is in the tail. Of its words with a class that is not in the text already,
// those that have followed the last word and have V >= gate are genius, ranked by p'; the others
// that have followed the last two are rare, ranked by p.
#ifndef TERCET_PREDICT_LANE_SEARCH_H_
#define TERCET_PREDICT_LANE_SEARCH_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "lanes/fit.h"
#include "predict/lane_model.h"
#include "predict/mixture.h"
#include "tercet/lanes.h"

namespace tercet::predict {

struct LaneWord {
  WordId word;
  double probability;
  LaneMeasure measure;
};

/// One thread. Words with U beyond this are in the tail.
inline constexpr double kTail = 0.9;

class LaneSearch {
 public:
  /// `model` must outlive it.
  explicit LaneSearch(const LaneModel& model) : model_(model) {}

  /// Looks at a place; all else refers to the latest one, until mixture or fit change.
  void look(const Mixture& mixture, const Mixture::Place& place, lanes::Fit& fit);

  /// Where a word that has this probability stands.
  LaneMeasure measure(WordId word, double probability, double gate = kBoldGate);
  /// Z / sum of p.
  double norm() const noexcept { return norm_; }

  /// The best words of a lane, kRare or kGenius, that the filter lets pass, one form of each class;
  /// short or empty where there are not as many. Valid until the next call.
  std::span<const LaneWord> list(Lane lane, const MixtureFilter& filter, std::size_t count,
                                 double gate = kBoldGate);

 private:
  /// A word that the model's contexts or the person know.
  struct Known {
    WordId word;
    std::int32_t cost;  ///< Of its probability, without the backoffs that all share.
    double probability;
    std::uint8_t attested;  ///< Words of the longest context that it has followed.
  };

  void collect_model(const State& state);
  void merge(const model::Order& order, model::EntryRange entries, std::int32_t backoff,
             std::uint8_t length);
  void collect_personal(const Mixture& mixture, const Mixture::Place& place);
  Known personal(const Mixture& mixture, const Mixture::Place& place, WordId word,
                 std::int32_t cost, std::uint8_t attested) const;
  std::int32_t unigram_cost(WordId word) const noexcept;
  std::int32_t cost_of(double probability) const noexcept;
  void spread(lanes::Fit& fit);
  const Known* find(WordId word) const noexcept;
  void offer(const Known& known, Lane lane, double score, const MixtureFilter& filter, double gate);

  const LaneModel& model_;
  lanes::Fit* fit_ = nullptr;
  std::vector<Known> known_;  // By word.
  std::vector<Known> merged_;
  double scale_ = 1;            // What the mixture leaves to the model.
  std::int32_t backoff_ = 0;    // Shared by all words that no context knows.
  double base_ = 1;             // The product of both.
  std::vector<double> spread_;  // Probability by bin.
  std::vector<float> unusual_;  // U by bin.
  std::int32_t first_in_tail_ = 0;
  double norm_ = 1;

  struct Scored {
    double score;
    LaneWord word;
  };
  std::size_t count_ = 0;
  std::vector<Scored> best_;
  std::vector<LaneWord> listed_;
};

}  // namespace tercet::predict

#endif  // TERCET_PREDICT_LANE_SEARCH_H_
