// From the words of an n-gram line to ids, fast.
#ifndef TERCET_INTEROP_WORD_INDEX_H_
#define TERCET_INTEROP_WORD_INDEX_H_

#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include "model/pack.h"
#include "tercet/model.h"

namespace tercet::interop {

inline constexpr WordId kNoWord = std::numeric_limits<WordId>::max();

/// Word `id` of a vocabulary, or the empty text.
inline std::string_view word_of(const model::VocabularyImage& words, WordId id) noexcept {
  if (id + std::size_t{1} >= words.word_offsets.size()) return {};
  const std::uint32_t begin = words.word_offsets[id];
  return std::string_view(words.word_bytes).substr(begin, words.word_offsets[id + 1] - begin);
}

/// A hash table over a finished vocabulary, which must outlive it unchanged.
class WordIndex {
 public:
  explicit WordIndex(const model::VocabularyImage& words);
  /// The word's id, or kNoWord.
  WordId find(std::string_view word) const noexcept;

 private:
  struct Slot {
    std::uint32_t tag;  ///< Upper half of the hash: spares most comparisons of bytes.
    WordId id;
  };
  const model::VocabularyImage& words_;
  std::vector<Slot> slots_;  // A power of two, at most half full.
};

}  // namespace tercet::interop

#endif  // TERCET_INTEROP_WORD_INDEX_H_
