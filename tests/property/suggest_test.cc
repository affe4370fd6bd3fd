// From text before the caret to texts of suggestions, in both languages; and running text scored.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tercet/predictor.h"
#include "text/fold.h"
#include "text/language.h"
#include "training.h"

namespace tercet::testing {
namespace {

constexpr std::string_view kEnglish =
    "The cat sat on the mat. The cat ate the fish, and the dog slept.\n"
    "I don't know where the cat is. Mr. Smith knows: London is far away!\n"
    "\"The iPhone rang,\" said Anna. Anna has the iPhone of Mr. Smith.\n"
    "Don't feed the cat. Did the dog eat 3.14 fish? Anna didn't see the dog.\n";
constexpr std::string_view kRussian =
    "Кошка сидит на окне. Кошка ест рыбу, а собака спит.\n"
    "Ёлка стоит в углу. Анна не знает, где кошка. В углу спит собака.\n"
    "Москва далеко. Анна едет в Москву. Ещё одна ёлка стоит на площади.\n"
    "Кто-то стоит на площади, но Анна его не знает.\n";

Model model_of(std::string_view text, const std::string& language) {
  TrainOptions options;
  options.language = language;
  options.order = 3;
  options.prune_counts = {0};
  return train(text, options).model;
}

const Model& english() {
  static const Model model = model_of(kEnglish, "en");
  return model;
}
const Model& russian() {
  static const Model model = model_of(kRussian, "ru");
  return model;
}

std::vector<std::string> suggest(const Model& model, std::string_view text, std::size_t count = 100,
                                 std::uint32_t words = 1) {
  const Predictor predictor(model);
  Scratch scratch;
  std::vector<std::string> out;
  for (const Suggestion& suggestion : predictor.suggest({text, count, words}, scratch).list)
    out.emplace_back(suggestion.text);
  return out;
}

bool contains(const std::vector<std::string>& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

std::string folded(std::string_view text, const Model& model) {
  std::string out;
  text::fold(text, text::language(model.info().language), out);
  return out;
}

TEST(Suggest, WhatFollowedInTheText) {
  EXPECT_EQ(suggest(english(), "The cat sat on the ", 1), (std::vector<std::string>{"mat"}));
  EXPECT_EQ(suggest(english(), "sat on ", 1), (std::vector<std::string>{"the"}));
  EXPECT_EQ(suggest(english(), "I don't know where th", 1), (std::vector<std::string>{"the"}));
  EXPECT_EQ(suggest(russian(), "Собака спит на пл", 1), (std::vector<std::string>{"площади"}));
}

TEST(Suggest, CapitalsAtTheStartOfASentence) {
  for (const std::string_view start : {"", "The dog slept. ", "A line.\n", "Really? "}) {
    EXPECT_TRUE(contains(suggest(english(), start), "The")) << start;
    EXPECT_FALSE(contains(suggest(english(), start), "the")) << start;
  }
  EXPECT_TRUE(contains(suggest(english(), "Mr. "), "Smith"));
  EXPECT_TRUE(contains(suggest(english(), "I saw "), "the"));
  EXPECT_TRUE(contains(suggest(russian(), ""), "Кошка"));
  EXPECT_TRUE(contains(suggest(russian(), "Где "), "кошка"));
}

TEST(Suggest, SpellingsOfTheText) {
  EXPECT_TRUE(contains(suggest(english(), "said an"), "Anna"));
  EXPECT_TRUE(contains(suggest(english(), "the ip"), "iPhone"));
  EXPECT_TRUE(contains(suggest(russian(), "ещё одна е"), "ёлка"));
  EXPECT_TRUE(contains(suggest(russian(), "едет в мос"), "Москву"));
  EXPECT_TRUE(contains(suggest(russian(), "но кто"), "кто-то"));
}

TEST(Suggest, PunctuationOnlyOnDemand) {
  for (const auto& text : suggest(english(), "the cat ")) {
    EXPECT_NE(text, ".");
    EXPECT_NE(text, ",");
  }
  const Predictor predictor(english(), {.punctuation = true, .blocked = {}});
  Scratch scratch;
  std::vector<std::string> all;
  for (const Suggestion& suggestion : predictor.suggest({"the cat ", 1000, 1}, scratch).list)
    all.emplace_back(suggestion.text);
  EXPECT_TRUE(contains(all, "."));
  EXPECT_TRUE(contains(all, ","));
}

TEST(Suggest, BlockedWordsInAnySpelling) {
  const Predictor predictor(english(),
                            {.punctuation = false, .blocked = {"IPHONE", "Cat", "nope"}});
  Scratch scratch;
  std::vector<std::string> all;
  for (const Suggestion& suggestion : predictor.suggest({"the ", 1000, 1}, scratch).list)
    all.emplace_back(folded(suggestion.text, english()));
  EXPECT_FALSE(contains(all, "iphone"));
  EXPECT_FALSE(contains(all, "cat"));
  EXPECT_TRUE(contains(all, "dog"));
  EXPECT_FALSE(predictor.offers(english().id("cat")));
  EXPECT_FALSE(predictor.offers(kSentenceEnd));
}

TEST(Suggest, AnyCountAndAnyNumberOfWords) {
  for (const std::size_t count : {std::size_t{0}, std::size_t{1}, ~std::size_t{0}, ~std::size_t{1}})
    EXPECT_LE(suggest(english(), "the ", count).size(),
              std::min<std::size_t>(count, english().vocabulary_size()));
  EXPECT_EQ(suggest(english(), "the ", 3, 0).size(), 3U);
  EXPECT_EQ(suggest(english(), "the ", 2, 0xFFFF'FFFFU).size(), 2U);
}

/// Pieces of the texts, cut anywhere, also inside characters, with dirt between.
std::string any_text() {
  static const std::string kPieces[] = {
      "The ca", "the cat ", "\xC3", "Mr. S", "Ёл",   "кошка ест ", ". ",        "\"I", "\n",
      "ip",     "3.1",      "  ",   "DON",   "кто-", "\xFF\xFE",   "е\xCC\x88", "🙂",  "'"};
  std::string text;
  for (auto n = *rc::gen::inRange(0, 8); n > 0; --n)
    text += kPieces[*rc::gen::inRange<std::size_t>(0, std::size(kPieces))];
  return text.substr(0, *rc::gen::inRange<std::size_t>(0, text.size() + 1));
}

RC_GTEST_PROP(Suggest, EveryTextBeginsWithThePrefix, (bool use_russian)) {
  const Model& model = use_russian ? russian() : english();
  const Predictor predictor(model);
  Scratch scratch;
  const std::string text = any_text();
  const auto words = *rc::gen::inRange<std::uint32_t>(1, 4);
  const Suggestions got = predictor.suggest({text, 1000, words}, scratch);
  const std::string prefix = folded(got.prefix, model);
  RC_ASSERT(got.list.size() <= 1000U);
  for (std::size_t i = 0; i < got.list.size(); ++i) {
    const Suggestion& one = got.list[i];
    RC_ASSERT(!one.text.empty());
    RC_ASSERT(folded(one.text, model).starts_with(prefix));
    RC_ASSERT(one.order >= 1 && one.order <= model.order());
    RC_ASSERT(one.log10_probability <= 0);
    if (i > 0) RC_ASSERT(one.log10_probability <= got.list[i - 1].log10_probability);
    if (words == 1) RC_ASSERT(model.id(folded(one.text, model)) != kUnknown);
  }
  if (words > 1) return;
  // All words that begin so and may be offered: nothing is missing.
  std::size_t expected = 0;
  const WordRange range = model.words_with_prefix(prefix);
  for (WordId word = range.begin; word < range.end; ++word) expected += predictor.offers(word);
  RC_ASSERT(got.list.size() == expected);
}

RC_GTEST_PROP(Suggest, ReusingTheScratchChangesNothing, ()) {
  const Predictor predictor(english());
  Scratch reused;
  for (int i = 0; i < 5; ++i) {
    const std::string text = any_text();
    const Query query{text, 7, *rc::gen::inRange<std::uint32_t>(1, 4)};
    Scratch fresh;
    const Suggestions a = predictor.suggest(query, reused);
    const Suggestions b = predictor.suggest(query, fresh);
    RC_ASSERT(a.prefix == b.prefix);
    RC_ASSERT(a.list.size() == b.list.size());
    for (std::size_t k = 0; k < a.list.size(); ++k) {
      RC_ASSERT(a.list[k].text == b.list[k].text);
      RC_ASSERT(a.list[k].log10_probability == b.list[k].log10_probability);
    }
  }
}

class Collector final : public ScoreVisitor {
 public:
  explicit Collector(const Model& model) : model_(model), state_(model.begin()) {}
  void token(const ScoredToken& token) override {
    texts.emplace_back(token.text);
    State next;
    const Score score = model_.score(state_, token.word, next);
    EXPECT_EQ(score.log10_probability, token.score.log10_probability);
    EXPECT_EQ(score.order, token.score.order);
    state_ = token.word == kSentenceEnd ? model_.begin() : next;
  }
  std::vector<std::string> texts;

 private:
  const Model& model_;
  State state_;
};

TEST(ScoreText, SentencesOfText) {
  Collector collector(english());
  score_text(english(), "The cat sat. It ran!\n\nMr. Smith", collector);
  EXPECT_EQ(collector.texts,
            (std::vector<std::string>{"The", "cat", "sat", ".", "</s>", "It", "ran", "!", "</s>",
                                      "Mr", ".", "Smith", "</s>"}));
}

TEST(ScoreText, AsTrainingReadIt) {
  TrainOptions options;
  options.plain_tokens = true;
  const Model model = train("a b c\n\na b\n", options).model;
  Collector collector(model);
  score_text(model, "a zz\n\nb\r\n", collector);
  EXPECT_EQ(collector.texts, (std::vector<std::string>{"a", "zz", "</s>", "</s>", "b", "</s>"}));
  Collector marked(model);  // Training skips such marks: every line has its own.
  score_text(model, "<s> a b </s>\n", marked);
  EXPECT_EQ(marked.texts, (std::vector<std::string>{"a", "b", "</s>"}));
}

TEST(Suggest, SentenceMarksInPlainTokensAreSkipped) {
  TrainOptions options;
  options.plain_tokens = true;
  const Model model = train("a b c\na c\n", options).model;
  EXPECT_EQ(suggest(model, "<s> a b "), suggest(model, "a b "));
  EXPECT_EQ(suggest(model, "<s> a b </s> "), suggest(model, "a b "));
  EXPECT_NE(suggest(model, "a b "), suggest(model, "a "));
}

/// A caret behind a sentence's words has the state that scoring the sentence has there.
RC_GTEST_PROP(ScoreText, AgreesWithSuggest, ()) {
  const Corpus corpus = any_corpus();
  const Model model = train(text_of(corpus), any_options()).model;
  const Predictor predictor(model);
  Scratch scratch;
  State state = model.begin();
  std::string before;
  for (const std::string& word : corpus[*rc::gen::inRange<std::size_t>(0, corpus.size())]) {
    before += word + " ";
    state = model.advance(state, model.id(word));
  }
  const auto got = predictor.suggest({before, 1000, 1}, scratch).list;
  std::vector<std::string> texts;
  for (const Suggestion& suggestion : got) texts.emplace_back(suggestion.text);
  std::vector<std::string> expected;
  for (const auto& candidate : predictor.top(state, model.words_with_prefix(""), 1000, scratch))
    expected.emplace_back(model.word(candidate.word));
  RC_ASSERT(texts == expected);
}

}  // namespace
}  // namespace tercet::testing
