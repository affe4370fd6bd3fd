#include "serve/typing_session.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <future>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "serve/session_testing.h"
#include "serve/socket_testing.h"
#include "serve/testing.h"

namespace tercet::serve::testing {
namespace {

using Texts = std::vector<std::string>;

bool holds(const Texts& texts, std::string_view text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

std::string edit_text(const json::Value& message) {
  const json::Value* const edit = message.find("edit");
  const json::Value* const insert = edit == nullptr ? nullptr : edit->find("insert");
  return insert != nullptr && insert->string() != nullptr ? *insert->string() : "-";
}
std::int64_t edit_erase(const json::Value& message) {
  const json::Value* const edit = message.find("edit");
  return edit == nullptr ? -1 : number_of(*edit, "erase");
}

/// All that the scribe was asked before is done.
void wait_for(Scribe& scribe) {
  const auto done = std::make_shared<std::promise<void>>();
  scribe.ask([done](Store& /*store*/) { done->set_value(); });
  done->get_future().wait();
}

/// Words that were offered at the letter before are offered again.
constexpr const char* kReoffer = R"({"type":"open","options":{"reoffer":true}})";

TEST(TypingSession, OffersWhatFits) {
  Page page;
  const json::Value offers = page.ask(R"({"type":"open","id":7,"before":"we wa","after":" it"})");
  EXPECT_EQ(number_of(offers, "id"), 7);
  EXPECT_EQ(text_of(offers, "typed"), "wa");
  EXPECT_EQ(texts_of(offers, "words"), Texts{"want"});
  EXPECT_EQ(texts_of(offers, "words", "kind"), Texts{"word"});
  EXPECT_EQ(texts_of(offers, "words", "language"), Texts{"en"});
  double microseconds = -1;
  EXPECT_TRUE(offers.find("microseconds")->number(microseconds));
  EXPECT_GE(microseconds, 0);
  EXPECT_EQ(offers.find("edit"), nullptr);
  EXPECT_EQ(page.metrics.sessions, 1U);
}

TEST(TypingSession, HeedsOptions) {
  Page page;
  const auto words = [&](std::string_view options) {
    return texts_of(
        page.ask(R"({"type":"open","before":"we ","options":)" + std::string(options) + "}"),
        "words");
  };
  EXPECT_EQ(words("{}").size(), 5U);
  EXPECT_EQ(words("null").size(), 5U);
  EXPECT_EQ(words(R"({"count":2})").size(), 2U);
  for (const std::string& word : words(R"({"languages":["ru"],"count":100})"))
    EXPECT_GE(static_cast<unsigned char>(word.back()), 0x80) << word;
  const auto phrases = [&](std::string_view wanted) {
    return texts_of(page.ask(R"({"type":"open","before":"we want to w","options":{"phrases":)" +
                             std::string(wanted) + "}}"),
                    "phrases");
  };
  EXPECT_EQ(phrases("true").size(), 1U);
  EXPECT_EQ(phrases("false").size(), 0U);
  const auto repaired = [&](std::string_view wanted) {
    return texts_of(page.ask(R"({"type":"open","before":"we wnat","options":{"repairs":)" +
                             std::string(wanted) + "}}"),
                    "words");
  };
  EXPECT_TRUE(holds(repaired("true"), "want"));
  EXPECT_TRUE(repaired("false").empty());
}

TEST(TypingSession, OpensAnotherDocument) {
  Page page;
  page.ask(R"({"type":"open","before":"we wa"})");
  const json::Value offers = page.ask(R"({"type":"open","id":2,"before":"Мы пи"})");
  EXPECT_EQ(number_of(offers, "id"), 2);
  EXPECT_EQ(text_of(offers, "typed"), "пи");
  EXPECT_TRUE(holds(texts_of(offers, "words"), "пишем"));
}

TEST(TypingSession, UpdatesTheText) {
  Page page;
  page.ask(R"({"type":"open"})");
  const json::Value offers =
      page.ask(R"({"type":"update","id":2,"before":"Anna wrote to An","after":"!","pasted":true})");
  EXPECT_EQ(number_of(offers, "id"), 2);
  EXPECT_EQ(text_of(offers, "typed"), "An");
  EXPECT_TRUE(holds(texts_of(offers, "words"), "Anna"));
}

TEST(TypingSession, EditsCountCodePoints) {
  Page page;
  page.ask(R"({"type":"open","before":"Мы чита"})");
  EXPECT_EQ(text_of(page.ask(R"({"type":"edit","erase":3,"insert":""})"), "typed"), "ч");
  EXPECT_EQ(text_of(page.ask(R"({"type":"edit","insert":"и"})"), "typed"), "чи");
  page.ask(R"({"type":"open","before":"we 😀😀"})");
  const json::Value offers = page.ask(R"({"type":"edit","erase":2,"insert":"wan"})");
  EXPECT_EQ(text_of(offers, "typed"), "wan");
  EXPECT_EQ(texts_of(offers, "words"), Texts{"want"});
  const json::Value at_start = page.ask(R"({"type":"edit","erase":1000,"insert":"пис"})");
  EXPECT_EQ(text_of(at_start, "typed"), "пис");
  EXPECT_EQ(texts_of(at_start, "words"), Texts{"Письмо"});  // A sentence begins: all was erased.
}

TEST(TypingSession, TypedSignsTakeTheSpaceOfAPick) {
  Page page;
  page.ask(R"({"type":"open","before":"Мы чита"})");
  const json::Value picked = page.ask(R"({"type":"pick","id":2,"list":"words","index":0})");
  EXPECT_EQ(number_of(picked, "id"), 2);
  EXPECT_EQ(edit_erase(picked), 4);  // Code points; of bytes it would be 8.
  EXPECT_EQ(edit_text(picked), "читаем ");
  EXPECT_EQ(text_of(picked, "typed"), "");
  const json::Value typed = page.ask(R"({"type":"type","id":3,"characters":","})");
  EXPECT_EQ(number_of(typed, "id"), 3);
  EXPECT_EQ(edit_erase(typed), 1);
  EXPECT_EQ(edit_text(typed), ", ");
  const json::Value letter = page.ask(R"({"type":"type","id":4,"characters":"п"})");
  EXPECT_EQ(edit_erase(letter), 0);
  EXPECT_EQ(edit_text(letter), "п");
  EXPECT_EQ(text_of(letter, "typed"), "п");
  EXPECT_EQ(page.metrics.picks, 1U);
}

TEST(TypingSession, PicksPhrasesWholeOrInPart) {
  Page page;
  const std::string open = R"({"type":"open","before":"we want to w"})";
  const Texts phrases = texts_of(page.ask(open), "phrases");
  ASSERT_EQ(phrases.size(), 1U);
  EXPECT_EQ(phrases[0].substr(0, 6), "write ");
  const json::Value whole = page.ask(R"({"type":"pick","list":"phrases","index":0})");
  EXPECT_EQ(edit_erase(whole), 1);
  EXPECT_EQ(edit_text(whole).substr(0, phrases[0].size()), phrases[0]);
  page.ask(open);
  EXPECT_EQ(edit_text(page.ask(R"({"type":"pick","list":"phrases","index":0,"words":1})")),
            "write ");
}

TEST(TypingSession, PicksFromInitials) {
  Page page;
  page.ask(R"({"type":"open","before":"they wt"})");
  const json::Value found = page.ask(R"({"type":"initials","id":9,"count":2})", "initials");
  EXPECT_EQ(number_of(found, "id"), 9);
  const Texts phrases = texts_of(found, "phrases");
  ASSERT_FALSE(phrases.empty());
  EXPECT_LE(phrases.size(), 2U);
  EXPECT_EQ(texts_of(found, "phrases", "kind")[0], "initials");
  const json::Value picked = page.ask(R"({"type":"pick","list":"initials","index":0})");
  EXPECT_EQ(edit_erase(picked), 2);
  EXPECT_EQ(edit_text(picked).substr(0, phrases[0].size()), phrases[0]);
}

TEST(TypingSession, BranchesTeachNothingAndCannotBePicked) {
  Page page;
  const std::string open = R"({"type":"open","before":"we "})";
  const Texts words = texts_of(page.ask(open), "words");
  const json::Value found = page.ask(R"({"type":"branch","id":4,"count":3,"words":2})", "branches");
  EXPECT_EQ(number_of(found, "id"), 4);
  const Texts branches = texts_of(found, "branches");
  EXPECT_EQ(branches.size(), 3U);
  for (const std::string& branch : branches)
    EXPECT_LE(std::count(branch.begin(), branch.end(), ' '), 1) << branch;
  const json::Value picked = page.ask(R"({"type":"pick","list":"words","index":0})");
  EXPECT_EQ(edit_text(picked), words[0] + " ");
}

TEST(TypingSession, WrongMessagesChangeNothing) {
  Page page;
  const std::string update = R"({"type":"update","before":"we want to s"})";
  EXPECT_EQ(text_of(page.ask(update, "error"), "message"), "the first message must be 'open'");
  page.ask(R"({"type":"open","before":"we want to "})");
  const Texts before = texts_of(page.ask(update), "words");
  ASSERT_FALSE(before.empty());
  for (const char* wrong : {
           "",
           "{",
           "[]",
           "1",
           "null",
           "\"open\"",
           "{}",
           R"({"type":7})",
           R"({"type":"dance"})",
           R"({"type":"open","id":-1})",
           R"({"type":"open","id":"x"})",
           R"({"type":"open","before":1})",
           R"({"type":"open","after":[]})",
           R"({"type":"open","options":[]})",
           R"({"type":"open","options":{"count":0}})",
           R"({"type":"open","options":{"count":101}})",
           R"({"type":"open","options":{"count":"5"}})",
           R"({"type":"open","options":{"phrases":1}})",
           R"({"type":"open","options":{"languages":"en"}})",
           R"({"type":"open","options":{"languages":["de"]}})",
           R"({"type":"open","options":{"source":1}})",
           R"({"type":"open","options":{"learn":"no"}})",
           R"({"type":"update","before":[]})",
           R"({"type":"update","before":"x","pasted":"yes"})",
           R"({"type":"edit","erase":-1})",
           R"({"type":"edit","erase":1.5})",
           R"({"type":"edit","insert":1})",
           R"({"type":"type","characters":5})",
           R"({"type":"pick","list":"verbs"})",
           R"({"type":"pick","index":99})",
           R"({"type":"pick","index":-1})",
           R"({"type":"pick","index":0,"words":-1})",
           R"({"type":"pick","list":"initials","index":0})",
           R"({"type":"initials","count":0})",
           R"({"type":"branch","count":0})",
           R"({"type":"branch","words":31})",
           "{\"type\":\"edit\",\"insert\":\"\xFF\"}",
           "{\"type\":\"edit\",\"insert\":\"\\ud800\"}",
       }) {
    page.say(wrong);
    const auto said = page.socket->take_all();
    ASSERT_EQ(said.size(), 1U) << wrong;
    EXPECT_EQ(text_of(parsed(said[0]), "type"), "error") << wrong << ": " << said[0];
    EXPECT_GT(text_of(parsed(said[0]), "message").size(), 5U) << wrong;
  }
  EXPECT_EQ(number_of(page.ask(R"({"type":"dance","id":12})", "error"), "id"), 12);
  const json::Value offers = page.ask(R"({"type":"edit"})");
  EXPECT_EQ(text_of(offers, "typed"), "s");
  EXPECT_EQ(texts_of(offers, "words"), before);
  EXPECT_EQ(page.metrics.picks, 0U);
  EXPECT_EQ(page.metrics.sessions, 1U);
}

TEST(TypingSession, IncognitoRemembersTheSessionOnly) {
  Page page;
  page.ask(kReoffer);
  page.write("We saw Gandalf. We saw Gandalf. ");
  EXPECT_TRUE(holds(texts_of(page.write("We saw Gan"), "words"), "Gandalf"));
  EXPECT_EQ(page.socket->posted(), 0U);
  EXPECT_TRUE(page.socket->take_all().empty());
  page.ask(kReoffer);
  EXPECT_FALSE(holds(texts_of(page.write("We saw Gan"), "words"), "Gandalf"));
}

class LearningSession : public ::testing::Test {
 protected:
  /// Writes it, and waits until it is on the disk.
  void teach(std::string_view text, std::string_view sentence) {
    Page page(scribe_.get());
    page.ask(R"({"type":"open"})");
    page.write(text);
    wait_for(*scribe_);
    ASSERT_TRUE(holds(place_.sentences(), sentence))
        << ::testing::PrintToString(place_.sentences());
    page.leave();
  }

  StorePlace place_;
  std::unique_ptr<Scribe> scribe_ = place_.scribe();
};

TEST_F(LearningSession, TellsWhatIsOnTheDisk) {
  Page page(scribe_.get());
  page.ask(R"({"type":"open"})");
  page.write("we saw ");
  std::int64_t words = 0;
  while (words < 2) {
    const json::Value learnt = page.socket->take("learnt");
    ASSERT_EQ(text_of(learnt, "type"), "learnt");
    words = number_of(learnt, "words");
    std::size_t there = 0;
    for (const std::string& sentence : place_.sentences())
      there += static_cast<std::size_t>(std::count(sentence.begin(), sentence.end(), ' ')) + 1;
    EXPECT_GE(there, static_cast<std::size_t>(words));
  }
  EXPECT_EQ(place_.sentences(), Texts{"we saw"});
  EXPECT_EQ(page.metrics.words_learnt, 2U);
  {
    const Pause pause(*scribe_);
    page.write("Gandalf ");
    EXPECT_TRUE(page.socket->take_all().empty());  // Not written yet.
  }
  EXPECT_EQ(number_of(page.socket->take("learnt"), "words"), 3);
  EXPECT_EQ(place_.sentences(), Texts{"we saw Gandalf"});
}

TEST_F(LearningSession, IsRememberedByTheNext) {
  teach("We saw Gandalf. We saw Gandalf. ", "We saw Gandalf .");
  scribe_.reset();
  scribe_ = place_.scribe();
  Page page(scribe_.get());
  page.ask(kReoffer);
  EXPECT_TRUE(holds(texts_of(page.write("We saw Gan"), "words"), "Gandalf"));
}

TEST_F(LearningSession, LearnsNothingIfToldSo) {
  teach("We saw Gandalf. We saw Gandalf. ", "We saw Gandalf .");
  const Texts before = place_.sentences();
  Page page(scribe_.get());
  page.ask(R"({"type":"open","options":{"learn":false,"reoffer":true}})");
  EXPECT_TRUE(holds(texts_of(page.write("We saw Gan"), "words"), "Gandalf"));
  page.ask(R"({"type":"pick","list":"words","index":0})");
  page.write("and Frodo. ");
  wait_for(*scribe_);
  EXPECT_EQ(place_.sentences(), before);
  EXPECT_TRUE(page.socket->take_all().empty());
}

TEST_F(LearningSession, MessagesWaitForTheStore) {
  Page page(scribe_.get());
  {
    const Pause pause(*scribe_);
    page.say(R"({"type":"open","id":1,"before":"we "})");
    page.say(R"({"type":"edit","id":2,"insert":"w"})");
    page.say(R"({"type":"dance","id":3})");
    page.say(R"({"type":"open","id":4,"before":"Мы "})");
    page.say(R"({"type":"edit","id":5,"insert":"п"})");
    EXPECT_TRUE(page.socket->take_all().empty());
  }
  for (const std::int64_t id : {1, 2, 4, 5})
    EXPECT_EQ(number_of(page.socket->take("offers"), "id"), id);
  EXPECT_EQ(number_of(page.socket->take("error"), "id"), 3);
  EXPECT_EQ(text_of(page.ask(R"({"type":"edit","insert":"и"})"), "typed"), "пи");
}

TEST_F(LearningSession, TooManyMessagesEndIt) {
  Page page(scribe_.get());
  const Pause pause(*scribe_);
  page.say(R"({"type":"open"})");
  for (int i = 0; i < 1000; ++i) page.say(R"({"type":"edit","insert":"w"})");
  EXPECT_FALSE(page.socket->is_closed());
  for (int i = 0; i < 100'000; ++i) page.say("{}");
  EXPECT_TRUE(page.socket->is_closed());
  page.leave();
}

TEST_F(LearningSession, LongMessagesEndItSooner) {
  Page page(scribe_.get());
  const std::string paste =
      R"({"type":"update","pasted":true,"before":")" + std::string(900'000, 'x') + "\"}";
  {
    const Pause pause(*scribe_);
    page.say(R"({"type":"open"})");
    for (int i = 0; i < 4; ++i) page.say(paste);
    EXPECT_FALSE(page.socket->is_closed());
  }
  page.socket->take("offers");
  const Pause pause(*scribe_);
  page.say(R"({"type":"open"})");
  for (int i = 0; i < 4; ++i) page.say(paste);
  EXPECT_FALSE(page.socket->is_closed()) << "those that have been answered count no more";
  page.say(paste);
  EXPECT_TRUE(page.socket->is_closed());
  page.leave();
}

TEST_F(LearningSession, IsRenewedAfterForgetting) {
  teach("We saw Gandalf. We saw Gandalf. ", "We saw Gandalf .");
  Page page(scribe_.get());
  page.ask(kReoffer);
  EXPECT_TRUE(holds(texts_of(page.write("We saw Gan"), "words"), "Gandalf"));
  page.socket->take("learnt");
  scribe_->ask([this](Store& store) {
    EXPECT_EQ(*store.forget_word("gandalf", now()), 2);
    scribe_->begin_edition();
  });
  wait_for(*scribe_);
  const json::Value offers = page.ask(R"({"type":"edit","id":8,"insert":"d"})");
  EXPECT_EQ(number_of(offers, "id"), 8);
  EXPECT_EQ(text_of(offers, "typed"), "Gand");
  EXPECT_FALSE(holds(texts_of(offers, "words"), "Gandalf"));
  page.socket->take("renewed");
  page.write(" again. We read it. ");
  wait_for(*scribe_);
  EXPECT_TRUE(holds(place_.sentences(), "We read it ."));
}

TEST_F(LearningSession, PicksOnlyFromOffersThatWereSeen) {
  Page page(scribe_.get());
  page.ask(kReoffer);
  page.write("We r");
  scribe_->begin_edition();
  page.say(R"({"type":"pick","id":9})");
  wait_for(*scribe_);
  EXPECT_EQ(number_of(page.socket->take("error"), "id"), 9);
  page.ask(R"({"type":"edit","insert":"e"})");
  page.ask(R"({"type":"pick"})");
}

TEST_F(LearningSession, WhatIsOnItsWayWhileAWordIsForgottenDoesNotBringItBack) {
  Page page(scribe_.get());
  page.ask(kReoffer);
  page.write("We saw Gandalf ");
  {
    const Pause pause(*scribe_);
    scribe_->ask([this](Store& store) {
      EXPECT_EQ(*store.forget_word("gandalf", now()), 1);
      scribe_->begin_edition();
    });
    page.write("again. Gandalf read it. ");
  }
  wait_for(*scribe_);
  EXPECT_EQ(place_.sentences(), Texts{"We saw _"});
}

TEST_F(LearningSession, ForgottenWordsOfItsOwnTextStayForgotten) {
  Page page(scribe_.get());
  page.ask(kReoffer);
  EXPECT_TRUE(holds(texts_of(page.write("my hunter2 is hunter2 or hunt"), "words"), "hunter2"));
  wait_for(*scribe_);
  EXPECT_EQ(place_.sentences(), Texts{"my hunter2 is hunter2 or"});
  scribe_->ask([this](Store& store) {
    EXPECT_EQ(*store.forget_word("hunter2", now()), 2);
    scribe_->begin_edition();
  });
  wait_for(*scribe_);
  page.write(" and more. You see it. ");
  page.write("is hunt");
  page.leave();
  scribe_.reset();
  for (const std::string& sentence : place_.sentences())
    EXPECT_EQ(sentence.find("hunter2"), std::string::npos) << sentence;
}

TEST_F(LearningSession, MayLeaveBeforeTheStoreIsRead) {
  Page early(scribe_.get());
  Page late(scribe_.get());
  {
    const Pause pause(*scribe_);
    early.say(R"({"type":"open"})");
    late.say(R"({"type":"open"})");
    early.leave();
  }
  wait_for(*scribe_);
  EXPECT_EQ(late.socket->posted(), 1U);  // Has been read for, and leaves before it hears of it.
  late.leave();
  wait_for(*scribe_);
  EXPECT_TRUE(early.socket->take_all().empty());
  EXPECT_TRUE(late.socket->take_all().empty());
}

TEST_F(LearningSession, WritesWhatWasToldBeforeItsEnd) {
  Page page(scribe_.get());
  page.ask(R"({"type":"open","options":{"source":"mail"}})");
  {
    const Pause pause(*scribe_);
    page.write("we saw it ");
    page.leave();
  }
  scribe_.reset();
  EXPECT_EQ(place_.sentences(), Texts{"we saw it"});
}

/// Files may not grow while it lives: a full disk.
class FullDisk {
 public:
  FullDisk() {
    ::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &limit_);
    const rlimit none{0, limit_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &none);
  }
  ~FullDisk() { ::setrlimit(RLIMIT_FSIZE, &limit_); }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  rlimit limit_{};
};

TEST_F(LearningSession, ComplainsOnceOfAFullDiskAndGoesOn) {
  Page page(scribe_.get());
  page.ask(R"({"type":"open"})");
  std::deque<std::string> said;
  {
    const FullDisk full;
    page.write("we saw Gandalf. We saw Gan");
    wait_for(*scribe_);
    said = page.socket->take_all();
  }
  ASSERT_EQ(said.size(), 1U);
  EXPECT_EQ(text_of(parsed(said[0]), "type"), "trouble");
  EXPECT_NE(text_of(parsed(said[0]), "message").find(place_.path().native()), std::string::npos);
  EXPECT_TRUE(place_.sentences().empty());
  EXPECT_EQ(page.metrics.words_learnt, 0U);
  page.leave();
  scribe_.reset();  // Tries again.
  EXPECT_TRUE(holds(place_.sentences(), "we saw Gandalf ."));
}

TEST_F(LearningSession, ComplainsOfDoubtsThatCannotBeWritten) {
  const auto socket = std::make_shared<TestSocket>();
  Metrics metrics;
  auto recording = std::make_unique<Recording>(*scribe_, "page", socket, metrics);
  recording->begin(scribe_->edition());
  recording->doubt("gandlaf", true);
  wait_for(*scribe_);
  EXPECT_TRUE(socket->take_all().empty()) << "no news when all is well";
  {
    const FullDisk full;
    recording->doubt("gandalf", false);
    recording->doubt("gandalf", false);
    wait_for(*scribe_);
  }
  const std::deque<std::string> said = socket->take_all();
  ASSERT_EQ(said.size(), 1U);
  EXPECT_EQ(text_of(parsed(said[0]), "type"), "trouble");
  recording.reset();
  scribe_.reset();  // Tries again.
  const auto store = Store::open(place_.path(), {.read_only = true});
  const auto evidence = store->evidence();
  ASSERT_TRUE(evidence.ok());
  ASSERT_EQ(evidence->size(), 2U);
  EXPECT_EQ((*evidence)[0].word, "gandalf");
  EXPECT_EQ((*evidence)[0].ignored, 2);
}

}  // namespace
}  // namespace tercet::serve::testing
