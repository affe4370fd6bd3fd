#include "predict/mixture.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <random>
#include <utility>
#include <vector>

#include "model/testing.h"

namespace tercet::predict {
namespace {

using model::testing::Gram;
using model::testing::Trie;
using model::testing::TrieShape;

/// Words that the model does not know.
constexpr WordId kOwnWords = 12;

/// Passes the words of a range that are not hidden; the person's own words if they are even, and
/// may tell which these are.
class Filter final : public MixtureFilter {
 public:
  Filter(WordRange range, const WordSet& hidden, std::uint32_t vocabulary, bool tells)
      : range_(range), hidden_(hidden), vocabulary_(vocabulary), tells_(tells) {
    for (WordId word = vocabulary; word < vocabulary + kOwnWords; ++word) {
      if (allows(word)) own_words_.push_back(word);
    }
  }
  WordFilter background() const override { return {range_, &hidden_}; }
  const std::vector<WordId>* own_words() const override { return tells_ ? &own_words_ : nullptr; }
  bool allows(WordId word) const override {
    if (word >= vocabulary_) return word % 2 == 0;
    return word >= range_.begin && word < range_.end && !hidden_.contains(word);
  }

 private:
  WordRange range_;
  const WordSet& hidden_;
  std::uint32_t vocabulary_;
  bool tells_;
  std::vector<WordId> own_words_;
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
      mixture.accept(vocabulary + static_cast<WordId>(random() % kOwnWords));
    } else {
      const auto spread =
          kind < 7 ? std::min(vocabulary - kFirstWord, 4U) : vocabulary - kFirstWord;
      mixture.accept(kFirstWord + static_cast<WordId>(random() % spread));
    }
  }
}

std::vector<Weighed> brute_force(const Mixture& mixture, const Filter& filter, std::size_t count,
                                 double at_least) {
  std::vector<Weighed> all;
  for (WordId word = 0; word < mixture.vocabulary_size() + kOwnWords; ++word) {
    const double probability = mixture.probability(word);
    if (filter.allows(word) && probability > 0 && probability >= at_least)
      all.push_back({probability, word});
  }
  std::sort(all.begin(), all.end(), better);
  if (all.size() > count) all.resize(count);
  return all;
}

/// Some parts may have no share at all.
Weights any_weights() {
  Weights weights = kDefaultWeights;
  if (*rc::gen::arbitrary<bool>()) weights.person = {};
  if (*rc::gen::arbitrary<bool>()) weights.document = {};
  if (*rc::gen::arbitrary<bool>()) weights.recent = {};
  if (*rc::gen::arbitrary<bool>()) weights.repeat = {};
  return weights;
}

RC_GTEST_PROP(Mixture, ListsEqualBruteForce, (std::uint64_t seed)) {
  const Trie trie = model::testing::random_trie(any_shape(), seed);
  const auto bytes = model::testing::pack(trie);
  const auto data = model::testing::parse(bytes);
  std::mt19937_64 random(seed);
  WordSet hidden(trie.vocabulary);
  for (WordId word = 0; word < kFirstWord; ++word) hidden.insert(word);
  hidden.insert(static_cast<WordId>(random() % trie.vocabulary));
  Mixture mixture(data->ngrams(), {.weights = any_weights()});
  for (std::uint64_t left = random() % 30; left > 0; --left) {
    Gram sentence;
    for (int i = 0; i < 8; ++i)
      sentence.push_back(static_cast<WordId>(kFirstWord + random() % (trie.vocabulary + 2)));
    mixture.remember(sentence);
  }
  for (int i = 0; i < 10; ++i) {
    const auto begin = *rc::gen::inRange<WordId>(kFirstWord, trie.vocabulary);
    const auto end = *rc::gen::element(trie.vocabulary, begin + 1, trie.vocabulary);
    const Filter filter({*rc::gen::element(begin, WordId{kFirstWord}), end}, hidden,
                        trie.vocabulary, *rc::gen::arbitrary<bool>());
    const auto count = *rc::gen::element<std::size_t>(0, 1, 3, 10, 1000);
    const auto all = brute_force(mixture, filter, count, 0);
    const double at_least =
        all.empty() ? 0 : *rc::gen::element(0.0, all[all.size() / 2].probability, 0.01);
    const auto got = mixture.top(filter, count, at_least);
    RC_ASSERT(std::vector(got.begin(), got.end()) == brute_force(mixture, filter, count, at_least));
    write_text(mixture, random, *rc::gen::inRange<std::size_t>(0, 300));
  }
}

/// The definition, from a plain record of what was written.
class Reference {
 public:
  void add(const Gram& history, WordId word, Layer layer) {
    auto& counts = counts_[static_cast<std::size_t>(layer)];
    for (std::size_t m = std::min<std::size_t>(history.size(), 4);; --m) {
      const Gram context(history.end() - static_cast<std::ptrdiff_t>(m), history.end());
      const bool is_new = counts[context][word]++ == 0;
      if (!is_new || m == 0) break;
    }
    text_.push_back(word);
  }
  void add_gap() { text_.push_back(kGap); }

