#include "tercet/learning.h"

#include <gtest/gtest.h>

// Behind gtest, whose macros it looks for.
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "os/testing.h"
#include "tercet/train.h"

namespace tercet {
namespace {

using os::testing::TemporaryDirectory;
using Lines = std::vector<std::string>;

Repertoire train_repertoire() {
  std::string text;
  for (const char* who : {"we", "they", "you", "people"}) {
    for (const char* what : {"read the letter", "want to see it", "want to write a letter",
                             "have seen the house", "wrote about it"}) {
      for (const char* when : {"today", "again", "at home"})
        text += std::string(who) + ' ' + what + ' ' + when + ".\n";
    }
  }
  const TemporaryDirectory directory;
  const std::filesystem::path input = directory.write("text", text);
  const std::filesystem::path output = directory.path() / "en.tct";
  TrainOptions options;
  options.prune_counts = {0};
  const auto report = train_model({&input, 1}, output, options);
  auto model = Model::open(output);
  auto repertoire = report.ok() && model.ok() ? Repertoire::make({std::move(*model)})
                                              : Result<Repertoire>(model.error());
  if (!repertoire.ok()) throw std::runtime_error(repertoire.error().message);
  return std::move(*repertoire);
}

const Repertoire& repertoire() {
  static const Repertoire kTrained = train_repertoire();
  return kTrained;
}

/// What a store shows, a line a sentence; "_" for a gap.
class Shown final : public SentenceVisitor {
 public:
  void sentence(const LearntSentence& sentence) override {
    std::string line;
    for (const std::string_view word : sentence.words)
      line.append(line.empty() ? "" : " ").append(word.empty() ? "_" : word);
    lines.push_back(line);
  }
  Lines lines;
};

Lines shown(const Store& store) {
  Shown visitor;
  const Status status = store.visit(visitor);
  EXPECT_TRUE(status.ok()) << status.error().message;
  return visitor.lines;
}

void type(Session& session, std::string_view text) {
  for (const char c : text) session.type({&c, 1});
}

/// All that a session offers behind a text, with its probabilities.
Lines offers_behind(Session& session, const std::string& text) {
  session.open(text);
  const Offers offers = session.suggest();
  Lines lines;
  for (const auto list : {offers.words, offers.phrases}) {
    for (const Offer& each : list)
      lines.push_back(std::string(each.text) + ' ' + std::to_string(each.probability));
  }
  return lines;
}

bool offers(Session& session, const std::string& text, std::string_view word) {
  session.open(text);
  const auto words = session.suggest().words;
  return std::any_of(words.begin(), words.end(),
                     [word](const Offer& each) { return each.text == word; });
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
    Session writing(repertoire(), {.observer = &recorder});
    type(writing, text);
  }

  Session session() { return Session(repertoire(), {.observer = &recorder_}); }

  /// Another day: what a session knows that reads the store.
  static Session fresh(const Store& store) {
    Session session(repertoire());
    const Status status = remember(store, session);
    EXPECT_TRUE(status.ok()) << status.error().message;
    return session;
  }

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
  ASSERT_TRUE(store_.add_evidence("gandalf", 1, 0, now_).ok());
  Session doubtful = fresh(store_);
  EXPECT_FALSE(offers(doubtful, "we saw Gan", "Gandalf"));
}

TEST_F(Learning, AForgottenWordIsAsIfItHadNeverBeenWritten) {
  Store never = open(directory_.path() / "never");
  Recorder other(never, "test", [this] { return now_; });
  const auto tell = [&](std::uint64_t number, std::vector<std::string_view> words) {
    recorder_.sentence(number, "en", words);
    std::replace(words.begin(), words.end(), std::string_view("Gandalf"), std::string_view());
    other.sentence(number, "en", words);
  };
  const Lines contexts = {"",           "we ",        "we saw ", "Gan",          "G",
                          "we saw Gan", "he wrote a", "today. ", "saw Gandalf ", "wrote "};
  for (std::uint64_t i = 0; i < 6; ++i) {
    if (i % 3 == 0) recorder_.doubt("gandalf", true);
    tell(2 * i, {"we", "saw", "Gandalf", "today", "."});
    tell(2 * i + 1, {"Gandalf", "wrote", "Elvish", "letters"});
  }
  Session knowing = fresh(store_);
  EXPECT_TRUE(offers(knowing, "we saw ", "Gandalf"));
  const auto gone = store_.forget_word("gandalf", now_);
  ASSERT_TRUE(gone.ok());
  EXPECT_EQ(*gone, 12);
  for (const std::string& context : contexts) {
    Session forgot = fresh(store_);
    Session ignorant = fresh(never);
    EXPECT_EQ(offers_behind(forgot, context), offers_behind(ignorant, context)) << context;
  }
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
    Session writing(repertoire(), {.observer = &recorder});
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
      Session writing(repertoire(), {.observer = &recorder});
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
}  // namespace tercet
