#include "text/join.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "text/tokenizer.h"

namespace tercet::text {
namespace {

std::string rejoined(std::string_view text, std::string_view tag) {
  std::vector<Token> tokens;
  Tokenizer(language(tag)).tokenize(text, tokens);
  Joiner joiner(language(tag));
  std::string out;
  for (const Token& token : tokens) joiner.append(token.surface, out);
  return out;
}

void expect_same(const std::vector<std::string_view>& lines, std::string_view tag) {
  for (const std::string_view line : lines) EXPECT_EQ(rejoined(line, tag), line);
}

TEST(Joiner, English) {
  expect_same({"Hello, world! How are you? Fine; thanks: 5% of (them) [and] {us}.",
               "He said \"stop\" and \"go\".", "I don't know... Well-known, isn't it?!",
               "“Curly” quotes ‘too’ and the dogs' bowl.", "It cost $9.99 or £5, #1 and/or #2.",
               "He said 'hello' to us. Goin' home, feed 'em now.", "War, 1914–1918, ended.",
               "Mail a.b@c.org or see www.x.org/y.", "J. R. Smith, e.g. him.", "A – b — c - d -- e",
               "...and then", "Nice 👍👍 day"},
              "en");
}

TEST(Joiner, Russian) {
  expect_same({"— Стой! — сказал он. — Кто идёт?", "Роман «Война и мир», т. е. книга.",
               "Он сказал: „да“, а я — нет.", "И т.д., и т. п. (см. рис. 3).",
               "\"Так\" и \"не так\".", "Кто-то купил 5% акций за 1,5 млн руб."},
              "ru");
}

TEST(Joiner, ScriptsWithoutSpaces) {
  expect_same({"我愛你。你好！「是」、否", "ひらがなカタカナ"}, "");
}

TEST(Joiner, SpaceBeforeWithoutAppending) {
  Joiner joiner(language("en"));
  EXPECT_FALSE(joiner.space_before("word"));
  joiner.see("word");
  EXPECT_TRUE(joiner.space_before("word"));
  EXPECT_FALSE(joiner.space_before(","));
  joiner.see("\"");
  EXPECT_FALSE(joiner.space_before("word"));
  joiner.reset();
  EXPECT_FALSE(joiner.space_before("word"));
}

TEST(Joiner, SignsThatCloseNeverHaveASpaceBeforeThem) {
  Joiner joiner(language("en"));
  for (const char* before : {"word", "(", "/"}) {
    joiner.see(before);
    for (const char* sign : {",", ".", "?", ")"})
      EXPECT_TRUE(joiner.closes(sign)) << before << sign;
    for (const char* other : {"word", "5", "(", "/", "\"", ""})
      EXPECT_FALSE(joiner.closes(other)) << before << other;
  }
  joiner.see("\"");
  joiner.see("word");
  EXPECT_TRUE(joiner.closes("\""));
}

TEST(Joiner, OddTokensAreSafe) {
  Joiner joiner(language("en"));
  std::string text;
  for (const std::string_view token :
       {"", "\xFF", "\xF0\x9F", "'", "''", "–", "–", "1", "–", "2"}) {
    joiner.append(token, text);
  }
  EXPECT_EQ(text.substr(text.size() - 5), "1–2");
}

}  // namespace
}  // namespace tercet::text
