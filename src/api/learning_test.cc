#include "tercet/learning.h"

#include <gtest/gtest.h>

// Behind gtest, whose macros it looks for.
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "api/testing.h"
#include "os/testing.h"

namespace tercet::api::testing {
namespace {

/// What a store shows, a line a sentence; "_" for a gap.
class Shown final : public SentenceVisitor {
 public:
  void sentence(const LearntSentence& sentence) override {
    lines.push_back(line_of(sentence.words));
  }
  Lines lines;
};

Lines shown(const Store& store) {
  Shown visitor;
  const Status status = store.visit(visitor);
  EXPECT_TRUE(status.ok()) << status.error().message;
  return visitor.lines;
}

/// Another day: what a session knows that reads the store.
Session fresh(const Store& store) {
  Session session(english_only());
  const Status status = remember(store, session);
  EXPECT_TRUE(status.ok()) << status.error().message;
  return session;
}

class Learning : public ::testing::Test {
 protected:
  static Store open(const std::filesystem::path& path) {
    auto store = Store::open(path, {.create = true});
    if (!store.ok()) throw std::runtime_error(store.error().message);
    return std::move(*store);
  }

  /// One day's writing.
  void write(std::string_view text) {
    Recorder recorder(store_, "test", [this] { return ++now_; });
    Session writing(english_only(), {.observer = &recorder});
    type(writing, text);
  }

  Session session() { return Session(english_only(), {.observer = &recorder_}); }

