#include "train/adjust.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "os/testing.h"
#include "tercet/train.h"
#include "train/context.h"
#include "train/suffixes.h"

namespace tercet::train {
namespace {

using Gram = std::vector<WordId>;
using Sentence = std::vector<WordId>;

/// What is known of an n-gram by counting with maps.
struct Naive {
  std::uint64_t raw = 0;
  std::set<WordId> before;  ///< Different words that precede it.
};

/// One map per order; sentences are padded with `<s>` and `</s>`.
std::vector<std::map<Gram, Naive>> count_naively(const std::vector<Sentence>& sentences,
                                                 std::uint32_t order) {
  std::vector<std::map<Gram, Naive>> grams(order);
  for (const Sentence& words : sentences) {
    Sentence padded{kSentenceBegin};
    padded.insert(padded.end(), words.begin(), words.end());
    padded.push_back(kSentenceEnd);
    for (std::size_t i = 0; i < padded.size(); ++i) {
      for (std::size_t n = 1; n <= order && i + n <= padded.size(); ++n) {
        const auto begin = padded.begin() + static_cast<std::ptrdiff_t>(i);
        Naive& naive = grams[n - 1][Gram(begin, begin + static_cast<std::ptrdiff_t>(n))];
        ++naive.raw;
        if (i > 0) naive.before.insert(padded[i - 1]);
      }
    }
  }
  return grams;
}

struct Setup {
  std::uint32_t order;
  std::uint32_t vocabulary;
  AdjustOptions options;

