// What followed what in a person's own text.
#ifndef TERCET_PREDICT_PERSONAL_NGRAMS_H_
#define TERCET_PREDICT_PERSONAL_NGRAMS_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <vector>

#include "predict/personal_words.h"
#include "tercet/model.h"

namespace tercet::predict {

/// The last words before the next one, as many as a context can hold.
class WordHistory {
 public:
  static constexpr std::size_t kMost = 4;

  void clear() noexcept { size_ = 0; }
  void push(WordId word) noexcept {
    if (size_ == kMost) {
      std::copy(words_.begin() + 1, words_.end(), words_.begin());
      --size_;
    }
    words_[size_++] = word;
  }
  /// The latest last.
  std::span<const WordId> words() const noexcept { return {words_.data(), size_}; }

 private:
  std::array<WordId, kMost> words_{};
  std::size_t size_ = 0;
};

/// Counts of n-grams up to kOrder, for each layer, that grow and shrink word by word. The longest
/// context counts occurrences, each shorter one how many different longer ones it stands for, as in
/// interpolated Kneser-Ney: a word is counted there only when it is new to the longer context. So
/// counts do not depend on the order of the text, and taking a word back is the exact inverse of
/// adding it.
class PersonalNgrams {
 public:
  static constexpr std::uint32_t kOrder = WordHistory::kMost + 1;

  struct Successor {
    WordId word;
    LayerCounts counts{};
  };
  struct Tally {
    std::uint32_t total = 0;
    std::uint32_t types = 0;  ///< Words with a count.
    std::uint32_t most = 0;   ///< No count is greater; after removals it may be too high.
  };
  struct Context {
    std::array<Tally, kLayers> tallies{};
    std::vector<Successor> successors;  ///< By word id.
    /// The word's counts, or zeros.
    LayerCounts counts(WordId word) const noexcept;
    /// Those with ids in the range.
    std::span<const Successor> among(WordRange range) const noexcept;
  };
  /// Contexts of a history, longest first, without the empty one.
  struct Chain {
    std::array<const Context*, kOrder - 1> contexts{};
    std::array<std::uint32_t, kOrder - 1> lengths{};  ///< Words of each.
    std::uint32_t size = 0;
    std::array<std::uint32_t, kLayers> longest{};  ///< Words of the longest that the layer has.
  };

  /// `word` was written after `history` (the word just before it last).
  void add(std::span<const WordId> history, WordId word, Layer layer);
  /// Takes one such writing back, which must have been the last one added to `words()`.
  void remove(std::span<const WordId> history, WordId word, Layer layer);

  /// Valid until the next change.
  Chain find(std::span<const WordId> history) const noexcept;
  const PersonalWords& words() const noexcept { return words_; }

 private:
  /// The words of a context, the latest last, filled up in front.
  using Key = std::array<WordId, kOrder - 1>;
  struct Stored {
    Key key;
    Context context;
  };

  static Key key_of(std::span<const WordId> history, std::size_t length) noexcept;
  std::size_t slot_of(const Key& key) const noexcept;
  Context* find(const Key& key) noexcept;
  Context& find_or_add(const Key& key);
  void grow();

  std::deque<Stored> contexts_;       // Pointers to them stay valid.
  std::vector<std::uint32_t> slots_;  // Open addressing: index in contexts_ + 1; 0: free.
  PersonalWords words_;
};

}  // namespace tercet::predict

#endif  // TERCET_PREDICT_PERSONAL_NGRAMS_H_
