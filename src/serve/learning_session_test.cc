// Typing sessions that learn for good.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <deque>
#include <filesystem>
#include <future>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "serve/recording.h"
#include "serve/session_testing.h"
#include "serve/socket_testing.h"
#include "serve/testing.h"

namespace tercet::serve::testing {
namespace {

using Texts = std::vector<std::string>;

/// All that the scribe was asked before is done.
void wait_for(Scribe& scribe) {
  const auto done = std::make_shared<std::promise<void>>();
  scribe.ask([done](Store& /*store*/) { done->set_value(); });
  done->get_future().wait();
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

/// Words that no model knows are offered once they have been written twice.
TEST_F(LearningSession, ForgottenWordsOfItsOwnTextAreOfferedWhenTheyAreWrittenAnew) {
  const auto offers_it = [](const json::Value& offers) {
    return holds(texts_of(offers, "words"), "hunter2");
  };
  Page page(scribe_.get());
  page.ask(kReoffer);
  EXPECT_TRUE(offers_it(page.write("my hunter2 is hunter2 or hunt")));
  scribe_->ask([this](Store& store) {
    EXPECT_EQ(*store.forget_word("hunter2", now()), 2);
    scribe_->begin_edition();
  });
  wait_for(*scribe_);
  EXPECT_FALSE(offers_it(page.write(" is hunt")));
  EXPECT_FALSE(offers_it(page.write("er2 or hunt"))) << "written once since";
  EXPECT_TRUE(offers_it(page.write("er2 or hunt")));
  wait_for(*scribe_);

  Page reader(scribe_.get());
  constexpr const char* kOpen =
      R"({"type":"open","before":"Hunter2 is my hunter2 or hunt","after":" hunter2",)"
      R"("options":{"reoffer":true}})";
  EXPECT_TRUE(offers_it(reader.ask(kOpen))) << "it was learnt again";
  scribe_->ask([this](Store& store) {
    EXPECT_TRUE(store.forget_word("hunter2", now(), true).ok());
    scribe_->begin_edition();
  });
  wait_for(*scribe_);
  EXPECT_FALSE(offers_it(reader.ask(kOpen)));
  const json::Value others = reader.ask(
      R"({"type":"open","before":"my Gandalf or Gandalf, Gan","options":{"reoffer":true}})");
  EXPECT_EQ(texts_of(others, "words"), Texts{"Gandalf"});
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
  Texts complaints;
  scribe_ = place_.scribe([&](const std::string& message) { complaints.push_back(message); });
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
  EXPECT_EQ(complaints, Texts{text_of(parsed(said[0]), "message")});
  EXPECT_EQ(page.metrics.store_troubles, 1U);
  EXPECT_TRUE(place_.sentences().empty());
  EXPECT_EQ(page.metrics.words_learnt, 0U);
  page.leave();
  scribe_.reset();  // Tries again.
  EXPECT_TRUE(holds(place_.sentences(), "we saw Gandalf ."));
}

TEST_F(LearningSession, WritesDoubtsThatWaitTogether) {
  constexpr int kWords = 300;
  const auto socket = std::make_shared<TestSocket>();
  Metrics metrics;
  Recording recording(*scribe_, "page", socket, metrics);
  recording.begin(scribe_->edition());
  {
    const Pause pause(*scribe_);
    for (int i = 0; i < kWords; ++i) recording.doubt("word" + std::to_string(i), true);
  }
  wait_for(*scribe_);
  const auto store = Store::open(place_.path(), {.read_only = true});
  EXPECT_EQ(store->evidence()->size(), static_cast<std::size_t>(kWords));
  // Each transaction adds a page of 4096 bytes at least to SQLite's log.
  EXPECT_LT(std::filesystem::file_size(place_.path().native() + "-wal"), kWords * 4096U);
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
