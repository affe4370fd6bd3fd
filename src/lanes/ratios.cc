#include "lanes/ratios.h"

#include <array>
#include <cmath>

// A second version for processors with wider registers, chosen when the program starts. Sanitizers
// are not ready yet when that happens.
#if defined(__x86_64__) && defined(__linux__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__) && !defined(__clang__)
#define TERCET_WIDE __attribute__((target_clones("avx2", "default")))
#else
#define TERCET_WIDE
#endif

namespace tercet::lanes {

/// Plain loops over plain arrays, which compilers turn into vector instructions.
TERCET_WIDE double compute_ratios(const RatioInputs& in, std::span<float> out) noexcept {
  double sum = 0;
  std::array<float, kChunk> lifts{};
  std::array<float, kChunk> gains{};
  for (std::size_t begin = 0; begin < out.size(); begin += kChunk) {
    const std::int32_t* const evidence = in.evidence.data() + begin;
    const float* const inverse_shares = in.inverse_shares.data() + begin;
    const float* const dropped_lifts = in.dropped_lifts.data() + begin;
    const float* const masses = in.masses.data() + begin;
    float* const ratios = out.data() + begin;
    for (std::size_t i = 0; i < kChunk; ++i) {
      const float near = static_cast<float>(evidence[i]) * in.per_weight + in.doubt;
      const float lift = near * inverse_shares[i] + in.dropped * dropped_lifts[i] + in.chance;
      lifts[i] = lift * in.most / (lift + (in.most - 1));
      ratios[i] = 1;
    }
    if (in.halves % 2 != 0) {
      for (std::size_t i = 0; i < kChunk; ++i) ratios[i] = std::sqrt(lifts[i]);
    }
    for (int power = 0; power < in.halves / 2; ++power) {
      for (std::size_t i = 0; i < kChunk; ++i) ratios[i] *= lifts[i];
    }
    for (std::size_t i = 0; i < kChunk; ++i) gains[i] = masses[i] * (ratios[i] - 1);
    for (std::size_t half = kChunk / 2; half > 0; half /= 2) {
      for (std::size_t i = 0; i < half; ++i) gains[i] += gains[i + half];
    }
    sum += static_cast<double>(gains[0]);
  }
  return sum;
}

}  // namespace tercet::lanes
