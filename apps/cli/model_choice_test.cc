#include "model_choice.h"

#include <gtest/gtest.h>

namespace tercet::cli {
namespace {

TEST(ScriptOf, LooksAtTheLastLetter) {
  EXPECT_EQ(script_of(""), Script::kOther);
  EXPECT_EQ(script_of("12, ×÷ 字"), Script::kOther);
  EXPECT_EQ(script_of("слово word"), Script::kLatin);
  EXPECT_EQ(script_of("word слово 12, "), Script::kCyrillic);
  EXPECT_EQ(script_of("ё"), Script::kCyrillic);
  EXPECT_EQ(script_of("ñ ß"), Script::kLatin);
  EXPECT_EQ(script_of("\xff\x80"), Script::kOther);
}

TEST(ScriptOfLanguage, KnowsTags) {
  EXPECT_EQ(script_of_language("ru"), Script::kCyrillic);
  EXPECT_EQ(script_of_language("uk-UA"), Script::kCyrillic);
  EXPECT_EQ(script_of_language("en"), Script::kLatin);
  EXPECT_EQ(script_of_language(""), Script::kLatin);
}

TEST(ModelChoice, FollowsTheScript) {
  ModelChoice choice({"en", "ru", "de"});
  EXPECT_EQ(choice.choose(""), 0U);
  EXPECT_EQ(choice.choose("п"), 1U);
  EXPECT_EQ(choice.choose(""), 1U) << "no letter, no reason to change";
  EXPECT_EQ(choice.choose("при h"), 0U);
}

TEST(ModelChoice, FallsBackToTheFirst) {
  ModelChoice choice({"ru", "uk"});
  EXPECT_EQ(choice.choose("привет"), 0U);
  EXPECT_EQ(choice.choose("привет h"), 0U);
  ModelChoice single({"en"});
  EXPECT_EQ(single.choose("привет"), 0U);
}

}  // namespace
}  // namespace tercet::cli
