#include "text/typing_space.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "text/join.h"
#include "text/utf8.h"

namespace tercet::text {
namespace {

/// The text after a sign typed behind a picked word and our space.
std::string typed(std::string text, std::string_view sign, std::string_view tag = "en",
                  bool ours = true) {
  TypingSpace spaces(language(tag));
  const Edit edit = spaces.type(text, sign, ours);
  EXPECT_LE(edit.erase, 1U);
  text.erase(text.size() - edit.erase);
  return text + edit.insert;
}

TEST(TypingSpace, SignsTakeTheSpaceAndPutOneBehind) {
  for (const std::string sign : {",", ".", "!", "?", ":", ";", ")", "]", "”", "»", "%", "…"})
    EXPECT_EQ(typed("a word ", sign), "a word" + sign + " ");
  EXPECT_EQ(typed("Кто это ", "?", "ru"), "Кто это? ");
  EXPECT_EQ(typed("is it? ", "!"), "is it?! ");
  EXPECT_EQ(typed("well. ", "."), "well.. ");
  EXPECT_EQ(typed("(so) ", ","), "(so), ");
}

TEST(TypingSpace, WhatStandsApartStays) {
  for (const std::string sign : {"(", "[", "«", "“", "‘", "—", "–", "&", "+", "#", "$", "👍"})
    EXPECT_EQ(typed("a word ", sign), "a word " + sign);
  EXPECT_EQ(typed("a word ", "b"), "a word b");
  EXPECT_EQ(typed("room ", "5"), "room 5");
  EXPECT_EQ(typed("Он ", "—", "ru"), "Он —");
}

TEST(TypingSpace, WhatJoinsTakesTheSpaceAndPutsNoneBehind) {
  for (const std::string sign : {"'", "’", "-", "/", "_", "@", "\\"})
    EXPECT_EQ(typed("a word ", sign), "a word" + sign);
}

TEST(TypingSpace, QuotesOpenAndClose) {
  EXPECT_EQ(typed("He said ", "\""), "He said \"");
  EXPECT_EQ(typed("He said \"stop ", "\""), "He said \"stop\" ");
  EXPECT_EQ(typed("Он сказал: „да ", "“", "ru"), "Он сказал: „да“ ");
}

TEST(TypingSpace, DigitsMayFollow) {
  EXPECT_EQ(typed("about 3 ", "."), "about 3.");
  EXPECT_EQ(typed("около 3 ", ",", "ru"), "около 3,");
  EXPECT_EQ(typed("at 10 ", ":"), "at 10:");
  EXPECT_EQ(typed("about 3 ", "%"), "about 3% ");
  EXPECT_EQ(typed("about 3 ", ")"), "about 3) ");
}

TEST(TypingSpace, ASpaceTypedByHabitIsOurs) {
  EXPECT_EQ(typed("a word ", " "), "a word ");
  EXPECT_EQ(typed("a word, ", " "), "a word, ");
  EXPECT_EQ(typed("a word ", " ", "en", false), "a word  ");
  EXPECT_EQ(typed("a word ", "\n"), "a word\n");
}

TEST(TypingSpace, ThePersonsOwnSpacesStay) {
  for (const std::string text : {"a word ", "a word", "", "a word,"}) {
    for (const std::string sign : {",", "?", "'", "\n", " ", "", "\xFF"})
      EXPECT_EQ(typed(text, sign, "en", false), text + sign);
  }
  EXPECT_EQ(typed("a word", ","), "a word,") << "no space is there";
}

TEST(TypingSpace, FrenchSignsStandOff) {
  EXPECT_EQ(typed("Quoi ", "?", "fr"), "Quoi\u202F? ");
  EXPECT_EQ(typed("Oui ", "!", "fr"), "Oui\u202F! ");
  EXPECT_EQ(typed("donc ", ";", "fr"), "donc\u202F; ");
  EXPECT_EQ(typed("dit ", ":", "fr"), "dit\u00A0: ");
  EXPECT_EQ(typed("Quoi\u202F? ", "!", "fr"), "Quoi\u202F?! ");
  EXPECT_EQ(typed("oui ", ",", "fr"), "oui, ");
}

TEST(TypingSpace, BehindAPick) {
  TypingSpace spaces(language("en"));
  EXPECT_TRUE(spaces.belongs_behind("word"));
  EXPECT_TRUE(spaces.belongs_behind("two words"));
  EXPECT_TRUE(spaces.belongs_behind("5"));
  EXPECT_TRUE(spaces.belongs_behind(","));
  EXPECT_FALSE(spaces.belongs_behind("("));
  EXPECT_FALSE(spaces.belongs_behind("漢"));
  EXPECT_FALSE(spaces.belongs_behind("カタカナ"));
  EXPECT_FALSE(spaces.belongs_behind(""));
}

TEST(TypingSpace, BetweenTheTextAndAWord) {
  TypingSpace spaces(language("en"));
  for (const char* text : {"Stop.", "one,", "(so)", "a \"b\"", "A line\nStop.", "I —"})
    EXPECT_TRUE(spaces.belongs_between(text, "word")) << text;
  for (const char* text : {"", "a ", "a\u00A0", "a\n", "(", "«", "say \"", "and/", "漢"})
    EXPECT_FALSE(spaces.belongs_between(text, "word")) << text;
  EXPECT_FALSE(spaces.belongs_between("word", ","));
}

TEST(TypingSpace, LooksBackOverOneLineOnly) {
  EXPECT_EQ(typed("open \"\nHe said ", "\""), "open \"\nHe said \"");
  const std::string filler(10'000, 'x');
  EXPECT_EQ(typed(filler + " end ", ","), filler + " end, ");
}

/// Typing signs between picked words gives what the joiner gives: the two cannot disagree.
RC_GTEST_PROP(TypingSpace, AgreesWithTheJoiner, ()) {
  const auto tag = *rc::gen::element<std::string>("en", "ru", "");
  const auto signs = *rc::gen::container<std::vector<std::string>>(
      rc::gen::element<std::string>(",", ".", "!", "\"", ")", "/", "»", "%"));
  Joiner joiner(language(tag));
  TypingSpace spaces(language(tag));
  std::string text = "word ";
  std::string joined;
  joiner.append("word", joined);
  for (const std::string& sign : signs) {
    const bool ours = text.ends_with(' ');
    const Edit edit = spaces.type(text, sign, ours);
    text.erase(text.size() - edit.erase);
    text += edit.insert;
    joiner.append(sign, joined);
    const bool apart = spaces.belongs_between(text, "next");
    text += apart ? " next " : "next ";
    joiner.append("next", joined);
    RC_ASSERT(text == joined + " ");
  }
}

RC_GTEST_PROP(TypingSpace, AnyBytesAreSafe, (const std::string& before, const std::string& sign)) {
  for (const char* tag : {"en", "fr"}) {
    TypingSpace spaces(language(tag));
    const Edit edit = spaces.type(before + " ", sign, true);
    RC_ASSERT(edit.erase <= 1);
    spaces.belongs_between(before, sign);
    spaces.belongs_behind(before);
  }
}

}  // namespace
}  // namespace tercet::text
