#include "predict/phrases.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "model/testing.h"

namespace tercet::predict {
namespace {

using model::testing::Gram;
using model::testing::Trie;
using model::testing::TrieShape;

/// A phrase as its words, the sentence end it may stop at included: the order of ties.
struct Named {
  std::int32_t cost;
  Gram words;
  std::uint8_t order;
  friend auto operator<=>(const Named&, const Named&) = default;
};

/// All phrases by definition.
void enumerate(const Trie& trie, Gram& history, const WordFilter& filter, std::uint32_t words,
               const Named& begun, std::vector<Named>& out) {
  const bool first = begun.words.empty();
  for (WordId word = kSentenceEnd; word < trie.vocabulary; ++word) {
    const bool end = word == kSentenceEnd;
    if (first ? (end || word < filter.range.begin || word >= filter.range.end) : false) continue;
    if (!end && filter.hidden != nullptr && filter.hidden->contains(word)) continue;
    const auto answer = trie.answer(history, word);
    Named phrase = begun;
    phrase.cost += answer.cost;
    phrase.words.push_back(word);
    if (first) phrase.order = answer.order;
    if (end || phrase.words.size() == words) {
      out.push_back(phrase);
      continue;
    }
    history.push_back(word);
    enumerate(trie, history, filter, words, phrase, out);
    history.pop_back();
  }
}

Named named(const Phrase& phrase, std::uint32_t words) {
  Named out{
      phrase.cost, {phrase.words.begin(), phrase.words.begin() + phrase.length}, phrase.order};
  if (phrase.length < words) out.words.push_back(kSentenceEnd);
  return out;
}

TrieShape any_shape() {
  TrieShape shape;
  shape.order = *rc::gen::inRange<std::uint32_t>(1, 5);
  shape.vocabulary = *rc::gen::inRange<std::uint32_t>(kFirstWord + 1, 16);
  for (std::size_t n = 1; n < 4; ++n) shape.ngrams[n] = *rc::gen::inRange<std::size_t>(0, 100);
  shape.cost_values = *rc::gen::element(6U, 3000U);
  return shape;
}

RC_GTEST_PROP(PhraseSearch, EqualsEnumeration, (std::uint64_t seed)) {
  const Trie trie = model::testing::random_trie(any_shape(), seed);
  const auto bytes = model::testing::pack(trie);
  const auto data = model::testing::parse(bytes);
  std::mt19937_64 random(seed);
  WordSet hidden(trie.vocabulary);
  for (WordId word = 0; word < kFirstWord; ++word) hidden.insert(word);
  hidden.insert(static_cast<WordId>(random() % trie.vocabulary));
  PhraseSearch search;
  for (int i = 0; i < 5; ++i) {
    Gram history = model::testing::random_history(trie, random);
    const State state = model::testing::state_after(data->ngrams(), history);
    const auto begin = *rc::gen::inRange<WordId>(kFirstWord, trie.vocabulary);
    const auto end = *rc::gen::inRange<WordId>(begin, trie.vocabulary + 1);
    const WordFilter filter{{begin, end}, &hidden};
    const auto words = *rc::gen::inRange<std::uint32_t>(1, 4);
    const auto count = *rc::gen::element<std::size_t>(0, 1, 3, 10, 50, 100'000);
    std::vector<Named> expected;
    enumerate(trie, history, filter, words, {0, {}, 0}, expected);
    std::sort(expected.begin(), expected.end());
    if (expected.size() > count) expected.resize(count);
    std::vector<Named> got;
    for (const Phrase& phrase : search.search(data->ngrams(), state, filter, count, words))
      got.push_back(named(phrase, words));
    RC_ASSERT(got == expected);
  }
}

RC_GTEST_PROP(PhraseSearch, StopsAtTheLimitWithExactResults, (std::uint64_t seed)) {
  const Trie trie = model::testing::random_trie(any_shape(), seed);
  const auto bytes = model::testing::pack(trie);
  const auto data = model::testing::parse(bytes);
  PhraseSearch search;
  WordSet hidden(trie.vocabulary);
  for (WordId word = 0; word < kFirstWord; ++word) hidden.insert(word);
  const WordFilter filter{{kFirstWord, trie.vocabulary}, &hidden};
  const auto copy = [](std::span<const Phrase> phrases, std::uint32_t words) {
    std::vector<Named> out;
    for (const Phrase& phrase : phrases) out.push_back(named(phrase, words));
    return out;
  };
  const auto all = copy(search.search(data->ngrams(), State{}, filter, 40, 4), 4);
  const auto limit = *rc::gen::inRange<std::size_t>(1, 30);
  const auto some = copy(search.search(data->ngrams(), State{}, filter, 40, 4, limit), 4);
  RC_ASSERT(some.size() <= all.size());
  RC_ASSERT(std::equal(some.begin(), some.end(), all.begin()));
}

TEST(PhraseSearch, LongPhrasesAreCutToTheMost) {
  TrieShape shape;
  shape.vocabulary = 6;
  Trie trie = model::testing::random_trie(shape, 7);
  trie.levels[0][{kSentenceEnd}].cost = 60'000;  // Never worth it within 16 words.
  trie.levels[1].clear();
  trie.levels[2].clear();
  for (auto& [gram, entry] : trie.levels[0]) entry.is_context = false;
  for (WordId word = kFirstWord; word < 6; ++word)
    trie.levels[0][{word}].cost = word == 4 ? 1 : 5000;
  const auto bytes = model::testing::pack(trie);
  const auto data = model::testing::parse(bytes);
  PhraseSearch search;
  const auto found =
      search.search(data->ngrams(), State{}, {{kFirstWord, 6}, nullptr}, 1, 1'000'000);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].length, kMaxPhraseWords);
  EXPECT_EQ(found[0].cost, 16);
  EXPECT_TRUE(search.search(data->ngrams(), State{}, {{kFirstWord, 6}, nullptr}, 5, 0).empty());
}

}  // namespace
}  // namespace tercet::predict
