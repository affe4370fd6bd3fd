#include "predict/initials.h"

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

class Range final : public MixtureFilter {
 public:
  explicit Range(WordRange range) : range_(range) {}
  WordFilter background() const override { return {range_, nullptr}; }
  bool allows(WordId word) const override { return word >= range_.begin && word < range_.end; }

 private:
  WordRange range_;
};

/// All phrases by definition, best first.
std::vector<WeighedPhrase> enumerate(const Mixture& mixture, const Mixture::Place& place,
                                     std::span<const MixtureFilter* const> filters,
                                     const WeighedPhrase& begun) {
  if (begun.length == filters.size()) return {begun};
  std::vector<WeighedPhrase> out;
  const WordRange range = filters[begun.length]->background().range;
  for (WordId word = range.begin; word < range.end; ++word) {
    WeighedPhrase longer = begun;
    longer.probability *= mixture.probability(place, word);
    longer.words[longer.length++] = word;
    const auto all = enumerate(mixture, mixture.after(place, word), filters, longer);
    out.insert(out.end(), all.begin(), all.end());
  }
  std::sort(out.begin(), out.end(), [](const WeighedPhrase& a, const WeighedPhrase& b) {
    return a.probability != b.probability ? a.probability > b.probability : a.words < b.words;
  });
  return out;
}

RC_GTEST_PROP(InitialsSearch, IsExactIfNothingIsGivenUp, (std::uint64_t seed)) {
  TrieShape shape;
  shape.vocabulary = 16;
  for (std::size_t n = 1; n < 3; ++n) shape.ngrams[n] = *rc::gen::inRange<std::size_t>(0, 60);
  const Trie trie = model::testing::random_trie(shape, seed);
  const auto bytes = model::testing::pack(trie);
  const auto data = model::testing::parse(bytes);
  std::mt19937_64 random(seed);
  Mixture mixture(data->ngrams());
  for (int i = 0; i < 60; ++i)
    mixture.accept(static_cast<WordId>(kSentenceEnd + random() % (trie.vocabulary - kSentenceEnd)));
  std::vector<Range> ranges;
  for (std::uint64_t left = 1 + random() % 3; left > 0; --left) {
    const auto begin = static_cast<WordId>(kFirstWord + random() % 10);
    ranges.emplace_back(WordRange{begin, static_cast<WordId>(begin + 1 + random() % 3)});
  }
  std::vector<const MixtureFilter*> filters;
  for (const Range& range : ranges) filters.push_back(&range);
  std::vector<WeighedPhrase> expected = enumerate(mixture, mixture.place(), filters, {1, 0, {}});
  std::erase_if(expected, [](const WeighedPhrase& phrase) { return phrase.probability == 0; });
  const auto count = *rc::gen::element<std::size_t>(1, 3, 50);
  if (expected.size() > count) expected.resize(count);
  InitialsSearch search;
  const auto got = search.search(mixture, filters, count, 1000);
  RC_ASSERT(got.size() == expected.size());
  for (std::size_t i = 0; i < got.size(); ++i) {
    RC_ASSERT(got[i].words == expected[i].words);
    RC_ASSERT(got[i].probability == expected[i].probability);
  }
  // A narrow beam gives phrases that exist, with their own probabilities.
  for (const WeighedPhrase& phrase : search.search(mixture, filters, 1, 2)) {
    Mixture::Place place = mixture.place();
    double probability = 1;
    for (std::uint32_t i = 0; i < phrase.length; ++i) {
      RC_ASSERT(ranges[i].allows(phrase.words[i]));
      probability *= mixture.probability(place, phrase.words[i]);
      place = mixture.after(place, phrase.words[i]);
    }
    RC_ASSERT(phrase.length == filters.size());
    RC_ASSERT(phrase.probability == probability);
  }
}

}  // namespace
}  // namespace tercet::predict
