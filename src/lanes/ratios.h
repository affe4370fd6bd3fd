// The one step of the fit that touches every class: from evidence to 2^e.
#ifndef TERCET_LANES_RATIOS_H_
#define TERCET_LANES_RATIOS_H_

#include <cstddef>
#include <cstdint>
#include <span>

namespace tercet::lanes {

/// Arrays by class are as long as a multiple of this, so that loops over them need no rest. What
/// is beyond the classes is 0.
inline constexpr std::size_t kChunk = 64;
constexpr std::size_t padded(std::size_t classes) noexcept {
  return (classes + kChunk - 1) / kChunk * kChunk;
}

/// Padded arrays of one length.
struct RatioInputs {
  std::span<const std::int32_t> evidence;
  std::span<const float> inverse_shares;
  std::span<const float> dropped_lifts;
  std::span<const float> masses;
  /// A lift is (evidence x per_weight + doubt) x inverse share + dropped x dropped lift + chance.
  float per_weight;
  float doubt;
  float dropped;
  float chance;
  float most;  ///< Lifts come near to this, however great they are: l most / (l + most - 1).
  int halves;  ///< A ratio is that to the power of halves / 2.
};

/// Fills `out`, as long as the inputs, and returns the sum of mass x (ratio - 1). The same bits
/// with whatever instructions a machine has: each operation is rounded by itself, and what is
/// summed is summed in the same order.
double compute_ratios(const RatioInputs& in, std::span<float> out) noexcept;

}  // namespace tercet::lanes

#endif  // TERCET_LANES_RATIOS_H_
