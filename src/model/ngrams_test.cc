#include "model/ngrams.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "model/testing.h"

namespace tercet::model {
namespace {

using testing::Gram;
using testing::Trie;
using testing::TrieShape;

TrieShape any_shape() {
  TrieShape shape;
  shape.order = *rc::gen::inRange<std::uint32_t>(1, kMaxOrder + 1);
  shape.vocabulary = *rc::gen::inRange<std::uint32_t>(kFirstWord + 1, 40);
  for (std::size_t n = 1; n < kMaxOrder; ++n)
    shape.ngrams[n] = *rc::gen::inRange<std::size_t>(0, 150);
  shape.interpolated = *rc::gen::arbitrary<bool>();
  return shape;
}

RC_GTEST_PROP(Packer, EveryEntryComesBack, (std::uint64_t seed)) {
  const Trie trie = testing::random_trie(any_shape(), seed);
  const auto bytes = testing::pack(trie);
  const auto data = testing::parse(bytes);
  const Ngrams& ngrams = data->ngrams();
  RC_ASSERT(ngrams.order() == trie.order());
  RC_ASSERT(ngrams.interpolated() == trie.interpolated);
  for (std::uint32_t n = 1; n <= trie.order(); ++n) {
    const Order& order = ngrams.at(n);
    RC_ASSERT(order.entries() == trie.levels[n - 1].size());
    std::uint32_t at = 0;
    std::uint32_t contexts = 0;
    std::uint32_t children_before = 0;
    for (const auto& [gram, entry] : trie.levels[n - 1]) {
      RC_ASSERT(order.word(at) == gram.back());
      RC_ASSERT(order.cost(at) == entry.cost);
      if (n < trie.order()) {
        // context_of is the rank among the contexts, and the children follow one another.
        RC_ASSERT(order.context_of(at) == (entry.is_context ? contexts : State::kAbsent));
        if (entry.is_context) {
          const Context context = ngrams.context(n, contexts++);
          RC_ASSERT(context.backoff == entry.backoff);
          RC_ASSERT(context.children.begin == children_before);
          const auto& below = trie.levels[n];
          children_before += static_cast<std::uint32_t>(
              std::count_if(below.begin(), below.end(), [&begin = gram](const auto& child) {
                return std::equal(begin.begin(), begin.end(), child.first.begin());
              }));
          RC_ASSERT(context.children.end == children_before);
        }
      }
      ++at;
    }
    if (n < trie.order()) RC_ASSERT(order.contexts() == contexts);
  }
}

RC_GTEST_PROP(Ngrams, CostsAreThoseOfTheDefinition, (std::uint64_t seed)) {
  const Trie trie = testing::random_trie(any_shape(), seed);
  const auto bytes = testing::pack(trie);
  const auto data = testing::parse(bytes);
  std::mt19937_64 random(seed);
  for (int i = 0; i < 20; ++i) {
    const Gram history = testing::random_history(trie, random);
    const State state = testing::state_after(data->ngrams(), history);
    for (WordId word = 0; word < trie.vocabulary; ++word) {
      std::uint8_t order = 0;
      const std::int32_t cost = data->ngrams().cost(state, word, order);
      const auto expected = trie.answer(history, word);
      RC_ASSERT(cost == expected.cost);
      RC_ASSERT(order == expected.order);
    }
  }
}

RC_GTEST_PROP(Ngrams, StepIsCostAndAdvance, (std::uint64_t seed)) {
  const Trie trie = testing::random_trie(any_shape(), seed);
  const auto bytes = testing::pack(trie);
  const auto data = testing::parse(bytes);
  std::mt19937_64 random(seed);
  for (int i = 0; i < 20; ++i) {
    const State state = testing::state_after(data->ngrams(), testing::random_history(trie, random));
    for (WordId word = 0; word <= trie.vocabulary; ++word) {  // The last is none of its words.
      const Step step = data->ngrams().step(state, word);
      std::uint8_t order = 0;
      RC_ASSERT(step.cost == data->ngrams().cost(state, word, order));
      RC_ASSERT(step.order == order);
      RC_ASSERT(step.next == data->ngrams().advance(state, word));
    }
  }
}

RC_GTEST_PROP(Ngrams, StateHoldsExactlyTheStoredContexts, (std::uint64_t seed)) {
  const Trie trie = testing::random_trie(any_shape(), seed);
  const auto bytes = testing::pack(trie);
  const auto data = testing::parse(bytes);
  std::mt19937_64 random(seed);
  const Gram history = testing::random_history(trie, random);
  const State state = testing::state_after(data->ngrams(), history);
  std::uint32_t longest = 0;
  for (std::uint32_t m = 1; m < trie.order(); ++m) {
    const testing::Entry* const entry =
        m <= history.size() ? trie.find(std::span(history).last(m)) : nullptr;
    const bool stored = entry != nullptr && entry->is_context;
    RC_ASSERT((state.context[m - 1] != State::kAbsent) == stored);
    if (stored) longest = m;
  }
  RC_ASSERT(state.length == longest);
}

void expect_searches_like_std(const Order& order, EntryRange range, WordId vocabulary) {
  std::vector<WordId> words;
  for (std::uint32_t i = range.begin; i < range.end; ++i) words.push_back(order.word(i));
  for (WordId word = 0; word < vocabulary + 2; ++word) {
    const auto bound = std::lower_bound(words.begin(), words.end(), word);
    const auto at = range.begin + static_cast<std::uint32_t>(bound - words.begin());
    const bool found = bound != words.end() && *bound == word;
    ASSERT_EQ(order.lower_bound(range, word), at);
    ASSERT_EQ(order.find(range, word), found ? at : kNoEntry);
  }
}

RC_GTEST_PROP(Order, LowerBoundAndFindAreThoseOfStd, (std::uint64_t seed)) {
  TrieShape shape;
  shape.order = 2;
  shape.vocabulary = *rc::gen::inRange<std::uint32_t>(kFirstWord + 1, 400);
  shape.ngrams[1] = *rc::gen::inRange<std::size_t>(0, 2000);
  const Trie trie = testing::random_trie(shape, seed);
  const auto bytes = testing::pack(trie);
  const auto data = testing::parse(bytes);
  for (std::uint32_t n = 1; n <= 2; ++n) {
    const Context context =
        n == 1 ? data->ngrams().context(State{}, 0)
               : data->ngrams().context(1, static_cast<std::uint32_t>(seed % shape.vocabulary));
    const auto offset = *rc::gen::inRange<std::uint32_t>(0, context.children.size() + 1);
    expect_searches_like_std(data->ngrams().at(n),
                             {context.children.begin + offset, context.children.end},
                             shape.vocabulary);
  }
}

TEST(Order, WordsThatLieCloseTogetherAreFoundToo) {
  constexpr WordId kWords = 5000;
  for (const WordId dense : {kFirstWord, WordId{2000}, WordId{4500}}) {
    Trie trie = testing::random_trie({.order = 2, .vocabulary = kWords}, 1);
    trie.levels[0][{kFirstWord}].is_context = true;
    for (WordId word = kFirstWord; word < kWords; ++word) {
      if (word % 97 == 0 || (word >= dense && word < dense + 500))
        trie.levels[1][{kFirstWord, word}] = {1, 0, false};
    }
    const auto bytes = testing::pack(trie);
    const auto data = testing::parse(bytes);
    const State state = testing::state_after(data->ngrams(), Gram{kFirstWord});
    const EntryRange range = data->ngrams().context(state, 1).children;
    ASSERT_GT(range.size(), 500U);
    expect_searches_like_std(data->ngrams().at(2), range, kWords);
  }
}

TEST(Order, MinimaCoverTheirBlocks) {
  TrieShape shape;
  shape.order = 2;
  shape.vocabulary = 9000;
  shape.ngrams[1] = 10'000;
  const auto bytes = testing::pack(testing::random_trie(shape, 1));
  const auto data = testing::parse(bytes);
  for (std::uint32_t n = 1; n <= 2; ++n) {
    const Order& order = data->ngrams().at(n);
    std::vector<std::uint16_t> blocks(divide_up(order.entries(), 64), kNeverCost);
    std::vector<std::uint16_t> superblocks(divide_up(order.entries(), 4096), kNeverCost);
    for (std::uint32_t i = 0; i < order.entries(); ++i) {
      blocks[i / 64] = std::min(blocks[i / 64], order.cost(i));
      superblocks[i / 4096] = std::min(superblocks[i / 4096], order.cost(i));
    }
    ASSERT_GT(superblocks.size(), 1U);
    for (std::uint32_t b = 0; b < blocks.size(); ++b) EXPECT_EQ(order.block_minimum(b), blocks[b]);
    for (std::uint32_t b = 0; b < superblocks.size(); ++b)
      EXPECT_EQ(order.superblock_minimum(b), superblocks[b]);
  }
}

TEST(Packer, NotesComeBack) {
  const Notes notes{{"language", "ru"}, {"smoothing", "katz"}};
  const auto bytes = testing::pack(testing::random_trie({}, 2), notes);
  EXPECT_EQ(testing::parse(bytes)->info().notes, notes);
}

/// Fails from the n-th write on.
class FailingSink final : public core::Sink {
 public:
  explicit FailingSink(int writes) : writes_(writes) {}
  Status write_at(std::uint64_t, std::span<const std::byte>) override {
    if (writes_-- > 0) return {};
    return Error{ErrorCode::kIo, "disk full"};
  }
  int left() const { return writes_; }

 private:
  int writes_;
};

TEST(Packer, TheFirstErrorSticks) {
  Parameters parameters;
  parameters.order = 1;
  parameters.vocabulary_size = 3;
  parameters.units_per_bit = 1;
  parameters.ngrams[0] = 3;
  VocabularyImage vocabulary;
  for (const char* word : {"<unk>", "<s>", "</s>"}) vocabulary.add(word, WordClass::kSpecial);
  const std::vector<std::uint64_t> contexts(1);
  int successes = 0;
  for (int writes = 0; writes < 20; ++writes) {
    FailingSink sink(writes);
    Packer packer(sink, parameters, contexts, vocabulary, {});
    packer.begin_order(1);
    for (WordId id = 0; id < 3; ++id) packer.add({id, 0, 0, 0, false});
    const Status order = packer.end_order();
    const Status end = packer.finish();
    if (end.ok()) {
      ++successes;
      EXPECT_GE(sink.left(), 0);
      continue;
    }
    EXPECT_EQ(successes, 0);
    EXPECT_EQ(end.error().message, "disk full");
    EXPECT_FALSE(packer.finish().ok());
  }
  EXPECT_GT(successes, 0);
}

}  // namespace
}  // namespace tercet::model
