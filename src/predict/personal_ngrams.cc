#include "predict/personal_ngrams.h"

#include <algorithm>

#include "predict/hash.h"

namespace tercet::predict {
namespace {

/// In front of contexts shorter than the longest; no word has this id.
constexpr WordId kNoWord = 0xFFFF'FFFF;
/// A paragraph's contexts.
constexpr std::size_t kFirstSlots = 512;

bool before(const PersonalNgrams::Successor& successor, WordId word) noexcept {
  return successor.word < word;
}

template <class Successors>
auto position_of(Successors& successors, WordId word) noexcept {
  return std::lower_bound(successors.begin(), successors.end(), word, before);
}

/// True if the word is new to the layer's context.
bool count_in(PersonalNgrams::Context& context, WordId word, std::size_t layer) {
  auto at = position_of(context.successors, word);
  if (at == context.successors.end() || at->word != word)
    at = context.successors.insert(at, {word, {}});
  PersonalNgrams::Tally& tally = context.tallies[layer];
  const std::uint32_t count = ++at->counts[layer];
  ++tally.total;
  tally.types += count == 1 ? 1 : 0;
  tally.most = std::max(tally.most, count);
  return count == 1;
}

/// True if the layer's context does not have the word any more.
bool count_out(PersonalNgrams::Context& context, WordId word, std::size_t layer) {
  const auto at = position_of(context.successors, word);
  PersonalNgrams::Tally& tally = context.tallies[layer];
  --tally.total;
  if (--at->counts[layer] != 0) return false;
  --tally.types;
  if (at->counts == LayerCounts{}) context.successors.erase(at);
  return true;
}

}  // namespace

LayerCounts PersonalNgrams::Context::counts(WordId word) const noexcept {
  const auto at = position_of(successors, word);
  return at != successors.end() && at->word == word ? at->counts : LayerCounts{};
}

std::span<const PersonalNgrams::Successor> PersonalNgrams::Context::among(
    WordRange range) const noexcept {
  return {position_of(successors, range.begin), position_of(successors, range.end)};
}

PersonalNgrams::Key PersonalNgrams::key_of(std::span<const WordId> history,
                                           std::size_t length) noexcept {
  Key key;
  key.fill(kNoWord);
  std::copy(history.end() - static_cast<std::ptrdiff_t>(length), history.end(),
            key.end() - static_cast<std::ptrdiff_t>(length));
  return key;
}

/// Where the key is, or the free slot where it belongs.
std::size_t PersonalNgrams::slot_of(const Key& key) const noexcept {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash_words(key) & mask;
  while (slots_[slot] != 0 && contexts_[slots_[slot] - 1].key != key) slot = (slot + 1) & mask;
  return slot;
}

PersonalNgrams::Context* PersonalNgrams::find(const Key& key) noexcept {
  const std::uint32_t found = slots_.empty() ? 0 : slots_[slot_of(key)];
  return found == 0 ? nullptr : &contexts_[found - 1].context;
}

PersonalNgrams::Context& PersonalNgrams::find_or_add(const Key& key) {
  if (2 * contexts_.size() >= slots_.size()) grow();
  std::uint32_t& slot = slots_[slot_of(key)];
  if (slot == 0) {
    contexts_.push_back({key, {}});
    slot = static_cast<std::uint32_t>(contexts_.size());
  }
  return contexts_[slot - 1].context;
}

void PersonalNgrams::grow() {
  slots_.assign(std::max(kFirstSlots, 2 * slots_.size()), 0);
  for (std::uint32_t i = 0; i < contexts_.size(); ++i) slots_[slot_of(contexts_[i].key)] = i + 1;
}

void PersonalNgrams::add(std::span<const WordId> history, WordId word, Layer layer) {
  const auto of = static_cast<std::size_t>(layer);
  bool counts = true;
  for (std::size_t length = std::min<std::size_t>(history.size(), kOrder - 1); length > 0 && counts;
       --length)
    counts = count_in(find_or_add(key_of(history, length)), word, of);
  words_.add(word, layer, counts);
}

void PersonalNgrams::remove(std::span<const WordId> history, WordId word, Layer layer) {
  const auto of = static_cast<std::size_t>(layer);
  bool counted = true;
  for (std::size_t length = std::min<std::size_t>(history.size(), kOrder - 1);
       length > 0 && counted; --length)
    counted = count_out(*find(key_of(history, length)), word, of);
  words_.remove(word, layer, counted);
}

PersonalNgrams::Chain PersonalNgrams::find(std::span<const WordId> history) const noexcept {
  Chain chain;
  if (slots_.empty()) return chain;
  for (auto length = static_cast<std::uint32_t>(std::min<std::size_t>(history.size(), kOrder - 1));
       length > 0; --length) {
    const std::uint32_t found = slots_[slot_of(key_of(history, length))];
    if (found == 0) continue;
    const Context& context = contexts_[found - 1].context;
    if (context.successors.empty()) continue;
    for (std::size_t layer = 0; layer < kLayers; ++layer) {
      if (context.tallies[layer].total > 0)
        chain.longest[layer] = std::max(chain.longest[layer], length);
    }
    chain.lengths[chain.size] = length;
    chain.contexts[chain.size++] = &context;
  }
  return chain;
}

}  // namespace tercet::predict
