// Sums over documents, the figures they make, and how far these would vary with other documents.
#ifndef TERCET_MEASURE_TALLY_H_
#define TERCET_MEASURE_TALLY_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "measure/calibration.h"
#include "measure/typing.h"
#include "tercet/evaluate.h"

namespace tercet::measure {

/// Where the parts of the learning curve begin, in words already written in the document.
inline constexpr std::array<std::uint64_t, 5> kCurveBegins{0, 100, 300, 1000, 3000};

/// Sums that figures are ratios of.
struct Sums {
  struct OfSlots {
    std::uint64_t hits = 0;
    std::uint64_t keys = 0;
    std::uint64_t keys_reoffer = 0;
    std::uint64_t looks = 0;
    std::uint64_t late_keys = 0;
    std::uint64_t late_looks = 0;
    std::uint64_t unoffered = 0;
    std::uint64_t unoffered_oov = 0;
    /// By the part of the curve.
    std::array<std::uint64_t, kCurveBegins.size()> curve_keys{};
  };

  explicit Sums(std::size_t slot_counts = 0) : slots(slot_counts) {}

  std::uint64_t words = 0;
  std::uint64_t oov = 0;
  std::uint64_t characters = 0;  ///< Of the words, and one space for each.
  std::array<std::uint64_t, kCurveBegins.size()> curve_characters{};
  std::uint64_t tokens = 0;   ///< Scored ones: words, signs and sentence ends.
  std::uint64_t unknown = 0;  ///< Of these, not in the vocabulary.
  double log10_sum = 0;
  double log10_sum_known = 0;
  std::vector<OfSlots> slots;

  /// Counts a word of so many characters, space included, that so many words stand before; the
  /// typist has typed it.
  void add_word(const Typist& typist, std::uint64_t with_space, bool is_oov, std::uint64_t before);
  void operator+=(const Sums& other);
};

struct Document {
  std::string genre;
  Sums sums;
  CalibrationSums calibration;
};

using Documents = std::vector<const Document*>;

/// The figures of the documents together, with 95 % intervals by resampling documents (percentile
/// bootstrap, Efron 1979; Bisani and Ney 2004 use it for word errors). The same documents give the
/// same intervals. Fewer than two documents: intervals of no width.
Figures figures_of(const Documents& documents, std::span<const std::uint32_t> slots);

/// The rates of `after` less those of `before`, which hold the same documents typed in two ways;
/// each resample draws the same documents from both (paired bootstrap, Koehn 2004).
Rates gain_of(const Documents& before, const Documents& after,
              std::span<const std::uint32_t> slots);

}  // namespace tercet::measure

#endif  // TERCET_MEASURE_TALLY_H_
