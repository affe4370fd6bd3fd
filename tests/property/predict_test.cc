// Lists of words and phrases against scores of every word.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <vector>

#include "tercet/predictor.h"
#include "training.h"

namespace tercet::testing {
namespace {

/// Less than any probability that a model can give: `<s>`.
constexpr float kNever = -1000;

struct Item {
  float log10_probability;
  WordId word;
  std::uint8_t order;
  friend bool operator==(const Item&, const Item&) = default;
};

std::vector<Item> brute_force(const Model& model, const State& state, WordRange range,
                              const std::vector<bool>& hidden, std::size_t count) {
  std::vector<Item> items;
  State ignored;
  for (WordId word = kFirstWord; word < model.vocabulary_size(); ++word) {
    if (word < range.begin || word >= range.end || hidden[word]) continue;
    const Score score = model.score(state, word, ignored);
    if (score.log10_probability > kNever)
      items.push_back({score.log10_probability, word, score.order});
  }
  std::sort(items.begin(), items.end(), [](const Item& a, const Item& b) {
    return std::tuple(-a.log10_probability, a.word) < std::tuple(-b.log10_probability, b.word);
  });
  items.resize(std::min(items.size(), count));
  return items;
}

RC_GTEST_PROP(Top, EqualsBruteForceOverScores, ()) {
  const Corpus corpus = any_corpus();
  TrainOptions options = any_options();
  if (options.smoothing != Smoothing::kStupidBackoff)
    options.prune_entropy = *rc::gen::element(0.0, 0.0, 1e-2);
  const Model model = train(text_of(corpus), options).model;
  PredictorOptions predictor_options;
  std::vector<bool> hidden(model.vocabulary_size());
  for (auto n = *rc::gen::inRange(0, 4); n > 0; --n) {
    const auto word = *rc::gen::inRange<WordId>(0, model.vocabulary_size());
    if (word >= kFirstWord) hidden[word] = true;
    predictor_options.blocked.emplace_back(model.word(word));
  }
  const Predictor predictor(model, predictor_options);
  Scratch scratch;
  for (int i = 0; i < 10; ++i) {
    const State state = state_after(model, any_history(model, corpus));
    const auto a = *rc::gen::inRange<WordId>(0, model.vocabulary_size() + 2);
    const auto b = *rc::gen::inRange<WordId>(0, model.vocabulary_size() + 2);
    const WordRange range = *rc::gen::element(WordRange{a, b}, model.words_with_prefix(""),
                                              model.words_with_prefix("a"));
    const auto count = *rc::gen::element<std::size_t>(0, 1, 3, 10, 1000);
    std::vector<Item> got;
    for (const auto& candidate : predictor.top(state, range, count, scratch))
      got.push_back({candidate.score.log10_probability, candidate.word, candidate.score.order});
    RC_ASSERT(got == brute_force(model, state, range, hidden, count));
  }
  for (WordId word = 0; word < model.vocabulary_size() + 2; ++word)
    RC_ASSERT(predictor.offers(word) ==
              (word >= kFirstWord && word < model.vocabulary_size() && !hidden[word]));
}

RC_GTEST_PROP(Prefix, IsThatOfTheWords, ()) {
  const Corpus corpus = any_corpus();
  const Model model = train(text_of(corpus), any_options()).model;
  const std::string prefix =
      *rc::gen::element<std::string>("", "a", "é", "ж-", "中a", "\xF0", "zz");
  const WordRange range = model.words_with_prefix(prefix);
  for (WordId word = kFirstWord; word < model.vocabulary_size(); ++word) {
    const bool inside = word >= range.begin && word < range.end;
    RC_ASSERT(inside == model.word(word).starts_with(prefix));
    RC_ASSERT(model.id(model.word(word)) == word);
  }
}

/// The probability of every phrase of exactly or at most `words` words, summed over scores.
void enumerate(const Model& model, const State& state, std::uint32_t words,
               const std::string& begun, double log10, std::map<std::string, double>& out) {
  State next;
  for (WordId word = kSentenceEnd; word < model.vocabulary_size(); ++word) {
    if (word == kSentenceEnd && begun.empty()) continue;
    const double sum = log10 + double{model.score(state, word, next).log10_probability};
    if (word == kSentenceEnd) {
      out[begun + " </s>"] = sum;
      continue;
    }
    const std::string text = begun + (begun.empty() ? "" : " ") + std::string(model.word(word));
    if (words == 1) {
      out[text] = sum;
    } else {
      enumerate(model, next, words - 1, text, sum, out);
    }
  }
}

RC_GTEST_PROP(Phrases, AreTheBestOfAll, ()) {
  const Corpus corpus = any_corpus();
  TrainOptions options = any_options();
  options.vocabulary_limit = *rc::gen::element(3U, 6U, 9U);
  const Model model = train(text_of(corpus), options).model;
  const Predictor predictor(model);
  Scratch scratch;
  Query query;
  const Sentence& sentence = corpus[*rc::gen::inRange<std::size_t>(0, corpus.size())];
  std::string before;
  for (const std::string& word : sentence) before += word + " ";
  query.text = before;
  query.words = *rc::gen::inRange<std::uint32_t>(2, 4);
  query.count = *rc::gen::element<std::size_t>(1, 5, 30);
  State state = model.begin();
  for (const std::string& word : sentence) state = model.advance(state, model.id(word));
  std::map<std::string, double> all;
  enumerate(model, state, query.words, "", 0, all);
  std::vector<double> expected;
  for (const auto& [phrase, log10] : all) expected.push_back(log10);
  std::sort(expected.rbegin(), expected.rend());
  const auto got = predictor.suggest(query, scratch).list;
  RC_ASSERT(got.size() == std::min(query.count, expected.size()));
  for (std::size_t i = 0; i < got.size(); ++i) {
    const double log10 = double{got[i].log10_probability};
    RC_ASSERT(std::abs(log10 - expected[i]) < 1e-4);
    RC_ASSERT(std::abs(double{got[i].surprise_bits} + log10 * std::log2(10.0)) < 1e-3);
    // The phrase named is one of that probability: ended early, or of full length.
    const std::string phrase(got[i].text);
    const auto ended = all.find(phrase + " </s>");
    const auto full = all.find(phrase);
    const bool matches = (ended != all.end() && std::abs(ended->second - log10) < 1e-4) ||
                         (full != all.end() && std::abs(full->second - log10) < 1e-4);
    RC_ASSERT(matches);
    if (i > 0) RC_ASSERT(got[i].log10_probability <= got[i - 1].log10_probability);
  }
}

}  // namespace
}  // namespace tercet::testing
