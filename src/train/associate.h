// Stage associate: which classes of words stand near each other, and how often.
#ifndef TERCET_TRAIN_ASSOCIATE_H_
#define TERCET_TRAIN_ASSOCIATE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "model/lane_layout.h"
#include "os/memory.h"
#include "tercet/error.h"
#include "train/context.h"
#include "train/lane_text.h"
#include "train/records.h"

namespace tercet::train {

/// Farthest word that counts as near: LaneParameters::window.
inline constexpr std::uint32_t kNearWords = 60;

/// What stands near a text's last word: the distinct classes 2 to kNearWords words before it. The
/// word next to it is the n-grams' business.
class NearClasses {
 public:
  explicit NearClasses(std::size_t classes) : latest_(classes, 0) {}

  /// The text goes on with a word that has a class. Returns the classes near it, its own among them
  /// if it is; model::kNoClass stands where one is that is met again. Valid until the next call.
  std::span<const std::uint16_t> add(LaneToken token) noexcept {
    at_ += token.gap;
    while (waiting_ != 0 && next_[0].at + 2 <= at_) {
      admit(next_[0]);
      next_[0] = next_[1];
      --waiting_;
    }
    while (first_ != end_ && at_of_[first_ % kRing] + kNearWords < at_) ++first_;
    next_[waiting_++] = {at_, token.word};
    return {words_.data() + first_ % kRing, static_cast<std::size_t>(end_ - first_)};
  }

 private:
  static constexpr std::size_t kRing = 64;  // A power of two, more than kNearWords.
  static_assert(kRing > kNearWords && kFar > kNearWords);

  struct Word {
    std::uint64_t at;  ///< Its place among all words.
    std::uint16_t word;
  };

  void admit(const Word& word) noexcept {
    if (const std::uint64_t latest = latest_[word.word]; latest >= first_)
      put(latest, model::kNoClass);
    latest_[word.word] = end_;
    at_of_[end_ % kRing] = word.at;
    put(end_++, word.word);
  }
  /// Twice, so that what is near always lies in one piece.
  void put(std::uint64_t i, std::uint16_t word) noexcept {
    words_[i % kRing] = words_[i % kRing + kRing] = word;
  }

  std::array<std::uint16_t, 2 * kRing> words_{};
  std::array<std::uint64_t, kRing> at_of_{};
  std::uint64_t first_ = 1;  // Words in [first_, end_) are near.
  std::uint64_t end_ = 1;
  std::uint64_t at_ = 0;
  std::array<Word, 2> next_{};  // Too close to be near yet.
  std::size_t waiting_ = 0;
  std::vector<std::uint64_t> latest_;  // Number of the latest word of each class; 0: none.
};

/// The counted pairs, ready for a model file. The table is symmetric.
struct Associations {
  std::vector<std::uint32_t> totals;       ///< Section kLaneTotals.
  std::vector<std::uint32_t> row_offsets;  ///< Section kLaneRowOffsets.
  os::Memory rows;                         ///< Section kLaneRows.
  std::uint64_t pairs = 0;                 ///< Of classes, kept ones, each counted once.
};

/// Each word counts once with each of its NearClasses but its own. `occurrences` are those of the
/// classes; pairs counted less than `least_count` times are dropped.
///
/// What is counted of a pair lies in the row of the rarer class, at the more frequent one: near
/// words share few rows, and in them few cache lines. Rows that take half of the memory limit, a
/// byte for each pair, are counted in one pass over the text, in which each thread has rows of its
/// own.
Result<Associations> associate(std::span<const Records<LaneToken>> text,
                               std::span<const std::uint64_t> occurrences,
                               std::uint32_t least_count, const TrainContext& context);

}  // namespace tercet::train

#endif  // TERCET_TRAIN_ASSOCIATE_H_
