// How well each word fits the text around it, beyond the words just before.
//
// The words of meaning that stand 2 to 250 words back are triggers (Rosenfeld 1996). With a_u the
// weight of trigger class u, which falls with its distance and adds up to 1,
//   P(c) = sum over u of a_u (M(u, c) + L(u) q(c) + mu pi(c)) / (nu(u) + mu)
// is how often class c stands near them, and pi(c) how often it does near anything. L(u) is what
// the table dropped of trigger u's pairs, and q(c) class c's share of all that it dropped: without
// them all that was counted seldom would seem to be shunned. With
//   l(c) = (P(c) + kappa) / (pi(c) + kappa),   r(c) = l(c) m / (l(c) + m - 1)
// a lift that is doubted where little was counted and that no text can raise beyond m, the text
// multiplies the probability of the class's words by 2^e(c) = r(c)^b, but for a norm. It is the
// logarithm of a mixture, not a sum of logarithms: one strong trigger is enough, and a missing one
// costs little.
#ifndef TERCET_LANES_FIT_H_
#define TERCET_LANES_FIT_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "lanes/association_table.h"

namespace tercet::lanes {

/// m.
inline constexpr float kMostLift = 16;

/// One text, from its beginning to the caret. One thread. All is integers but for the last step, so
/// a text's fit does not depend on how it came to be: bit for bit.
class Fit {
 public:
  /// `table` must outlive it.
  explicit Fit(const AssociationTable& table);

  /// The text goes on with a word or sign of this class; kNoClass if it has none.
  void push(Class word);
  /// Takes back the latest of them.
  void pop();
  /// Another text; its last kReach words are enough.
  void assign(std::span<const Class> text);
  std::size_t size() const noexcept { return text_.size(); }

  /// Words further back are forgotten.
  static constexpr std::size_t kReach = 250;

  bool has_triggers() const noexcept { return weight_ > 0; }
  /// Whether no word of this class is among the last kReach.
  bool is_fresh(Class word) const noexcept;

  /// 2^e of each class; all 1 without triggers. Valid until the text changes.
  std::span<const float> ratios();
  /// 2^e; 1 for kNoClass.
  double ratio(Class word) { return word < table_.classes() ? ratios()[word] : 1; }

  /// The sum over all classes of mass (2^e - 1): what the model's unigrams gain.
  double unigram_gain();

  /// A word of the text that speaks for a class.
  struct Reason {
    std::size_t back = 0;  ///< It is so many words back; 0: there is none.
    double weight = 0;     ///< What it adds to r(c) pi(c), but for the norm.
  };
  /// The strongest reasons, best first.
  std::array<Reason, 2> reasons(Class word) const;

 private:
  static constexpr std::size_t kBins = 7;
  /// First distances: so long a_u stays the same.
  static constexpr std::array<std::size_t, kBins + 1> kEdges = {2,  4,  8,   16,
                                                                32, 64, 128, kReach + 1};

  /// Of the nearest such word among the first `size` of the text, seen from behind them: 1 + its
  /// index in kEdges; 0 if there is none.
  std::size_t bin(Class word, std::size_t size) const noexcept;
  void change(std::size_t from, std::size_t to);
  void move(Class trigger, std::size_t from, std::size_t to);
  std::int64_t weight_of(std::size_t bin) const noexcept;
  std::int64_t scaled(double value) const noexcept;
  void compute();

  const AssociationTable& table_;
  std::array<double, kBins> decayed_;  // Weight of a trigger in each bin.
  double scale_;                       // Of the integers.
  std::vector<Class> text_;

  // Sum of a_u M(u, c) / (nu(u) + mu), scaled, by class; padded.
  std::vector<std::int32_t> evidence_;
  std::int64_t dropped_ = 0;  // Sum of a_u L(u) / (nu(u) + mu), scaled.
  std::int64_t chance_ = 0;   // Sum of a_u mu / (nu(u) + mu), scaled.
  std::int64_t weight_ = 0;   // Sum of a_u, scaled.

  bool computed_ = false;      // What follows.
  std::vector<float> ratios_;  // Padded.
  double unigram_gain_ = 0;
};

}  // namespace tercet::lanes

#endif  // TERCET_LANES_FIT_H_
