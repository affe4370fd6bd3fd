// What the optional sections of a `.tct` file hold that tell which words belong together in a text:
// shared by src/lanes, which reads them, and src/train, which counts. docs/FORMAT.md says the same
// in prose, docs/LANES.md what it is good for.
#ifndef TERCET_MODEL_LANE_LAYOUT_H_
#define TERCET_MODEL_LANE_LAYOUT_H_

#include <cstddef>
#include <cstdint>

namespace tercet::model {

/// Section kLaneParameters.
struct LaneParameters {
  std::uint32_t classes = 0;      ///< K: content classes, numbered from the most frequent one on.
  std::uint32_t window = 60;      ///< Words further apart were not counted together.
  std::uint32_t least_count = 0;  ///< Pairs counted less often were dropped.
  float smoothing = 2000;         ///< mu: as if each class had been counted so often by chance.
  float strength = 3;             ///< b: in halves; the power that lifts are raised to.
  float decay = 0.5F;             ///< What is at distance d weighs d^-decay.
};
static_assert(sizeof(LaneParameters) == 24);

/// Section kLaneWordClasses, V x u16: the class of each word, kNoClass if it has none, and whether
/// the word may be offered as rare or genius.
inline constexpr std::uint16_t kNoClass = 0x7FFF;
inline constexpr std::uint16_t kMayBeOffered = 0x8000;
inline constexpr std::uint32_t kMostClasses = 20'000;

/// Section kLaneRowOffsets, K + 1 x u32: where in kLaneRows the row of each class begins, counted
/// in pairs. Section kLaneRows: pairs (u8 step, u8 count); from class -1 on, each step leads to the
/// next class of the row, which was counted with the row's class so often (kMostCounted: or more
/// often). A pair without a count only steps, where the way to the next class is longer than a byte
/// holds. The table is symmetric.
inline constexpr std::size_t kLanePairBytes = 2;
inline constexpr std::uint32_t kLongestStep = 255;
inline constexpr std::uint32_t kMostCounted = 255;

/// Section kLaneTotals, K x u32: the sum of each row before anything was dropped or capped; nu.
/// Section kLaneBands, K x u8: a class's frequency, floor(log2(occurrences)) clipped to these.
inline constexpr std::uint32_t kFirstBand = 4;
inline constexpr std::uint32_t kLastBand = 13;
inline constexpr std::uint32_t kBands = kLastBand - kFirstBand + 1;

/// Section kLaneNull, kBands x kNullQuantiles x f32, never falling: quantiles 0, 1/100 .. 1 of the
/// support, in bits, that random classes of the band find in texts that were not counted.
inline constexpr std::size_t kNullQuantiles = 101;

/// Section kLaneAttested, orders 2 and 3, one u8 for each n-gram of the order: how often it was
/// seen (attested.h). Up to kExactCount the number itself, beyond it eight steps for each doubling.
inline constexpr std::uint32_t kFirstAttested = 2;
inline constexpr std::uint32_t kLastAttested = 3;
inline constexpr std::uint32_t kExactCount = 32;
inline constexpr std::uint32_t kStepsPerDoubling = 8;

}  // namespace tercet::model

#endif  // TERCET_MODEL_LANE_LAYOUT_H_
