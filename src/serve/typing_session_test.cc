#include "serve/typing_session.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "serve/session_testing.h"
#include "serve/socket_testing.h"
#include "serve/testing.h"

namespace tercet::serve::testing {
namespace {

using Texts = std::vector<std::string>;

std::string edit_text(const json::Value& message) {
  const json::Value* const edit = message.find("edit");
  const json::Value* const insert = edit == nullptr ? nullptr : edit->find("insert");
  return insert != nullptr && insert->string() != nullptr ? *insert->string() : "-";
}
std::int64_t edit_erase(const json::Value& message) {
  const json::Value* const edit = message.find("edit");
  return edit == nullptr ? -1 : number_of(*edit, "erase");
}

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

TEST(TypingSession, OffersNothingInsideAWord) {
  Page page;
  const json::Value opened = page.ask(R"({"type":"open","before":"we wa","after":"nted"})");
  EXPECT_EQ(texts_of(opened, "words"), Texts{});
  EXPECT_EQ(text_of(opened, "typed"), "wa");
  EXPECT_EQ(texts_of(page.ask(R"({"type":"edit","insert":"n"})"), "words"), Texts{});
  const json::Value moved = page.ask(R"({"type":"update","before":"we wan","after":" it"})");
  EXPECT_EQ(texts_of(moved, "words"), Texts{"want"});
  page.ask(R"({"type":"update","before":"we wan","after":"ted"})");
  const json::Value behind = page.ask(R"({"type":"edit","erase":3,"insert":""})");
  EXPECT_GT(texts_of(behind, "words").size(), 0U);
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

}  // namespace
}  // namespace tercet::serve::testing
