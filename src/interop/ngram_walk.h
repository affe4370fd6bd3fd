// The n-grams of one order of a model, each with all its words.
#ifndef TERCET_INTEROP_NGRAM_WALK_H_
#define TERCET_INTEROP_NGRAM_WALK_H_

#include <array>
#include <cstdint>
#include <span>

#include "model/ngrams.h"
#include "tercet/model.h"

namespace tercet::interop {

/// Goes through order n in the order of the file: down the contexts of length 1, 2, ..., n - 1.
/// Takes no more steps than a sound model needs, whatever the model's bytes are.
class NgramWalk {
 public:
  NgramWalk(const model::Ngrams& ngrams, std::uint32_t n);

  /// To the next n-gram; to the first one at first. False at the end.
  bool next();

  std::uint32_t entry() const noexcept { return levels_[n_ - 1].begin; }
  std::span<const WordId> words() const noexcept { return std::span(words_).first(n_); }
  /// After the end: every n-gram was met once.
  bool complete() const noexcept;

 private:
  model::EntryRange children_of(std::uint32_t n, std::uint32_t entry) const noexcept;

  const model::Ngrams& ngrams_;
  std::uint32_t n_;
  /// levels_[k - 1]: entries of order k from the one at hand to its last sibling.
  std::array<model::EntryRange, kMaxOrder> levels_{};
  std::array<WordId, kMaxOrder> words_{};
  bool started_ = false;
  std::uint64_t met_ = 0;
  std::uint64_t steps_left_ = 0;
};

}  // namespace tercet::interop

#endif  // TERCET_INTEROP_NGRAM_WALK_H_
