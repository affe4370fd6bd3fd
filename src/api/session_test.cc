// What a person gets who writes: sessions against small models of two languages.
#include "tercet/session.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "api/testing.h"

namespace tercet::api::testing {
namespace {

std::vector<std::string> texts_of(std::span<const Offer> offers) {
  std::vector<std::string> texts;
  for (const Offer& each : offers) texts.emplace_back(each.text);
  return texts;
}

TEST(Session, WhatIsTypedIsMadeClean) {
  Heard heard;
  Session session(english_only(), {.observer = &heard});
  type(session, "we saw cafe");
  const Edit accent = session.type("\u0301");
  EXPECT_EQ(accent.erase, std::string_view("cafe").size());
  EXPECT_EQ(accent.insert, "café");
  EXPECT_EQ(session.text_before(), "we saw café");
  session.update("we saw café");  // As a client that composes has it.
  EXPECT_TRUE(heard.strikes.empty());
  EXPECT_EQ(session.type("\xFF\x01 ").insert, "café\uFFFD  ");
  session.type("\uFEFF");
  EXPECT_EQ(session.text_before(), "we saw café\uFFFD  ");
  EXPECT_EQ(heard.sentences(), Lines{"we saw café \uFFFD"});
}

TEST(Session, WhatIsToldOfAWordHoldsAtOnce) {
  Session session(english_only());
  session.update("we want to write a ");
  ASSERT_EQ(texts_of(session.suggest().words)[0], "letter");
  session.block("letter", Blocking::kNeverSuggest);
  const auto without = texts_of(session.suggest().words);
  EXPECT_EQ(std::count(without.begin(), without.end(), "letter"), 0);
  const std::vector<std::string_view> sentence = {"a", "Balrog"};
  for (int i = 0; i < 2; ++i) session.remember(sentence);
  auto learnt = texts_of(session.suggest().words);
  EXPECT_EQ(std::count(learnt.begin(), learnt.end(), "Balrog"), 1);
  session.remember_doubts("balrog", 1, 0);
  learnt = texts_of(session.suggest().words);
  EXPECT_EQ(std::count(learnt.begin(), learnt.end(), "Balrog"), 0);
}

/// A pick there would split it: "wa|nted".
TEST(Session, NothingIsOfferedInsideAWord) {
  Session session(both_languages());
  const auto offered = [&](std::string_view before, std::string_view after) {
    session.update(before, after);
    const std::size_t words = session.suggest().words.size();
    return words + session.suggest_initials().phrases.size() +
           session.branches(3, 2).phrases.size();
  };
  for (const std::string_view after : {"", " it", ", it", "\nit", "-it", "2"})
    EXPECT_GT(offered("we wa", after), 0U) << after;
  for (const std::string_view after : {"nted", "Nted", "ж", "é"})
    EXPECT_EQ(offered("we wa", after), 0U) << after;
  EXPECT_EQ(offered("they wt", "o"), 0U);
  EXPECT_GT(offered("they wt", ""), 0U);
  EXPECT_GT(offered("we ", "wanted"), 0U) << "before a word there is room for another";
}

TEST(Session, TwoLanguagesOfferAWordOnce) {
  for (const std::string_view typed : {"", "ё", "ёл"}) {
    Session session(both_languages());
    // To English ё is another letter than е, and the word one of the person's own.
    type(session, "ёлку ёлку ёлку ");
    type(session, typed);
    const auto offered = texts_of(session.suggest().words);
    EXPECT_EQ(std::count(offered.begin(), offered.end(), "ёлку"), 1) << typed;
  }
}

TEST(Session, TwoLanguagesOfferAPhraseOnce) {
  Session session(both_languages());
  for (int i = 0; i < 3; ++i) type(session, "zorp quux blah. ");
  type(session, "zqb");
  const auto phrases = texts_of(session.suggest_initials(3).phrases);
  ASSERT_FALSE(phrases.empty());
  EXPECT_EQ(phrases[0], "Zorp quux blah");
  EXPECT_EQ(std::set<std::string>(phrases.begin(), phrases.end()).size(), phrases.size());
}

}  // namespace
}  // namespace tercet::api::testing
