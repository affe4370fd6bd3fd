#include "text/tokenizer.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unicode/brkiter.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "text/char_class.h"
#include "text/utf8.h"

namespace tercet::text {
namespace {

std::vector<Token> tokens_of(std::string_view text, std::string_view tag = "en") {
  std::vector<Token> tokens;
  Tokenizer(language(tag)).tokenize(text, tokens);
  return tokens;
}

// Tokens with | between them; § before those that start a sentence, the first excepted.
std::string shown(std::string_view text, std::string_view tag = "en") {
  std::string out;
  for (const Token& token : tokens_of(text, tag)) {
    if (!out.empty()) out += token.starts_sentence ? " § " : "|";
    out += token.surface;
  }
  return out;
}

struct Case {
  std::string_view text, expected;
};

void check(const std::vector<Case>& cases, std::string_view tag) {
  for (const Case& c : cases) EXPECT_EQ(shown(c.text, tag), c.expected) << c.text;
}

TEST(Tokenizer, Words) {
  check({{"I don't know", "I|don't|know"},
         {"O’Neill's rock'n'roll", "O’Neill's|rock'n'roll"},
         {"my mother-in-law's 1990s COVID-19", "my|mother-in-law's|1990s|COVID-19"},
         {"the dogs' 'quoted' -ish pre- x", "the|dogs|'|'|quoted|'|-|ish|pre|-|x"},
         {"one--two — three—four", "one|--|two|—|three|—|four"},
         {"snake_case _x_ R&D and/or", "snake_case|_|x|_|R|&|D|and|/|or"},
         {"cafe\xCC\x81s co\xC2\xADop \xC2\xAD x", "cafe\xCC\x81s|co\xC2\xADop|x"},
         {"e.g. i.e. U.S.A. Ph.D. a.m.", "e.g|.|i.e|.|U.S.A|. § Ph|.|D|.|a.m|."},
         {"end.Start v1.2 10:30am", "end|.|Start|v1.2|10:30am"},
         {"", ""},
         {" \t ", ""}},
        "en");
  check({{"кто-то по-русски 11-летний", "кто-то|по-русски|11-летний"},
         {"Ёлка, ещё!", "Ёлка|,|ещё|!"},
         {"и т.д. и т. п.", "и|т.д|.|и|т|.|п|."},
         {"за\xCC\x81мок м’ята", "за\xCC\x81мок|м’ята"}},
        "ru");
}

TEST(Tokenizer, Numbers) {
  check({{"3.14 1,000,000 10:30 5% -5 $9.99", "3.14|1,000,000|10:30|5|%|-|5|$|9.99"},
         {"2010-2012, 12.05.2020.", "2010-2012|,|12.05.2020|."},
         {"7, 8 and 9.", "7|,|8|and|9|."}},
        "en");
  const auto tokens = tokens_of("x 3.14 1990s 1,000");
  EXPECT_EQ(tokens[0].kind, TokenKind::kWord);
  EXPECT_EQ(tokens[1].kind, TokenKind::kNumber);
  EXPECT_EQ(tokens[2].kind, TokenKind::kWord);
  EXPECT_EQ(tokens[3].kind, TokenKind::kNumber);
}

TEST(Tokenizer, Punctuation) {
  check({{"Wait... what?! No!!! Eh?..", "Wait|...|what|?! § No|!!! § Eh|?.."},
         {"(a) [b] {c}", "(|a|)|[|b|]|{|c|}"},
         {"\"x\" ''y'' «z» “w”", "\"|x|\"|''|y|''|«|z|»|“|w|”"},
         {"*** === a…", "***|===|a|…"},
         {"),", ")|,"}},
        "en");
}

TEST(Tokenizer, Addresses) {
  check({{"See https://a.org/x_(y)?q=1. Then", "See|https://a.org/x_(y)?q=1|. § Then"},
         {"(www.site.com), http://x", "(|www.site.com|)|,|http://x"},
         {"mail john.smith+x@mail.example.com, ok", "mail|john.smith+x@mail.example.com|,|ok"},
         {"a @ b @me x@y", "a|@|b|@|me|x|@|y"},
         {"https:// www. http", "https|:|/|/|www|.|http"},
         {"имя@почта.рф.", "имя@почта.рф|."},
         {"«http://a.ru/б»", "«|http://a.ru/б|»"}},
        "en");
  EXPECT_EQ(tokens_of("x@y.org")[0].kind, TokenKind::kAddress);
  EXPECT_TRUE(tokens_of("x@y.org")[0].starts_sentence);
}

TEST(Tokenizer, OtherScripts) {
  check({{"我愛你。你好！", "我|愛|你|。 § 你|好|！"},
         {"ひらカナ test漢", "ひ|ら|カ|ナ|test|漢"},
         {"สวัสดี", "ส|วั|ส|ดี"},
         {"한국어 नमस्ते।", "한국어|नमस्ते|।"},
         {"שלום مرحبا؟", "שלום|مرحبا|؟"},
         {"می\xE2\x80\x8Cخواهم", "می\xE2\x80\x8Cخواهم"}},
        "");
}

TEST(Tokenizer, Emoji) {
  check({{"hi 👍🏽 👨‍👩‍👧‍👦! ❤️ 🇷🇺🇺🇸 👍👍",
          "hi|👍🏽|👨‍👩‍👧‍👦|! § ❤️|🇷🇺|🇺🇸|👍|👍"},
         {"1️⃣", "1️⃣"},
         {"🏴\xF3\xA0\x81\xA7\xF3\xA0\x81\xA2\xF3\xA0\x81\xBF.",
          "🏴\xF3\xA0\x81\xA7\xF3\xA0\x81\xA2\xF3\xA0\x81\xBF|."}},
        "");
}

TEST(Tokenizer, EnglishSentences) {
  check(
      {{"Go. He went. she", "Go|. § He|went|.|she"},
       {"Mr. Smith met J. R. Smith and J.R. Ewing", "Mr|.|Smith|met|J|.|R|.|Smith|and|J.R|.|Ewing"},
       {"Apples, etc. The end", "Apples|,|etc|. § The|end"},
       {"Apples, etc. the end", "Apples|,|etc|.|the|end"},
       {"See No. 5 now. No. He", "See|No|.|5|now|. § No|. § He"},
       {"He said \"Stop!\" Then (it ended.) Good",
        "He|said|\"|Stop|!|\" § Then|(|it|ended|.|) § Good"},
       {"It is 5. 6 is next. \"Yes\" - 'No'", "It|is|5|. § 6|is|next|. § \"|Yes|\"|-|'|No|'"},
       {"Well... ok. Well... Ok", "Well|...|ok|. § Well|... § Ok"},
       {"one\ntwo. three", "one § two|.|three"}},
      "en");
}

TEST(Tokenizer, RussianSentences) {
  check(
      {{"А. С. Пушкин жил в г. Москве, ул. Мира.", "А|.|С|.|Пушкин|жил|в|г|.|Москве|,|ул|.|Мира|."},
       {"Да, т. е. нет. И т. д. Он", "Да|,|т|.|е|.|нет|. § И|т|.|д|. § Он"},
       {"— Стой! — сказал он. — Кто идёт?", "—|Стой|!|—|сказал|он|. § —|Кто|идёт|?"},
       {"«Нет!» Он ушёл.", "«|Нет|!|» § Он|ушёл|."},
       {"Т. е. Иван", "Т|.|е|.|Иван"},
       {"на рис. 3 и стр. 5. Всё", "на|рис|.|3|и|стр|.|5|. § Всё"}},
      "ru");
}

TEST(Tokenizer, SpacesAndOffsets) {
  const std::string_view text = "Hi,  you!";
  const auto tokens = tokens_of(text);
  ASSERT_EQ(tokens.size(), 4U);
  EXPECT_TRUE(tokens[0].space_before);
  EXPECT_FALSE(tokens[1].space_before);
  EXPECT_TRUE(tokens[2].space_before);
  EXPECT_EQ(tokens[2].surface.data() - text.data(), 5);
}

// Tokens are in order, apart, not empty, and leave out nothing but space and invisible signs.
void check_cover(std::string_view text) {
  const CharClasses& classes = CharClasses::get();
  std::size_t at = 0;
  const auto skip_to = [&](std::size_t end) {
    while (at < end) {
      const CharClass c_class = classes.of(next_code_point(text, at));
      ASSERT_TRUE(is_space(c_class) || c_class == CharClass::kIgnorable);
    }
    ASSERT_EQ(at, end);
  };
  for (const Token& token : tokens_of(text)) {
    ASSERT_FALSE(token.surface.empty());
    skip_to(static_cast<std::size_t>(token.surface.data() - text.data()));
    at += token.surface.size();
  }
  skip_to(text.size());
}

rc::Gen<std::string> gen_messy() {
  const std::vector<std::string> parts = {
      "a", "B",        "я",        "Ё",    "1",  "23", ".",  ",",  "'",
      "’", "-",        "--",       "_",    "@",  "/",  " ",  "\n", "!",
      "?", "\"",       "http://",  "www.", "漢", "。", "👍", "🏽", "\xE2\x80\x8D",
      "🇷", "\xCC\x81", "\xC2\xAD", "…",    "«",  "»",  "(",  ")",  "Mr",
      "т", "\xFF",     "\xF0\x9F", "%",    "+",  "com"};
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(parts)),
                      [](const std::vector<std::string>& chosen) {
                        std::string text;
                        for (const std::string& part : chosen) text += part;
                        return text;
                      });
}

