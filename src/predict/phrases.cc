#include "predict/phrases.h"

#include <algorithm>

namespace tercet::predict {
namespace {

constexpr std::uint32_t kFirstFetch = 4;

/// A step never makes a phrase cheaper, whatever the file says.
std::int32_t step_cost(const Candidate& candidate) noexcept { return std::max(candidate.cost, 0); }

}  // namespace

/// Ties go by the phrases' words, which no other part of the search puts in order.
bool PhraseSearch::later(const Item& a, const Item& b) const noexcept {
  if (a.cost != b.cost) return a.cost > b.cost;
  const Phrase& begun_a = nodes_[a.node].phrase;
  const Phrase& begun_b = nodes_[b.node].phrase;
  const std::uint32_t shared = std::min(begun_a.length, begun_b.length);
  for (std::uint32_t i = 0; i <= shared; ++i) {
    const WordId word_a = i < begun_a.length ? begun_a.words[i] : a.word;
    const WordId word_b = i < begun_b.length ? begun_b.words[i] : b.word;
    if (word_a != word_b) return word_a > word_b;
  }
  return begun_a.length > begun_b.length;
}

void PhraseSearch::push(const Item& item) {
  queue_.push_back(item);
  std::push_heap(queue_.begin(), queue_.end(),
                 [this](const Item& a, const Item& b) { return later(a, b); });
}

PhraseSearch::Item PhraseSearch::pop() {
  std::pop_heap(queue_.begin(), queue_.end(),
                [this](const Item& a, const Item& b) { return later(a, b); });
  const Item item = queue_.back();
  queue_.pop_back();
  return item;
}

std::span<const Phrase> PhraseSearch::search(const model::Ngrams& ngrams, const State& state,
                                             const WordFilter& filter, std::size_t count,
                                             std::uint32_t words, std::size_t max_expansions) {
  ngrams_ = &ngrams;
  filter_ = filter;
  node_count_ = 0;
  queue_.clear();
  results_.clear();
  words = std::min(words, kMaxPhraseWords);
  if (count == 0 || words == 0) return {};
  open(state, {});
  while (!queue_.empty() && results_.size() < count) {
    const Item item = pop();
    const Node& node = nodes_[item.node];
    const Candidate taken = node.successors[node.next];
    const State before = node.state;
    Phrase phrase = node.phrase;
    queue_next(item.node);
    phrase.cost += step_cost(taken);
    if (phrase.length == 0) phrase.order = taken.order;
    const bool ended = taken.word == kSentenceEnd;
    if (!ended) phrase.words[phrase.length++] = taken.word;
    if (ended || phrase.length == words) {
      results_.push_back(phrase);
    } else if (node_count_ < max_expansions) {
      open(ngrams.advance(before, taken.word), phrase);
    } else {
      break;
    }
  }
  return results_;
}

void PhraseSearch::open(const State& state, const Phrase& phrase) {
  if (node_count_ == nodes_.size()) nodes_.emplace_back();
  Node& node = nodes_[node_count_];
  node.state = state;
  node.phrase = phrase;
  node.next = 0;
  node.successors.clear();
  fetch(node, kFirstFetch);
  ++node_count_;
  if (!node.successors.empty()) {
    push({phrase.cost + step_cost(node.successors[0]), static_cast<std::uint32_t>(node_count_ - 1),
          node.successors[0].word});
  }
}

void PhraseSearch::queue_next(std::uint32_t index) {
  Node& node = nodes_[index];
  if (++node.next == node.successors.size()) {
    if (node.successors.size() < node.fetched) return;  // There are no more.
    fetch(node, node.fetched * 4);
    if (node.next == node.successors.size()) return;
  }
  const Candidate& next = node.successors[node.next];
  push({node.phrase.cost + step_cost(next), index, next.word});
}

/// After the first word, the end of the sentence is a successor like any other.
void PhraseSearch::fetch(Node& node, std::uint32_t count) {
  const bool first = node.phrase.length == 0;
  const WordFilter filter =
      first ? filter_ : WordFilter{{kFirstWord, ngrams_->at(1).entries()}, filter_.hidden};
  const auto best = top_k_.search(*ngrams_, node.state, filter, count);
  node.successors.assign(best.begin(), best.end());
  node.fetched = count;
  if (first) return;
  Candidate end{0, kSentenceEnd, 0};
  end.cost = ngrams_->cost(node.state, kSentenceEnd, end.order);
  if (end.cost >= model::kImpossible) return;
  const auto at = std::upper_bound(node.successors.begin(), node.successors.end(), end,
                                   [](const Candidate& a, const Candidate& b) {
                                     return a.cost != b.cost ? a.cost < b.cost : a.word < b.word;
                                   });
  // Beyond the last one fetched it may not be the next: it then waits for a longer list.
  if (at != node.successors.end() || best.size() < count) node.successors.insert(at, end);
}

}  // namespace tercet::predict
