// Scores against the reference, and as probabilities.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "reference.h"
#include "tercet/model.h"
#include "tercet/verify.h"
#include "training.h"

namespace tercet::testing {
namespace {

double bits(float log10_probability) { return -double{log10_probability} * std::log2(10.0); }

/// `<s>`: probability zero.
constexpr float kNever = -1000;

double sum_after(const Model& model, const State& state) {
  double sum = 0;
  State ignored;
  for (WordId word = 0; word < model.vocabulary_size(); ++word)
    sum += std::pow(10.0, double{model.score(state, word, ignored).log10_probability});
  return sum;
}

void compare(const Model& model, const Reference& reference, const std::vector<WordId>& history) {
  const State state = state_after(model, history);
  // Half a step for each of the costs that are added up, and 32-bit probabilities on the way.
  const double tolerance = (model.order() + 1) / 2048.0 + 5e-4;
  for (WordId word = 0; word < model.vocabulary_size(); ++word) {
    State ignored;
    const Score score = model.score(state, word, ignored);
    if (word == kSentenceBegin) {
      RC_ASSERT(score.log10_probability < kNever);
      continue;
    }
    const double expected = -std::log2(reference.probability(history, word));
    if (std::abs(bits(score.log10_probability) - expected) > tolerance) {
      std::string text;
      for (const WordId id : history) text += std::to_string(id) + " ";
      RC_FAIL("after [" + text + "] word " + std::to_string(word) + ": " +
              std::to_string(bits(score.log10_probability)) + " bits, expected " +
              std::to_string(expected));
    }
    RC_ASSERT(score.order == reference.order(history, word));
  }
}

constexpr Smoothing kMethods[] = {
    Smoothing::kModifiedKneserNey, Smoothing::kKneserNey,     Smoothing::kAbsoluteDiscounting,
    Smoothing::kWittenBell,        Smoothing::kJelinekMercer, Smoothing::kKatz,
    Smoothing::kAdditive,          Smoothing::kStupidBackoff};

class SmoothingTest : public ::testing::TestWithParam<Smoothing> {};

void check_reference(Smoothing smoothing) {
  const Corpus corpus = any_corpus();
  const TrainOptions options = any_options(smoothing);
  const Trained trained = train(text_of(corpus), options);
  const Reference reference(corpus, options);
  const Model& model = trained.model;
  RC_ASSERT(model.order() == options.order);
  RC_ASSERT(model.vocabulary_size() == reference.vocabulary_size());
  for (WordId id = kFirstWord; id < model.vocabulary_size(); ++id)
    RC_ASSERT(model.word(id) == reference.words()[id - kFirstWord]);
  RC_ASSERT(model.info().ngrams == reference.ngrams());
  RC_ASSERT(trained.report.ngrams == reference.ngrams());
  RC_ASSERT(trained.report.sentences == corpus.size());
  const auto tokens =
      std::accumulate(corpus.begin(), corpus.end(), std::size_t{0},
                      [](std::size_t sum, const Sentence& s) { return sum + s.size(); });
  RC_ASSERT(trained.report.tokens == tokens);
  for (int i = 0; i < 8; ++i) compare(model, reference, any_history(model, corpus));
}

TEST_P(SmoothingTest, EqualsTheReference) {
  EXPECT_TRUE(rc::check([&] { check_reference(GetParam()); }));
}

void check_sums(Smoothing smoothing) {
  const Corpus corpus = any_corpus();
  TrainOptions options = any_options(smoothing);
  if (options.smoothing != Smoothing::kStupidBackoff)
    options.prune_entropy = *rc::gen::element(0.0, 0.0, 1e-3, 0.1);
  const Trained trained = train(text_of(corpus), options);
  const bool normalised = options.smoothing != Smoothing::kStupidBackoff;
  RC_ASSERT(trained.model.info().normalised == normalised);
  if (!normalised) return;
  for (int i = 0; i < 10; ++i) {
    const auto history = any_history(trained.model, corpus);
    const double sum = sum_after(trained.model, state_after(trained.model, history));
    if (std::abs(sum - 1) > 1e-3) RC_FAIL("sum " + std::to_string(sum));
  }
}

TEST_P(SmoothingTest, ProbabilitiesSumToOne) {
  EXPECT_TRUE(rc::check([&] { check_sums(GetParam()); }));
}

INSTANTIATE_TEST_SUITE_P(Each, SmoothingTest, ::testing::ValuesIn(kMethods), [](const auto& test) {
  std::string name(name_of(test.param));
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

RC_GTEST_PROP(Verify, AgreesOnSoundModels, ()) {
  const Corpus corpus = any_corpus();
  TrainOptions options = any_options();
  if (options.smoothing != Smoothing::kStupidBackoff)
    options.prune_entropy = *rc::gen::element(0.0, 1e-2);
  const Trained trained = train(text_of(corpus), options);
  VerifyOptions verify_options;
  verify_options.queries = 200;
  verify_options.sums = 20;
  const auto report = verify(trained.model, verify_options);
  RC_ASSERT(report.ok());
  RC_ASSERT(report->queries == 200U);
  RC_ASSERT(report->mismatches == 0U);
  RC_ASSERT(report->sums_out_of_tolerance == 0U);
}

RC_GTEST_PROP(State, EqualStatesPredictTheSame, ()) {
  const Corpus corpus = any_corpus();
  const Model model = train(text_of(corpus), any_options()).model;
  for (int i = 0; i < 10; ++i) {
    auto history = any_history(model, corpus);
    const State state = state_after(model, history);
    auto longer = any_history(model, corpus);
    longer.insert(longer.end(), history.begin(), history.end());
    const State other = state_after(model, longer);
    // Beyond the last order - 1 words nothing counts.
    if (history.size() + 1 >= model.order()) RC_ASSERT(other == state);
    State next;
    State next_of_other;
    for (WordId word = 0; word < model.vocabulary_size(); ++word) {
      const Score score = model.score(state, word, next);
      const Score score_of_other = model.score(other, word, next_of_other);
      RC_ASSERT(next == model.advance(state, word));
      if (state == other) {
        RC_ASSERT(score.log10_probability == score_of_other.log10_probability);
        RC_ASSERT(score.order == score_of_other.order);
        RC_ASSERT(next == next_of_other);
      }
      State in_place = state;
      model.score(in_place, word, in_place);
      RC_ASSERT(in_place == next);
    }
  }
}

}  // namespace
}  // namespace tercet::testing