RC_GTEST_PROP(Tokenizer, CoversAnyText, ()) { check_cover(*gen_messy()); }

RC_GTEST_PROP(Tokenizer, SurvivesAnyBytes, (const std::string& text)) { check_cover(text); }

// Byte offsets of the word boundaries that ICU finds.
std::set<std::size_t> icu_boundaries(const std::string& text) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> words(
      icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
  const icu::UnicodeString wide = icu::UnicodeString::fromUTF8(text);
  words->setText(wide);
  std::set<std::size_t> boundaries;
  for (int at = words->first(); at != icu::BreakIterator::DONE; at = words->next()) {
    std::string before;
    wide.tempSubString(0, at).toUTF8String(before);
    boundaries.insert(before.size());
  }
  return boundaries;
}

bool only_letters(std::string_view word) {
  for (std::size_t at = 0; at < word.size();) {
    if (!is_letter(CharClasses::get().of(next_code_point(word, at)))) return false;
  }
  return true;
}

// Words of letters only are the words of UAX #29.
void check_against_icu(const std::string& text) {
  const auto boundaries = icu_boundaries(text);
  for (const Token& token : tokens_of(text)) {
    if (token.kind != TokenKind::kWord || !only_letters(token.surface)) continue;
    const auto begin = static_cast<std::size_t>(token.surface.data() - text.data());
    const auto at = boundaries.find(begin);
    ASSERT_NE(at, boundaries.end()) << token.surface << " in " << text;
    ASSERT_EQ(*std::next(at), begin + token.surface.size()) << token.surface << " in " << text;
  }
}

