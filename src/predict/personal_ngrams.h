// What followed what in a person's own text.
#ifndef TERCET_PREDICT_PERSONAL_NGRAMS_H_
#define TERCET_PREDICT_PERSONAL_NGRAMS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "predict/personal_words.h"
#include "tercet/model.h"

namespace tercet::predict {

/// Counts of n-grams up to kOrder that grow word by word. The longest context counts occurrences,
/// each shorter one how many different longer ones it stands for, as in interpolated Kneser-Ney:
/// a word is counted there only when it is new to the longer context.
class PersonalNgrams {
 public:
  static constexpr std::uint32_t kOrder = 5;

  struct Successor {
    WordId word;
    std::uint32_t count;
  };
  struct Context {
    std::uint32_t total = 0;
    std::uint32_t most = 0;             ///< The greatest count.
    std::vector<Successor> successors;  ///< By word id.
    /// The count of `word`, or 0.
    std::uint32_t count(WordId word) const noexcept;
  };
  /// Contexts of a history, longest first, without the empty one.
  struct Chain {
    std::array<const Context*, kOrder - 1> contexts{};
    std::uint32_t size = 0;
    std::uint32_t longest = 0;  ///< Words of the longest one; 0: there is none.
  };

  /// `word` was written after `history` (the word just before it last).
  void add(std::span<const WordId> history, WordId word);

  /// Valid until the next add().
  Chain find(std::span<const WordId> history) const;
  const PersonalWords& words() const noexcept { return words_; }

 private:
  struct Key {
    std::array<WordId, kOrder - 1> words{};
    std::uint32_t length = 0;
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct Hash {
    std::size_t operator()(const Key& key) const noexcept;
  };
  static Key key_of(std::span<const WordId> history, std::uint32_t length) noexcept;

  std::unordered_map<Key, Context, Hash> contexts_;
  PersonalWords words_;
};

}  // namespace tercet::predict

#endif  // TERCET_PREDICT_PERSONAL_NGRAMS_H_
