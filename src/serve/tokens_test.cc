#include "serve/tokens.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "serve/testing.h"

namespace tercet::serve {
namespace {

using testing::model;

std::vector<WordId> ids(const TokenizedText& text) {
  std::vector<WordId> out;
  for (const TextToken& token : text.tokens) out.push_back(token.word);
  return out;
}

struct Scored final : ScoreVisitor {
  std::vector<WordId> words;
  void token(const ScoredToken& token) override { words.push_back(token.word); }
};

const std::vector<std::string> kTexts = {
    "",
    "\n",
    "We want to see it. They wrote about it again\n",
    "we  want \t to see it today . \n\n\nThey want\r\n to write, Dr. Anna! You have seen\n",
    "An unheard-of word: \xFFxyzzy\n...\n",
    "the cat sat\n\nthe dog ran\n",
};

TEST(Tokens, AreThoseThatAreScored) {
  for (const char* name : {"en", "ru", "plain"}) {
    for (const std::string& text : kTexts) {
      Scored scored;
      score_text(model(name), text, scored);
      EXPECT_EQ(ids(tokenize(model(name), text)), scored.words) << name << ": " << text;
    }
  }
}

TEST(Tokens, OnlyAnEndThatIsSeenIsOne) {
  const Model& english = model("en");
  EXPECT_NE(ids(tokenize(english, "We read. They read.")).back(), kSentenceEnd);
  EXPECT_EQ(ids(tokenize(english, "We read. They read.\n")).back(), kSentenceEnd);
  const auto both = ids(tokenize(english, "We read. They read."));
  EXPECT_EQ(std::count(both.begin(), both.end(), kSentenceEnd), 1);
}

TEST(Tokens, CoverTheTextInOrder) {
  for (const std::string& text : kTexts) {
    const TokenizedText tokenized = tokenize(model("en"), text);
    std::size_t end = 0;
    for (const TextToken& token : tokenized.tokens) {
      EXPECT_EQ(token.begin, end) << text;
      end = token.end;
    }
    EXPECT_EQ(tokenized.text.find_first_not_of(" \n", end), std::string::npos) << text;
  }
}

TEST(Tokens, SpecialOnesHaveNames) {
  EXPECT_EQ(ids(tokenize(model("en"), "<s>")), std::vector<WordId>{kSentenceBegin});
  EXPECT_EQ(ids(tokenize(model("en"), "</s>")), std::vector<WordId>{kSentenceEnd});
  EXPECT_EQ(ids(tokenize(model("plain"), "<unk>")), std::vector<WordId>{kUnknown});
  EXPECT_EQ(ids(tokenize(model("en"), "a <s>")).size(), 4U) << "a text about marks";
}

TEST(Tokens, AreWrittenWithSpacesAndCapitals) {
  const Model& english = model("en");
  const std::string text = "We have seen the house, too. They wrote to Anna.";
  EXPECT_EQ(spell(english, ids(tokenize(english, text))).text, text);
  EXPECT_EQ(spell(model("plain"), ids(tokenize(model("plain"), "the cat\nthe dog\n"))).text,
            "the cat\nthe dog\n");
}

/// The text with the words appended as if they had been predicted.
std::string continued(const Model& model, std::string text, std::string_view words) {
  Speller speller(model);
  speller.see(text, place_behind(model, text));
  for (const TextToken& token : tokenize(model, words).tokens) speller.append(token.word, text);
  return text;
}

TEST(Tokens, GoOnBehindAText) {
  const Model& english = model("en");
  EXPECT_EQ(continued(english, "We want", "want to see"), "We want to see");
  EXPECT_EQ(continued(english, "We wa", "want to see"), "We want to see");
  EXPECT_EQ(continued(english, "We want ", "to see"), "We want to see");
  EXPECT_EQ(continued(english, "We want to.", "they read"), "We want to. they read");
  EXPECT_EQ(continued(english, "We want to. ", "they read"), "We want to. They read");
  EXPECT_EQ(continued(english, "", "they read"), "They read");
  EXPECT_EQ(continued(english, "They read it\n", "they read"), "They read it\nThey read");
  EXPECT_EQ(continued(english, "for ann", "anna"), "for anna") << "what is typed stays";
  EXPECT_EQ(continued(english, "for WE", "we"), "for WE");
  EXPECT_EQ(continued(model("plain"), "the c", "cat sat"), "the cat sat");
}

TEST(Tokens, PlacesAreThoseOfTheTokens) {
  for (const char* text : {"We want to ", "They wrote. We ", "They wrote.\n", ""}) {
    const Model& english = model("en");
    const Place read = place_behind(english, std::string_view(text));
    EXPECT_EQ(read.state, place_behind(english, tokenize(english, text).tokens).state) << text;
    EXPECT_TRUE(read.typed.empty());
  }
  EXPECT_EQ(place_behind(model("en"), std::string_view("We WAN")).folded, "wan");
  EXPECT_EQ(place_behind(model("en"), std::string_view("We read it. ")).state, model("en").begin());
}

}  // namespace
}  // namespace tercet::serve