  std::uint32_t value(const Gram& gram, const Naive& naive) const {
    if (gram == Gram{kSentenceBegin}) return 0;
    const bool raw =
        !options.continuation_counts || gram.size() == order || gram.front() == kSentenceBegin;
    return static_cast<std::uint32_t>(raw ? naive.raw : naive.before.size());
  }
  bool kept(const Gram& gram, const Naive& naive) const {
    return gram.size() == 1 || naive.raw > options.prune[gram.size() - 1];
  }
};

std::vector<Window<kMaxLimbs>> sorted_windows(const std::vector<Sentence>& sentences,
                                              const WindowShape& shape) {
  std::vector<Window<kMaxLimbs>> windows;
  for (const Sentence& words : sentences) {
    std::vector<WordCode> codes{kSentenceBegin + 1};
    for (const WordId word : words) codes.push_back(word + 1);
    codes.push_back(kSentenceEnd + 1);
    for (std::size_t i = 0; i < codes.size(); ++i) {
      Window<kMaxLimbs> window{};
      shape.pack(std::span(codes).subspan(i), i > 0 ? codes[i - 1] : kNoWord, window);
      windows.push_back(window);
    }
  }
  std::sort(windows.begin(), windows.end());
  return windows;
}

/// Cuts the windows into two shards by their first word, as two threads would.
std::vector<ShardCounts> adjust(const std::vector<Sentence>& sentences, const Setup& setup,
                                WordCode cut, bool merge_equal) {
  const os::testing::TemporaryDirectory directory;
  const WindowShape shape(setup.order, setup.vocabulary);
  const auto windows = sorted_windows(sentences, shape);
  std::vector<ShardCounts> shards;
  const std::pair<WordCode, WordCode> ranges[] = {{1, cut}, {cut, setup.vocabulary + 1}};
  for (const auto& [begin, end] : ranges) {
    Adjuster adjuster(shape, setup.options, begin, directory.path());
    for (std::size_t i = 0; i < windows.size();) {
      std::size_t next = i + 1;
      while (merge_equal && next < windows.size() && windows[next] == windows[i]) ++next;
      const WordCode first = shape.code(windows[i], 0);
      if (first >= begin && first < end) adjuster.add(windows[i], next - i);
      i = next;
    }
    auto counts = adjuster.finish(end);
    RC_ASSERT(counts.ok());
    shards.push_back(std::move(*counts));
  }
  return shards;
}

void check_order(const std::vector<ShardCounts>& shards, std::uint32_t n, const Setup& setup,
                 std::vector<std::map<Gram, Naive>>& naive) {
  if (n == 1)  // Every word is a unigram, seen or not.
    for (WordId word = 0; word < setup.vocabulary; ++word) naive[0][{word}];
  OrderStatistics expected;
  std::vector<const std::pair<const Gram, Naive>*> kept;
  for (const auto& item : naive[n - 1]) {
    const std::uint32_t value = setup.value(item.first, item.second);
    ++expected.types;
    if (value > 0 && value < kCountsOfCounts) ++expected.counts_of_counts[value];
    if (setup.kept(item.first, item.second)) kept.push_back(&item);
  }
  OrderStatistics got;
  std::size_t at = 0;
  for (const ShardCounts& shard : shards) {
    got += shard.statistics[n - 1];
    EntryReader entries(shard.orders[n - 1]);
    ChildrenReader children(shard.orders[n - 1]);
    for (; entries.remaining() != 0; ++at) {
      RC_ASSERT(at < kept.size());
      const auto& [gram, counts] = *kept[at];
      const CountedEntry entry = entries.get();
      RC_ASSERT(entry.word == gram.back());
      RC_ASSERT(entry.count == setup.value(gram, counts));
      if (n == setup.order) continue;
      Children own;
      for (const auto& [longer, below] : naive[n]) {
        if (!std::equal(gram.begin(), gram.end(), longer.begin())) continue;
        if (setup.kept(longer, below)) {
          ++own.kept;
        } else {
          ++own.dropped.types;
          own.dropped.count += setup.value(longer, below);
        }
      }
      if (own.kept != 0) ++expected.contexts;
      const Children record = children.get();
      RC_ASSERT(record.kept == own.kept);
      RC_ASSERT(record.dropped.types == own.dropped.types);
      RC_ASSERT(record.dropped.count == own.dropped.count);
    }
    RC_ASSERT(children.remaining() == 0U);
  }
  RC_ASSERT(at == kept.size());
  RC_ASSERT(got.kept == kept.size());
  RC_ASSERT(got.types == expected.types);
  if (n < setup.order) RC_ASSERT(got.contexts == expected.contexts);
  for (std::size_t c = 1; c < kCountsOfCounts; ++c)
    RC_ASSERT(got.counts_of_counts[c] == expected.counts_of_counts[c]);
}

/// Every n-gram, dropped ones too, lists the distinct words before it and whether it was kept.
void check_predecessors(const std::vector<ShardCounts>& shards, std::uint32_t n, const Setup& setup,
                        const std::map<Gram, Naive>& naive) {
  auto expected = naive.begin();
  for (const ShardCounts& shard : shards) {
    PredecessorReader predecessors(shard.orders[n - 1]);
    KeptReader kept(shard.orders[n - 1]);
    for (std::uint64_t i = 0; i < shard.statistics[n - 1].types; ++i, ++expected) {
      std::multiset<WordCode> before;
      predecessors.get([&](WordCode code) { before.insert(code); });
      std::multiset<WordCode> wanted;
      for (const WordId word : expected->second.before) wanted.insert(word + 1);
      if (wanted.empty()) wanted.insert(kNoWord);
      RC_ASSERT(before == wanted);
      RC_ASSERT(kept.get() == setup.kept(expected->first, expected->second));
    }
  }
  RC_ASSERT(expected == naive.end());
}

/// Every kept n-gram of order n finds in its slot what was put for its suffix.
void check_suffixes(const std::vector<ShardCounts>& shards, std::uint32_t n, const Setup& setup,
                    const std::vector<std::map<Gram, Naive>>& naive) {
  const TrainContext context(TrainOptions{}, "", 2);
  auto table = SuffixTable::create(shards, n, context);
  RC_ASSERT(table.ok());
  std::map<Gram, float> numbers;
  auto suffix = naive[n - 2].begin();
  for (std::size_t i = 0; i < shards.size(); ++i) {
    SuffixWriter writer(*table, shards[i].orders[n - 2], i);
    for (std::uint64_t k = 0; k < shards[i].statistics[n - 2].types; ++k, ++suffix) {
      const auto number = static_cast<float>(numbers.size() + 1);
      numbers[suffix->first] = number;
      if (setup.kept(suffix->first, suffix->second)) writer.put({number, 7});
    }
    RC_ASSERT(writer.status().ok());
  }
  auto gram = naive[n - 1].begin();
  for (std::size_t i = 0; i < shards.size(); ++i) {
    for (const Estimate& slot : table->of_shard(i)) {
      if (setup.kept(gram->first, gram->second))
        RC_ASSERT(slot.probability == numbers.at(Gram(gram->first.begin() + 1, gram->first.end())));
      ++gram;
    }
  }
  RC_ASSERT(gram == naive[n - 1].end());
}

/// Short sentences that repeat, empty ones among them.
std::vector<Sentence> any_sentences(std::uint32_t vocabulary) {
  const auto word = rc::gen::element(WordId{kUnknown}, WordId{kFirstWord}, vocabulary - 1);
  const auto any = rc::gen::oneOf(word, rc::gen::inRange<WordId>(kFirstWord, vocabulary));
  auto sentences = *rc::gen::container<std::vector<Sentence>>(
      rc::gen::resize(12, rc::gen::container<Sentence>(any)));
  for (auto repeats = *rc::gen::inRange<std::size_t>(0, 10); repeats > 0 && !sentences.empty();
       --repeats)
    sentences.push_back(sentences[*rc::gen::inRange<std::size_t>(0, sentences.size())]);
  return sentences;
}

RC_GTEST_PROP(Adjuster, CountsAsMapsDo, ()) {
  Setup setup;
  setup.order = *rc::gen::inRange<std::uint32_t>(1, kMaxOrder + 1);
  setup.vocabulary = *rc::gen::element(4U, 5U, 7U, 30U, 2000U);
  setup.options.continuation_counts = *rc::gen::arbitrary<bool>();
  std::uint64_t threshold = 0;
  for (std::size_t n = 1; n < kMaxOrder; ++n)
    setup.options.prune[n] = threshold += *rc::gen::element(0U, 0U, 1U, 2U);
  const auto sentences = any_sentences(std::min(setup.vocabulary, 30U));
  const auto cut = *rc::gen::inRange<WordCode>(1, setup.vocabulary + 2);
  const auto shards = adjust(sentences, setup, cut, *rc::gen::arbitrary<bool>());
  auto naive = count_naively(sentences, setup.order);
  for (std::uint32_t n = setup.order; n > 0; --n) check_order(shards, n, setup, naive);
  for (std::uint32_t n = 1; n < setup.order; ++n) {
    check_predecessors(shards, n, setup, naive[n - 1]);
    check_suffixes(shards, n + 1, setup, naive);
  }
}

}  // namespace
}  // namespace tercet::train
