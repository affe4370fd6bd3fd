// A whole ARPA file in memory: words as ids, n-grams sorted, numbers as the file has them.
#ifndef TERCET_INTEROP_ARPA_MODEL_H_
#define TERCET_INTEROP_ARPA_MODEL_H_

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "interop/arpa_syntax.h"
#include "model/ngrams.h"
#include "model/pack.h"
#include "tercet/model.h"

namespace tercet::interop {

/// Cost of an n-gram that the file lacks but others need: what backing off gives.
inline constexpr float kFilledIn = std::numeric_limits<float>::quiet_NaN();
/// Cost of probability zero, and of backoff weight zero.
inline constexpr float kNever = std::numeric_limits<float>::infinity();

/// Empties a container and gives its memory back, which assigning {} does not.
template <class Container>
void release(Container& container) {
  Container().swap(container);
}

/// The n-grams of one length, by context, then word. 16 bytes each, 8 in the highest order.
struct ArpaOrder {
  std::vector<WordId> words;
  std::vector<float> costs;     ///< -log2 p, kNever or kFilledIn.
  std::vector<float> backoffs;  ///< -log2 of the weight, or kNever. Empty for the highest order.
  /// Entry e's children in the next order are [first_child[e], first_child[e + 1]). Empty for the
  /// highest order.
  std::vector<std::uint32_t> first_child;

  std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(words.size()); }
  model::EntryRange children(std::uint32_t entry) const noexcept {
    return {first_child[entry], first_child[entry + 1]};
  }
};

struct ArpaModel {
  model::VocabularyImage vocabulary;
  std::vector<ArpaOrder> orders;   ///< Order 1 first, where entry = word id. At least one.
  std::optional<ExportMark> mark;  ///< The file was written by export_arpa.
  std::vector<std::string> warnings;

  /// The entry of order n for `word` among `range`, or kNoEntry.
  std::uint32_t find(std::uint32_t n, model::EntryRange range, WordId word) const noexcept;
  /// The entry of these words in the order of their number, or kNoEntry.
  std::uint32_t find(std::span<const WordId> ngram) const noexcept;

  /// An n-gram by its context's entry one order below.
  struct Key {
    std::uint32_t context;
    WordId word;
    friend auto operator<=>(const Key&, const Key&) = default;
  };
  /// Adds n-grams of order n, 2 <= n < the orders there are to be, with cost kFilledIn and backoff
  /// 0. `keys` are sorted and new. Returns, for each, the entry that it was put before, numbered as
  /// before the call: entries from there on have moved up.
  std::vector<std::uint32_t> fill_in(std::uint32_t n, std::span<const Key> keys);
};

}  // namespace tercet::interop

#endif  // TERCET_INTEROP_ARPA_MODEL_H_
