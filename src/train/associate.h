// Stage associate: which classes of words stand near each other, and how often.
#ifndef TERCET_TRAIN_ASSOCIATE_H_
#define TERCET_TRAIN_ASSOCIATE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "model/lane_layout.h"
#include "os/memory.h"
#include "tercet/error.h"
#include "train/context.h"
#include "train/records.h"

namespace tercet::train {

/// Farthest word that counts as near: LaneParameters::window.
inline constexpr std::uint32_t kNearWords = 60;

/// What stands near a text's last word: the distinct classes 2 to kNearWords words before it, but
/// for its own. The word next to it is the n-grams' business.
class NearClasses {
 public:
  explicit NearClasses(std::size_t classes) : latest_(classes, 0) {}

  /// Another text begins.
  void clear() noexcept { first_ = end_; }

  /// The text goes on with a word of this class, or of none (model::kNoClass). Returns the classes
  /// near it, none for a word without a class. Valid until the next call.
  std::span<const std::uint16_t> add(std::uint16_t word) noexcept {
    ++at_;
    if (word == model::kNoClass) return {};
    while (first_ != end_ && ring(first_).at + kNearWords < at_) ++first_;
    std::size_t count = 0;
    for (std::uint64_t i = first_; i != end_; ++i) {
      const Word& near = ring(i);
      if (near.at + 2 <= at_ && near.next + 2 > at_ && near.word != word)
        near_[count++] = near.word;
    }
    if (const std::uint64_t latest = latest_[word]; latest >= first_) ring(latest).next = at_;
    latest_[word] = end_;
    ring(end_++) = {at_, kNever, word};
    return {near_.data(), count};
  }

 private:
  static constexpr std::uint64_t kNever = std::numeric_limits<std::uint64_t>::max() / 2;
  static constexpr std::size_t kRing = 64;  // A power of two, more than kNearWords.
  static_assert(kRing > kNearWords);

  /// A word that has a class.
  struct Word {
    std::uint64_t at;    ///< Its place among all words.
    std::uint64_t next;  ///< Where its class is met again.
    std::uint16_t word;
  };
  Word& ring(std::uint64_t i) noexcept { return ring_[i % kRing]; }

  std::array<Word, kRing> ring_{};
  std::array<std::uint16_t, kRing> near_{};
  std::uint64_t first_ = 1;  // Words in [first_, end_) are near.
  std::uint64_t end_ = 1;
  std::uint64_t at_ = 0;
  std::vector<std::uint64_t> latest_;  // Number of the latest word of each class; 0: none.
};

/// The counted pairs, ready for a model file. The table is symmetric.
struct Associations {
  std::vector<std::uint32_t> totals;       ///< Section kLaneTotals.
  std::vector<std::uint32_t> row_offsets;  ///< Section kLaneRowOffsets.
  os::Memory rows;                         ///< Section kLaneRows.
  std::uint64_t pairs = 0;                 ///< Of classes, kept ones, each counted once.
};

/// Counts texts given as classes, model::kNoClass and kTextBreak: each word that has a class counts
/// once with each of its NearClasses. `occurrences` are those of the classes; pairs counted less
/// than `least_count` times are dropped.
///
/// The table of all pairs, a byte each, is made in blocks of rows that take half of the memory
/// limit; each block is one pass over the text, in which each thread has rows of its own.
Result<Associations> associate(std::span<const Records<std::uint16_t>> text,
                               std::span<const std::uint64_t> occurrences,
                               std::uint32_t least_count, const TrainContext& context);

}  // namespace tercet::train

#endif  // TERCET_TRAIN_ASSOCIATE_H_