  /// `known`: words of the longest context that the model has.
  double probability(const Gram& history, WordId word, double background, std::size_t known) const {
    const Layered person = interpolate(history, word, background, Layer::kPerson);
    const Weights& weights = kDefaultWeights;
    const double v =
        person.exists ? weights.person[4 * person.longest + std::min<std::size_t>(known, 3)] : 0;
    const double lower = (1 - v) * background + v * person.probability;
    const Layered document = interpolate(history, word, lower, Layer::kDocument);
    const std::size_t bucket = 4 * document.longest + std::min<std::size_t>(known, 3);
    const double u = document.exists ? weights.document[bucket] : 0;
    const double c = written() ? weights.recent[bucket] : 0;
    const double mixed = (1 - u - c) * lower + u * document.probability + c * recent(word);
    const auto [length, next] = repeat();
    if (length == 0 || next == kGap) return mixed;
    const double x = weights.repeat[repeat_bucket(length)];
    return (1 - x) * mixed + (next == word ? x : 0);
  }

 private:
  struct Layered {
    double probability;
    std::size_t longest;
    bool exists;
  };

  Layered interpolate(const Gram& history, WordId word, double lower, Layer layer) const {
    const auto& counts = counts_[static_cast<std::size_t>(layer)];
    Layered out{lower, 0, !counts.empty()};
    for (std::size_t m = 0; m <= std::min<std::size_t>(history.size(), 4); ++m) {
      const auto found =
          counts.find(Gram(history.end() - static_cast<std::ptrdiff_t>(m), history.end()));
      if (found == counts.end()) continue;
      out.longest = m;
      double total = 0;
      for (const auto& [other, count] : found->second) total += count;
      const auto own = found->second.find(word);
      const double kept = own == found->second.end() ? 0 : own->second - 0.75;
      out.probability =
          kept / total + 0.75 * static_cast<double>(found->second.size()) / total * out.probability;
    }
    return out;
  }

  bool written() const {
    return std::any_of(text_.begin(), text_.end(), [](WordId word) { return word != kGap; });
  }

  double recent(WordId word) const {
    double weight = 1;
    double own = 0;
    double all = 0;
    for (std::size_t i = text_.size(); i-- > 0;) {
      if (text_[i] == kGap) continue;
      own += text_[i] == word ? weight : 0;
      all += weight;
      weight *= std::exp2(-1 / PersonalWords::kHalfLife);
    }
    return all > 0 ? own / all : 0;
  }

  /// Follows matches as they were met: the latest place that agrees in 5 words, kept while it
  /// holds.
  std::pair<std::uint32_t, WordId> repeat() const {
    std::uint32_t length = 0;
    std::size_t next = 0;
    for (std::size_t end = 1; end <= text_.size(); ++end) {
      if (length > 0 && text_[next] == text_[end - 1]) {
        ++length;
        ++next;
        continue;
      }
      length = 0;
      for (std::size_t other = end - 1; other >= 5 && end > 5 && length == 0; --other) {
        if (std::equal(text_.begin() + static_cast<std::ptrdiff_t>(end) - 5,
                       text_.begin() + static_cast<std::ptrdiff_t>(end),
                       text_.begin() + static_cast<std::ptrdiff_t>(other) - 5)) {
          length = 5;
          next = other;
        }
      }
    }
    return {length, length > 0 ? text_[next] : kGap};
  }

  std::array<std::map<Gram, std::map<WordId, int>>, kLayers> counts_;
  Gram text_;
};

/// A mixture and its definition, fed the same words.
struct Both {
  explicit Both(const model::Ngrams& ngrams)
      : mixture(ngrams, {.weights = kDefaultWeights, .adaptation_strength = 0}) {}

  void remember(const Gram& sentence) {
    mixture.remember(sentence);
    Gram before{kSentenceBegin};
    for (const WordId word : sentence) {
      if (word == kGap) {
        reference.add_gap();
        before.clear();
      } else {
        reference.add(before, word, Layer::kPerson);
        before.push_back(word);
      }
    }
    reference.add(before, kSentenceEnd, Layer::kPerson);
  }
  void accept(WordId word) {
    mixture.accept(word);
    reference.add(history, word, Layer::kDocument);
    history.push_back(word);
    if (word == kSentenceEnd) history = {kSentenceBegin};
  }

  Mixture mixture;
  Reference reference;
  Gram history{kSentenceBegin};
};

State state_of_model(const model::Ngrams& ngrams, std::uint32_t vocabulary, Gram history) {
  for (WordId& each : history) each = each < vocabulary ? each : kUnknown;  // To the model it is.
  return model::testing::state_after(ngrams, history);
}

