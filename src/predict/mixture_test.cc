#include "predict/mixture.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <vector>

#include "model/testing.h"

namespace tercet::predict {
namespace {

using model::testing::Gram;
using model::testing::Trie;
using model::testing::TrieShape;

/// Passes the words of a range that are not hidden; the person's own words if they are even.
class Filter final : public MixtureFilter {
 public:
  Filter(WordRange range, const WordSet& hidden, std::uint32_t vocabulary)
      : range_(range), hidden_(hidden), vocabulary_(vocabulary) {}
  WordFilter background() const override { return {range_, &hidden_}; }
  bool allows(WordId word) const override {
    if (word >= vocabulary_) return word % 2 == 0;
    return word >= range_.begin && word < range_.end && !hidden_.contains(word);
  }

 private:
  WordRange range_;
  const WordSet& hidden_;
  std::uint32_t vocabulary_;
};

TrieShape any_shape() {
  TrieShape shape;
  shape.order = *rc::gen::inRange<std::uint32_t>(1, 5);
  shape.vocabulary = *rc::gen::inRange<std::uint32_t>(kFirstWord + 1, 300);
  for (std::size_t n = 1; n < 4; ++n) shape.ngrams[n] = *rc::gen::inRange<std::size_t>(0, 400);
  shape.cost_values = *rc::gen::element(5U, 3000U, 30'000U);
  shape.interpolated = *rc::gen::arbitrary<bool>();
  return shape;
}

/// A text of few words, again and again; some of them are the person's own.
void write_text(Mixture& mixture, std::mt19937_64& random, std::size_t words) {
  const std::uint32_t vocabulary = mixture.vocabulary_size();
  for (std::size_t i = 0; i < words; ++i) {
    const auto kind = random() % 10;
    if (kind == 0) {
      mixture.accept(kSentenceEnd);
    } else if (kind < 3) {
      mixture.accept(vocabulary + static_cast<WordId>(random() % 5));
    } else {
      const auto spread =
          kind < 7 ? std::min(vocabulary - kFirstWord, 4U) : vocabulary - kFirstWord;
      mixture.accept(kFirstWord + static_cast<WordId>(random() % spread));
    }
  }
}

std::vector<Weighed> brute_force(const Mixture& mixture, const Filter& filter, std::size_t count) {
  std::vector<Weighed> all;
  for (WordId word = 0; word < mixture.vocabulary_size() + 5; ++word) {
    if (filter.allows(word) && mixture.probability(word) > 0)
      all.push_back({mixture.probability(word), word});
  }
  std::sort(all.begin(), all.end(), [](const Weighed& a, const Weighed& b) {
    return a.probability != b.probability ? a.probability > b.probability : a.word < b.word;
  });
  if (all.size() > count) all.resize(count);
  return all;
}

RC_GTEST_PROP(Mixture, ListsEqualBruteForce, (std::uint64_t seed)) {
  const Trie trie = model::testing::random_trie(any_shape(), seed);
  const auto bytes = model::testing::pack(trie);
  const auto data = model::testing::parse(bytes);
  std::mt19937_64 random(seed);
  WordSet hidden(trie.vocabulary);
  for (WordId word = 0; word < kFirstWord; ++word) hidden.insert(word);
  hidden.insert(static_cast<WordId>(random() % trie.vocabulary));
  Mixture mixture(data->ngrams());
  for (int i = 0; i < 10; ++i) {
    const auto begin = *rc::gen::inRange<WordId>(kFirstWord, trie.vocabulary);
    const auto end = *rc::gen::element(trie.vocabulary, begin + 1, trie.vocabulary);
    const Filter filter({*rc::gen::element(begin, WordId{kFirstWord}), end}, hidden,
                        trie.vocabulary);
    const auto count = *rc::gen::element<std::size_t>(0, 1, 3, 10, 1000);
    const auto got = mixture.top(filter, count);
    RC_ASSERT(std::vector(got.begin(), got.end()) == brute_force(mixture, filter, count));
    write_text(mixture, random, *rc::gen::inRange<std::size_t>(0, 300));
  }
}

/// The definition, from a plain record of the text.
class Reference {
 public:
  void accept(const Gram& history, WordId word) {
    for (std::size_t m = std::min<std::size_t>(history.size(), 4);; --m) {
      const Gram context(history.end() - static_cast<std::ptrdiff_t>(m), history.end());
      const bool is_new = counts_[context][word]++ == 0;
      if (!is_new || m == 0) break;
    }
    text_.push_back(word);
  }

  double probability(const Gram& history, WordId word, double background) const {
    if (text_.empty()) return background;
    double person = background;
    std::size_t longest = 0;
    for (std::size_t m = 0; m <= std::min<std::size_t>(history.size(), 4); ++m) {
      const auto found =
          counts_.find(Gram(history.end() - static_cast<std::ptrdiff_t>(m), history.end()));
      if (found == counts_.end()) continue;
      longest = m;
      double total = 0;
      for (const auto& [other, count] : found->second) total += count;
      const auto own = found->second.find(word);
      const double kept = own == found->second.end() ? 0 : own->second - 0.75;
      person = kept / total + 0.75 * static_cast<double>(found->second.size()) / total * person;
    }
    double recent = 0;
    double all = 0;
    for (std::size_t i = 0; i < text_.size(); ++i) {
      const double weight = std::exp2(static_cast<double>(i) / PersonalWords::kHalfLife);
      all += weight;
      if (text_[i] == word) recent += weight;
    }
    const double u = kDefaultWeights.person[longest];
    const double c = kDefaultWeights.recent[longest];
    return (1 - u - c) * background + u * person + c * recent / all;
  }

 private:
  std::map<Gram, std::map<WordId, int>> counts_;
  Gram text_;
};

RC_GTEST_PROP(Mixture, IsWhatItsDefinitionSays, (std::uint64_t seed)) {
  const Trie trie = model::testing::random_trie(any_shape(), seed);
  const auto bytes = model::testing::pack(trie);
  const auto data = model::testing::parse(bytes);
  std::mt19937_64 random(seed);
  Mixture mixture(data->ngrams());
  Reference reference;
  Gram history{kSentenceBegin};
  for (int i = 0; i < 100; ++i) {
    const auto word = static_cast<WordId>(kSentenceEnd + random() % 12);
    const State state = model::testing::state_after(data->ngrams(), [&] {
      Gram known = history;  // What the model does not know is <unk> to it.
      for (WordId& each : known) each = each < trie.vocabulary ? each : kUnknown;
      return known;
    }());
    std::uint8_t ignored = 0;
    const double background =
        word < trie.vocabulary
            ? data->ngrams().scale().probability(data->ngrams().cost(state, word, ignored))
            : 0;
    const double expected = reference.probability(history, word, background);
    RC_ASSERT(std::abs(mixture.probability(word) - expected) <= 1e-9 * std::max(expected, 1e-9));
    mixture.accept(word);
    reference.accept(history, word);
    history.push_back(word);
    if (word == kSentenceEnd) history = {kSentenceBegin};
  }
}

}  // namespace
}  // namespace tercet::predict
