#include "text/forms.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "text/fold.h"

namespace tercet::text {
namespace {

using Forms = std::vector<SurfaceForm>;

std::string chosen(std::string_view folded, const Forms& forms, std::string_view typed = {},
                   bool sentence_start = false, std::string_view tag = "en") {
  std::string out = "before ";
  choose_form(folded, encode_forms(folded, forms), {sentence_start, typed}, language(tag), out);
  EXPECT_EQ(out.substr(0, 7), "before ");
  return out.substr(7);
}

const Forms kHello = {{"hello", 900, 10}, {"Hello", 20, 500}, {"HELLO", 9, 2}};
const Forms kNasa = {{"NASA", 90, 10}, {"nasa", 2, 0}};
const Forms kIphone = {{"iPhone", 50, 9}, {"iphone", 2, 0}, {"IPHONE", 1, 0}};
const Forms kMay = {{"may", 700, 0}, {"May", 400, 100}};
const Forms kMoscow = {{"Moscow", 100, 30}};
const Forms kVse = {{"все", 600, 10}, {"всё", 400, 5}, {"Все", 20, 90}, {"ВСЕ", 5, 0}};
const Forms kElka = {{"ёлка", 70, 0}, {"елка", 5, 0}, {"Ёлка", 3, 9}};

TEST(Forms, BlobIsEmptyWhereOnlyTheFoldedWordMakesSense) {
  EXPECT_EQ(encode_forms("hello", kHello), "");
  EXPECT_EQ(encode_forms("hello", {}), "");
  EXPECT_EQ(encode_forms("suddenly", Forms{{"Suddenly", 0, 50}}), "");
  EXPECT_EQ(encode_forms("don't", Forms{{"don’t", 9, 9}, {"don't", 5, 0}, {"Don’t", 0, 5}}), "");
}

TEST(Forms, BlobsAreSmall) {
  EXPECT_EQ(encode_forms("moscow", kMoscow).size(), 3U);
  EXPECT_EQ(encode_forms("nasa", kNasa).size(), 3U);
}

TEST(Forms, RoundTrip) {
  const std::string blob = encode_forms("iphone", kIphone);
  const FormsView view(blob);
  ASSERT_EQ(view.size(), 1U);
  EXPECT_EQ(view.begin()->text, "iPhone");
  EXPECT_EQ(view.begin()->count_inside, 50U);
  EXPECT_EQ(view.begin()->count_initial, 9U);
  const std::string may = encode_forms("may", kMay);
  ASSERT_EQ(FormsView(may).size(), 2U);
  EXPECT_EQ(FormsView(may).begin()[1].pattern, CasePattern::kCapitalised);
  EXPECT_EQ(FormsView(may).begin()[1].count_inside, 400U);
}

TEST(Forms, KeepsFourAtMost) {
  const Forms many = {{"abc", 5, 0}, {"Abc", 5, 0}, {"ABC", 5, 0}, {"aBc", 5, 0}, {"abC", 5, 0}};
  const std::string blob = encode_forms("abc", many);
  EXPECT_EQ(FormsView(blob).size(), kMaxForms);
}

TEST(Forms, CountsSaturate) {
  const std::string blob =
      encode_forms("x-y", Forms{{"X-Y", 4'000'000'000U, 1}, {"X‐Y", 4'000'000'000U, 1}});
  ASSERT_EQ(FormsView(blob).size(), 1U);
  EXPECT_EQ(FormsView(blob).begin()->count_inside, 0xFFFF'FFFFU);
}

TEST(ChooseForm, MostFrequentInside) {
  EXPECT_EQ(chosen("hello", kHello), "hello");
  EXPECT_EQ(chosen("nasa", kNasa), "NASA");
  EXPECT_EQ(chosen("iphone", kIphone), "iPhone");
  EXPECT_EQ(chosen("moscow", kMoscow), "Moscow");
  EXPECT_EQ(chosen("елка", kElka, "", false, "ru"), "ёлка");
  EXPECT_EQ(chosen("нью-йорк", Forms{{"Нью-Йорк", 5, 1}}, "", false, "ru"), "Нью-Йорк");
}

TEST(ChooseForm, InitialCapitalsProveNothing) {
  EXPECT_EQ(chosen("suddenly", Forms{{"Suddenly", 0, 5}}), "suddenly");
  EXPECT_EQ(chosen("nato", Forms{{"NATO", 0, 5}}), "NATO");
  EXPECT_EQ(chosen("macos", Forms{{"macOS", 0, 1}}), "macOS");
  EXPECT_EQ(chosen("елка", Forms{{"Ёлка", 0, 5}}, "", false, "ru"), "ёлка");
}

TEST(ChooseForm, SentenceStart) {
  EXPECT_EQ(chosen("hello", kHello, "", true), "Hello");
  EXPECT_EQ(chosen("hello", kHello, "he", true), "Hello");
  EXPECT_EQ(chosen("iphone", kIphone, "", true), "iPhone");
  EXPECT_EQ(chosen("iphone", kIphone, "I", true), "iPhone");
  EXPECT_EQ(chosen("nasa", kNasa, "Na", true), "NASA");
  EXPECT_EQ(chosen("елка", kElka, "", true, "ru"), "Ёлка");
  EXPECT_EQ(chosen("все", kVse, "В", true, "ru"), "Все");
  EXPECT_EQ(chosen("1990s", {}, "", true), "1990s");
}

TEST(ChooseForm, TypedCapitalsWin) {
  EXPECT_EQ(chosen("hello", kHello, "HEL"), "HELLO");
  EXPECT_EQ(chosen("hello", kHello, "Hel"), "Hello");
  EXPECT_EQ(chosen("hello", kHello, "H"), "Hello");
  EXPECT_EQ(chosen("hello", kHello, "HELLO"), "HELLO");
  EXPECT_EQ(chosen("hello", kHello, "hE"), "hEllo");
  EXPECT_EQ(chosen("iphone", kIphone, "iP"), "iPhone");
  EXPECT_EQ(chosen("iphone", kIphone, "IP"), "IPHONE");
  EXPECT_EQ(chosen("may", kMay, "M"), "May");
  EXPECT_EQ(chosen("nasa", kNasa, "Na"), "Nasa");
  EXPECT_EQ(chosen("привет", {}, "ПРИ", false, "ru"), "ПРИВЕТ");
}

TEST(ChooseForm, LowerCaseIsLaziness) {
  EXPECT_EQ(chosen("nasa", kNasa, "nas"), "NASA");
  EXPECT_EQ(chosen("moscow", kMoscow, "mos"), "Moscow");
  EXPECT_EQ(chosen("iphone", kIphone, "ip"), "iPhone");
  EXPECT_EQ(chosen("may", Forms{{"May", 700, 0}, {"may", 400, 0}}, "ma"), "may");
}

TEST(ChooseForm, YoIsRespected) {
  EXPECT_EQ(chosen("все", kVse, "вс", false, "ru"), "все");
  EXPECT_EQ(chosen("все", kVse, "всё", false, "ru"), "всё");
  EXPECT_EQ(chosen("все", kVse, "Всё", false, "ru"), "Всё");
  EXPECT_EQ(chosen("все", kVse, "Всё", true, "ru"), "Всё");
  EXPECT_EQ(chosen("все", kVse, "ВСЁ", false, "ru"), "ВСЁ");
  EXPECT_EQ(chosen("елка", kElka, "ел", false, "ru"), "ёлка");
  EXPECT_EQ(chosen("елка", kElka, "ЁЛ", false, "ru"), "ЁЛКА");
  EXPECT_EQ(chosen("ели", {}, "ёл", false, "ru"), "ели");  // No spelling that nobody has written.
}

TEST(ChooseForm, TypographicApostropheIsKept) {
  EXPECT_EQ(chosen("don't", {}, "don’"), "don’t");
  EXPECT_EQ(chosen("don't", {}, "Don’", true), "Don’t");
}

TEST(ChooseForm, TypedThatDoesNotFitIsIgnored) {
  EXPECT_EQ(chosen("hello", kHello, "HX"), "hello");
  EXPECT_EQ(chosen("hello", kHello, "HELLOO"), "hello");
  EXPECT_EQ(chosen("hello", kHello, "\xFF"), "hello");
}

TEST(ChooseForm, SpellingsOfOtherWordsArePassedOver) {
  std::string out;
  choose_form("cat",
              std::string("\x03\x03"
                          "dog\x05\x00"
                          "\x03\x02\xFF\xFF\x05\x00",
                          13),
              {}, language("en"), out);
  EXPECT_EQ(out, "cat");
}

RC_GTEST_PROP(FormsView, AnyBytesAreSafe, (const std::string& blob)) {
  const FormsView view(blob);
  RC_ASSERT(view.size() <= kMaxForms);
  for (const Form& form : view) {
    if (form.text.empty()) continue;
    RC_ASSERT(form.text.data() >= blob.data());
    RC_ASSERT(form.text.data() + form.text.size() <= blob.data() + blob.size());
  }
}

// Words over a small alphabet of letters with awkward cases.
rc::Gen<std::string> gen_word() {
  const std::vector<std::string> letters = {"a", "B", "ё", "Ё", "е",        "ß", "ı",
                                            "İ", "σ", "ς", "Σ", "ǆ",        "ǅ", "'",
                                            "’", "-", "1", "é", "\xC2\xAD", "µ", "ſ"};
  return rc::gen::map(
      rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(letters))),
      [](const std::vector<std::string>& chosen) {
        std::string word;
        for (const std::string& letter : chosen) word += letter;
        return word;
      });
}

RC_GTEST_PROP(ChooseForm, OutputFoldsToTheWord, (const std::string& junk, bool start, bool cut)) {
  const Language& rules = language(*rc::gen::elementOf(std::vector<std::string>{"en", "ru"}));
  const std::string word = *gen_word();
  std::string folded;
  fold(word, rules, folded);
  RC_PRE(!folded.empty());
  std::string blob = encode_forms(folded, Forms{{word, 3, 1}, {folded, 1, 1}});
  blob += junk;
  const std::string typed = cut ? word : word.substr(0, word.size() / 2);
  std::string out;
  choose_form(folded, blob, {start, typed}, rules, out);
  std::string refolded;
  fold(out, rules, refolded);
  RC_ASSERT(refolded == folded);
}

}  // namespace
}  // namespace tercet::text
