// The words that a person wrote: how often, and how lately.
#ifndef TERCET_PREDICT_PERSONAL_WORDS_H_
#define TERCET_PREDICT_PERSONAL_WORDS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "tercet/model.h"

namespace tercet::predict {

/// Words with a count and a weight that halves with every kHalfLife words written after. Kept by id
/// in blocks with their maxima, so that a search passes over most of them unseen.
class PersonalWords {
 public:
  /// Words: engine.md's measurement; 300 and 1000 differ by less than 0.05 points of keystrokes.
  static constexpr double kHalfLife = 1000;

  struct Entry {
    WordId word;
    std::uint32_t count;  ///< As the counter of types has it: see PersonalNgrams.
    double weight;        ///< Relative to the others'.
  };
  struct Block {
    std::uint32_t most_count = 0;
    double most_weight = 0;
    std::vector<Entry> entries;  ///< By word id; never empty.
  };

  /// `word` was written. `counts`: its count grows too.
  void add(WordId word, bool counts);

  std::uint64_t total_count() const noexcept { return total_count_; }
  /// The greatest count and weight of all.
  std::uint32_t most_count() const noexcept { return most_count_; }
  double most_weight() const noexcept { return most_weight_; }
  std::uint64_t size() const noexcept { return size_; }
  double total_weight() const noexcept { return total_weight_; }
  /// The word's entry, or nullptr.
  const Entry* find(WordId word) const noexcept;
  const std::vector<Block>& blocks() const noexcept { return blocks_; }

 private:
  static constexpr std::size_t kMostEntries = 128;

  Block& block_with_room(WordId word);
  void rescale();

  std::vector<Block> blocks_;  // By word id.
  std::uint64_t size_ = 0;
  std::uint64_t total_count_ = 0;
  double total_weight_ = 0;
  std::uint32_t most_count_ = 0;
  double most_weight_ = 0;
  double next_weight_ = 1;  // Grows instead of all others shrinking.
};

}  // namespace tercet::predict

#endif  // TERCET_PREDICT_PERSONAL_WORDS_H_