  TemporaryDirectory directory_;
  Store store_ = open(directory_.path() / "store");
  std::int64_t now_ = 1'000'000;
  Recorder recorder_{store_, "test", [this] { return ++now_; }};
};

TEST_F(Learning, WhatIsTypedIsKeptAsItGrows) {
  Session writing = session();
  type(writing, "We saw");
  EXPECT_EQ(shown(store_), Lines{"We"});
  type(writing, " Gandalf ");
  EXPECT_EQ(shown(store_), Lines{"We saw Gandalf"});
  type(writing, "today. He is");
  EXPECT_EQ(shown(store_), (Lines{"We saw Gandalf today .", "He"}));
  EXPECT_TRUE(recorder_.status().ok());
}

TEST_F(Learning, WhatIsDeletedGoesAndSpeaksAgainstTheWord) {
  Session writing = session();
  type(writing, "we saw teh ");
  writing.update("we saw ");
  type(writing, "the ");
  EXPECT_EQ(shown(store_), Lines{"we saw the"});
  const auto evidence = store_.evidence();
  ASSERT_TRUE(evidence.ok());
  ASSERT_EQ(evidence->size(), 1U);
  EXPECT_EQ((*evidence)[0].word, "teh");
  EXPECT_EQ((*evidence)[0].struck, 1);
  writing.update("");
  EXPECT_EQ(shown(store_), Lines{});
}

TEST_F(Learning, WhatIsPastedIsAGap) {
  Session writing = session();
  writing.update("my secret is very long ");
  EXPECT_EQ(shown(store_), Lines{});
  EXPECT_EQ(store_.stats()->lessons, 0);
  type(writing, "we saw ");
  EXPECT_EQ(shown(store_), Lines{"_ _ _ _ _ we saw"});
}

TEST_F(Learning, WhatIsNotUtf8StopsNothing) {
  Session writing = session();
  type(writing, "we saw ");
  writing.type("\xFF\x01");
  type(writing, "today. ");
  EXPECT_TRUE(recorder_.status().ok()) << recorder_.status().error().message;
  EXPECT_EQ(shown(store_), Lines{"we saw \uFFFD today ."});
}

TEST_F(Learning, WhatIsPickedIsKept) {
  Session writing = session();
  type(writing, "we wa");
  const Offers offers = writing.suggest();
  ASSERT_FALSE(offers.words.empty());
  EXPECT_EQ(offers.words[0].text, "want");
  writing.pick(offers.words[0]);
  EXPECT_EQ(shown(store_), Lines{"we want"});
}

TEST_F(Learning, AWordWrittenTwiceIsOfferedAnotherDay) {
  write("we saw Gandalf today. ");
  Session once = fresh(store_);
  EXPECT_FALSE(offers(once, "we saw Gan", "Gandalf"));
  write("people saw Gandalf again. ");
  Session twice = fresh(store_);
  EXPECT_TRUE(offers(twice, "we saw Gan", "Gandalf"));
  EXPECT_TRUE(offers(twice, "we saw ", "Gandalf"));
  ASSERT_TRUE(store_.add_evidence({{"gandalf", 1, 0}}, now_).ok());
  Session doubtful = fresh(store_);
  EXPECT_FALSE(offers(doubtful, "we saw Gan", "Gandalf"));
}

/// All that a person is offered behind a text, another day.
Lines offers_behind(const Store& store, const std::string& text) {
  Session session = fresh(store);
  session.open(text);
  Lines lines = lines_of(session.suggest());
  const Lines initials = lines_of(session.suggest_initials());
  lines.insert(lines.end(), initials.begin(), initials.end());
  return lines;
}

/// Of words that the model knows, words that it does not, and one that is to be forgotten.
std::vector<std::string_view> any_words(Dice& dice) {
  constexpr std::string_view kWords[] = {"we",      "saw",    "Gandalf", "GANDALF", "gandalf",
                                         "letters", "wrote",  "Elvish",  "elvish",  "the",
                                         "house",   "today",  ",",       "want",    "to",
                                         "Gandalf", "letter", "again",   "it",      "people"};
  std::vector<std::string_view> words(1 + dice.below(7));
  for (std::string_view& word : words) word = dice.among(kWords);
  return words;
}

bool is_gandalf(std::string_view word) {
  return word == "Gandalf" || word == "GANDALF" || word == "gandalf";
}

/// Where a person may stand: behind some words, and perhaps in one of the next.
std::string any_context(Dice& dice) {
  std::string text;
  for (const std::string_view word : any_words(dice))
    if (dice.below(4) != 0) text.append(word).append(dice.below(6) == 0 ? ". " : " ");
  const std::string_view next = any_words(dice)[0];
  return text + std::string(next.substr(0, dice.below(next.size() + 1)));
}

TEST_F(Learning, AForgottenWordIsAsIfItHadNeverBeenWritten) {
  Store never = open(directory_.path() / "never");
  Recorder other(never, "test", [this] { return now_; });
  Dice dice(1);
  std::int64_t told = 0;
  for (std::uint64_t number = 0; number < 60; ++number) {
    std::vector<std::string_view> words = any_words(dice);
    recorder_.sentence(number, "en", words);
    if (number % 3 == 0) recorder_.doubt("gandalf", number % 2 == 0);
    told += std::count_if(words.begin(), words.end(), is_gandalf);
    std::replace_if(words.begin(), words.end(), is_gandalf, std::string_view());
    other.sentence(number, "en", words);
  }
  Store kept = open(directory_.path() / "kept");
  ASSERT_TRUE(kept.merge(directory_.path() / "store").ok());
  const auto gone = store_.forget_word("gandalf", now_);
  ASSERT_TRUE(gone.ok());
  EXPECT_EQ(*gone, told);
  EXPECT_EQ(shown(store_), shown(never));
  std::size_t different = 0;
  for (int i = 0; i < 300; ++i) {
    const std::string context = any_context(dice);
    const Lines expected = offers_behind(never, context);
    ASSERT_EQ(offers_behind(store_, context), expected) << context;
    different += offers_behind(kept, context) != expected ? 1 : 0;
  }
  EXPECT_GT(different, 200U) << "forgetting does not matter";
}

TEST_F(Learning, BlocksOfTheStoreCount) {
  const auto offered = [this](std::string_view typed) {
    Session reading = fresh(store_);
    return offers(reading, "we want to write a " + std::string(typed), "letter");
  };
  EXPECT_TRUE(offered(""));
  ASSERT_TRUE(store_.set_block({"letter", "ru", Blocking::kNeverComplete}, ++now_).ok());
  EXPECT_TRUE(offered("")) << "in Russian only";
  ASSERT_TRUE(store_.set_block({"letter", "", Blocking::kNeverSuggest}, ++now_).ok());
  EXPECT_FALSE(offered(""));
  EXPECT_TRUE(offered("l"));
  ASSERT_TRUE(store_.set_block({"letter", "", Blocking::kNeverComplete}, ++now_).ok());
  EXPECT_FALSE(offered("l"));
  ASSERT_TRUE(store_.set_block({"letter", "en", Blocking::kAllow}, ++now_).ok());
  EXPECT_TRUE(offered(""));
}

TEST_F(Learning, AFullDiskDelaysOnly) {
  const int status = os::testing::with_small_disk(directory_.path(), [&] {
    Store store = open(directory_.path() / "small");
    Recorder recorder(store, "test", [this] { return now_; });
    Session writing(english_only(), {.observer = &recorder});
    type(writing, "we saw ");
    EXPECT_TRUE(recorder.status().ok());
    directory_.write("ballast", std::string(2'000'000, 'x'));
    for (int i = 0; i < 10; ++i) type(writing, "it again. We read ");
    EXPECT_FALSE(recorder.status().ok());
    EXPECT_FALSE(writing.suggest().words.empty());
    const auto before = shown(store).size();
    std::filesystem::remove(directory_.path() / "ballast");
    type(writing, "it. ");
    EXPECT_EQ(shown(store).size(), before) << "not after each key";
    now_ += 10'000;
    type(writing, "We ");
    EXPECT_TRUE(recorder.status().ok()) << recorder.status().error().message;
    EXPECT_EQ(shown(store).size(), 12U);
    return 0;
  });
  if (status == os::testing::kSkipped) GTEST_SKIP() << "mounting is not allowed here";
  EXPECT_EQ(status, 0);
}

TEST_F(Learning, AtTheEndWhatWaitsIsWritten) {
  const int status = os::testing::with_small_disk(directory_.path(), [&] {
    Store store = open(directory_.path() / "small");
    directory_.write("ballast", std::string(2'000'000, 'x'));
    {
      Recorder recorder(store, "test", [this] { return now_; });
      Session writing(english_only(), {.observer = &recorder});
      for (int i = 0; i < 10; ++i) type(writing, "It again. ");
      EXPECT_FALSE(recorder.status().ok());
      std::filesystem::remove(directory_.path() / "ballast");
    }
    EXPECT_EQ(shown(store).size(), 10U);
    return 0;
  });
  if (status == os::testing::kSkipped) GTEST_SKIP() << "mounting is not allowed here";
  EXPECT_EQ(status, 0);
}

/// The store shows of each sentence the latest that was told of it, unless all of that is gaps; in
/// the order in which they got their first word.
RC_GTEST_PROP(Recorder, KeepsTheLatestOfEachSentence, ()) {
  const TemporaryDirectory directory;
  auto store = Store::open(directory.path() / "store", {.create = true});
  RC_ASSERT(store.ok());
  std::int64_t now = 1000;
  Recorder recorder(*store, "test", [&now] { return ++now; });
  std::map<std::uint64_t, std::pair<std::size_t, std::string>> latest;
  const auto told = *rc::gen::resize(
      8, rc::gen::container<std::vector<std::pair<std::uint64_t, Lines>>>(rc::gen::pair(
             rc::gen::inRange<std::uint64_t>(0, 4),
             rc::gen::container<Lines>(rc::gen::element<std::string>("", "a", "b")))));
  for (const auto& [number, words] : told) {
    recorder.sentence(number, "en", std::vector<std::string_view>(words.begin(), words.end()));
    std::string line;
    for (const std::string& word : words)
      line.append(line.empty() ? "" : " ").append(word.empty() ? "_" : word);
    if (line.find_first_not_of("_ ") == line.npos) line.clear();
    if (!line.empty()) latest.try_emplace(number, latest.size(), "");
    if (latest.contains(number)) latest[number].second = line;
  }
  Lines expected(latest.size());
  for (const auto& [number, place] : latest) expected[place.first] = place.second;
  std::erase(expected, "");
  RC_ASSERT(shown(*store) == expected);
}

}  // namespace
}  // namespace tercet::api::testing
