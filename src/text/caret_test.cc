#include "text/caret.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace tercet::text {
namespace {

// Context tokens, a bar, what is typed; ^ in front where the context begins with the sentence.
std::string shown(std::string_view text, std::string_view tag = "en") {
  CaretScratch scratch;
  const Caret caret = locate_caret(text, Tokenizer(language(tag)), scratch);
  std::string out = caret.from_sentence_start ? "^" : "";
  for (const Token& token : caret.context) out.append(token.surface).append(" ");
  return out.append("|").append(caret.typed);
}

struct Case {
  std::string_view text, expected;
};

void check(const std::vector<Case>& cases, std::string_view tag) {
  for (const Case& c : cases) EXPECT_EQ(shown(c.text, tag), c.expected) << c.text;
}

TEST(Caret, English) {
  check({{"", "^|"},
         {"Hello. Wo", "^|Wo"},
         {"Hello. wo", "^|wo"},
         {"Hello. wo rld ", "^wo rld |"},
         {"Hello. ", "^|"},
         {"Hello.", "^Hello . |"},
         {"I don", "^I |don"},
         {"I don'", "^I |don'"},
         {"the rock'", "^the |rock'"},
         {"the rock'n", "^the |rock'n"},
         {"the rock'n'", "^the |rock'n'"},
         {"my mother-", "^my |mother-"},
         {"my mother -", "^my mother - |"},
         {"my mother--", "^my mother -- |"},
         {"Hi, ", "^Hi , |"},
         {"I saw Mr. ", "^I saw Mr . |"},
         {"I saw Mr. Sm", "^I saw Mr . |Sm"},
         {"Apples, etc. ", "^Apples , etc . |"},
         {"Apples, etc. The", "^|The"},
         {"Apples, etc. the", "^Apples , etc . |the"},
         {"Well... ", "^Well ... |"},
         {"Well... Ok", "^|Ok"},
         {"He said \"Go!\" ", "^|"},
         {"\"Where?\" ask", "^\" Where ? \" |ask"},
         {"One.\nTwo th", "^Two |th"},
         {"One\n", "^|"},
         {"See https://a.or", "^See |https://a.or"},
         {"Look 👍", "^Look 👍 |"},
         {"in 19", "^in |19"}},
        "en");
}

TEST(Caret, Russian) {
  check({{"Привет. Как де", "^Как |де"},
         {"Жил в г. ", "^Жил в г . |"},
         {"А. С. Пуш", "^А . С . |Пуш"},
         {"и т. д. ", "^и т . д . |"},
         {"Кто-", "^|Кто-"},
         {"— Что? — с", "^— Что ? — |с"},
         {"— Что? — Н", "^— |Н"},
         {"что он сказал? да он", "^да |он"}},
        "ru");
}

TEST(Caret, OtherScripts) { check({{"我愛", "^我 愛 |"}, {"我愛。你", "^你 |"}}, ""); }

TEST(Caret, SentenceStart) {
  CaretScratch scratch;
  const Tokenizer tokenizer(language("en"));
  EXPECT_TRUE(locate_caret("", tokenizer, scratch).at_sentence_start());
  EXPECT_TRUE(locate_caret("Yes. He", tokenizer, scratch).at_sentence_start());
  EXPECT_FALSE(locate_caret("Yes he", tokenizer, scratch).at_sentence_start());
}

TEST(Caret, LooksBackSoFarOnly) {
  std::string text = "First";
  for (int i = 0; i < 100'000; ++i) text += " word";
  CaretScratch scratch;
  const Caret caret = locate_caret(text, Tokenizer(language("en")), scratch);
  EXPECT_FALSE(caret.from_sentence_start);
  EXPECT_FALSE(caret.at_sentence_start());
  EXPECT_EQ(caret.typed, "word");
  EXPECT_LT(caret.context.size(), 1000U);
  for (const Token& token : caret.context) EXPECT_EQ(token.surface, "word");
}

RC_GTEST_PROP(Caret, AnyBytesAreSafe, (const std::string& text)) {
  CaretScratch scratch;
  const Caret caret = locate_caret(text, Tokenizer(language("en")), scratch);
  RC_ASSERT(text.size() >= caret.typed.size());
  RC_ASSERT(text.substr(text.size() - caret.typed.size()) == caret.typed);
}

}  // namespace
}  // namespace tercet::text
