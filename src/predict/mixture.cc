#include "predict/mixture.h"

#include <algorithm>

namespace tercet::predict {
namespace {

constexpr double kDiscount = 0.75;
constexpr std::size_t kFirstExtra = 8;

bool better(const Weighed& a, const Weighed& b) noexcept {
  return a.probability != b.probability ? a.probability > b.probability : a.word < b.word;
}

double discounted(std::uint32_t count) noexcept { return count == 0 ? 0 : count - kDiscount; }

/// Bounds and scores add the same terms in different orders.
constexpr double kRounding = 1 + 1e-9;

}  // namespace

Mixture::Mixture(const model::Ngrams& ngrams, const MixtureWeights& weights)
    : ngrams_(ngrams), weights_(weights) {
  begin_sentence();
}

void Mixture::begin_sentence() {
  history_.assign(1, kSentenceBegin);
  state_ = ngrams_.advance(State{}, kSentenceBegin);
  prepare();
}

void Mixture::accept(WordId word) {
  person_.add(history_, word);
  if (word == kSentenceEnd) return begin_sentence();
  history_.push_back(word);
  if (history_.size() == PersonalNgrams::kOrder) history_.erase(history_.begin());
  state_ = ngrams_.advance(state_, word < vocabulary_size() ? word : kUnknown);
  prepare();
}

void Mixture::prepare() {
  const PersonalNgrams::Chain chain = person_.find(history_);
  const PersonalWords& words = person_.words();
  level_count_ = chain.size;
  background_scale_ = 1;
  word_scale_ = recent_scale_ = 0;
  if (words.size() == 0) return;
  const double person = weights_.person[chain.longest];
  const double recent = weights_.recent[chain.longest];
  double left = person;  // For the levels below.
  for (std::uint32_t i = 0; i < chain.size; ++i) {
    const PersonalNgrams::Context& context = *chain.contexts[i];
    levels_[i] = {&context, left / context.total, 0};
    left *= kDiscount * static_cast<double>(context.successors.size()) / context.total;
  }
  // A word's first occurrence is new to every context, so all words have a count.
  const auto total = static_cast<double>(words.total_count());
  word_scale_ = left / total;
  left *= kDiscount * static_cast<double>(words.size()) / total;
  recent_scale_ = recent / words.total_weight();
  background_scale_ = 1 - person - recent + left;

  double rest = word_scale_ * discounted(words.most_count()) + recent_scale_ * words.most_weight();
  for (std::uint32_t i = level_count_; i-- > 0;) {
    levels_[i].rest = rest;
    rest += levels_[i].scale * discounted(levels_[i].context->most);
  }
}

double Mixture::background(WordId word) const noexcept {
  if (word >= vocabulary_size()) return 0;
  std::uint8_t ignored = 0;
  return ngrams_.scale().probability(ngrams_.cost(state_, word, ignored));
}

double Mixture::score(WordId word, double background) const noexcept {
  double sum = background_scale_ * background;
  for (std::uint32_t i = 0; i < level_count_; ++i)
    sum += levels_[i].scale * discounted(levels_[i].context->count(word));
  if (const PersonalWords::Entry* entry = person_.words().find(word))
    sum += word_scale_ * discounted(entry->count) + recent_scale_ * entry->weight;
  return sum;
}

double Mixture::probability(WordId word) const noexcept { return score(word, background(word)); }

std::span<const Weighed> Mixture::top(const MixtureFilter& filter, std::size_t count) {
  count_ = count;
  if (count == 0) return {};
  for (std::size_t wanted = count + kFirstExtra;; wanted *= 4) {
    best_.clear();
    const bool all = visit_background(filter, wanted);
    for (std::uint32_t i = 0; i < level_count_; ++i) visit_level(filter, levels_[i]);
    visit_words(filter);
    // What the background's list does not hold, and the person has not written, is no better.
    if (all || (best_.size() == count_ && best_.back().probability > frontier_ * kRounding))
      return best_;
  }
}

/// Returns whether that was all that the background model has.
bool Mixture::visit_background(const MixtureFilter& filter, std::size_t wanted) {
  const auto list = top_k_.search(ngrams_, state_, filter.background(), wanted);
  for (const Candidate& candidate : list)
    offer(candidate.word, ngrams_.scale().probability(candidate.cost));
  const bool all = list.size() < wanted;
  frontier_ = all ? 0 : background_scale_ * ngrams_.scale().probability(list.back().cost);
  return all;
}

void Mixture::visit_level(const MixtureFilter& filter, const Level& level) {
  for (const PersonalNgrams::Successor& successor : level.context->successors) {
    if (hopeless(level.scale * discounted(successor.count) + level.rest)) continue;
    if (filter.allows(successor.word)) offer(successor.word, background(successor.word));
  }
}

void Mixture::visit_words(const MixtureFilter& filter) {
  for (const PersonalWords::Block& block : person_.words().blocks()) {
    if (hopeless(word_scale_ * discounted(block.most_count) + recent_scale_ * block.most_weight))
      continue;
    for (const PersonalWords::Entry& entry : block.entries) {
      if (hopeless(word_scale_ * discounted(entry.count) + recent_scale_ * entry.weight)) continue;
      if (filter.allows(entry.word)) offer(entry.word, background(entry.word));
    }
  }
}

bool Mixture::hopeless(double bound) const noexcept {
  return best_.size() == count_ && (bound + frontier_) * kRounding < best_.back().probability;
}

void Mixture::offer(WordId word, double background) {
  const Weighed candidate{score(word, background), word};
  if (best_.size() == count_ && !better(candidate, best_.back())) return;
  if (std::any_of(best_.begin(), best_.end(),
                  [word](const Weighed& other) { return other.word == word; }))
    return;
  best_.insert(std::upper_bound(best_.begin(), best_.end(), candidate, better), candidate);
  if (best_.size() > count_) best_.pop_back();
}

}  // namespace tercet::predict
