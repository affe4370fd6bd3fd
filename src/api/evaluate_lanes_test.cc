#include "tercet/evaluate_lanes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "api/lane_controls.h"
#include "api/lane_walk.h"
#include "api/testing.h"
#include "measure/lane_tally.h"
#include "os/testing.h"
#include "tercet/train.h"

namespace tercet {
namespace {

using api::Random;
using api::Words;
using api::testing::Dice;
using measure::kLaneTexts;
using measure::LaneText;

constexpr std::size_t kTopics = 8;
constexpr std::size_t kWordsOfTopic = 150;
constexpr int kLines = 30;

/// Not a form of any other.
std::string word_of(std::size_t topic, std::size_t number) {
  std::string word = "b";
  for (std::size_t rest = topic * kWordsOfTopic + number + 1; rest > 0; rest /= 20)
    word.append(1, "cdfghjklmnpqrtvwxz"[rest % 18]).append(1, "aou"[rest % 3]);
  return word + "k";
}

/// Documents that keep to their topic: what stands near a word tells more of it than the one
/// before.
struct Topics {
  std::string text;
  std::string index;
};
Topics topics(std::size_t documents, std::uint64_t seed) {
  Dice dice(seed);
  Topics out;
  for (std::size_t d = 0; d < documents; ++d) {
    const std::size_t topic = dice.below(kTopics);
    for (int line = 0; line < kLines; ++line) {
      out.text += "The " + word_of(topic, dice.below(kWordsOfTopic)) + " and the " +
                  word_of(topic, dice.below(kWordsOfTopic)) + ".\n";
    }
    out.index += std::to_string(1 + kLines * static_cast<int>(d)) + "\t" + std::to_string(kLines) +
                 "\t" + (d % 2 == 0 ? "even" : "odd") + "\td\n";
  }
  return out;
}

Model train_topics() {
  const os::testing::TemporaryDirectory directory;
  const Topics text = topics(1500, 1);
  const auto input = directory.write("text.txt", text.text);
  directory.write("text.index.tsv", text.index);
  const auto output = directory.path() / "model.tct";
  TrainOptions options;
  options.language = "en";
  options.lanes = true;
  const auto report = train_model({&input, 1}, output, options);
  EXPECT_TRUE(report.ok()) << (report.ok() ? "" : report.error().message);
  return std::move(*Model::open(output));
}

const Model& model() {
  static const Model kModel = train_topics();
  return kModel;
}

EvaluateOptions options_of(const Topics& text) {
  EvaluateOptions options;
  options.text = text.text;
  options.index = text.index;
  return options;
}

const LaneTextFigures& text_of(const LanesReport& report, LaneText text) {
  return report.all.texts[static_cast<std::size_t>(text)];
}

TEST(EvaluateLanes, ControlsComeOutAsTheyMust) {
  const Topics text = topics(60, 2);
  EvaluateOptions options = options_of(text);
  options.additions = kNoAdditions;  // As the null of V was measured.
  const auto report = evaluate_lanes(model(), options, {});
  ASSERT_TRUE(report.ok()) << report.error().message;
  const LaneFigures& all = report->all;
  EXPECT_EQ(all.documents, 60U);
  EXPECT_GT(all.positions, 500U);
  EXPECT_GT(all.bits_saved.low, 0.5) << "the topic is worth up to three bits";
  EXPECT_GT(all.compared, 200U);
  EXPECT_GT(all.fit_auc.low, 0.8);
  EXPECT_NEAR(all.unigram_auc.value, 0.5, 0.08);
  EXPECT_NEAR(all.surprise_auc.value, 0.5, 0.03);
  // One random word in eight is of the topic, so that it fits a text of its topic as well.
  const auto careful = [&](LaneText kind) { return text_of(*report, kind).careful; };
  EXPECT_GT(careful(LaneText::kHuman).low, 0.2);
  EXPECT_NEAR(careful(LaneText::kWithinDocuments).value, careful(LaneText::kHuman).value, 0.1)
      << "a document's sentences are of one topic";
  EXPECT_LT(careful(LaneText::kSentencesShuffled).high, careful(LaneText::kHuman).low);
  EXPECT_NEAR(careful(LaneText::kReplaced).value, 0.05, 0.04);
  EXPECT_LT(careful(LaneText::kSampled).high, careful(LaneText::kHuman).low);
  EXPECT_EQ(report->genres.size(), 2U);
}

TEST(EvaluateLanes, TheSameWhateverTheThreads) {
  const Topics text = topics(12, 3);
  EvaluateOptions options = options_of(text);
  std::vector<LanesReport> reports;
  for (const unsigned threads : {1U, 4U}) {
    options.threads = threads;
    auto report = evaluate_lanes(model(), options, {.seed = 7});
    ASSERT_TRUE(report.ok());
    reports.push_back(std::move(*report));
  }
  for (std::size_t i = 0; i < kLaneTexts.size(); ++i) {
    EXPECT_EQ(reports[0].all.texts[i].rare, reports[1].all.texts[i].rare) << kLaneTexts[i];
    EXPECT_EQ(reports[0].all.texts[i].fit.value, reports[1].all.texts[i].fit.value);
  }
  EXPECT_EQ(reports[0].all.fit_auc.value, reports[1].all.fit_auc.value);
  EXPECT_EQ(reports[0].all.bits_saved.low, reports[1].all.bits_saved.low);
  const auto other = evaluate_lanes(model(), options, {.seed = 8});
  ASSERT_TRUE(other.ok());
  EXPECT_EQ(reports[0].all.bits_saved.value, other->all.bits_saved.value) << "nothing is drawn";
  EXPECT_NE(text_of(reports[0], LaneText::kSampled).fit.value,
            text_of(*other, LaneText::kSampled).fit.value);
}

TEST(EvaluateLanes, StopsBehindSoManyPositions) {
  const Topics text = topics(12, 3);
  const auto report = evaluate_lanes(model(), options_of(text), {.most_positions = 100});
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report->all.positions, 100U);
}

TEST(EvaluateLanes, OtherConstantsGiveOtherFigures) {
  const Topics text = topics(12, 3);
  EvaluateOptions options = options_of(text);
  const auto shipped = evaluate_lanes(model(), options, {});
  LaneOverrides overrides{.strength = 1, .smoothing = 100, .decay = 1};
  options.lanes = &overrides;
  const auto changed = evaluate_lanes(model(), options, {});
  ASSERT_TRUE(shipped.ok() && changed.ok());
  EXPECT_NE(shipped->all.bits_saved.value, changed->all.bits_saved.value);
  EXPECT_EQ(shipped->all.bits.value, changed->all.bits.value) << "p is the same";
  overrides.strength = 0.3;
  EXPECT_EQ(evaluate_lanes(model(), options, {}).error().code, ErrorCode::kInvalidArgument);
}

TEST(EvaluateLanes, NeedsLanesAndPositions) {
  const Topics text = topics(2, 3);
  const auto without = evaluate_lanes(api::testing::english(), options_of(text), {});
  ASSERT_FALSE(without.ok());
  EXPECT_EQ(without.error().code, ErrorCode::kUnsupported);
  EXPECT_NE(without.error().message.find("--lanes"), std::string::npos);
  EvaluateOptions options;
  options.text = "The end.\n";
  EXPECT_EQ(evaluate_lanes(model(), options, {}).error().code, ErrorCode::kInvalidArgument);
}

/// Lists ranked by p' know the topic.
TEST(EvaluateLanes, FitMayRankLists) {
  const Topics text = topics(40, 4);
  EvaluateOptions options = options_of(text);
  options.slots = {3};
  Additions fitting;
  fitting.fit = true;
  const std::array settings{Additions{}, fitting};
  const auto compared = compare(model(), options, settings);
  ASSERT_TRUE(compared.ok()) << compared.error().message;
  EXPECT_GT(compared->back().gain.slots[0].ksr.low, 0);
  const auto without = compare(api::testing::english(), options, settings);
  EXPECT_EQ(without.error().code, ErrorCode::kUnsupported);
}

/// Sentences of one to five words.
Words random_words(Random& random, std::size_t sentences) {
  Words out;
  for (std::size_t i = 0; i < sentences; ++i) {
    for (std::uint64_t n = random() % 5 + 1; n > 0; --n)
      out.push_back(kFirstWord + static_cast<WordId>(random() % 50));
    out.push_back(kSentenceEnd);
  }
  return out;
}

TEST(LaneControls, ShufflingKeepsWhatItShuffles) {
  Random random(1);
  const Words words = random_words(random, 40);
  const auto sorted = [](Words of) {
    std::sort(of.begin(), of.end());
    return of;
  };
  for (const bool of_sentences : {true, false}) {
    const Words shuffled =
        of_sentences ? api::shuffle_sentences(words, random) : api::shuffle_words(words, random);
    EXPECT_NE(shuffled, words);
    EXPECT_EQ(sorted(shuffled), sorted(words));
    EXPECT_EQ(shuffled.back(), kSentenceEnd);
  }
  const Words shuffled = api::shuffle_words(words, random);
  for (std::size_t i = 0; i < words.size(); ++i)
    EXPECT_EQ(shuffled[i] == kSentenceEnd, words[i] == kSentenceEnd);
  const std::vector<Words> documents{words, random_words(random, 10), {}, random_words(random, 20)};
  const std::vector<Words> mixed = api::mix_sentences(documents, random);
  ASSERT_EQ(mixed.size(), documents.size());
  std::size_t all = 0;
  for (std::size_t i = 0; i < mixed.size(); ++i) {
    all += mixed[i].size();
    EXPECT_LT(mixed[i].size(), documents[i].size() + 6);
  }
  EXPECT_LE(all, words.size() + documents[1].size() + documents[3].size());
}

/// What is drawn again and again comes as often as p says.
TEST(LaneControls, SampledWordsFollowTheMixture) {
  const auto lanes = predict::LaneModel::make(model().data(), "test");
  ASSERT_TRUE(lanes.ok() && lanes->has_value());
  const api::WordDraw draw(**lanes);
  predict::Mixture mixture((*lanes)->ngrams());
  Random random(5);
  for (int i = 0; i < 60; ++i) mixture.accept(draw.next(mixture, random));
  constexpr int kDraws = 200'000;
  std::vector<int> drawn(model().vocabulary_size());
  for (int i = 0; i < kDraws; ++i) ++drawn[draw.next(mixture, random)];
  const double impossible = mixture.probability(kUnknown) + mixture.probability(kSentenceBegin);
  for (WordId word = kSentenceEnd; word < drawn.size(); ++word) {
    const double expected = kDraws * mixture.probability(word) / (1 - impossible);
    EXPECT_NEAR(drawn[word], expected, 5 * std::sqrt(expected) + 0.01 * expected + 5) << word;
  }
  EXPECT_EQ(drawn[kUnknown] + drawn[kSentenceBegin], 0);
}

TEST(LaneControls, WordsLikeAnotherAreAsFrequent) {
  const auto lanes = predict::LaneModel::make(model().data(), "test");
  ASSERT_TRUE(lanes.ok() && lanes->has_value());
  const lanes::AssociationTable& table = (*lanes)->table();
  const api::WordDraw draw(**lanes);
  Random random(5);
  std::size_t others = 0;
  for (WordId word = kFirstWord; word < model().vocabulary_size(); ++word) {
    const lanes::Class of = table.class_of(word);
    if (of == model::kNoClass) continue;
    for (int i = 0; i < 20; ++i) {
      const lanes::Class drawn = table.class_of(draw.like(of, random));
      EXPECT_EQ(table.band(drawn), table.band(of));
      others += drawn != of ? 1 : 0;
    }
  }
  EXPECT_GT(others, 1000U);
}

}  // namespace
}  // namespace tercet
