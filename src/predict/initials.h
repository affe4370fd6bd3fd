// From the first letters of words to the words: "hayd" to "how are you doing".
#ifndef TERCET_PREDICT_INITIALS_H_
#define TERCET_PREDICT_INITIALS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "predict/mixture.h"
#include "tercet/model.h"

namespace tercet::predict {

inline constexpr std::size_t kMaxInitials = 12;

struct WeighedPhrase {
  double probability = 0;
  std::uint32_t length = 0;
  std::array<WordId, kMaxInitials> words{};
};

/// Beam search over the places that a text may go on to. Best-first search would be exact, but its
/// cost is that of all beginnings more probable than the whole: 75 ms for one phrase of three words
/// in ten. A width of 20 finds what a width of 200 finds in all but 0.3 % of cases (dev text). One
/// thread; reuse it.
class InitialsSearch {
 public:
  /// The most probable phrases after the mixture's text whose i-th word passes `filters[i]`, at
  /// most kMaxInitials of them; `count` or fewer, best first. With at least as many beginnings kept
  /// as there are, `width`, the list is exact. Takes about 7 us x width x words. Valid until the
  /// next call.
  std::span<const WeighedPhrase> search(Mixture& mixture,
                                        std::span<const MixtureFilter* const> filters,
                                        std::size_t count, std::size_t width);

 private:
  struct Beginning {
    Mixture::Place place;
    WeighedPhrase phrase;
  };
  struct Extension {
    WeighedPhrase phrase;
    std::uint32_t parent;  ///< Index in beam_.
  };

  void extend(Mixture& mixture, const MixtureFilter& filter, std::size_t kept);

  std::vector<Beginning> beam_;  // Best first.
  std::vector<Beginning> next_;
  std::vector<Extension> extensions_;
  std::vector<WeighedPhrase> results_;
};

}  // namespace tercet::predict

#endif  // TERCET_PREDICT_INITIALS_H_
