#include "predict/posterior_search.h"

#include <algorithm>

#include "model/layout.h"

namespace tercet::predict {

std::span<const Weighed> PosteriorSearch::top(const MixtureFilter& filter, std::size_t count) {
  best_.clear();
  count_ = count;
  if (count == 0) return {};
  visit_known(filter);
  visit_unknown(filter);
  return best_;
}

void PosteriorSearch::visit_known(const MixtureFilter& filter) {
  const auto visit = [&](const PlaceWords::Known& known) {
    offer(filter, known.word, search_.posterior(known.word, known.of_model, known.probability));
  };
  const std::span<const PlaceWords::Known> all = words_.all();
  const auto from = [&](WordId word) {
    return std::lower_bound(
        all.begin(), all.end(), word,
        [](const PlaceWords::Known& known, WordId begin) { return known.word < begin; });
  };
  const WordRange range = filter.background().range;
  std::for_each(from(range.begin), from(std::max(range.begin, range.end)), visit);
  if (const std::vector<WordId>* const own = filter.own_words(); own != nullptr) {
    for (const WordId word : *own) {
      if (const PlaceWords::Known* const known = words_.find(word)) visit(*known);
    }
  } else {
    const WordId first = std::max(model_.ngrams().at(1).entries(), range.end);
    std::for_each(from(first), all.end(), visit);
  }
}

/// What no context knows has its share of the unigrams; a block is passed over if its best word
/// could not enter if it fitted best of all.
void PosteriorSearch::visit_unknown(const MixtureFilter& filter) {
  const model::Order& unigrams = model_.ngrams().at(1);
  const auto probability = [&](std::uint16_t cost) {
    return cost == model::kNeverCost ? 0 : words_.leftover() * model_.bins().probability(cost);
  };
  const WordRange range = filter.background().range;
  for (WordId word = range.begin; word < std::min(range.end, unigrams.entries());) {
    const std::uint32_t block = word / model::kEntriesPerBlock;
    const WordId end = std::min(range.end, (block + 1) * model::kEntriesPerBlock);
    if (probability(unigrams.block_minimum(block)) * most_fit_ < least()) {
      word = end;
      continue;
    }
    for (; word < std::min(end, unigrams.entries()); ++word) {
      const double of_word = probability(unigrams.cost(word));
      if (of_word * most_fit_ < least() || words_.find(word) != nullptr) continue;
      offer(filter, word, search_.posterior(word, of_word, of_word));
    }
  }
}

void PosteriorSearch::offer(const MixtureFilter& filter, WordId word, double score) {
  const Weighed candidate{score, word};
  if (score == 0 || (best_.size() == count_ && !better(candidate, best_.back()))) return;
  if (!filter.allows(word)) return;
  if (best_.size() == count_) best_.pop_back();
  best_.insert(std::upper_bound(best_.begin(), best_.end(), candidate, better), candidate);
}

}  // namespace tercet::predict
