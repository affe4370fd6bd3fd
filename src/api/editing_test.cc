// However a text comes about, what is learnt of it is what stands.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "api/testing.h"

namespace tercet::api::testing {
namespace {

constexpr std::string_view kPieces[] = {
    "we",       " ",        "they ",       "want",  " to ",   "see",      "the letter",
    ". ",       "don",      "'",           "t ",    "Mr. ",   "Smith",    "... ",
    "\n",       "? ",       "-",           "3",     ".5 ",    "etc. ",    "\"",
    "a. ",      "(b) ",     "Balrog",      "мы",    " хотят", " видеть ", "ёлку",
    "дом.",     " е\u0301", "a@b",         ".com ", "e",      "\u0301",   "zorp, ",
    "http://a", "/b ",      " We see it ", "5-",    "%",      "😀",
};

/// A person who writes with detours: types, deletes, picks, looks at lists.
class Detours {
 public:
  explicit Detours(std::uint64_t seed) : dice_(seed) {}

  void step() {
    switch (dice_.below(8)) {
      case 0:
        erase(dice_.below(12));
        break;
      case 1:
        erase(dice_.below(3));
        break;
      case 2:
        pick();
        break;
      case 3:
        session_.suggest();
        break;
      case 4:  // All of it at once.
        session_.update(session_.text_before() + std::string(dice_.among(kPieces)));
        break;
      default:
        type(session_, dice_.among(kPieces));
    }
  }

  const std::string& text() const { return session_.text_before(); }
  Lines lessons() const { return heard_.sentences(); }

 private:
  void erase(std::size_t characters) {
    std::string text = session_.text_before();
    for (; characters > 0 && !text.empty(); --characters)
      text.resize(text::previous_code_point(text, text.size()));
    session_.update(text);
  }

  void pick() {
    const Offers offers = dice_.below(3) == 0 ? session_.suggest_initials() : session_.suggest();
    const bool is_phrase = offers.words.empty() || dice_.below(2) == 0;
    const auto list = is_phrase ? offers.phrases : offers.words;
    if (list.empty()) return;
    const Offer& offer = list[dice_.below(list.size())];
    session_.pick(offer, static_cast<std::uint32_t>(dice_.below(offer.words + 1)));
  }

  Dice dice_;
  Heard heard_;
  Session session_{both_languages(), {.observer = &heard_}};
};

TEST(Editing, WhatIsLearntIsWhatStands) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    Detours detours(seed);
    for (int i = 1; i <= 200; ++i) {
      detours.step();
      if (i % 20 != 0) continue;
      Heard heard;
      Session straight(both_languages(), {.observer = &heard});
      type(straight, detours.text());
      ASSERT_EQ(straight.text_before(), detours.text());
      ASSERT_EQ(heard.sentences(), detours.lessons())
          << "seed " << seed << ", step " << i << ": " << detours.text();
    }
  }
}

TEST(Editing, AKeyIsAnUpdate) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    Dice dice(seed);
    Heard heard_keys;
    Heard heard_updates;
    Session keys(both_languages(), {.observer = &heard_keys});
    Session updates(both_languages(), {.observer = &heard_updates});
    for (int i = 0; i < 200; ++i) {
      std::string text = keys.text_before();
      if (dice.below(3) == 0 && !text.empty()) {
        text.resize(text::previous_code_point(text, text.size()));
        keys.update(text);
        updates.update(text);
      } else {
        const std::string_view piece = dice.among(kPieces);
        keys.type(piece);
        updates.update(text.append(piece));
      }
      ASSERT_EQ(keys.text_before(), updates.text_before());
      ASSERT_EQ(heard_keys.sentences(), heard_updates.sentences());
      ASSERT_EQ(heard_keys.strikes, heard_updates.strikes);
      ASSERT_EQ(lines_of(keys.suggest()), lines_of(updates.suggest())) << keys.text_before();
    }
  }
}

TEST(Editing, WhatTheSessionKnowsAlreadyChangesNothing) {
  Dice dice(1);
  Heard heard;
  Session session(both_languages(), {.observer = &heard});
  for (int i = 0; i < 500; ++i) {
    const Offers offers = session.suggest();
    if (dice.below(2) == 0 && !offers.words.empty()) {
      session.pick(dice.among(offers.words));
    } else {
      session.type(dice.among(kPieces));
    }
    const std::size_t calls = heard.calls;
    const Lines before = lines_of(session.suggest());
    session.update(session.text_before());
    ASSERT_EQ(heard.calls, calls);
    ASSERT_EQ(lines_of(session.suggest()), before);
  }
}

/// Each word is learnt when it is finished: how its letters came does not count.
TEST(Editing, AWordBegunLeavesNoTrace) {
  constexpr std::string_view kWords[] = {"we", "want",  "to",     "see",  "the",  "letter", "again",
                                         "мы", "хотят", "видеть", "ёлку", "zorp", "Balrog", "it"};
  Dice dice(1);
  Heard heard_straight;
  Heard heard_detours;
  Session straight(both_languages(), {.observer = &heard_straight});
  Session detours(both_languages(), {.observer = &heard_detours});
  for (int i = 0; i < 1000; ++i) {
    const std::string word(dice.among(kWords));
    const std::string before = detours.text_before();
    for (std::size_t wrong = dice.below(4); wrong > 0; --wrong) {
      type(detours, std::string(dice.among(kWords)) + std::string(dice.among(kWords)));
      detours.update(before);
    }
    const std::string finished = word + (dice.below(8) == 0 ? ". " : " ");
    type(detours, finished);
    type(straight, finished);
    ASSERT_EQ(lines_of(detours.suggest()), lines_of(straight.suggest())) << before;
  }
  EXPECT_EQ(heard_detours.sentences(), heard_straight.sentences());
  EXPECT_EQ(heard_detours.strikes, Lines{});
}

TEST(Editing, AWordThatIsDeletedIsNotOffered) {
  Session session(both_languages());
  const auto offers_it = [&session] {
    const std::string before = session.text_before();
    session.update(before + "zor");
    const auto words = session.suggest().words;
    const bool found = std::any_of(words.begin(), words.end(),
                                   [](const Offer& each) { return each.text == "zorp"; });
    session.update(before);
    return found;
  };
  type(session, "we want zorp ");
  EXPECT_FALSE(offers_it());
  type(session, "to see zorp ");
  EXPECT_TRUE(offers_it());
  session.update("we want zorp ");
  EXPECT_FALSE(offers_it());
  session.update("");
  EXPECT_FALSE(offers_it());
}

}  // namespace
}  // namespace tercet::api::testing
