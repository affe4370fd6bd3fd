#include "session/block_list.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "model/testing.h"
#include "text/fold.h"

namespace tercet::session {
namespace {

BlockList list_of(std::string_view text, std::string_view tag = "en") {
  BlockList list(text::language(tag));
  const Status status = list.lay_over(text, "test");
  EXPECT_TRUE(status.ok()) << status.error().message;
  return list;
}

TEST(BlockList, ThreeMeanings) {
  const BlockList list = list_of(
      "# a comment\n\nnever-suggest\tDamn\r\nnever-complete\tslur*\nallow\tslurry\nallow\tx");
  EXPECT_EQ(list.blocking("damn"), Blocking::kNeverSuggest);
  EXPECT_EQ(list.blocking("damned"), Blocking::kAllow);
  EXPECT_EQ(list.blocking("slur"), Blocking::kNeverComplete);
  EXPECT_EQ(list.blocking("slurs"), Blocking::kNeverComplete);
  EXPECT_EQ(list.blocking("slurry"), Blocking::kAllow);
  EXPECT_EQ(list.blocking("slu"), Blocking::kAllow);
  EXPECT_EQ(list.blocking(""), Blocking::kAllow);
}

TEST(BlockList, TheLastEntryCounts) {
  BlockList list = list_of("never-complete\ta*\nallow\tab*\nnever-suggest\tabc\n");
  EXPECT_EQ(list.blocking("abc"), Blocking::kNeverSuggest);
  ASSERT_TRUE(list.lay_over("allow\ta*\n", "own").ok());
  EXPECT_EQ(list.blocking("abc"), Blocking::kAllow);
  ASSERT_TRUE(list.lay_over("never-complete\tab\n", "own").ok());
  EXPECT_EQ(list.blocking("ab"), Blocking::kNeverComplete);
  EXPECT_EQ(list.blocking("aa"), Blocking::kAllow);
}

TEST(BlockList, WordsAreFoldedAsTheLanguageFolds) {
  EXPECT_EQ(list_of("never-suggest\tЁЛКА\n", "ru").blocking("елка"), Blocking::kNeverSuggest);
}

std::string error_of(BlockList& list, std::string_view text) {
  const Status status = list.lay_over(text, "own.txt");
  if (status.ok()) return "none";
  EXPECT_EQ(status.error().code, ErrorCode::kInvalidArgument);
  return status.error().message;
}

TEST(BlockList, ErrorsNameTheLineAndChangeNothing) {
  BlockList list = list_of("never-suggest\told\n");
  for (const char* line :
       {"never\tword", "never-suggest word", "never-suggest", "word", "Allow\tword",
        "never-suggest\t", "never-suggest\t*", "never-suggest\ttwo words",
        "never-suggest\tword\tmore", "allow\t\xFF", "\tword", " allow\tword"}) {
    const std::string text = "# one\nallow\told\n" + std::string(line) + "\nallow\tb\n";
    EXPECT_TRUE(error_of(list, text).starts_with("own.txt:3: ")) << error_of(list, text);
  }
  EXPECT_EQ(list.blocking("old"), Blocking::kNeverSuggest);
  EXPECT_EQ(error_of(list, ""), "none");
  EXPECT_EQ(error_of(list, "\n \t\n#\n"), "none");
}

RC_GTEST_PROP(BlockList, AnyBytesAreSafe, (const std::string& text)) {
  BlockList list(text::language("ru"));
  list.lay_over("allow\t" + text, "test").ok();
  list.blocking(text);
}

RC_GTEST_PROP(BlockList, CompilingAsksForEachWord, ()) {
  model::testing::TrieShape shape;  // Words w00000003 to w00000119.
  shape.vocabulary = 120;
  shape.order = 1;
  const auto bytes = model::testing::pack(model::testing::random_trie(shape, 1));
  const auto data = model::testing::parse(bytes);
  BlockList list(text::language("en"));
  for (int i = *rc::gen::inRange(0, 8); i > 0; --i) {
    const std::string word = model::testing::word_of(*rc::gen::inRange<WordId>(0, 130));
    const auto size = *rc::gen::inRange<std::size_t>(7, word.size() + 1);
    const auto* const meaning = *rc::gen::element("allow\t", "never-suggest\t", "never-complete\t");
    const auto* const star = *rc::gen::element("", "*");
    RC_ASSERT(list.lay_over(meaning + word.substr(0, size) + star, "test").ok());
  }
  const BlockedWords blocked = list.compile(data->vocabulary());
  for (WordId word = 0; word < 130; ++word) {
    const bool known = word >= kFirstWord && word < 120;
    const Blocking of_word =
        known ? list.blocking(data->vocabulary().word(word)) : Blocking::kAllow;
    RC_ASSERT(blocked.unprompted.contains(word) == (of_word != Blocking::kAllow));
    RC_ASSERT(blocked.always.contains(word) == (of_word == Blocking::kNeverComplete));
  }
}

TEST(ShippedBlockList, IsRead) {
  const BlockList english = list_of(shipped_block_list(text::language("en")));
  EXPECT_EQ(english.blocking("fucking"), Blocking::kNeverSuggest);
  EXPECT_EQ(english.blocking("kikes"), Blocking::kNeverComplete);
  const BlockList russian = list_of(shipped_block_list(text::language("ru")), "ru");
  EXPECT_EQ(russian.blocking("ебучая"), Blocking::kNeverSuggest);
  EXPECT_EQ(russian.blocking("жидовская"), Blocking::kNeverComplete);
  EXPECT_EQ(shipped_block_list(text::language("")), "");
}

TEST(ShippedBlockList, LeavesInnocentWordsAlone) {
  const BlockList english = list_of(shipped_block_list(text::language("en")));
  for (const char* word :
       {"scunthorpe", "cockpit",  "cocktail", "assassin",  "class",    "arsenal",   "bass",
        "dickens",    "dick",     "analysis", "cumin",     "document", "titanic",   "title",
        "wankel",     "slutsk",   "milford",  "shiitake",  "shittim",  "niggardly", "niger",
        "nigeria",    "pakistan", "raccoon",  "cocoon",    "spice",    "spices",    "despicable",
        "japan",      "japanese", "chinking", "therapist", "grape",    "hornet",    "wopsle",
        "pissarro",   "bitcoin",  "fagot",    "retardant", "dagon"}) {
    EXPECT_EQ(english.blocking(word), Blocking::kAllow) << word;
  }
  const BlockList russian = list_of(shipped_block_list(text::language("ru")), "ru");
  for (const char* word : {"страховать",  "трахея",     "насралла",     "москалев",
                           "москалькова", "сучковатый", "педикюр",      "мандат",
                           "мандарин",    "жидкий",     "жидкость",     "хачапури",
                           "хохлома",     "хохолок",    "чуркин",       "гомосексуальность",
                           "негр",        "нигер",      "потребление",  "ребенок",
                           "себе",        "учеба",      "лебеда",       "колебать",
                           "употреблять", "херсон",     "херес",        "херувим",
                           "хернандес",   "пидорка",    "екатеринбург", "ебург",
                           "мудрый"}) {
    EXPECT_EQ(russian.blocking(word), Blocking::kAllow) << word;
  }
}

}  // namespace
}  // namespace tercet::session
