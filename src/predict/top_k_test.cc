#include "predict/top_k.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <limits>
#include <random>
#include <vector>

#include "model/testing.h"

namespace tercet::predict {
namespace {

using model::testing::Gram;
using model::testing::Trie;
using model::testing::TrieShape;

/// The answer by definition: every word's cost, sorted by cost, then id.
std::vector<Candidate> brute_force(const Trie& trie, const Gram& history, const WordFilter& filter,
                                   std::size_t count) {
  std::vector<Candidate> all;
  for (WordId word = filter.range.begin; word < std::min(filter.range.end, trie.vocabulary);
       ++word) {
    const auto answer = trie.answer(history, word);
    if (answer.cost >= model::kImpossible) continue;
    if (filter.hidden != nullptr && filter.hidden->contains(word)) continue;
    all.push_back({answer.cost, word, answer.order});
  }
  std::sort(all.begin(), all.end(), [](const Candidate& a, const Candidate& b) {
    return a.cost != b.cost ? a.cost < b.cost : a.word < b.word;
  });
  if (all.size() > count) all.resize(count);
  return all;
}

WordRange any_range(std::uint32_t vocabulary) {
  const auto a = *rc::gen::inRange<WordId>(0, vocabulary + 2);
  const auto b = *rc::gen::inRange<WordId>(0, vocabulary + 2);
  return *rc::gen::element(WordRange{0, vocabulary}, WordRange{kFirstWord, vocabulary},
                           WordRange{std::min(a, b), std::max(a, b)}, WordRange{a, a + 1},
                           WordRange{std::max(a, b) + 1, std::min(a, b)});
}

void compare(const Trie& trie, const model::Ngrams& ngrams, std::uint64_t seed, int queries) {
  WordSet hidden(trie.vocabulary);
  std::mt19937_64 random(seed);
  for (std::uint32_t i = 0; i < trie.vocabulary / 4; ++i)
    hidden.insert(static_cast<WordId>(random() % trie.vocabulary));
  TopK top_k;
  for (int i = 0; i < queries; ++i) {
    const Gram history = model::testing::random_history(trie, random);
    const State state = model::testing::state_after(ngrams, history);
    const WordFilter filter{any_range(trie.vocabulary),
                            *rc::gen::arbitrary<bool>() ? &hidden : nullptr};
    const auto count = *rc::gen::element<std::size_t>(0, 1, 2, 3, 10, trie.vocabulary, 100'000);
    const auto got = top_k.search(ngrams, state, filter, count);
    const auto expected = brute_force(trie, history, filter, count);
    RC_ASSERT(std::vector(got.begin(), got.end()) == expected);
  }
}

TrieShape any_shape() {
  TrieShape shape;
  shape.order = *rc::gen::inRange<std::uint32_t>(1, kMaxOrder + 1);
  shape.vocabulary = *rc::gen::inRange<std::uint32_t>(kFirstWord + 1, 150);
  for (std::size_t n = 1; n < kMaxOrder; ++n)
    shape.ngrams[n] = *rc::gen::inRange<std::size_t>(0, 400);
  shape.cost_values = *rc::gen::element(5U, 3000U);  // Five: nearly all costs tie.
  shape.interpolated = *rc::gen::arbitrary<bool>();
  return shape;
}

RC_GTEST_PROP(TopK, EqualsBruteForce, (std::uint64_t seed)) {
  const Trie trie = model::testing::random_trie(any_shape(), seed);
  const auto bytes = model::testing::pack(trie);
  compare(trie, model::testing::parse(bytes)->ngrams(), seed, 20);
}

/// Lists long enough for whole blocks and superblocks to be skipped.
class LongLists : public ::testing::TestWithParam<bool> {};

TEST_P(LongLists, EqualBruteForce) {
  TrieShape shape;
  shape.vocabulary = 20'000;
  shape.ngrams = {0, 60'000, 60'000};
  shape.cost_values = 60'000;
  shape.interpolated = GetParam();
  Trie trie = model::testing::random_trie(shape, 5);
  // A stretch that no small list can want, so that its minima matter.
  for (WordId word = 5000; word < 15'000; ++word)
    trie.levels[0][{word}].cost = static_cast<std::uint16_t>(60'000 + word % 5000);
  const auto bytes = model::testing::pack(trie);
  const auto data = model::testing::parse(bytes);
  EXPECT_TRUE(rc::check([&](std::uint64_t seed) { compare(trie, data->ngrams(), seed, 1); }));
}
INSTANTIATE_TEST_SUITE_P(TopK, LongLists, ::testing::Bool());

TEST(TopK, AnyCountIsServed) {
  const Trie trie = model::testing::random_trie({}, 6);
  const auto bytes = model::testing::pack(trie);
  const auto data = model::testing::parse(bytes);
  TopK top_k;
  const WordFilter filter{{0, trie.vocabulary}, nullptr};
  for (const std::size_t count :
       {std::numeric_limits<std::size_t>::max(), std::numeric_limits<std::size_t>::max() - 1,
        std::numeric_limits<std::size_t>::max() / 12, std::size_t{1} << 40}) {
    EXPECT_EQ(top_k.search(data->ngrams(), State{}, filter, count).size(), trie.vocabulary - 1);
  }
}

RC_GTEST_PROP(WordSet, IsASet, (const std::vector<std::uint8_t>& words)) {
  WordSet set(200);
  std::vector<bool> naive(300);
  for (const std::uint8_t word : words) {
    if (word >= 200) continue;
    naive[word] = true;
    set.insert(word);
  }
  for (WordId word = 0; word < 300; ++word) RC_ASSERT(set.contains(word) == naive[word]);
  RC_ASSERT(!set.contains(0xFFFF'FFFF));
}

}  // namespace
}  // namespace tercet::predict
