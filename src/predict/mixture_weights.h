// How much each part of the mixture counts, and how that is learnt.
#ifndef TERCET_PREDICT_MIXTURE_WEIGHTS_H_
#define TERCET_PREDICT_MIXTURE_WEIGHTS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "predict/personal_ngrams.h"
#include "predict/repeats.h"
#include "tercet/tune.h"

namespace tercet::predict {

/// A part deserves the more, the more of the context it knows and the less of it the model knows.
inline constexpr std::size_t kPartLengths = PersonalNgrams::kOrder;
inline constexpr std::size_t kModelLengths = 4;

/// Of person, document and recent: words of the longest context that the part has, and the model.
inline std::size_t context_bucket(std::size_t part, std::size_t model) noexcept {
  return part * kModelLengths + std::min(model, kModelLengths - 1);
}

/// Of repeat: matches of 5, 6 to 8, 9 to 15 words, and longer ones.
inline std::size_t repeat_bucket(std::uint32_t length) noexcept {
  return length < 6 ? 0 : length < 9 ? 1 : length < 16 ? 2 : 3;
}

/// So something is left to the other parts, whatever the person writes.
inline constexpr double kGreatestWeight = 0.999;

/// By expectation maximisation on dev text, English and Russian: `tercet tune`.
inline constexpr Weights kDefaultWeights{
    .person =
        {
            0.538, 0.203, 0.098, 0.066,  // no context of the part's
            0.790, 0.300, 0.167, 0.119,  // one word
            0.719, 0.623, 0.241, 0.181,  // two
            0.784, 0.718, 0.580, 0.224,  // three
            0.934, 0.796, 0.632, 0.283,  // four
        },
    .document =
        {
            0.717, 0.274, 0.135, 0.099,  // no context of the part's
            0.833, 0.439, 0.278, 0.208,  // one word
            0.673, 0.661, 0.375, 0.284,  // two
            0.777, 0.679, 0.603, 0.338,  // three
            0.843, 0.771, 0.686, 0.426,  // four
        },
    .recent =
        {
            0.042, 0.029, 0.031, 0.020,  // no context of the part's
            0.034, 0.007, 0.012, 0.015,  // one word
            0.087, 0.020, 0.022, 0.034,  // two
            0.072, 0.029, 0.026, 0.036,  // three
            0.073, 0.008, 0.025, 0.032,  // four
        },
    .repeat = {0.07, 0.19, 0.55, 0.81},
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
  /// The part of the word that came from p_1 unless from a repeat: by the weights' rest, or by what
  /// the document's discounts leave.
  double below_document = 1;
};

/// Sums of responsibilities, and the weights that follow from them (the M step).
class WeightSums {
 public:
  /// `prior` counts like `strength` words in each bucket.
  WeightSums(const Weights& prior, double strength) : prior_(prior), strength_(strength) {}

  void add(const WeightBuckets& buckets, const Responsibilities& word) { add(buckets, word, 1); }
  /// Undoes such an add(), but for rounding.
  void remove(const WeightBuckets& buckets, const Responsibilities& word) {
    add(buckets, word, -1);
  }
  /// Adds what the other has added; the prior stays.
  void operator+=(const WeightSums& other);
  /// A weight of 0 stays 0.
  Weights weights() const;
  /// The same where the sums for these buckets have changed since `weights` was right.
  void renew(const WeightBuckets& at, Weights& weights) const noexcept;

 private:
  void add(const WeightBuckets& buckets, const Responsibilities& word, double times);

  Weights prior_;
  double strength_;
  Weights parts_{};  // Sums, not shares.
  Weights words_{};  // What they are shares of; of `recent`, nothing.
};

}  // namespace tercet::predict

#endif  // TERCET_PREDICT_MIXTURE_WEIGHTS_H_
