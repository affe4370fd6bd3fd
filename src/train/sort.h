// Sorting windows that share their first word.
#ifndef TERCET_TRAIN_SORT_H_
#define TERCET_TRAIN_SORT_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "train/windows.h"

namespace tercet::train {

/// Most significant digit first radix sort over half-word digits; short runs by comparison. Not
/// stable (equal windows are equal). Reuses its scratch memory; one thread.
template <std::uint32_t kLimbs>
class WindowSorter {
 public:
  /// `scratch_limit` = most windows that the scratch memory may hold; longer runs sort in place.
  WindowSorter(const WindowShape& shape, std::size_t scratch_limit)
      : scratch_limit_(scratch_limit) {
    for (std::uint32_t i = 1; i <= shape.order(); ++i) add_digits(shape, i);
  }

  /// Sorts windows whose first codes are equal.
  void sort(std::span<Window<kLimbs>> windows) { sort(windows, 0); }

 private:
  struct Digit {
    std::uint8_t limb;
    std::uint8_t shift;
    std::uint8_t bits;
  };
  static constexpr std::uint32_t kMaxDigitBits = 13;  // Half of 25, rounded up.

  void add_digits(const WindowShape& shape, std::uint32_t i) {
    const auto limb = static_cast<std::uint8_t>(shape.limb(i));
    const std::uint32_t low = shape.bits() / 2;
    const std::uint32_t high = shape.bits() - low;
    digits_.push_back(
        {limb, static_cast<std::uint8_t>(shape.shift(i) + low), static_cast<std::uint8_t>(high)});
    if (low == 0) return;
    digits_.push_back(
        {limb, static_cast<std::uint8_t>(shape.shift(i)), static_cast<std::uint8_t>(low)});
  }

  void sort(std::span<Window<kLimbs>> windows, std::size_t digit) {
    if (windows.size() < 2 || digit == digits_.size()) return;
    const Digit d = digits_[digit];
    const std::size_t buckets = std::size_t{1} << d.bits;
    if (2 * windows.size() < buckets || windows.size() > scratch_limit_) {
      std::sort(windows.begin(), windows.end(), Less{});
      return;
    }
    std::array<std::uint32_t, std::size_t{1} << kMaxDigitBits> ends;
    distribute(windows, d, buckets, ends.data());
    std::uint32_t begin = 0;
    for (std::size_t b = 0; b < buckets; ++b) {
      sort(windows.subspan(begin, ends[b] - begin), digit + 1);
      begin = ends[b];
    }
  }

  /// Groups by one digit; afterwards ends[b] is one past the last window of bucket b.
  void distribute(std::span<Window<kLimbs>> windows, const Digit& d, std::size_t buckets,
                  std::uint32_t* ends) {
    const std::uint64_t mask = buckets - 1;
    std::fill_n(ends, buckets, 0U);
    for (const auto& window : windows) ++ends[window[d.limb] >> d.shift & mask];
    std::uint32_t begin = 0;
    for (std::size_t b = 0; b < buckets; ++b) {
      const std::uint32_t count = ends[b];
      ends[b] = begin;
      begin += count;
    }
    if (scratch_.size() < windows.size()) scratch_.resize(windows.size());
    for (const auto& window : windows) scratch_[ends[window[d.limb] >> d.shift & mask]++] = window;
    std::copy_n(scratch_.begin(), windows.size(), windows.begin());
  }

  struct Less {
    bool operator()(const Window<kLimbs>& a, const Window<kLimbs>& b) const noexcept {
      for (std::uint32_t limb = 0; limb + 1 < kLimbs; ++limb) {
        if (a[limb] != b[limb]) return a[limb] < b[limb];
      }
      return a[kLimbs - 1] < b[kLimbs - 1];
    }
  };

  std::size_t scratch_limit_;
  std::vector<Digit> digits_;
  std::vector<Window<kLimbs>> scratch_;
};

}  // namespace tercet::train

#endif  // TERCET_TRAIN_SORT_H_
