// The most probable phrases, exactly, by best-first search over states.
#ifndef TERCET_PREDICT_PHRASES_H_
#define TERCET_PREDICT_PHRASES_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "model/ngrams.h"
#include "predict/top_k.h"
#include "tercet/model.h"

namespace tercet::predict {

inline constexpr std::uint32_t kMaxPhraseWords = 16;

struct Phrase {
  std::array<WordId, kMaxPhraseWords> words{};
  std::uint32_t length = 0;
  std::int32_t cost = 0;   ///< Of all words together, a sentence end included.
  std::uint8_t order = 0;  ///< Of its first word.
};

/// One object per thread.
class PhraseSearch {
 public:
  /// The `count` cheapest phrases after `state`: of `words` words each, or shorter if the sentence
  /// ends there (at least one word; the end's cost is part of the phrase's). The first word passes
  /// `filter`; later ones are any that are not hidden. Best first, ties by the words' ids, `</s>`
  /// among them.
  ///
  /// A score above 1, which only a file that holds no probabilities can give, counts as 1 here. So
  /// costs are never negative, and a phrase is popped only when no unexplored one can be cheaper
  /// (Dijkstra's argument): what is returned is exact. `words` <= kMaxPhraseWords. At most
  /// `max_expansions` states are expanded; if that does not suffice, the list is shorter, and
  /// still exact as far as it goes. The span is valid until the next call.
  std::span<const Phrase> search(const model::Ngrams& ngrams, const State& state,
                                 const WordFilter& filter, std::size_t count, std::uint32_t words,
                                 std::size_t max_expansions = 20'000);

 private:
  /// A phrase begun, with its successors best first, as far as they were needed.
  struct Node {
    State state;
    Phrase phrase;
    std::uint32_t next = 0;     ///< Index in `successors` of the one not yet taken.
    std::uint32_t fetched = 0;  ///< How many were asked for.
    std::vector<Candidate> successors;
  };
  struct Item {
    std::int32_t cost;  ///< Of the phrase with its next successor.
    std::uint32_t node;
    WordId word;
  };

  void open(const State& state, const Phrase& phrase);
  /// Queues the node's next successor, fetching more of them if need be.
  void queue_next(std::uint32_t node);
  void fetch(Node& node, std::uint32_t count);
  bool later(const Item& a, const Item& b) const noexcept;
  void push(const Item& item);
  Item pop();

  const model::Ngrams* ngrams_ = nullptr;
  WordFilter filter_;
  TopK top_k_;
  std::vector<Node> nodes_;  // Reused: node_count_ of them are in use.
  std::size_t node_count_ = 0;
  std::vector<Item> queue_;  // A heap.
  std::vector<Phrase> results_;
};

}  // namespace tercet::predict

#endif  // TERCET_PREDICT_PHRASES_H_
