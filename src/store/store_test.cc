#include "tercet/store.h"

#include <gtest/gtest.h>

#include <array>
#include <limits>
#include <string>
#include <vector>

#include "store/testing.h"

namespace tercet::store::testing {
namespace {

using Lines = std::vector<std::string>;

class StoreTest : public ::testing::Test {
 protected:
  StoreTest() : store_(open(path())) {}
  std::filesystem::path path(const char* name = "s") const { return directory_.path() / name; }

  TemporaryDirectory directory_;
  Store store_;
};

TEST_F(StoreTest, ShowsWhatWasLearntInOrder) {
  learn(store_, "I want it", 1000, "prompt", "en");
  const Lesson page = *store_.begin_lesson("page", "ru", 900);  // The clock went back.
  ASSERT_TRUE(store_
                  .learn(page,
                         [](const Store::Put& put) {
                           EXPECT_TRUE(put(words_of("раз два")).ok());
                           return put(words_of("три _ пять"));
                         })
                  .ok());
  const Lines expected = {"prompt|en|1000: I want it", "page|ru|900: раз два",
                          "page|ru|900: три _ пять"};
  EXPECT_EQ(shown(store_), expected);
  store_ = open(path());
  EXPECT_EQ(shown(store_), expected);
  const auto stats = store_.stats();
  ASSERT_TRUE(stats.ok());
  EXPECT_EQ(stats->lessons, 2);
  EXPECT_EQ(stats->sentences, 3);
  EXPECT_EQ(stats->words, 7);
}

TEST_F(StoreTest, ASentenceGrows) {
  const Lesson lesson = learn(store_, "I", 1000);
  ASSERT_TRUE(store_.put_sentence(lesson, 0, words_of("I want")).ok());
  ASSERT_TRUE(store_.put_sentence(lesson, 0, words_of("I want it")).ok());
  EXPECT_EQ(shown(store_), Lines{"prompt|en|1000: I want it"});
}

TEST_F(StoreTest, LearningTwiceIntoOneLessonAdds) {
  const Lesson lesson = learn(store_, "a", 1000);
  const auto put_b = [](const Store::Put& put) { return put(words_of("b")); };
  ASSERT_TRUE(store_.learn(lesson, put_b).ok());
  EXPECT_EQ(shown(store_), (Lines{"prompt|en|1000: a", "prompt|en|1000: b"}));
}

TEST_F(StoreTest, AFailedLessonLeavesNothing) {
  const Lesson lesson = *store_.begin_lesson("f", "en", 1);
  const std::vector<std::string_view> bad = {"two words"};
  const Status status = store_.learn(lesson, [&](const Store::Put& put) {
    EXPECT_TRUE(put(words_of("fine")).ok());
    return put(bad);
  });
  EXPECT_EQ(status.error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(shown(store_), Lines{});
  EXPECT_EQ(exported(store_).find("lesson"), std::string::npos);
}

TEST_F(StoreTest, WrongArgumentsAreErrors) {
  const Lesson lesson = *store_.begin_lesson("f", "en", 1);
  for (const std::string_view word : {"a b", "a\tb", "a\n", "\x7F", "\xFF", "\xED\xA0\x80"}) {
    const std::vector<std::string_view> words = {word};
    EXPECT_EQ(store_.put_sentence(lesson, 0, words).error().code, ErrorCode::kInvalidArgument);
    EXPECT_EQ(store_.forget_word(word, 1).error().code, ErrorCode::kInvalidArgument);
    EXPECT_EQ(store_.add_evidence({{std::string(word), 1, 0}}, 1).error().code,
              ErrorCode::kInvalidArgument);
    const Block block{std::string(word), "en", Blocking::kAllow};
    EXPECT_EQ(store_.set_block(block, 1).error().code, ErrorCode::kInvalidArgument);
  }
  EXPECT_FALSE(store_.put_sentence(lesson, -1, words_of("a")).ok());
  EXPECT_FALSE(store_.begin_lesson("\xFF", "en", 1).ok());
  EXPECT_FALSE(store_.begin_lesson("f", "en", -1).ok());
  EXPECT_FALSE(store_.forget_word("", 1).ok());
  EXPECT_FALSE(store_.add_evidence({{"", 1, 0}}, 1).ok());
  constexpr std::int64_t kGreatest = std::numeric_limits<std::int64_t>::max();
  ASSERT_TRUE(store_.add_evidence({{"w", 1, 1}}, 1).ok());
  EXPECT_FALSE(store_.add_evidence({{"w", -1, 0}}, 1).ok());
  EXPECT_FALSE(store_.add_evidence({{"w", 0, kGreatest}}, 1).ok());
  EXPECT_EQ(store_.evidence()->at(0).ignored, 1);
  EXPECT_EQ(shown(store_), Lines{});
}

TEST_F(StoreTest, ForgetsAWordInAllSpellings) {
  learn(store_, "Password is Hunter2 , HUNTER2 !", 1000);
  EXPECT_EQ(*store_.forget_word("hunter2", 2000), 2);
  EXPECT_EQ(shown(store_), Lines{"prompt|en|1000: Password is _ , _ !"});
  learn(store_, "hunter2 again", 3000);  // Learnt anew.
  EXPECT_EQ(shown(store_).back(), "prompt|en|3000: hunter2 again");
  EXPECT_EQ(*store_.forget_word("unheard", 4000), 0);
}

TEST_F(StoreTest, SaysWhichWordsWereForgotten) {
  constexpr std::array<std::string_view, 4> kWords = {"Hunter2", "is", "my", "password"};
  using Views = std::vector<std::string_view>;
  EXPECT_EQ(*store_.forgotten(kWords), Views{});
  learn(store_, "my password is hunter2", 1000);
  EXPECT_TRUE(store_.forget_word("hunter2", 2000).ok());
  EXPECT_TRUE(store_.forget_word("my", 2000, true).ok());
  EXPECT_EQ(*store_.forgotten(kWords), (Views{"Hunter2", "my"}));
  learn(store_, "hunter2 my", 3000);
  EXPECT_EQ(*store_.forgotten(kWords), (Views{"Hunter2", "my"})) << "whatever was learnt since";
  EXPECT_TRUE(store_.undo().ok());
  EXPECT_TRUE(store_.undo().ok());
  EXPECT_EQ(*store_.forgotten(kWords), Views{"my"});
  EXPECT_TRUE(store_.forget_source("prompt", 4000).ok());
  EXPECT_EQ(*store_.forgotten(kWords), Views{"my"}) << "other words may be another's";
}

TEST_F(StoreTest, ForgettingHoldsWhenTheClockGoesBack) {
  learn(store_, "secret word", 5000);
  EXPECT_EQ(*store_.forget_word("secret", 10), 1);
  EXPECT_EQ(shown(store_), Lines{"prompt|en|5000: _ word"});
  learn(store_, "secret", 20);
  EXPECT_EQ(shown(store_).back(), "prompt|en|20: secret");
}

TEST_F(StoreTest, ASentenceThatGrowsDoesNotBringBackWhatWasForgotten) {
  for (const bool for_good : {false, true}) {
    const Lesson lesson = learn(store_, "my secret", 1000);
    ASSERT_TRUE(store_.forget_word("secret", 1001, for_good).ok());
    ASSERT_TRUE(store_.put_sentence(lesson, 0, words_of("my secret is out")).ok());
    EXPECT_EQ(shown(store_).back(), "prompt|en|1000: my _ is out");
  }
  const Lesson lesson = learn(store_, "more", 2000);
  ASSERT_TRUE(store_.forget_between(2000, 3000, 2500, true).ok());
  ASSERT_TRUE(store_.put_sentence(lesson, 0, words_of("more uncommon")).ok());
  EXPECT_EQ(raw_bytes(path()).find("uncommon"), std::string::npos);
  const Lesson undone = learn(store_, "oops", 4000);
  ASSERT_TRUE(store_.undo().ok());
  ASSERT_TRUE(store_.purge().ok());
  ASSERT_TRUE(store_.put_sentence(undone, 0, words_of("oops uncommon")).ok());
  EXPECT_EQ(raw_bytes(path()).find("uncommon"), std::string::npos);
}

TEST_F(StoreTest, AFarStampOfAnotherDeviceStopsNobody) {
  const std::string text =
      "tercet-store\t1\n"
      "lesson\t1000000000000000000\t1\t1000\t0\t0\ten\tphone\n"
      "sentence\t1000000000000000000\t1\t0\t1\tsecret word\n"
      "end\t2\t-\n";
  ASSERT_TRUE(store_.import_text(text, "text").ok());
  learn(store_, "my secret", 2000);
  EXPECT_EQ(*store_.forget_word("secret", 3000), 2);
  EXPECT_EQ(shown(store_), (Lines{"phone|en|1000: _ word", "prompt|en|2000: my _"}));
}

TEST_F(StoreTest, ForgetsSourcesAndTimes) {
  learn(store_, "a", 1000, "diary");
  learn(store_, "b", 2000, "page");
  learn(store_, "c", 3000, "page");
  learn(store_, "d", 4000, "prompt");
  EXPECT_EQ(*store_.forget_source("page", 5000), 2);
  EXPECT_EQ(shown(store_), (Lines{"diary|en|1000: a", "prompt|en|4000: d"}));
  EXPECT_EQ(*store_.forget_between(1000, 4000, 5001), 1);  // The end is not in it.
  EXPECT_EQ(shown(store_), Lines{"prompt|en|4000: d"});
}

TEST_F(StoreTest, UndoTakesBackTheNewestFirst) {
  learn(store_, "first", 1000);
  learn(store_, "second", 2000);
  ASSERT_TRUE(store_.forget_word("first", 3000).ok());
  EXPECT_EQ(**store_.undo(), "forgetting the word \"first\"");
  EXPECT_EQ(shown(store_).size(), 2U);
  EXPECT_EQ(**store_.undo(), "learning \"second\" from prompt");
  EXPECT_EQ(shown(store_), Lines{"prompt|en|1000: first"});
  learn(store_, "third", 2000);
  EXPECT_EQ(**store_.undo(), "learning \"third\" from prompt");
  EXPECT_EQ(**store_.undo(), "learning \"first\" from prompt");
  EXPECT_EQ(*store_.undo(), std::nullopt);
  EXPECT_EQ(shown(store_), Lines{});
}

TEST_F(StoreTest, EvidenceIsAddedTogetherOrNotAtAll) {
  ASSERT_TRUE(store_.add_evidence({{"teh", 1, 0}, {"adn", 0, 1}, {"teh", 1, 0}}, 1000).ok());
  EXPECT_FALSE(store_.add_evidence({{"teh", 1, 0}, {"a b", 1, 0}}, 1000).ok());
  ASSERT_TRUE(store_.add_evidence({{"teh", 1, 0}}, 1000).ok());
  const auto evidence = store_.evidence();
  ASSERT_EQ(evidence->size(), 2U);
  EXPECT_EQ(evidence->at(0).ignored, 1);
  EXPECT_EQ(evidence->at(1).struck, 3);
}

TEST_F(StoreTest, EvidenceIsCountedAndForgotten) {
  ASSERT_TRUE(store_.add_evidence({{"teh", 1, 0}}, 1000).ok());
  ASSERT_TRUE(store_.add_evidence({{"teh", 1, 2}}, 2000).ok());
  ASSERT_TRUE(store_.add_evidence({{"other", 0, 1}}, 2000).ok());
  ASSERT_TRUE(store_.add_evidence({{"teh", 1, 0}}, 90'000'000).ok());  // Another hour.
  auto evidence = store_.evidence();
  ASSERT_TRUE(evidence.ok());
  ASSERT_EQ(evidence->size(), 2U);
  EXPECT_EQ((*evidence)[1].word, "teh");
  EXPECT_EQ((*evidence)[1].struck, 3);
  EXPECT_EQ((*evidence)[1].ignored, 2);
  ASSERT_TRUE(store_.forget_word("teh", 90'000'001).ok());
  EXPECT_EQ(store_.evidence()->size(), 1U);
  ASSERT_TRUE(store_.add_evidence({{"teh", 1, 0}}, 90'000'002).ok());
  EXPECT_EQ(store_.evidence()->at(1).struck, 1);
  ASSERT_TRUE(store_.undo().ok());
  EXPECT_EQ(store_.evidence()->at(1).struck, 4);
}

TEST_F(StoreTest, TheLastBlockWins) {
  ASSERT_TRUE(store_.set_block({"damn", "en", Blocking::kNeverSuggest}, 1).ok());
  ASSERT_TRUE(store_.set_block({"damn", "", Blocking::kNeverComplete}, 2).ok());
  ASSERT_TRUE(store_.set_block({"damn", "en", Blocking::kAllow}, 1).ok());
  const auto blocks = store_.blocks();
  ASSERT_TRUE(blocks.ok());
  ASSERT_EQ(blocks->size(), 2U);
  EXPECT_EQ((*blocks)[0].meaning, Blocking::kNeverComplete);
  EXPECT_EQ((*blocks)[1].meaning, Blocking::kAllow);
}

TEST_F(StoreTest, PurgeLeavesNoByteOfWhatWasForgotten) {
  learn(store_, "my Passphrase is xyzzyx", 1000);
  learn(store_, "plughplugh lives here", 2000, "secretfile");
  learn(store_, "undoneword", 3000);
  ASSERT_TRUE(store_.undo().ok());
  ASSERT_TRUE(store_.add_evidence({{"xyzzyx", 1, 0}}, 3500).ok());
  ASSERT_TRUE(store_.forget_word("xyzzyx", 4000).ok());
  ASSERT_TRUE(store_.undo().ok());  // Names the word, too.
  ASSERT_TRUE(store_.forget_word("xyzzyx", 4001).ok());
  ASSERT_TRUE(store_.forget_source("secretfile", 5000).ok());
  const std::vector<std::string> secrets = {"xyzzyx", "plughplugh", "secretfile", "undoneword"};
  for (const auto& secret : secrets)
    EXPECT_NE(raw_bytes(path()).find(secret), std::string::npos) << secret;
  const Lines before = shown(store_);
  ASSERT_TRUE(store_.purge().ok());
  for (const auto& secret : secrets)
    EXPECT_EQ(raw_bytes(path()).find(secret), std::string::npos) << secret;
  EXPECT_EQ(shown(store_), before);
  EXPECT_EQ(shown(store_), Lines{"prompt|en|1000: my Passphrase is _"});
  EXPECT_EQ(**store_.undo(), "learning \"my Passphrase is \" from prompt");  // Nothing older.
}

TEST_F(StoreTest, ForgettingForGoodLeavesTheRestUndoable) {
  learn(store_, "alpha betabeta gammagamma", 1000);
  ASSERT_TRUE(store_.forget_word("betabeta", 2000).ok());
  ASSERT_TRUE(store_.undo().ok());
  ASSERT_TRUE(store_.forget_word("gammagamma", 3000).ok());
  EXPECT_EQ(*store_.forget_word("betabeta", 4000, true), 1);
  EXPECT_EQ(raw_bytes(path()).find("betabeta"), std::string::npos);
  EXPECT_EQ(**store_.undo(), "forgetting the word \"gammagamma\"");
  EXPECT_EQ(shown(store_), Lines{"prompt|en|1000: alpha _ gammagamma"});
}

TEST_F(StoreTest, APurgedWordDoesNotComeBackByMerging) {
  learn(store_, "the xyzzyx word", 1000);
  Store other = open(path("other"));
  ASSERT_TRUE(other.merge(path()).ok());
  learn(other, "XYZZYX too", 1500, "phone");
  ASSERT_TRUE(other.forget_word("xyzzyx", 1600).ok());
  ASSERT_TRUE(other.undo().ok());
  ASSERT_TRUE(store_.forget_word("xyzzyx", 2000, true).ok());
  ASSERT_TRUE(store_.merge(path("other")).ok());
  EXPECT_EQ(shown(store_), (Lines{"prompt|en|1000: the _ word", "phone|en|1500: _ too"}));
  ASSERT_TRUE(other.merge(path()).ok());
  EXPECT_EQ(shown(other), shown(store_));
  EXPECT_EQ(exported(other), exported(store_));
  for (const char* spelling : {"xyzzyx", "XYZZYX"})  // Nor in the file, hidden.
    EXPECT_EQ(exported(other).find(spelling), std::string::npos);
  for (const auto& file : {path(), path("other")}) {
    // The log of writes still holds the old pages; purge empties it.
    ASSERT_TRUE((file == path() ? store_ : other).purge().ok());
    const std::string bytes = raw_bytes(file);
    EXPECT_EQ(bytes.find("xyzzyx"), std::string::npos);
    EXPECT_EQ(bytes.find("XYZZYX"), std::string::npos);
  }
}

TEST_F(StoreTest, ExportAndImportGiveAnEqualStore) {
  learn(store_, "a b c", 1000, "tab\there\\and\nline");
  learn(store_, "d e", 2000);
  ASSERT_TRUE(store_.undo().ok());
  ASSERT_TRUE(store_.forget_word("b", 3000).ok());
  ASSERT_TRUE(store_.forget_word("c", 3000, true).ok());
  ASSERT_TRUE(store_.add_evidence({{"w", 1, 2}}, 4000).ok());
  ASSERT_TRUE(store_.set_block({"x", "en", Blocking::kNeverSuggest}, 5000).ok());
  const std::string text = exported(store_);
  Store copy = open(path("copy"));
  ASSERT_TRUE(copy.import_text(text, "text").ok());
  EXPECT_EQ(exported(copy), text);
  EXPECT_EQ(shown(copy), shown(store_));
  ASSERT_TRUE(copy.import_text(text, "text").ok());
  EXPECT_EQ(exported(copy), text);
}

TEST_F(StoreTest, TheOrderOfRecordsDoesNotMatterEvenIfTheyContradictEachOther) {
  const std::vector<std::string> records = {
      "statement\t5\t1\t9\t0\t0\tword\t0\t0\tb", "statement\t5\t1\t8\t0\t0\ttimes\t1\t2\ta",
      "evidence\t6\t1\t7\t1\t0\tb", "evidence\t6\t1\t6\t0\t1\ta"};
  const auto imported = [&](const char* name, bool backwards) {
    Store store = open(path(name));
    std::string text = "tercet-store\t1\n";
    for (std::size_t i = 0; i < records.size(); ++i)
      text += records[backwards ? records.size() - 1 - i : i] + "\n";
    EXPECT_TRUE(store.import_text(text + "end\t4\t-\n", "text").ok());
    return exported(store);
  };
  EXPECT_EQ(imported("forwards", false), imported("backwards", true));
}

TEST_F(StoreTest, DamagedTextImportsNothing) {
  for (int i = 0; i < 5; ++i) learn(store_, "one two three", 1000 + i);
  const std::string text = exported(store_);
  Store copy = open(path("copy"));
  const std::string empty = exported(copy);
  const auto refuse = [&](const std::string& damaged, const char* what) {
    const Status status = copy.import_text(damaged, "x.txt");
    ASSERT_FALSE(status.ok()) << damaged;
    EXPECT_NE(status.error().message.find(what), std::string::npos) << status.error().message;
    EXPECT_EQ(exported(copy), empty);
  };
  refuse("", "line 0: the end is missing");
  refuse("tercet-store\t2\nend\t0\t-\n", "another version");
  for (std::size_t length = 1; length + 1 < text.size(); length += 7)
    refuse(text.substr(0, length), "x.txt: line ");
  for (std::size_t at = 0; at + 1 < text.size(); at += 5) {
    std::string flipped = text;
    flipped[at] = static_cast<char>(flipped[at] ^ 1);
    refuse(flipped, "x.txt: line ");
  }
  std::string changed = text;
  changed.replace(changed.find("two"), 3, "six");
  refuse(changed, "line 12: the text above is not as it was exported");
  changed.replace(changed.rfind('\t') + 1, 16, "-");  // On purpose.
  EXPECT_TRUE(copy.import_text(changed, "x.txt").ok());
  EXPECT_EQ(shown(copy).front(), "prompt|en|1000: one six three");
}

}  // namespace
}  // namespace tercet::store::testing
