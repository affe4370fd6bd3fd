#include "predict/personal_ngrams.h"

#include <algorithm>

namespace tercet::predict {
namespace {

bool before(const PersonalNgrams::Successor& successor, WordId word) noexcept {
  return successor.word < word;
}

/// True if the word is new to the context.
bool count_in(PersonalNgrams::Context& context, WordId word) {
  auto at = std::lower_bound(context.successors.begin(), context.successors.end(), word, before);
  const bool is_new = at == context.successors.end() || at->word != word;
  if (is_new) at = context.successors.insert(at, {word, 0});
  ++at->count;
  ++context.total;
  context.most = std::max(context.most, at->count);
  return is_new;
}

}  // namespace

std::uint32_t PersonalNgrams::Context::count(WordId word) const noexcept {
  const auto at = std::lower_bound(successors.begin(), successors.end(), word, before);
  return at != successors.end() && at->word == word ? at->count : 0;
}

std::size_t PersonalNgrams::Hash::operator()(const Key& key) const noexcept {
  std::uint64_t hash = key.length;
  for (const WordId word : key.words) {
    hash = (hash ^ word) * 0x9E37'79B9'7F4A'7C15U;
    hash ^= hash >> 29;
  }
  return static_cast<std::size_t>(hash);
}

PersonalNgrams::Key PersonalNgrams::key_of(std::span<const WordId> history,
                                           std::uint32_t length) noexcept {
  Key key;
  key.length = length;
  std::copy_n(history.end() - length, length, key.words.begin());
  return key;
}

void PersonalNgrams::add(std::span<const WordId> history, WordId word) {
  bool counts = true;
  for (auto length = static_cast<std::uint32_t>(std::min<std::size_t>(history.size(), kOrder - 1));
       length > 0 && counts; --length)
    counts = count_in(contexts_[key_of(history, length)], word);
  words_.add(word, counts);
}

PersonalNgrams::Chain PersonalNgrams::find(std::span<const WordId> history) const {
  Chain chain;
  for (auto length = static_cast<std::uint32_t>(std::min<std::size_t>(history.size(), kOrder - 1));
       length > 0; --length) {
    const auto found = contexts_.find(key_of(history, length));
    if (found == contexts_.end()) continue;
    chain.longest = std::max(chain.longest, length);
    chain.contexts[chain.size++] = &found->second;
  }
  return chain;
}

}  // namespace tercet::predict
