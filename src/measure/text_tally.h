// Sums over documents that were written as they stand, and the figures they make.
#ifndef TERCET_MEASURE_TEXT_TALLY_H_
#define TERCET_MEASURE_TEXT_TALLY_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "tercet/evaluate.h"

namespace tercet::measure {

/// How many words are sought by their initials.
inline constexpr std::array<std::uint32_t, 3> kInitialsWords{2, 3, 4};

struct KeyCounts {
  std::array<std::uint64_t, 6> by_use{};
  std::uint64_t& operator[](KeyUse use) noexcept { return by_use[static_cast<std::size_t>(use)]; }
  std::uint64_t operator[](KeyUse use) const noexcept {
    return by_use[static_cast<std::size_t>(use)];
  }
  std::uint64_t all() const noexcept;
  void operator+=(const KeyCounts& other) noexcept;
};

struct PhraseCounts {
  std::uint64_t shown = 0;
  std::uint64_t whole = 0;  ///< Right in whole,
  std::uint64_t part = 0;   ///< or from the first two words on.
  void operator+=(const PhraseCounts& other) noexcept;
};

struct InitialsCounts {
  std::uint64_t tried = 0;
  std::uint64_t first = 0;
  std::uint64_t third = 0;
  void operator+=(const InitialsCounts& other) noexcept;
};

struct TextSums {
  struct OfSlots {
    KeyCounts words_only;
    KeyCounts with_phrases;
    PhraseCounts phrases;
  };

  explicit TextSums(std::size_t slot_counts = 0) : slots(slot_counts) {}
  void operator+=(const TextSums& other);

  std::uint64_t words = 0;
  std::uint64_t characters = 0;
  std::vector<OfSlots> slots;
  std::array<InitialsCounts, kInitialsWords.size()> initials{};
};

struct TextDocument {
  std::string genre;
  TextSums sums;
};

/// The figures of the documents together, with 95 % intervals as those of measure/tally.h.
TextFigures figures_of(const std::vector<const TextDocument*>& documents,
                       std::span<const std::uint32_t> slots);

}  // namespace tercet::measure

#endif  // TERCET_MEASURE_TEXT_TALLY_H_