RC_GTEST_PROP(Mixture, IsWhatItsDefinitionSays, (std::uint64_t seed)) {
  const Trie trie = model::testing::random_trie(any_shape(), seed);
  const auto bytes = model::testing::pack(trie);
  const auto data = model::testing::parse(bytes);
  std::mt19937_64 random(seed);
  const auto words = *rc::gen::element<WordId>(2, 12);  // Few of them repeat themselves for long.
  Both both(data->ngrams());
  const auto sentences = *rc::gen::inRange(0, 6);
  for (int i = 0; i < sentences; ++i) {
    Gram sentence;
    for (std::uint64_t left = random() % 20; left > 0; --left) {
      sentence.push_back(random() % 12 == 0 ? kGap
                                            : static_cast<WordId>(kFirstWord + random() % words));
    }
    both.remember(sentence);
  }
  for (int i = 0; i < 100; ++i) {
    const auto word = static_cast<WordId>(kSentenceEnd + random() % words);
    const State state = state_of_model(data->ngrams(), trie.vocabulary, both.history);
    std::uint8_t ignored = 0;
    const double background =
        word >= trie.vocabulary
            ? 0
            : data->ngrams().scale().probability(data->ngrams().cost(state, word, ignored));
    const double expected =
        both.reference.probability(both.history, word, background, state.length);
    RC_ASSERT(std::abs(both.mixture.probability(word) - expected) <=
              1e-9 * std::max(expected, 1e-9));
    both.accept(word);
  }
}

/// 128 words of 7 bits each, without any context.
Trie even_model() {
  TrieShape shape;
  shape.order = 1;
  shape.vocabulary = 129;
  Trie trie = model::testing::random_trie(shape, 1);
  for (auto& [gram, entry] : trie.levels[0]) {
    if (gram[0] != kSentenceBegin) entry.cost = 7 * 2048;
  }
  return trie;
}

RC_GTEST_PROP(Mixture, SumsToOne, (std::uint64_t seed)) {
  const Trie trie = even_model();
  const auto bytes = model::testing::pack(trie);
  const auto data = model::testing::parse(bytes);
  std::mt19937_64 random(seed);
  Mixture mixture(data->ngrams());
  mixture.remember(Gram{5, 6, kGap, 7, 130});
  for (int i = 0; i < 10; ++i) {
    double sum = 0;
    for (WordId word = 0; word < trie.vocabulary + kOwnWords; ++word)
      sum += mixture.probability(word);
    RC_ASSERT(std::abs(sum - 1) < 1e-9);
    write_text(mixture, random, random() % 100);
  }
}

TEST(Mixture, ThinksAheadWithoutLearning) {
  const Trie trie = even_model();
  const auto bytes = model::testing::pack(trie);
  const auto data = model::testing::parse(bytes);
  Mixture mixture(data->ngrams());
  const Gram sentence{20, 30, 40, 50, 60, 70};
  mixture.remember(sentence);
  Mixture::Place place = mixture.place();
  double last = 0;
  for (const WordId word : sentence) {
    EXPECT_GT(mixture.probability(place, word), last);  // Each word makes the next one surer.
    last = 0.05;
    place = mixture.after(place, word);
  }
  EXPECT_GT(mixture.probability(place, kSentenceEnd), 0.1);
  EXPECT_LT(mixture.probability(kSentenceEnd), 0.1);
  EXPECT_EQ(mixture.accepted(), 0U);
}

TEST(Mixture, LearnsItsWeights) {
  const Trie trie = even_model();
  const auto bytes = model::testing::pack(trie);
  const auto data = model::testing::parse(bytes);
  Mixture fixed(data->ngrams(), {.weights = kDefaultWeights, .adaptation_strength = 0});
  Mixture adaptive(data->ngrams());
  // A person who always says the same deserves to be believed more than others.
  for (int i = 0; i < 300; ++i) {
    for (Mixture* mixture : {&fixed, &adaptive}) {
      mixture->accept(20);
      mixture->accept(30);
      mixture->accept(kSentenceEnd);
    }
  }
  EXPECT_LT(1 - adaptive.probability(20), (1 - fixed.probability(20)) / 2);
}

RC_GTEST_PROP(Mixture, TakesWordsBack, (std::uint64_t seed)) {
  const Trie trie = model::testing::random_trie(any_shape(), seed);
  const auto bytes = model::testing::pack(trie);
  const auto data = model::testing::parse(bytes);
  std::mt19937_64 random(seed);
  Mixture mixture(data->ngrams());
  mixture.remember(Gram{kFirstWord, kFirstWord});
  write_text(mixture, random, *rc::gen::inRange<std::size_t>(0, 300));
  const auto probabilities = [&] {
    std::vector<double> out;
    for (WordId word = 0; word < trie.vocabulary + kOwnWords; ++word)
      out.push_back(mixture.probability(word));
    return out;
  };
  const std::size_t accepted = mixture.accepted();
  const std::vector<double> before = probabilities();
  write_text(mixture, random, *rc::gen::inRange<std::size_t>(1, 300));
  while (mixture.accepted() > accepted) mixture.retract();
  const std::vector<double> after = probabilities();
  for (std::size_t i = 0; i < before.size(); ++i)
    RC_ASSERT(std::abs(before[i] - after[i]) <= 1e-9 * before[i]);
  while (mixture.accepted() > 0) mixture.retract();  // Down to nothing.
  RC_ASSERT(mixture.words().find(kFirstWord)->written == 2U);
}

}  // namespace
}  // namespace tercet::predict
