// The k most probable next words, exactly, without scoring the vocabulary.
//
// For interpolated models the max lemma holds (docs/ARCHITECTURE.md): the cost of a word is the
// least of its costs over all stored contexts, so the successor lists can be scanned longest first
// and a word counts where it is met first. For general back-off models a word of a shorter list
// counts only if no longer list has it, which is looked up.
#ifndef TERCET_PREDICT_TOP_K_H_
#define TERCET_PREDICT_TOP_K_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "model/ngrams.h"
#include "tercet/model.h"

namespace tercet::predict {

/// A next word. Candidates order by cost, then word id.
struct Candidate {
  std::int32_t cost = 0;  ///< In the model's units, below model::kImpossible.
  WordId word = 0;
  std::uint8_t order = 0;  ///< Length of the n-gram that supplied the cost.
  friend bool operator==(const Candidate&, const Candidate&) = default;
};

/// A set of word ids, one bit each. Ids beyond its size are not in it.
class WordSet {
 public:
  WordSet() = default;
  explicit WordSet(std::uint32_t size) : bits_((std::size_t{size} + 63) / 64) {}
  void insert(WordId word) { bits_[word / 64] |= std::uint64_t{1} << (word % 64); }
  void erase(WordId word) { bits_[word / 64] &= ~(std::uint64_t{1} << (word % 64)); }
  bool contains(WordId word) const noexcept {
    return word / 64 < bits_.size() && (bits_[word / 64] >> (word % 64) & 1) != 0;
  }

 private:
  std::vector<std::uint64_t> bits_;
};

/// Which words may be offered.
struct WordFilter {
  WordRange range;                  ///< Those with the typed prefix.
  const WordSet* hidden = nullptr;  ///< Never offered; may be null.
};

/// The search and its memory: one object per thread. After the first queries it allocates nothing.
class TopK {
 public:
  /// The `count` best words after `state` that pass `filter`, best first; fewer if there are not
  /// as many with a probability above 0. The span is valid until the next call.
  std::span<const Candidate> search(const model::Ngrams& ngrams, const State& state,
                                    const WordFilter& filter, std::size_t count);

 private:
  struct List {
    model::EntryRange entries;  ///< In order `order`, clipped to the prefix.
    std::int32_t backoff = 0;
    std::uint8_t order = 1;
  };
  void open_lists(const model::Ngrams& ngrams, const State& state, WordRange range);
  void scan(const model::Ngrams& ngrams, std::size_t list, const WordFilter& filter);
  template <bool kInterpolated>
  void scan_entries(const model::Ngrams& ngrams, std::size_t list, const WordFilter& filter);
  bool in_longer_list(const model::Ngrams& ngrams, std::size_t list, WordId word) const noexcept;
  bool found(WordId word) const noexcept;
  void insert(const Candidate& candidate) noexcept;
  /// Entries of list costs above this cannot enter; negative: none can.
  std::int32_t limit(const List& list) const noexcept;

  List lists_[kMaxOrder];
  std::size_t list_count_ = 0;
  std::vector<Candidate> best_;  // Sorted; at most count_.
  std::size_t count_ = 0;
};

}  // namespace tercet::predict

#endif  // TERCET_PREDICT_TOP_K_H_
