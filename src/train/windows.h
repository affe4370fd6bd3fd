// Windows: an n-gram of the highest order and the word before it, packed so that comparing integers
// compares n-grams. Sorting them yields every order's n-grams in the order of the model file, and
// the word before gives Kneser-Ney's continuation counts in the same pass (see adjust.h).
#ifndef TERCET_TRAIN_WINDOWS_H_
#define TERCET_TRAIN_WINDOWS_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <span>

#include "tercet/model.h"

namespace tercet::train {

/// Word id + 1; 0 is "no word": past the end of the sentence, or before its beginning.
using WordCode = std::uint32_t;
inline constexpr WordCode kNoWord = 0;

/// How codes lie in 64-bit words: `per_limb` codes of `bits` bits each, from the highest bit down,
/// none across a limb. Code 0..order-1 is the n-gram, code `order` the word before it.
class WindowShape {
 public:
  WindowShape(std::uint32_t order, std::uint32_t vocabulary_size) noexcept
      : order_(order),
        bits_(static_cast<std::uint32_t>(std::bit_width(vocabulary_size))),
        per_limb_(64 / bits_),
        mask_((std::uint64_t{1} << bits_) - 1) {
    for (std::uint32_t i = 0; i <= order; ++i) {
      limb_[i] = static_cast<std::uint8_t>(i / per_limb_);
      shift_[i] = static_cast<std::uint8_t>(64 - bits_ * (i % per_limb_ + 1));
    }
  }

  std::uint32_t order() const noexcept { return order_; }
  std::uint32_t bits() const noexcept { return bits_; }
  /// 64-bit words that a window takes, 1..5.
  std::uint32_t limbs() const noexcept { return order_ / per_limb_ + 1; }
  std::uint32_t limb(std::uint32_t i) const noexcept { return limb_[i]; }
  std::uint32_t shift(std::uint32_t i) const noexcept { return shift_[i]; }

  template <class Window>
  WordCode code(const Window& window, std::uint32_t i) const noexcept {
    return static_cast<WordCode>(window[limb_[i]] >> shift_[i] & mask_);
  }
  /// The window of the words `codes` and the word `before` them; past the end is kNoWord. Whole
  /// limbs are made in registers: a window put together code by code in memory would be read back
  /// before its stores are done.
  template <class Window>
  void pack(std::span<const WordCode> codes, WordCode before, Window& out) const noexcept {
    std::uint32_t i = 0;
    for (std::uint32_t limb = 0; limb < out.size(); ++limb) {
      std::uint64_t value = 0;
      for (const std::uint32_t end = std::min(i + per_limb_, order_ + 1); i < end; ++i) {
        const WordCode code = i == order_ ? before : i < codes.size() ? codes[i] : kNoWord;
        value |= std::uint64_t{code} << shift_[i];
      }
      out[limb] = value;
    }
  }
  /// Number of leading words of the n-gram that two windows share, 0..order.
  template <class WindowA, class WindowB>
  std::uint32_t shared(const WindowA& a, const WindowB& b) const noexcept {
    for (std::uint32_t limb = 0; limb < limbs(); ++limb) {
      const std::uint64_t difference = a[limb] ^ b[limb];
      if (difference == 0) continue;
      const auto same_bits = static_cast<std::uint32_t>(std::countl_zero(difference));
      return std::min(order_, limb * per_limb_ + same_bits / bits_);
    }
    return order_;
  }

 private:
  std::uint32_t order_;
  std::uint32_t bits_;
  std::uint32_t per_limb_;
  std::uint64_t mask_;
  std::array<std::uint8_t, kMaxOrder + 1> limb_{};
  std::array<std::uint8_t, kMaxOrder + 1> shift_{};
};

inline constexpr std::uint32_t kMaxLimbs = 5;  // 9 codes of 25 bits, two to a limb.

template <std::uint32_t kLimbs>
using Window = std::array<std::uint64_t, kLimbs>;

/// A window and how often it occurs.
template <std::uint32_t kLimbs>
struct CountedWindow {
  Window<kLimbs> window;
  std::uint64_t count;
};

}  // namespace tercet::train

#endif  // TERCET_TRAIN_WINDOWS_H_
