#include "predict/place_words.h"

#include <algorithm>

#include "predict/lane_search.h"

namespace tercet::predict {
namespace {

bool before(const PlaceWords::Known& known, WordId word) noexcept { return known.word < word; }

}  // namespace

void PlaceWords::look(const Mixture& mixture, const Mixture::Place& place) {
  collect(place.context.state, place.background_scale);
  add_person(mixture, place);
}

/// All words of the state's contexts, each as the longest has it.
void PlaceWords::collect(const State& state, double scale) {
  const model::Ngrams& ngrams = model_.ngrams();
  known_.clear();
  std::int32_t backoff = 0;
  for (std::uint32_t m = std::min(state.length, ngrams.order() - 1); m > 0; --m) {
    const model::Context context = ngrams.context(state, m);
    const model::Order& order = ngrams.at(m + 1);
    merged_.clear();
    auto known = known_.begin();
    for (std::uint32_t entry = context.children.begin; entry < context.children.end; ++entry) {
      const WordId word = order.word(entry);
      while (known != known_.end() && known->word < word) merged_.push_back(*known++);
      if (known != known_.end() && known->word == word) continue;
      const double probability =
          order.cost(entry) == model::kNeverCost
              ? 0
              : scale * model_.bins().probability(backoff + order.cost(entry));
      merged_.push_back({word, probability, probability, static_cast<std::uint8_t>(m)});
    }
    merged_.insert(merged_.end(), known, known_.end());
    known_.swap(merged_);
    backoff += context.backoff;
  }
  leftover_ = scale * model_.bins().probability(backoff);
}

void PlaceWords::add_person(const Mixture& mixture, const Mixture::Place& place) {
  merged_.clear();
  auto known = known_.begin();
  for (const PersonalWords::Block& block : mixture.words().blocks()) {
    for (const PersonalWords::Entry& entry : block.entries) {
      while (known != known_.end() && known->word < entry.word) merged_.push_back(*known++);
      const bool is_known = known != known_.end() && known->word == entry.word;
      const double unigram = leftover_ * model_.unigram(entry.word);
      Known word = is_known ? *known++ : Known{entry.word, unigram, unigram, 0};
      word.probability += mixture.personal(place, entry);
      word.attested = static_cast<std::uint8_t>(longest_followed(place, word.word, word.attested));
      merged_.push_back(word);
    }
  }
  merged_.insert(merged_.end(), known, known_.end());
  known_.swap(merged_);
}

const PlaceWords::Known* PlaceWords::find(WordId word) const noexcept {
  const auto at = std::lower_bound(known_.begin(), known_.end(), word, before);
  return at != known_.end() && at->word == word ? &*at : nullptr;
}

}  // namespace tercet::predict
