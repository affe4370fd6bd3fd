#include "text/language.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "text/case_pattern.h"

namespace tercet::text {
namespace {

TEST(Language, Tags) {
  EXPECT_EQ(language("en").tag, "en");
  EXPECT_EQ(language("ru-RU").tag, "ru");
  EXPECT_EQ(language("en_GB").tag, "en");
  EXPECT_EQ(language("eng").tag, "");
  EXPECT_EQ(language("").tag, "");
}

TEST(Language, TablesAreSorted) {
  for (const char* tag : {"en", "ru"}) {
    const Language& rules = language(tag);
    EXPECT_TRUE(std::is_sorted(
        rules.abbreviations.begin(), rules.abbreviations.end(),
        [](const Abbreviation& a, const Abbreviation& b) { return a.folded < b.folded; }));
    EXPECT_TRUE(std::is_sorted(rules.elisions.begin(), rules.elisions.end()));
  }
}

TEST(Language, Abbreviations) {
  EXPECT_EQ(find_abbreviation(language("en"), "mr")->rule, StopRule::kNever);
  EXPECT_EQ(find_abbreviation(language("en"), "etc")->rule, StopRule::kBeforeUpper);
  EXPECT_EQ(find_abbreviation(language("en"), "no")->rule, StopRule::kUnlessNumber);
  EXPECT_EQ(find_abbreviation(language("ru"), "т.е")->rule, StopRule::kNever);
  EXPECT_EQ(find_abbreviation(language("en"), "word"), nullptr);
  EXPECT_EQ(find_abbreviation(language(""), "mr"), nullptr);
}

TEST(CasePattern, Patterns) {
  EXPECT_EQ(case_pattern("hello"), CasePattern::kLower);
  EXPECT_EQ(case_pattern("1990s"), CasePattern::kLower);
  EXPECT_EQ(case_pattern("漢"), CasePattern::kLower);
  EXPECT_EQ(case_pattern("Hello"), CasePattern::kCapitalised);
  EXPECT_EQ(case_pattern("Я"), CasePattern::kCapitalised);
  EXPECT_EQ(case_pattern("Кто-то"), CasePattern::kCapitalised);
  EXPECT_EQ(case_pattern("СССР"), CasePattern::kUpper);
  EXPECT_EQ(case_pattern("COVID-19"), CasePattern::kUpper);
  EXPECT_EQ(case_pattern("iPhone"), CasePattern::kMixed);
  EXPECT_EQ(case_pattern("O'Neill"), CasePattern::kMixed);
}

TEST(CasePattern, Changes) {
  std::string out;
  append_upper("straße ёж ıſµ", out);
  EXPECT_EQ(out, "STRAẞE ЁЖ ıſµ");
  out.clear();
  append_capitalised("ǆ", out);
  append_capitalised("ёж", out);
  append_capitalised("", out);
  EXPECT_EQ(out, "ǅЁж");
  out.clear();
  append_lower("ЁЖ ΣΑΣ", out);
  EXPECT_EQ(out, "ёж σασ");
}

}  // namespace
}  // namespace tercet::text
