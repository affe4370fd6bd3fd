// Help for tests: a model written down as plain maps, packed by the real Packer, and the definition
// of its scores taken word by word.
#ifndef TERCET_MODEL_TESTING_H_
#define TERCET_MODEL_TESTING_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/sink.h"
#include "model/layout.h"
#include "model/model_data.h"
#include "model/notes.h"
#include "model/pack.h"

namespace tercet::model::testing {

using Gram = std::vector<WordId>;

struct Entry {
  std::uint16_t cost = 0;
  std::int32_t backoff = 0;  ///< Without the bias.
  bool is_context = false;
};

/// `levels[n - 1]` holds the n-grams; every prefix of an n-gram is there too.
struct Trie {
  std::uint32_t vocabulary = kFirstWord;
  CostScale scale;
  bool interpolated = true;
  std::vector<std::map<Gram, Entry>> levels;

  std::uint32_t order() const { return static_cast<std::uint32_t>(levels.size()); }
  const Entry* find(std::span<const WordId> gram) const {
    const auto& level = levels[gram.size() - 1];
    const auto at = level.find(Gram(gram.begin(), gram.end()));
    return at == level.end() ? nullptr : &at->second;
  }

  struct Answer {
    std::int32_t cost;
    std::uint8_t order;
  };
  /// By definition: from the longest usable context down.
  Answer answer(std::span<const WordId> history, WordId word) const {
    std::int32_t backoff = 0;
    for (std::size_t m = std::min<std::size_t>(history.size(), order() - 1); m > 0; --m) {
      const auto context = history.last(m);
      const Entry* const entry = find(context);
      if (entry == nullptr || !entry->is_context) continue;
      Gram gram(context.begin(), context.end());
      gram.push_back(word);
      if (const Entry* const found = find(gram); found != nullptr)
        return {sum(backoff, found->cost), static_cast<std::uint8_t>(m + 1)};
      backoff += entry->backoff;
    }
    return {sum(backoff, levels[0].at({word}).cost), 1};
  }

