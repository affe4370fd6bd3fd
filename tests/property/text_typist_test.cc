// A person who writes a text as it stands: it comes out letter by letter, and hardly ever
// dearer than without suggestions.
#include "api/text_typist.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

#include "tercet/evaluate.h"
#include "tercet/session.h"
#include "text/utf8.h"
#include "training.h"

namespace tercet::testing {
namespace {

/// Words with capitals, numbers and signs between them, some of which belong to what is before
/// them.
std::string any_text() {
  const auto word = rc::gen::element<std::string>(
      "a", "the", "The", "paris", "Paris", "PARIS", "iPhone", "don't", "twenty-one", "3.14", "10",
      "U.S.", "mir", "Mir", "Мир", "мир", "straße", "naïve");
  const auto gap = rc::gen::weightedElement<std::string>(
      {{20, " "}, {3, ", "}, {3, ". "}, {2, "\n"},   {1, "("},    {1, ") "}, {1, " - "}, {1, " — "},
       {1, "\""}, {1, "/"},  {1, "  "}, {1, "'"},    {1, "?!\n"}, {1, "…"},  {1, " «"},  {1, "» "},
       {1, "-"},  {1, ","},  {1, "\t"}, {1, "\n\n"}, {1, "%"},    {1, " $"}, {1, ": "},  {1, "@"}});
  const auto pairs = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(rc::gen::map(
      rc::gen::pair(word, gap), [](const auto& both) { return both.first + both.second; })));
  std::string text;
  for (const std::string& each : pairs) text += each;
  return text;
}

Model model_of(const std::string& text, std::string language) {
  TrainOptions options;
  options.language = std::move(language);
  return train(text, options).model;
}

struct Written {
  std::string text;
  measure::KeyCounts keys;
  measure::PhraseCounts phrases;
};

Written write(const Repertoire& repertoire, const std::string& text, const SessionOptions& options,
              std::uint64_t initials_every = 0) {
  const text::Language& language = text::language("en");
  Session session(repertoire, options);
  std::vector<float> microseconds;
  const auto words = api::find_words(text, language);
  api::TextTypist typist(session, text, words, language, microseconds);
  std::array<measure::InitialsCounts, measure::kInitialsWords.size()> initials{};
  typist.try_initials(initials_every, initials);
  typist.write();
  return {session.text_before(), typist.keys(), typist.phrases()};
}

SessionOptions any_session() {
  SessionOptions options;
  options.words = *rc::gen::inRange<std::size_t>(1, 6);
  options.phrases = *rc::gen::arbitrary<bool>();
  options.reoffer = *rc::gen::arbitrary<bool>();
  return options;
}

/// A pick looks ahead to the next word; what follows may cost a correction beyond that.
RC_GTEST_PROP(TextTypist, WritesTheTextWithHardlyMoreKeysThanCharacters, ()) {
  const auto repertoire = Repertoire::make({model_of(any_text(), "en")});
  RC_ASSERT(repertoire.ok());
  const std::string text = any_text();
  const SessionOptions options = any_session();
  const Written written = write(*repertoire, text, options);
  RC_ASSERT(written.text == text);
  RC_ASSERT(written.keys.all() - written.keys[KeyUse::kCorrection] <= text::code_point_count(text));
  RC_ASSERT(options.phrases || written.phrases.shown == 0);
  RC_ASSERT(written.phrases.whole + written.phrases.part <= written.phrases.shown);
  RC_ASSERT(write(*repertoire, text, options, 3).keys.all() == written.keys.all());
}

RC_GTEST_PROP(TextTypist, WritesTheTextWithSeveralModels, ()) {
  const auto repertoire =
      Repertoire::make({model_of(any_text(), "en"), model_of(any_text(), "ru")});
  RC_ASSERT(repertoire.ok());
  const std::string text = any_text();
  RC_ASSERT(write(*repertoire, text, any_session()).text == text);
}

class Keys : public ::testing::Test {
 protected:
  static measure::KeyCounts keys(const std::string& text, bool phrases = false) {
    std::string corpus;
    for (int i = 0; i < 30; ++i) corpus += "Alpha beta gamma delta.\n";
    static const auto repertoire = Repertoire::make({model_of(corpus, "en")});
    const Written written = write(*repertoire, text, {.words = 1, .phrases = phrases});
    EXPECT_EQ(written.text, text);
    return written.keys;
  }
};

TEST_F(Keys, APickWritesTheSpaceToo) {
  const measure::KeyCounts counts = keys("Alpha beta gamma delta.\n");
  EXPECT_EQ(counts[KeyUse::kPick], 4U);
  EXPECT_EQ(counts[KeyUse::kSign], 1U);
  EXPECT_EQ(counts[KeyUse::kSpace], 1U) << "the line's end";
  EXPECT_EQ(counts.all(), 6U);
}

TEST_F(Keys, AWordThatNobodyKnowsIsTyped) {
  const measure::KeyCounts counts = keys("zyxw Q.\n");
  EXPECT_EQ(counts[KeyUse::kLetter], 5U);
  EXPECT_EQ(counts[KeyUse::kSpace], 2U);
  EXPECT_EQ(counts.all(), 8U);
}

TEST_F(Keys, APhraseIsOneKeyAndEachWordOfABrokenOneToo) {
  EXPECT_EQ(keys("Alpha beta gamma delta.\n", true)[KeyUse::kPick], 1U);
  EXPECT_EQ(keys("Alpha beta gamma zz.\n", true)[KeyUse::kPick], 3U);
}

TEST_F(Keys, ASpaceThatDoesNotBelongIsDeleted) {
  const measure::KeyCounts counts = keys("Alpha(beta)\n");
  EXPECT_EQ(counts[KeyUse::kCorrection], 1U);
  EXPECT_EQ(counts[KeyUse::kSign], 2U);
}

TEST_F(Keys, APickThatDoesNotPayIsLeft) {
  const auto repertoire = Repertoire::make({model_of("a a a a a a.\na a a a a a a.\n", "en")});
  ASSERT_TRUE(repertoire.ok());
  const std::string text = "a a a(a(a(a";
  const Written written = write(*repertoire, text, {.words = 1, .phrases = false});
  EXPECT_EQ(written.text, text);
  EXPECT_GT(written.keys[KeyUse::kPick], 0U);
  EXPECT_EQ(written.keys[KeyUse::kCorrection], 0U) << "a letter is typed as fast";
}

TEST_F(Keys, LettersOfAWordListedWithOtherCapitalsAreCapitalsLost) {
  const measure::KeyCounts counts = keys("Alpha BETA gamma");
  EXPECT_EQ(counts[KeyUse::kLetter], 0U);
  EXPECT_GT(counts[KeyUse::kCapital], 0U);
}

TEST(Session, AWordWithOtherCapitalsIsOfferedOnceMore) {
  const auto repertoire =
      Repertoire::make({model_of("Stop it.\nWe stop it.\nWe stop it.\n", "en")});
  ASSERT_TRUE(repertoire.ok());
  Session session(*repertoire, {.words = 3, .phrases = false});
  const auto offers = [&](std::string_view word) {
    const auto words = session.suggest().words;
    return std::any_of(words.begin(), words.end(),
                       [&](const Offer& offer) { return offer.text == word; });
  };
  session.type("We ");
  EXPECT_TRUE(offers("stop"));
  session.type("S");
  EXPECT_TRUE(offers("Stop"));
  session.type("t");
  EXPECT_FALSE(offers("Stop")) << "it has been passed over";
  session.update("We Stop");
  EXPECT_FALSE(offers("Stop")) << "it stands there already";
}

/// A text of which half is foreseeable.
std::string foreseeable_text() {
  std::string text;
  for (std::size_t i = 0; i < 40; ++i) {
    text += "The cat sat on the mat, and ";
    text += std::string("abcdefgh").substr(i % 7) + " went home to the cat on the hill.\n";
  }
  return text;
}

EvaluateOptions options_for(std::string_view text) {
  EvaluateOptions options;
  options.text = text;
  options.threads = 2;
  return options;
}

TEST(EvaluateText, CountsEveryCharacterAndMoreSlotsNeverCostKeys) {
  const std::string text = foreseeable_text();
  EvaluateOptions options = options_for(text);
  options.slots = {1, 2, 3, 5, 10};
  const auto report = evaluate_text({model_of(text, "en")}, options);
  ASSERT_TRUE(report.ok()) << report.error().message;
  EXPECT_EQ(report->characters, text.size());
  EXPECT_EQ(report->words, 40U * 16);
  double before = 0;
  for (const TextSlotFigures& of : report->slots) {
    EXPECT_GE(of.ksr.value, before) << of.slots;
    EXPECT_NEAR(std::accumulate(of.keys.begin(), of.keys.end(), 0.0), 100, 1e-9);
    before = of.ksr.value;
  }
  options.most_words = 20;
  const auto part = evaluate_text({model_of(text, "en")}, options);
  ASSERT_TRUE(part.ok());
  EXPECT_EQ(part->words, 20U);
}

TEST(EvaluateText, WhatIsRememberedHelps) {
  const Model model = model_of("The cat sat.\n", "en");
  const std::string text = "My name is Rumpelstiltskin.\n";
  EvaluateOptions options = options_for(text);
  const auto without = evaluate_text({model}, options);
  const std::vector<std::vector<std::string>> remembered(
      3, {"My", "name", "is", "Rumpelstiltskin", "."});
  options.remembered = remembered;
  const auto with = evaluate_text({model}, options);
  ASSERT_TRUE(without.ok() && with.ok());
  EXPECT_GT(with->slots[0].ksr.value, without->slots[0].ksr.value + 30);
  options.slots = {1};
  const auto words = evaluate(model, options);
  options.remembered = {};
  ASSERT_TRUE(words.ok());
  EXPECT_GT(words->all.slots[0].hit.value, evaluate(model, options)->all.slots[0].hit.value);
}

TEST(EvaluateText, RefusesWhatCannotBeMeasured) {
  const Model model = model_of("The cat sat.\n", "en");
  EvaluateOptions options = options_for("!?\n");
  EXPECT_FALSE(evaluate_text({model}, options).ok()) << "no words";
  options.text = "words\n";
  EXPECT_FALSE(evaluate_text({}, options).ok()) << "no model";
  options.slots = {0};
  EXPECT_FALSE(evaluate_text({model}, options).ok());
}

}  // namespace
}  // namespace tercet::testing
