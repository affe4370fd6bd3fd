// Sums over documents, the figures they make, and how far these would vary with other documents.
#ifndef TERCET_MEASURE_TALLY_H_
#define TERCET_MEASURE_TALLY_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "tercet/evaluate.h"

namespace tercet::measure {

/// Sums that figures are ratios of.
struct Sums {
  struct OfSlots {
    std::uint64_t hits = 0;
    std::uint64_t keys = 0;
    std::uint64_t keys_reoffer = 0;
  };
  std::uint64_t words = 0;
  std::uint64_t oov = 0;
  std::uint64_t characters = 0;  ///< Of the words, and one space for each.
  std::uint64_t tokens = 0;      ///< Scored ones: words, signs and sentence ends.
  std::uint64_t unknown = 0;     ///< Of these, not in the vocabulary.
  double log10_sum = 0;
  double log10_sum_known = 0;
  std::vector<OfSlots> slots;

  void operator+=(const Sums& other);
};

struct Document {
  std::string genre;
  Sums sums;
};

/// The figures of the documents together, with 95 % intervals by resampling documents (percentile
/// bootstrap, Efron 1979; Bisani and Ney 2004 use it for word errors). The same documents give the
/// same intervals. Fewer than two documents: intervals of no width.
Figures figures_of(std::span<const Document* const> documents,
                   std::span<const std::uint32_t> slots);

}  // namespace tercet::measure

#endif  // TERCET_MEASURE_TALLY_H_
