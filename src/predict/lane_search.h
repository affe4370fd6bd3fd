// The rare and the genius lane of a place in a text, and where any word stands there.
//
// With p = m + o the mixture's probabilities, m the model's part of them and o the person's, and
// 2^e the fit of each word's class (lanes/fit.h),
//   U(w) = sum of p(v) over p(v) > p(w), and half of it over p(v) = p(w)
//   p'(w) = m(w) 2^e(w) / Z + o(w),   Z = sum of m(v) 2^e(v) / sum of m(v)
//   D(w) = log2(p'(w) / p(w))
// What the person wrote speaks for the text already, and better: weighing it again would take from
// all other words what theirs is.
//   V(w) = share of random classes, as frequent as w's, with a smaller D in texts
// A word with U > 0.9 is in the tail. Of its words with a class that is not in the text already,
// those that have followed the last word and have V >= gate are genius, ranked by p'; the others
// that have followed the last two are rare, ranked by p.
#ifndef TERCET_PREDICT_LANE_SEARCH_H_
#define TERCET_PREDICT_LANE_SEARCH_H_

#include <array>
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

/// Words with U beyond this are in the tail.
inline constexpr double kTail = 0.9;
/// So often must a person have written an n-gram for it to count as attested: once may be a slip.
inline constexpr std::uint32_t kTimesWritten = 2;

/// Words of the longest of the person's contexts at a place that the word has followed so often, or
/// `at_least` if none is longer than that.
std::uint32_t longest_followed(const Mixture::Place& place, WordId word, std::uint32_t at_least);

/// One thread.
class LaneSearch {
 public:
  /// `model` must outlive it.
  explicit LaneSearch(const LaneModel& model) : model_(model) {}

  /// Looks at a place; all else refers to the latest one, until mixture or fit change.
  void look(const Mixture& mixture, const Mixture::Place& place, lanes::Fit& fit);

  /// Where a word that might be next stands.
  LaneMeasure measure(WordId word, double gate = kBoldGate);
  /// Whether a word that is so probable is in the tail.
  bool is_in_tail(double probability) const noexcept { return cost_of(probability) >= tail_; }
  double norm() const noexcept { return norm_; }  ///< Z.
  /// p' of a word that the model gives so much of its probability, p.
  double posterior(WordId word, double of_model, double probability) const {
    return of_model * ratio(word) / norm_ + (probability - of_model);
  }
  /// 2^e of a word's class.
  double ratio(WordId word) const { return fit_->ratio(model_.table().class_of(word)); }

  /// The best words of a lane, kRare or kGenius, that the filter lets pass, one form of each class;
  /// short or empty where there are not as many. Valid until the next call.
  std::span<const LaneWord> list(Lane lane, const MixtureFilter& filter, std::size_t count,
                                 double gate = kBoldGate);

 private:
  /// A word that the person knows, or the model in a context without a profile.
  struct Known {
    WordId word;
    std::int32_t cost;  ///< Of its probability, beyond the backoffs to the profile's context.
    std::int32_t shared_cost;  ///< What that context alone says.
    double of_model;           ///< The model's part of its probability.
    double probability;
    std::uint8_t attested;  ///< Words of the longest context that it has followed.
  };
  struct Scored {
    double score;
    LaneWord word;
  };
  /// A list being made.
  struct Wanted {
    Lane lane;
    std::size_t count;
    double gate;
    std::uint32_t attested;  ///< At least.
    std::array<double, model::kBands> least_ratios;
    const MixtureFilter* filter;
  };

  void collect_model();
  void merge(const model::Order& order, model::EntryRange entries);
  void collect_personal(const Mixture& mixture, const Mixture::Place& place);
  void add_personal(const Mixture& mixture, const Mixture::Place& place,
                    const PersonalWords::Entry& entry, Known& known) const;
  Known shared(WordId word) const noexcept;
  std::int32_t cost_of(double probability) const noexcept;
  double gain(const ContextProfile& profile) const;
  void weigh();
  void spread();
  double probability(std::int32_t cost) const noexcept {
    return base_ * model_.bins().probability(cost);
  }
  const Known* find(WordId word) const noexcept;
  LaneMeasure measure(const Known& known, double gate);
  void visit_profiles(WordRange range);
  void visit_candidates(const ContextProfile& profile, std::uint32_t length, std::int32_t backoff);
  void visit_range(WordRange range, std::uint32_t length, std::int32_t backoff);
  double score(const Known& known) const;
  bool may_fit(lanes::Class of) const;
  bool may_win(lanes::Class of, std::int32_t cost) const;
  bool may_enter(WordId word, std::int32_t cost) const;
  bool may_enter(WordId word, lanes::Class of, double probability) const;
  void offer_shared(WordId word, std::uint32_t length);
  void offer(const Known& known);

  const LaneModel& model_;
  lanes::Fit* fit_ = nullptr;
  std::span<const float> ratios_;  // 2^e by class.
  const ContextProfile* profile_ = nullptr;
  State shared_;              // The profile's context.
  std::int32_t backoff_ = 0;  // To it.
  double base_ = 1;           // What is left to it, the person's share being taken off too.
  std::vector<Known> known_;  // By word.
  std::vector<Known> merged_;
  std::vector<double> spread_;  // Probability by bin.
  std::vector<float> unusual_;  // U by bin.
  std::int32_t tail_ = 0;       // The least cost in the tail.
  double norm_ = 1;             // Z.

  Wanted wanted_{};
  std::vector<Scored> best_;
  std::vector<LaneWord> listed_;
};

}  // namespace tercet::predict

#endif  // TERCET_PREDICT_LANE_SEARCH_H_
