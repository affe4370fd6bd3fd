#include "predict/mixture_weights.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <vector>

#include "model/testing.h"
#include "predict/mixture.h"

namespace tercet::predict {
namespace {

using model::testing::Trie;
using model::testing::TrieShape;

using Text = std::vector<WordId>;

Weights all_the_same(double person, double document, double recent, double repeat) {
  Weights out;
  out.person.fill(person);
  out.document.fill(document);
  out.recent.fill(recent);
  out.repeat.fill(repeat);
  return out;
}

struct Finding {
  double log_likelihood = 0;
  Weights weights;
};

/// One iteration. A word that is new to everybody is <unk>.
Finding iterate(const model::Ngrams& ngrams, const Text& learnt, const std::vector<Text>& texts,
                const Weights& weights) {
  Finding out;
  WeightSums sums(weights, 0);
  for (const Text& text : texts) {
    Mixture mixture(ngrams, {.weights = weights, .adaptation_strength = 0});
    mixture.remember(learnt);
    for (const WordId word : text) {
      const double probability = mixture.probability(word);
      out.log_likelihood += std::log(probability > 0 ? probability : mixture.probability(kUnknown));
      mixture.accept(word);
    }
    sums += mixture.weight_sums();
  }
  out.weights = sums.weights();
  return out;
}

TrieShape any_shape() {
  TrieShape shape;
  shape.order = *rc::gen::inRange<std::uint32_t>(1, 5);
  shape.vocabulary = *rc::gen::inRange<std::uint32_t>(kFirstWord + 1, 50);
  for (std::size_t n = 1; n < 4; ++n) shape.ngrams[n] = *rc::gen::inRange<std::size_t>(0, 200);
  return shape;
}

/// Few words, so that all n-grams and repeats come, and some that the model does not know.
Text any_text(std::uint32_t vocabulary, std::mt19937_64& random, std::size_t words) {
  Text text;
  for (std::size_t i = 0; i < words; ++i) {
    if (text.size() > 20 && random() % 30 == 0) {  // Something again.
      for (std::size_t j = 0; j < 12; ++j) text.push_back(text[j]);
    }
    text.push_back(static_cast<WordId>(kSentenceEnd + random() % (vocabulary + 5 - kSentenceEnd)));
  }
  return text;
}

bool are_shares(const Weights& weights) {
  const auto all = [](const auto& table) {
    return std::all_of(table.begin(), table.end(),
                       [](double weight) { return weight >= 0 && weight <= kGreatestWeight; });
  };
  bool sums = true;
  for (std::size_t i = 0; i < weights.document.size(); ++i)
    sums &= weights.document[i] + weights.recent[i] <= 1 + 1e-9;
  return sums && all(weights.person) && all(weights.document) && all(weights.recent) &&
         all(weights.repeat);
}

RC_GTEST_PROP(MixtureWeights, NoIterationMakesTheTextLessProbable, (std::uint64_t seed)) {
  const Trie trie = model::testing::random_trie(any_shape(), seed);
  const auto bytes = model::testing::pack(trie);
  const auto data = model::testing::parse(bytes);
  std::mt19937_64 random(seed);
  Text learnt = any_text(trie.vocabulary, random, *rc::gen::inRange<std::size_t>(0, 60));
  std::erase(learnt, kSentenceEnd);
  std::vector<Text> texts;
  for (int i = 0; i < 3; ++i)
    texts.push_back(any_text(trie.vocabulary, random, *rc::gen::inRange<std::size_t>(1, 150)));
  const double part = *rc::gen::element(0.01, 0.3, 0.48);
  Weights weights = all_the_same(part, part, part, part);
  double last = -1e300;
  for (int i = 0; i < 8; ++i) {
    const Finding found = iterate(data->ngrams(), learnt, texts, weights);
    RC_ASSERT(found.log_likelihood >= last - 1e-9 * std::abs(last));
    last = found.log_likelihood;
    weights = found.weights;
    RC_ASSERT(are_shares(weights));
  }
}

RC_GTEST_PROP(MixtureWeights, RenewedOnesAreThoseThatFollowFromTheSums, (std::uint64_t seed)) {
  std::mt19937_64 random(seed);
  const auto part = [&random] { return std::uniform_real_distribution<double>(-0.2, 1)(random); };
  const Weights prior = all_the_same(0.4, 0.3, 0.1, 0.7);
  WeightSums sums(prior, 10);
  Weights weights = prior;
  for (int i = 0; i < 200; ++i) {
    const WeightBuckets at{random() % weights.person.size(), random() % weights.document.size(),
                           random() % weights.repeat.size()};
    sums.add(at, {part(), part(), part(), part(), std::abs(part())});
    sums.renew(at, weights);
  }
  const Weights all = sums.weights();
  const auto same = [](const auto& a, const auto& b) {
    return std::equal(a.begin(), a.end(), b.begin(),
                      [](double x, double y) { return std::abs(x - y) < 1e-12; });
  };
  RC_ASSERT(same(weights.person, all.person) && same(weights.document, all.document));
  RC_ASSERT(same(weights.recent, all.recent) && same(weights.repeat, all.repeat));
}

/// Words of equal probability, without any context.
Trie even_model(std::uint32_t bits) {
  TrieShape shape;
  shape.order = 1;
  shape.vocabulary = (1U << bits) + 1;
  Trie trie = model::testing::random_trie(shape, 1);
  for (auto& [gram, entry] : trie.levels[0]) {
    if (gram[0] != kSentenceBegin) entry.cost = static_cast<std::uint16_t>(bits * 2048);
  }
  return trie;
}

WordId draw(const Mixture& mixture, std::mt19937_64& random) {
  double left = std::uniform_real_distribution<double>()(random);
  WordId word = 0;
  while (left > 0 && word < mixture.vocabulary_size()) left -= mixture.probability(word++);
  return word == 0 ? kUnknown : word - 1;
}

TEST(MixtureWeights, ThoseThatATextWasDrawnWithAreFoundAgain) {
  const auto bytes = model::testing::pack(even_model(6));
  const auto data = model::testing::parse(bytes);
  const model::Ngrams& ngrams = data->ngrams();
  std::mt19937_64 random(1);
  Text learnt{10};
  for (int i = 0; i < 1000; ++i)
    learnt.push_back(static_cast<WordId>(kFirstWord + (7 * learnt.back() + random() % 3) % 30));
  const Weights truth = all_the_same(0.6, 0.3, 0.1, 0.7);
  std::vector<Text> texts;
  std::array<std::size_t, kPartLengths> person{};  // How often which weights held.
  std::array<std::size_t, kPartLengths> document{};
  for (int i = 0; i < 40; ++i) {
    Mixture mixture(ngrams, {.weights = truth, .adaptation_strength = 0});
    mixture.remember(learnt);
    Text& text = texts.emplace_back();
    for (int j = 0; j < 300; ++j) {
      ++person[mixture.place().buckets.person / kModelLengths];
      ++document[mixture.place().buckets.document / kModelLengths];
      text.push_back(draw(mixture, random));
      mixture.accept(text.back());
    }
  }
  Weights found = all_the_same(0.2, 0.2, 0.2, 0.2);
  for (int i = 0; i < 40; ++i) found = iterate(ngrams, learnt, texts, found).weights;
  int compared = 0;
  for (std::size_t length = 1; length < kPartLengths; ++length) {
    const std::size_t bucket = context_bucket(length, 0);
    if (person[length] > 1500 && ++compared > 0) {
      EXPECT_NEAR(found.person[bucket], 0.6, 0.06) << length;
    }
    if (document[length] > 1500 && ++compared > 0) {
      EXPECT_NEAR(found.document[bucket], 0.3, 0.06) << length;
      EXPECT_NEAR(found.recent[bucket], 0.1, 0.06) << length;
    }
  }
  EXPECT_GT(compared, 3);
}

TEST(MixtureWeights, APartThatIsAbsentStaysSo) {
  const auto bytes = model::testing::pack(even_model(6));
  const auto data = model::testing::parse(bytes);
  const Weights weights = all_the_same(0, 0.3, 0, 0);
  const Finding found = iterate(data->ngrams(), {5, 6, 7}, {{5, 6, 7, 5, 6, 7, 5, 6, 7}}, weights);
  EXPECT_EQ(found.weights.person, weights.person);
  EXPECT_EQ(found.weights.recent, weights.recent);
  EXPECT_EQ(found.weights.repeat, weights.repeat);
  EXPECT_NE(found.weights.document, weights.document);
}

}  // namespace
}  // namespace tercet::predict