 private:
  static std::int32_t sum(std::int32_t backoff, std::uint16_t cost) {
    return cost == kNeverCost ? kImpossible : backoff + cost;
  }
};

/// A word that sorts as its id does.
inline std::string word_of(WordId id) {
  const std::string digits = std::to_string(id);
  return "w" + std::string(8 - digits.size(), '0') + digits;
}

inline std::vector<std::byte> pack(const Trie& trie, const Notes& notes = {}) {
  VocabularyImage vocabulary;
  for (const char* special : {"<unk>", "<s>", "</s>"}) vocabulary.add(special, WordClass::kSpecial);
  for (WordId id = kFirstWord; id < trie.vocabulary; ++id)
    vocabulary.add(word_of(id), WordClass::kToken);
  Parameters parameters;
  parameters.order = trie.order();
  parameters.vocabulary_size = trie.vocabulary;
  parameters.units_per_bit = trie.scale.units_per_bit;
  parameters.backoff_bias = trie.scale.backoff_bias;
  parameters.flags = kPlainTokens | (trie.interpolated ? kInterpolated : 0U);
  std::vector<std::uint64_t> contexts(trie.order());
  for (std::size_t i = 0; i < trie.levels.size(); ++i) {
    parameters.ngrams[i] = trie.levels[i].size();
    for (const auto& [gram, entry] : trie.levels[i]) contexts[i] += entry.is_context ? 1 : 0;
  }
  core::MemorySink sink;
  Packer packer(sink, parameters, contexts, vocabulary, notes);
  for (std::uint32_t n = 1; n <= trie.order(); ++n) {
    packer.begin_order(n);
    std::map<Gram, std::uint32_t> children;
    if (n < trie.order()) {
      for (const auto& [gram, entry] : trie.levels[n])
        ++children[Gram(gram.begin(), gram.end() - 1)];
    }
    for (const auto& [gram, entry] : trie.levels[n - 1]) {
      const auto own = children.find(gram);
      packer.add({gram.back(), entry.cost,
                  static_cast<std::uint16_t>(entry.backoff +
                                             static_cast<std::int32_t>(trie.scale.backoff_bias)),
                  own == children.end() ? 0 : own->second, entry.is_context});
    }
    EXPECT_TRUE(packer.end_order().ok());
  }
  EXPECT_TRUE(packer.finish().ok());
  return std::move(sink.bytes());
}

inline std::shared_ptr<const internal::ModelData> parse(std::span<const std::byte> bytes) {
  auto data = internal::ModelData::parse(bytes, "test", true, nullptr);
  EXPECT_TRUE(data.ok()) << (data.ok() ? "" : data.error().message);
  return data.ok() ? *data : nullptr;
}

/// What a random trie is like.
struct TrieShape {
  std::uint32_t order = 3;
  std::uint32_t vocabulary = 20;
  std::array<std::size_t, kMaxOrder> ngrams{};  ///< About how many of order 2 (index 1) and more.
  std::uint32_t cost_values = 3000;             ///< Costs are below this: few of them give ties.
  bool interpolated = true;
};

/// Random n-grams, closed under prefixes but not under suffixes, some contexts without children.
inline Trie random_trie(const TrieShape& shape, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  Trie trie;
  trie.vocabulary = shape.vocabulary;
  trie.interpolated = shape.interpolated;
  if (!shape.interpolated) trie.scale.backoff_bias = 4000;
  trie.levels.resize(shape.order);
  const auto cost = [&] { return static_cast<std::uint16_t>(random() % shape.cost_values); };
  const auto backoff = [&]() -> std::int32_t {
    const auto value = static_cast<std::int32_t>(random() % shape.cost_values);
    return shape.interpolated ? value : value - 1000;
  };
  for (WordId word = 0; word < shape.vocabulary; ++word)
    trie.levels[0][{word}] = {word == kSentenceBegin ? kNeverCost : cost(), 0, false};
  for (std::size_t n = 1; n < shape.order; ++n) {
    std::vector<Gram> parents;
    for (const auto& [gram, entry] : trie.levels[n - 1]) parents.push_back(gram);
    for (std::size_t i = 0; i < shape.ngrams[n] && !parents.empty(); ++i) {
      // Squared, so that a few contexts have many successors.
      const double at = static_cast<double>(random() % 100'000) / 100'000;
      Gram gram = parents[static_cast<std::size_t>(at * at * static_cast<double>(parents.size()))];
      if (gram.back() == kSentenceEnd) continue;
      Entry& parent = trie.levels[n - 1][gram];
      if (!parent.is_context) parent = {parent.cost, backoff(), true};
      gram.push_back(
          static_cast<WordId>(kSentenceEnd + random() % (shape.vocabulary - kSentenceEnd)));
      trie.levels[n][gram] = {cost(), 0, false};
    }
    if (n + 1 < shape.order) {
      for (auto& [gram, entry] : trie.levels[n])
        if (random() % 8 == 0) entry = {entry.cost, backoff(), true};  // Perhaps without children.
    }
  }
  if (!shape.interpolated) return trie;
  for (std::size_t n = 1; n < shape.order; ++n) {  // The max lemma's condition.
    for (auto& [gram, entry] : trie.levels[n]) {
      const auto lower = trie.answer(std::span(gram).subspan(1, n - 1), gram.back());
      const std::int32_t ceiling = lower.cost + trie.find(std::span(gram).first(n))->backoff;
      entry.cost = static_cast<std::uint16_t>(std::min<std::int32_t>(entry.cost, ceiling));
    }
  }
  return trie;
}

/// A history likely to be stored: the beginning of some n-gram, with or without noise around it.
inline Gram random_history(const Trie& trie, std::mt19937_64& random) {
  Gram history;
  for (std::uint64_t noise = random() % 3; noise > 0; --noise)
    history.push_back(static_cast<WordId>(random() % trie.vocabulary));
  const auto& level = trie.levels[random() % trie.levels.size()];
  if (!level.empty()) {
    auto at = level.begin();
    std::advance(at, static_cast<std::ptrdiff_t>(random() % level.size()));
    history.insert(history.end(), at->first.begin(), at->first.end());
    if (random() % 2 == 0) history.pop_back();
  }
  return history;
}

inline State state_after(const Ngrams& ngrams, std::span<const WordId> history) {
  State state;
  for (const WordId word : history) state = ngrams.advance(state, word);
  return state;
}

}  // namespace tercet::model::testing

#endif  // TERCET_MODEL_TESTING_H_
