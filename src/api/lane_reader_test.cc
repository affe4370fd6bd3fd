#include "tercet/lane_reader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "api/testing.h"
#include "text/topics_testing.h"

namespace tercet::api::testing {
namespace {

using text::testing::kTopics;
using text::testing::TopicWriter;

constexpr std::string_view kNames[] = {"none", "typical", "rare", "genius"};

const Repertoire& with_lanes() {
  static const Repertoire kRepertoire = [] {
    auto made = Repertoire::make({train(text::testing::topical_text(90, 1), "en", true)});
    if (!made.ok()) throw std::runtime_error(made.error().message);
    return std::move(*made);
  }();
  return kRepertoire;
}

LaneReader open(std::string text, const LaneReadOptions& options = {}) {
  auto reader = LaneReader::open(with_lanes(), std::move(text), options);
  if (!reader.ok()) throw std::runtime_error(reader.error().message);
  return std::move(*reader);
}

std::vector<LanedWord> read(LaneReader& reader) {
  std::vector<LanedWord> words;
  while (const auto word = reader.next()) words.push_back(*word);
  return words;
}

std::size_t count_of(const std::vector<LanedWord>& words, Lane lane) {
  return static_cast<std::size_t>(
      std::count_if(words.begin(), words.end(),
                    [&](const LanedWord& each) { return each.measure.lane == lane; }));
}

TEST(LaneReader, MeasuresEachWordWhereItStands) {
  LaneReader reader = open(TopicWriter(5).lines(1, 60));
  const std::string text = reader.text();
  const auto words = read(reader);
  EXPECT_GT(words.size(), 1000U);
  std::size_t end = 0;
  for (const LanedWord& word : words) {
    ASSERT_GE(word.begin, end);
    for (; end < word.begin; ++end) EXPECT_NE(std::string_view(" .\n").find(text[end]), text.npos);
    end = word.end;
    ASSERT_GT(word.end, word.begin);
    EXPECT_EQ(text.substr(word.begin, word.end - word.begin).find_first_of(" .\n"), text.npos);
    EXPECT_GE(word.surprise_bits, 0);
    EXPECT_LE(word.surprise_bits, 100);
    EXPECT_GE(word.measure.unusual, 0);
    EXPECT_LE(word.measure.unusual, 1);
    EXPECT_EQ(word.measure.lane == Lane::kTypical, word.measure.unusual <= 0.9F);
    if (word.measure.lane == Lane::kGenius) {
      EXPECT_GE(word.measure.fit, 0.8F);
    }
  }
  EXPECT_EQ(end + std::string_view(" .\n").size(), text.size());
  EXPECT_EQ(reader.language(), "en");
  EXPECT_EQ(reader.next(), std::nullopt);
}

TEST(LaneReader, AProfileIsTheMeanOfTheWords) {
  LaneReader reader = open(TopicWriter(6).lines(0, 60));
  EXPECT_EQ(reader.profile().words, 0U);
  EXPECT_EQ(reader.profile().typical, 0);
  double typical = 0;
  double rare = 0;
  double genius = 0;
  const auto words = read(reader);
  for (const auto& [begin, end, bits, measure] : words) {
    typical += 1 - double{measure.unusual};
    rare += double{measure.unusual} * (1 - double{measure.fit});
    genius += double{measure.unusual} * double{measure.fit};
  }
  const LaneProfile profile = reader.profile();
  const auto count = static_cast<double>(words.size());
  EXPECT_EQ(profile.words, words.size());
  EXPECT_NEAR(profile.typical, typical / count, 1e-9);
  EXPECT_NEAR(profile.rare, rare / count, 1e-9);
  EXPECT_NEAR(profile.genius, genius / count, 1e-9);
  EXPECT_NEAR(profile.typical + profile.rare + profile.genius, 1, 1e-9);
  EXPECT_GT(profile.rare_words, 10U);
  EXPECT_LT(profile.rare_words, words.size() / 2);
}

/// What a text says for the words of all topics that stand in it, on the mean.
double support_of_topics(LaneReader& reader) {
  double sum = 0;
  double count = 0;
  for (const LanedWord& word : read(reader)) {
    const auto spelt = std::string_view(reader.text()).substr(word.begin, word.end - word.begin);
    for (const auto& topic : kTopics) {
      if (std::find(topic.begin(), topic.end(), spelt) == topic.end()) continue;
      sum += double{word.measure.support_bits};
      count += 1;
    }
  }
  return sum / count;
}

/// A text that keeps to its topic, and the same words without one.
TEST(LaneReader, ATextSupportsItsOwnWords) {
  TopicWriter writer(7);
  std::string mixed;
  for (std::size_t i = 0; i < 60; ++i) mixed += writer.lines(i % kTopics.size(), 1);
  LaneReader one = open(writer.lines(2, 60));
  LaneReader all = open(mixed);
  EXPECT_GT(support_of_topics(one), support_of_topics(all) + 0.2);
}

TEST(LaneReader, TheGateDecidesWhatIsGenius) {
  const std::string text = TopicWriter(8).lines(0, 60);
  const auto genius = [&](double gate) {
    LaneReader reader = open(text, {{}, {}, gate});
    return count_of(read(reader), Lane::kGenius);
  };
  EXPECT_GT(genius(0), genius(0.9));
  EXPECT_GE(genius(0.9), genius(1));
}

/// As a session measures it that is told the text before.
TEST(LaneReader, SaysWhatASessionSays) {
  LaneReader reader = open(TopicWriter(9).lines(1, 12));
  const std::string text = reader.text();
  std::size_t listed = 0;
  for (const LanedWord& word : read(reader)) {
    Session session(with_lanes(), {.words = 20, .repairs = false, .lane_words = 10});
    session.open(text.substr(0, word.begin));
    const Offers offers = session.suggest();
    for (const auto list : {offers.words, offers.rare, offers.genius}) {
      for (const Offer& offer : list) {
        if (offer.text != std::string_view(text).substr(word.begin, word.end - word.begin))
          continue;
        ++listed;
        EXPECT_EQ(kNames[static_cast<std::size_t>(offer.measure.lane)],
                  kNames[static_cast<std::size_t>(word.measure.lane)]);
        EXPECT_FLOAT_EQ(offer.measure.unusual, word.measure.unusual);
        EXPECT_FLOAT_EQ(offer.measure.support_bits, word.measure.support_bits);
        EXPECT_FLOAT_EQ(offer.measure.fit, word.measure.fit);
        EXPECT_FLOAT_EQ(offer.surprise_bits, word.surprise_bits);
      }
    }
  }
  EXPECT_GT(listed, 150U);
}

TEST(LaneReader, CountsBytesOfWhatItWasGiven) {
  const std::string given = "\uFEFFCafe\u0301s!\r\n  \xFF naive\u0308";
  LaneReader reader = open(given);
  std::vector<std::string> words;
  for (const LanedWord& word : read(reader))
    words.push_back(given.substr(word.begin, word.end - word.begin));
  EXPECT_EQ(words, (std::vector<std::string>{"Cafe\u0301s", "naive\u0308"}));
}

TEST(LaneReader, WordsThatNobodyKnowsAreInNoLane) {
  LaneReader reader = open("Zyxwv, zyxwv!");
  const auto words = read(reader);
  ASSERT_EQ(words.size(), 2U);
  EXPECT_EQ(words[0].measure.lane, Lane::kNone);
  EXPECT_EQ(words[0].measure.fit, 0);
  EXPECT_TRUE(std::isfinite(words[0].surprise_bits));
}

TEST(LaneReader, TextsWithoutWordsHaveNoProfile) {
  for (const char* text : {"", "\n", "... !?", "\xFF"}) {
    LaneReader reader = open(text);
    EXPECT_EQ(reader.next(), std::nullopt) << text;
    EXPECT_EQ(reader.profile().words, 0U);
    EXPECT_EQ(reader.profile().supported, 0);
    EXPECT_EQ(reader.documents().size(), 1U);
  }
}

TEST(LaneReader, DocumentsKnowNothingOfEachOther) {
  const std::string first = TopicWriter(10).lines(0, 30);
  const std::string second = TopicWriter(11).lines(1, 30);
  LaneReader both = open(first + second, {{}, "1\t30\tmusic\ta\n31\t30\tsea\tb\n"});
  LaneReader alone = open(second);
  const auto words = read(both);
  const auto expected = read(alone);
  ASSERT_GT(words.size(), expected.size());
  const std::size_t skipped = words.size() - expected.size();
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(words[skipped + i].begin, first.size() + expected[i].begin);
    EXPECT_EQ(words[skipped + i].measure.unusual, expected[i].measure.unusual);
    EXPECT_EQ(words[skipped + i].measure.fit, expected[i].measure.fit);
  }
  const auto documents = both.documents();
  ASSERT_EQ(documents.size(), 2U);
  EXPECT_EQ(documents[0].genre, "music");
  EXPECT_EQ(documents[1].genre, "sea");
  EXPECT_EQ(documents[1].profile.words, expected.size());
  EXPECT_EQ(documents[1].profile.mean_fit, alone.profile().mean_fit);
  EXPECT_EQ(both.profile().words, words.size());
}

TEST(LaneReader, ChoosesTheLanguageThatKnowsMost) {
  auto repertoire = Repertoire::make(
      {train("мы видели это\n", "ru"), train(text::testing::topical_text(60, 1), "en", true)});
  ASSERT_TRUE(repertoire.ok());
  const auto opened = [&](std::string text, std::string_view language) {
    return LaneReader::open(*repertoire, std::move(text), {language, {}});
  };
  EXPECT_TRUE(opened("the piano and the violin", "").ok());
  EXPECT_EQ(opened("the piano", "ru").error().code, ErrorCode::kUnsupported);
  const auto russian = opened("мы видели", "");
  ASSERT_FALSE(russian.ok());
  EXPECT_EQ(russian.error().code, ErrorCode::kUnsupported);
  EXPECT_NE(russian.error().message.find("tercet train --lanes"), std::string::npos);
  EXPECT_NE(russian.error().message.find("'ru'"), std::string::npos);
  EXPECT_EQ(opened("piano", "de").error().code, ErrorCode::kInvalidArgument);
}

TEST(LaneReader, RefusesTheIndexOfAnotherText) {
  const auto reader = LaneReader::open(with_lanes(), "one line\n", {{}, "1\t2\tx\ty\n"});
  ASSERT_FALSE(reader.ok());
  EXPECT_EQ(reader.error().code, ErrorCode::kInvalidArgument);
}

TEST(LaneReferences, AreThereForTheShippedLanguages) {
  for (const char* language : {"en", "ru"}) {
    const auto references = lane_references(language);
    ASSERT_EQ(references.size(), 5U);
    EXPECT_EQ(references[0].name, "human");
    for (const LaneReference& each : references.subspan(1))
      EXPECT_LT(each.supported, references[0].supported);
  }
  EXPECT_TRUE(lane_references("de").empty());
}

}  // namespace
}  // namespace tercet::api::testing