TEST(Tokenizer, AgreesWithIcuOnProse) {
  check_against_icu(
      "It was the best of times, it was the worst of times; it was the age of wisdom, \"quoted\" "
      "(and bracketed) -- naïve façade, Über straße, don't, well-known. Is it? Yes!");
  check_against_icu(
      "Все счастливые семьи похожи друг на друга, каждая несчастливая семья несчастлива "
      "по-своему. «Всё смешалось», — сказал он… В 1873 году, кажется? Да!");
  check_against_icu("Ελληνικά, हिन्दी में, العربية: עברית; Հայերեն ქართული 한국어 tiếng Việt");
}

RC_GTEST_PROP(Tokenizer, AgreesWithIcuOnRandomWords, ()) {
  const std::vector<std::string> parts = {"a", "B",  "é",  "я", "Ж", "α",   "ש",  "ب",  "ქ", " ",
                                          " ", ", ", "! ", "(", ")", " — ", "; ", "1 ", " 2"};
  const auto chosen = *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(parts));
  std::string text;
  for (const std::string& part : chosen) text += part;
  check_against_icu(text);
}

TEST(SplitTokens, OnlyAsciiWhiteSpace) {
  std::vector<std::string_view> parts;
  split_tokens(" a,b\tв\xC2\xA0г \r\n<unk>  \x01 ", parts);
  EXPECT_EQ(parts, (std::vector<std::string_view>{"a,b", "в\xC2\xA0г", "<unk>", "\x01"}));
  split_tokens("", parts);
  EXPECT_TRUE(parts.empty());
  split_tokens("x", parts);
  EXPECT_EQ(parts, (std::vector<std::string_view>{"x"}));
}

}  // namespace
}  // namespace tercet::text
