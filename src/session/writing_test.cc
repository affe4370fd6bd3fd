#include "session/writing.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "text/language.h"

namespace tercet::session {
namespace {

/// Keeps what stands, one event an entry: "word", "(pasted)", "</s>".
class Record final : public WritingListener {
 public:
  void word_written(std::string_view surface, bool starts_sentence, Origin origin) override {
    std::string event(starts_sentence ? "^" : "");
    event.append(surface);
    events.push_back(origin == Origin::kTyped ? event : "(" + event + ")");
  }
  void sentence_ended() override { events.emplace_back("</s>"); }
  void taken_back() override {
    ASSERT_FALSE(events.empty());
    events.pop_back();
  }
  void struck(std::string_view surface) override { strikes.emplace_back(surface); }
  void moved(std::string_view /*text*/, std::span<const text::Token> context, bool whole) override {
    events.clear();
    place = whole ? "^" : "";
    for (const text::Token& token : context) place.append(token.surface).append(" ");
  }

  std::vector<std::string> events;
  std::vector<std::string> strikes;
  std::string place;
};

using Words = std::vector<std::string>;

struct Fixture {
  Record record;
  Writing writing{text::Tokenizer(text::language("en")), record};

  void type(std::string_view keys) {
    for (const char key : keys) {
      std::string before = writing.before();
      if (key == '<') {
        before.pop_back();
      } else {
        before += key;
      }
      writing.update(before, "", Change::kTyped);
    }
  }
};

TEST(Writing, WordsAreFinishedByWhatFollows) {
  Fixture at;
  at.type("I don't");
  EXPECT_EQ(at.record.events, (Words{"^I"}));
  EXPECT_EQ(at.writing.typed(), "don't");
  at.type(" kno");
  EXPECT_EQ(at.record.events, (Words{"^I", "don't"}));
  at.type("w. ");
  EXPECT_EQ(at.record.events, (Words{"^I", "don't", "know", ".", "</s>"}));
  EXPECT_TRUE(at.writing.at_sentence_start());
  at.type("he\nSo");
  EXPECT_EQ(at.record.events, (Words{"^I", "don't", "know", ".", "</s>", "^he", "</s>"}));
  EXPECT_TRUE(at.record.strikes.empty());
}

TEST(Writing, WhatIsDeletedIsTakenBack) {
  Fixture at;
  at.type("We met helo ");
  EXPECT_EQ(at.record.events, (Words{"^We", "met", "helo"}));
  at.type("<");
  EXPECT_EQ(at.record.events, (Words{"^We", "met"}));
  EXPECT_TRUE(at.record.strikes.empty());  // It may become "helot".
  at.type("<lo ");
  EXPECT_EQ(at.record.events, (Words{"^We", "met", "hello"}));
  EXPECT_EQ(at.record.strikes, (Words{"helo"}));
  at.type("<s ");  // Only written on.
  EXPECT_EQ(at.record.events, (Words{"^We", "met", "hellos"}));
  EXPECT_EQ(at.record.strikes, (Words{"helo"}));
  at.type("<<<<<<<<");
  EXPECT_EQ(at.record.events, (Words{"^We"}));
  EXPECT_EQ(at.record.strikes, (Words{"helo", "hellos"}));
}

TEST(Writing, AnUncapitalisedWordKeepsTheSentenceEnd) {
  Fixture at;
  at.type("Well... ok. no");
  EXPECT_EQ(at.record.events, (Words{"^Well", "...", "ok", ".", "</s>"}));
  at.type("<<<<");
  EXPECT_EQ(at.record.events, (Words{"^Well", "..."}));
  EXPECT_EQ(at.writing.typed(), "ok");
}

TEST(Writing, PastedTextIsNotThePersonsOwn) {
  Fixture at;
  at.type("See ");
  at.writing.update("See one two three four. ", "", Change::kTyped);
  EXPECT_EQ(at.record.events,
            (Words{"^See", "(one)", "(two)", "(three)", "(four)", "(.)", "</s>"}));
  at.writing.update("See one two three four. Thank you so very much", "", Change::kPicked);
  EXPECT_EQ(at.record.events.back(), "very");
}

TEST(Writing, ThreeWordsAtOnceAreNotPasted) {
  Fixture at;
  at.type("See.");
  at.writing.update("See. One two three ", "", Change::kTyped);
  EXPECT_EQ(at.record.events, (Words{"^See", ".", "</s>", "^One", "two", "three"}));
}

TEST(Writing, APastedWordStaysPastedWhenItIsFinished) {
  Fixture at;
  at.type("My ");
  at.writing.update("My secret", "", Change::kPasted);
  at.type(" is safe ");
  EXPECT_EQ(at.record.events, (Words{"^My", "(secret)", "is", "safe"}));
  at.type("<<<<<<<<<<<<<<<");
  at.type("own ");
  EXPECT_EQ(at.record.events, (Words{"^My", "own"}));
}

TEST(Writing, ADocumentIsReadAndTheCaretPlaced) {
  Fixture at;
  at.writing.open("It is here. We wer", " done. Bye.");
  EXPECT_EQ(at.record.place, "^We ");
  EXPECT_EQ(at.writing.typed(), "wer");
  EXPECT_TRUE(at.record.events.empty());
  at.writing.update("It is here. We were ", " done. Bye.", Change::kTyped);
  EXPECT_EQ(at.record.events, (Words{"were"}));
}

TEST(Writing, AnotherDocumentSaysNothingAgainstAWord) {
  Fixture at;
  at.type("We met helo <");  // Reopened.
  at.writing.open("Dear", "");
  EXPECT_TRUE(at.record.strikes.empty());
}

TEST(Writing, PastedWordsAreNotDoubtedWhenTheyAreDeleted) {
  Fixture at;
  at.type("We met helo ");
  at.writing.update("We met helo and some more of them ", "", Change::kPasted);
  at.writing.update("We met ", "", Change::kTyped);
  EXPECT_EQ(at.record.strikes, (Words{"helo"}));
}

TEST(Writing, AnEditIsAnUpdate) {
  Fixture edited;
  Fixture updated;
  for (Fixture* at : {&edited, &updated}) at->type("One tw");
  edited.writing.edit(2, "two. ", Change::kPicked);
  updated.writing.update("One two. ", "", Change::kPicked);
  for (Fixture* at : {&edited, &updated}) {
    EXPECT_EQ(at->writing.before(), "One two. ");
    EXPECT_EQ(at->record.events, (Words{"^One", "two", ".", "</s>"}));
  }
  edited.writing.edit(2, "!", Change::kTyped);
  EXPECT_EQ(edited.record.events, (Words{"^One", "two", "!"}));
}

TEST(Writing, ACaretThatMovesDeletesNothing) {
  Fixture at;
  at.type("One two three ");
  at.writing.update("One tw", "o three ", Change::kTyped);
  EXPECT_TRUE(at.record.strikes.empty());
  EXPECT_EQ(at.record.place, "^One ");
  EXPECT_EQ(at.writing.typed(), "tw");
  at.writing.update("One tw", "", Change::kTyped);  // Deleted behind the caret: of no concern.
  at.writing.update("One two ", "", Change::kTyped);
  EXPECT_EQ(at.record.events, (Words{"two"}));
  at.writing.update("On", "", Change::kTyped);  // Before where the caret came to: a new place.
  EXPECT_EQ(at.record.place, "^");
  EXPECT_TRUE(at.writing.at_sentence_start());
}

/// However a text came about, letter by letter with detours, what stands is what typing it straight
/// would have given.
RC_GTEST_PROP(Writing, OnlyTheTextCounts, (std::uint64_t seed)) {
  const std::vector<std::string> pieces{"He",   " ",     ". ",    "don", "'",   "t ",
                                        "Mr. ", "Smith", "... ",  "\n",  "? ",  "-",
                                        "3",    ".5 ",   "etc. ", "\"",  "a. ", "(b) "};
  std::uint64_t state = seed;
  const auto next = [&state](std::size_t below) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    return static_cast<std::size_t>((state >> 33U) % below);
  };
  Fixture detours;
  std::string text;
  for (int i = 0; i < 60; ++i) {
    if (next(3) == 0 && !text.empty()) {
      text.resize(text.size() - std::min(text.size(), next(12)));
    } else {
      text += pieces[next(pieces.size())];
    }
    detours.writing.update(text, "", Change::kPicked);
    if (i % 10 != 0) continue;
    Fixture straight;
    straight.type(text);
    RC_ASSERT(detours.record.events == straight.record.events);
    RC_ASSERT(detours.writing.typed() == straight.writing.typed());
    RC_ASSERT(detours.writing.at_sentence_start() == straight.writing.at_sentence_start());
  }
}

}  // namespace
}  // namespace tercet::session
