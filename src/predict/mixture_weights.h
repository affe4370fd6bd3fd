// How much each part of the mixture counts, and how that is learnt.
#ifndef TERCET_PREDICT_MIXTURE_WEIGHTS_H_
#define TERCET_PREDICT_MIXTURE_WEIGHTS_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "predict/personal_ngrams.h"
#include "predict/repeats.h"

namespace tercet::predict {

/// Each part mixes with all that are below it: the background model, the person's n-grams, those of
/// the document with the recent words, verbatim repeats. So each part's weights are its share of
/// what the parts above leave.
struct MixtureWeights {
  static constexpr std::size_t kLengths = PersonalNgrams::kOrder;
  static constexpr std::size_t kRepeatLengths = 4;
  using ByLength = std::array<double, kLengths>;

  ByLength person;    ///< By the length of the longest context that the person's n-grams have.
  ByLength document;  ///< By that of the document's n-grams.
  ByLength recent;    ///< Likewise.
  std::array<double, kRepeatLengths> repeat;  ///< By repeat_bucket().

  /// Matches of 5, 6 to 8, 9 to 15 words, and longer ones.
  static std::size_t repeat_bucket(std::uint32_t length) noexcept {
    return length < 6 ? 0 : length < 9 ? 1 : length < 16 ? 2 : 3;
  }
};

/// By expectation maximisation on dev text: `tercet tune`.
inline constexpr MixtureWeights kDefaultWeights{
    .person = {0.15, 0.22, 0.24, 0.29, 0.46},
    .document = {0.15, 0.35, 0.40, 0.48, 0.60},
    .recent = {0.056, 0.012, 0.020, 0.022, 0.020},
    .repeat = {0.08, 0.22, 0.50, 0.80},
};

/// Which weights hold at a place; `repeat` only if there is one.
struct WeightBuckets {
  std::size_t person = 0;
  std::size_t document = 0;
  std::size_t repeat = 0;
};

/// Of one word, how likely it came from each part of its mixture (the E step of Dempster, Laird and
/// Rubin 1977), given that it came from none above. Negative where the part was absent.
struct Responsibilities {
  double person = -1;
  double document = -1;
  double recent = -1;
  double repeat = -1;
};

/// Sums of responsibilities, and the weights that follow from them (the M step).
class WeightSums {
 public:
  /// `prior` counts like `strength` words in each bucket.
  WeightSums(const MixtureWeights& prior, double strength) : prior_(prior), strength_(strength) {}

  void add(const WeightBuckets& buckets, const Responsibilities& word);
  /// Adds what the other has added; the prior stays.
  void operator+=(const WeightSums& other);
  /// A weight of 0 stays 0.
  MixtureWeights weights() const;

 private:
  MixtureWeights prior_;
  double strength_;
  MixtureWeights parts_{};  // Sums, not shares.
  MixtureWeights words_{};  // What they are shares of; of `recent`, nothing.
};

}  // namespace tercet::predict

#endif  // TERCET_PREDICT_MIXTURE_WEIGHTS_H_
