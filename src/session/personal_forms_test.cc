#include "session/personal_forms.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <functional>
#include <random>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "text/fold.h"

namespace tercet::session {
namespace {

using Forms = std::vector<text::SurfaceForm>;

std::string folded(std::string_view surface) {
  std::string out;
  text::fold(surface, text::language("ru"), out);
  return out;
}

WordId id_of(std::string_view folded) {
  return static_cast<WordId>(std::hash<std::string_view>{}(folded));
}

/// A person who has written some spellings so many times inside sentences.
PersonalForms person(const std::vector<std::pair<std::string, int>>& inside) {
  PersonalForms forms;
  for (const auto& [surface, times] : inside) {
    for (int i = 0; i < times; ++i) forms.add(id_of(folded(surface)), surface, false);
  }
  return forms;
}

std::string chosen(std::string_view word, std::string_view blob, std::string_view typed = {},
                   bool sentence_start = false) {
  std::string out;
  text::choose_form(word, blob, {sentence_start, typed}, text::language("ru"), out);
  return out;
}

/// What is shown of a vocabulary's word.
std::string known(const PersonalForms& forms, std::string_view word, const Forms& model,
                  std::string_view typed = {}, bool sentence_start = false) {
  std::string buffer;
  const std::string blob = text::encode_forms(word, model);
  return chosen(word, forms.of_known(id_of(word), word, blob, buffer), typed, sentence_start);
}

std::string own(const PersonalForms& forms, std::string_view word) {
  std::string buffer;
  return chosen(word, forms.of_own(id_of(word), word, buffer));
}

const Forms kMay = {{"may", 700, 0}, {"May", 400, 100}};
const Forms kHope = {{"hope", 700, 0}};
const Forms kNasa = {{"NASA", 90, 10}, {"nasa", 9, 0}};
const Forms kIphone = {{"iPhone", 50, 9}};
const Forms kVse = {{"все", 600, 10}, {"всё", 400, 5}};

TEST(PersonalForms, ASpellingWrittenTwiceInsideLeads) {
  EXPECT_EQ(known(PersonalForms(), "hope", kHope), "hope");
  EXPECT_EQ(known(person({{"Hope", 1}}), "hope", kHope), "hope");
  EXPECT_EQ(known(person({{"Hope", 2}}), "hope", kHope), "Hope");
  EXPECT_EQ(known(person({{"May", 2}}), "may", kMay), "May");
  EXPECT_EQ(known(person({{"May", 2}}), "may", kMay, "ma"), "May");
  EXPECT_EQ(known(person({{"iphone", 2}}), "iphone", kIphone), "iphone");
  EXPECT_EQ(known(person({{"nasa", 2}}), "nasa", kNasa), "nasa");
  EXPECT_EQ(known(person({{"hOpE", 3}}), "hope", kHope), "hOpE");
}

TEST(PersonalForms, OnlyIfWrittenMoreOftenThanTheOthers) {
  EXPECT_EQ(known(person({{"Hope", 2}, {"hope", 2}}), "hope", kHope), "hope");
  EXPECT_EQ(known(person({{"hope", 2}, {"Hope", 2}}), "hope", kHope), "hope");
  EXPECT_EQ(known(person({{"Hope", 3}, {"hope", 2}}), "hope", kHope), "Hope");
  EXPECT_EQ(known(person({{"Hope", 2}, {"hOpe", 2}}), "hope", kHope), "hope");
  EXPECT_EQ(known(person({{"Hope", 3}, {"hope", 2}}), "hope", kHope, "ho"), "hope")
      << "what they type in small letters they also write so";
}

TEST(PersonalForms, TheModelsOtherSpellingsStay) {
  const PersonalForms forms = person({{"все", 5}});
  EXPECT_EQ(known(forms, "все", kVse, "всё"), "всё");
  EXPECT_EQ(known(person({{"всё", 2}}), "все", kVse), "всё");
  EXPECT_EQ(known(person({{"всё", 2}}), "все", kVse, "ВС"), "ВСЁ");
  EXPECT_EQ(known(person({{"iphone", 2}}), "iphone", kIphone, "iP"), "iPhone");
}

TEST(PersonalForms, InitialCapitalsTeachNothing) {
  PersonalForms forms;
  for (int i = 0; i < 9; ++i) forms.add(id_of("hope"), "Hope", true);
  EXPECT_EQ(known(forms, "hope", kHope), "hope");
  EXPECT_EQ(known(forms, "hope", kHope, "", true), "Hope");
  for (int i = 0; i < 9; ++i) forms.add(id_of("zork"), "Zork", true);
  EXPECT_EQ(own(forms, "zork"), "zork");
  forms.add(id_of("zork"), "Zork", false);
  EXPECT_EQ(own(forms, "zork"), "Zork");
}

TEST(PersonalForms, CapitalsForEmphasisTeachNothing) {
  EXPECT_EQ(known(person({{"HOPE", 9}}), "hope", kHope), "hope");
  EXPECT_EQ(known(person({{"HOPE", 9}, {"Hope", 2}}), "hope", kHope), "Hope");
  EXPECT_EQ(known(person({{"NASA", 3}, {"nasa", 2}}), "nasa", kNasa), "NASA");
  EXPECT_EQ(known(person({{"МАЙ", 2}}), "май", {{"май", 9, 0}, {"МАЙ", 3, 0}}), "МАЙ");
  EXPECT_EQ(own(person({{"ТЗШ", 1}}), "тзш"), "ТЗШ") << "nobody else knows the word";
}

TEST(PersonalForms, OwnWords) {
  EXPECT_EQ(own(PersonalForms(), "zork"), "zork");
  EXPECT_EQ(own(person({{"zOrk", 1}}), "zork"), "zOrk");
  EXPECT_EQ(own(person({{"zOrk", 1}, {"Zork", 2}}), "zork"), "Zork");
}

TEST(PersonalForms, GreatCountsDoNotOverflow) {
  const Forms often = {{"hope", 0xFFFF'FFFF, 0}, {"HOPE", 0xFFFF'FFFF, 0}};
  EXPECT_EQ(known(person({{"Hope", 2}, {"hope", 1}}), "hope", often), "Hope");
}

TEST(PersonalForms, NothingToTakeBack) {
  PersonalForms forms = person({{"Hope", 2}});
  EXPECT_FALSE(forms.take_back(id_of("hope"), "Hope", true));
  EXPECT_FALSE(forms.take_back(id_of("hope"), "hope", false));
  EXPECT_FALSE(forms.take_back(id_of("nope"), "nope", false));
  EXPECT_EQ(known(forms, "hope", kHope), "Hope");
  EXPECT_TRUE(forms.take_back(id_of("hope"), "Hope", false));
  EXPECT_EQ(known(forms, "hope", kHope), "hope");
}

RC_GTEST_PROP(PersonalForms, TakingBackIsTheExactInverse, ()) {
  using Written = std::tuple<std::string, bool>;
  const auto any_writing = rc::gen::container<std::vector<Written>>(
      rc::gen::tuple(rc::gen::element<std::string>("may", "May", "MAY", "mAy", "всё", "все", "Все"),
                     rc::gen::arbitrary<bool>()));
  const auto kept = *any_writing;
  const auto undone = *any_writing;
  PersonalForms expected;
  PersonalForms forms;
  std::vector<std::pair<Written, bool>> acts;
  for (const Written& each : kept) acts.emplace_back(each, true);
  for (const Written& each : undone) acts.emplace_back(each, false);
  std::shuffle(acts.begin(), acts.end(), std::mt19937(*rc::gen::arbitrary<unsigned>()));
  for (const auto& [each, stays] : acts) {
    const auto& [surface, first] = each;
    forms.add(id_of(folded(surface)), surface, first);
    if (stays) expected.add(id_of(folded(surface)), surface, first);
  }
  for (const auto& [surface, first] : undone)
    RC_ASSERT(forms.take_back(id_of(folded(surface)), surface, first));
  for (const auto& [word, model] : {std::pair("may", kMay), std::pair("все", kVse)}) {
    std::string one;
    std::string two;
    RC_ASSERT(forms.of_own(id_of(word), word, one) == expected.of_own(id_of(word), word, two));
    const std::string blob = text::encode_forms(word, model);
    RC_ASSERT(forms.of_known(id_of(word), word, blob, one) ==
              expected.of_known(id_of(word), word, blob, two));
  }
  for (const auto& [surface, first] : kept)
    RC_ASSERT(forms.take_back(id_of(folded(surface)), surface, first));
  for (const auto& [surface, first] : kept)
    RC_ASSERT(!forms.take_back(id_of(folded(surface)), surface, first));
}

}  // namespace
}  // namespace tercet::session
