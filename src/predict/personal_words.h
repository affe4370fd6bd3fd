// The words that a person wrote: how often, and how lately.
#ifndef TERCET_PREDICT_PERSONAL_WORDS_H_
#define TERCET_PREDICT_PERSONAL_WORDS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "tercet/model.h"

namespace tercet::predict {

/// What a person wrote before, and what stands in the text at hand: counted apart, as they deserve
/// different weights.
enum class Layer : std::uint8_t { kPerson, kDocument };
inline constexpr std::size_t kLayers = 2;
using LayerCounts = std::array<std::uint32_t, kLayers>;

/// Words with their counts and a weight that halves with every kHalfLife words written after. Kept
/// by id in blocks with their maxima, so that a search passes over most of them unseen.
class PersonalWords {
 public:
  /// Words: engine.md's measurement; 300 and 1000 differ by less than 0.05 points of keystrokes.
  static constexpr double kHalfLife = 1000;

  struct Entry {
    WordId word;
    LayerCounts counts{};       ///< As the counter of types has it: see PersonalNgrams.
    std::uint32_t written = 0;  ///< How often, in all layers.
    double weight = 0;          ///< Relative to the others'.
    bool is_frequent = false;   ///< One of frequent().
  };
  struct Block {
    LayerCounts most_counts{};  ///< No entry that is not frequent has more, nor more weight.
    double most_weight = 0;
    std::vector<Entry> entries;  ///< By word id; never empty.
  };

  /// `word` was written. `counts`: its count grows too.
  void add(WordId word, Layer layer, bool counts);
  /// Takes back the latest add().
  void remove(WordId word, Layer layer, bool counted);

  /// Of the counts, by layer: their sum, and how many are not 0.
  const std::array<std::uint64_t, kLayers>& total_counts() const noexcept { return total_counts_; }
  const std::array<std::uint64_t, kLayers>& types() const noexcept { return types_; }
  double total_weight() const noexcept { return total_weight_; }
  /// Some of the most frequent words. They are looked at one by one, so that what bounds the rest
  /// is small: few words make up half of any text.
  const std::vector<WordId>& frequent() const noexcept { return frequent_; }
  /// Bounds for all other words.
  const LayerCounts& most_counts() const noexcept { return most_counts_; }
  double most_weight() const noexcept { return most_weight_; }
  /// The word's entry, or nullptr.
  const Entry* find(WordId word) const noexcept;
  const std::vector<Block>& blocks() const noexcept { return blocks_; }

 private:
  static constexpr std::size_t kMostEntries = 128;
  static constexpr std::size_t kMostFrequent = 48;

  Block& block_with_room(WordId word);
  void choose_frequent();
  void measure();
  void rescale();

  std::vector<Block> blocks_;  // By word id.
  std::array<std::uint64_t, kLayers> total_counts_{};
  std::array<std::uint64_t, kLayers> types_{};
  std::vector<WordId> frequent_;
  std::size_t until_choice_ = 0;  // Words to be added before frequent_ is chosen anew.
  LayerCounts most_counts_{};
  double most_weight_ = 0;
  double total_weight_ = 0;
  double next_weight_ = 1;  // Grows instead of all others shrinking.
};

}  // namespace tercet::predict

#endif  // TERCET_PREDICT_PERSONAL_WORDS_H_
