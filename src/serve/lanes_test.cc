// The lanes in all that is answered: suggestions, typing sessions, whole texts.
#include "serve/lanes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "json/writer.h"
#include "serve/service.h"
#include "serve/service_testing.h"
#include "serve/session_testing.h"
#include "serve/suggest.h"
#include "serve/testing.h"
#include "text/topics_testing.h"

namespace tercet::serve::testing {
namespace {

using Texts = std::vector<std::string>;
using text::testing::TopicWriter;

/// A text of a topic, up to somewhere in its last line.
std::string begun(std::uint64_t seed, std::size_t cut) {
  std::string text = TopicWriter(seed).lines(seed % 3, 20);
  text.resize(text.size() - 3 - cut);
  return text.substr(0, text.rfind(' ') + 1);
}

std::string asked(std::string_view before, std::int64_t lanes, double gate = 0.8) {
  json::Writer json;
  json.begin_object().field("before", before).field("lanes", lanes).field("gate", gate);
  return json.end_object().text();
}

json::Value suggested(std::string_view body) {
  Metrics metrics;
  const http::Response response =
      suggest(lane_models(), metrics, post_request("/api/suggest", body));
  EXPECT_EQ(response.status, 200U) << response.body;
  return parsed(response.body);
}

/// What an answer offers, without the time that it took; `lanes`: with what they add.
std::string offered(const json::Value& answer, bool lanes) {
  std::string out = text_of(answer, "typed");
  for (const char* list : {"words", "phrases", "rare", "genius"}) {
    const json::Value* const found = answer.find(list);
    if (found == nullptr || (!lanes && list[0] != 'w' && list[0] != 'p')) continue;
    out += std::string("\n") + list;
    for (const json::Value& each : *found->array()) {
      for (const char* name : {"probability", "bits", "unusual", "support_bits", "fit"}) {
        double number = -1;
        if (each.find(name) != nullptr && (lanes || name[0] == 'p' || name[0] == 'b'))
          each.find(name)->number(number);
        out += ' ' + std::to_string(static_cast<float>(number));
      }
      out += ' ' + text_of(each, "text");
      if (lanes) out += ' ' + text_of(each, "lane");
    }
  }
  return out;
}

TEST(Lanes, AreNotThereUnlessAskedFor) {
  for (const char* body : {R"({"before":"bado "})", R"({"before":"bado ","lanes":0,"gate":0.9})"}) {
    const json::Value answer = suggested(body);
    EXPECT_EQ(answer.find("rare"), nullptr);
    EXPECT_EQ(answer.find("genius"), nullptr);
    const json::Value& word = answer.find("words")->array()->front();
    EXPECT_EQ(word.object()->size(), 7U);
  }
}

TEST(Lanes, HoldWhatTheyPromise) {
  std::size_t rare = 0;
  std::size_t genius = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const std::string before = begun(seed, seed % 40);
    const json::Value plain = suggested(asked(before, 0));
    const json::Value answer = suggested(asked(before, 5));
    EXPECT_EQ(offered(plain, false), offered(answer, false));
    std::set<std::string> seen;
    for (const char* list : {"words", "rare", "genius"}) {
      ASSERT_NE(answer.find(list), nullptr);
      EXPECT_LE(answer.find(list)->array()->size(), 5U);
      for (const std::string& text : texts_of(answer, list))
        EXPECT_TRUE(seen.insert(text).second) << text << " stands twice";
    }
    for (const std::string& lane : texts_of(answer, "rare", "lane")) EXPECT_EQ(lane, "rare");
    for (const std::string& lane : texts_of(answer, "genius", "lane")) EXPECT_EQ(lane, "genius");
    for (const json::Value& each : *answer.find("genius")->array()) {
      double fit = 0;
      EXPECT_TRUE(each.find("fit")->number(fit));
      EXPECT_GE(fit, 0.8F);
      EXPECT_FALSE(each.find("because")->array()->empty());
    }
    for (const char* list : {"rare", "genius"}) {
      for (const json::Value& each : *answer.find(list)->array()) {
        EXPECT_GE(number_of(*each.find("attested"), "times"), 1);
        const std::string after = text_of(*each.find("attested"), "after");
        EXPECT_EQ(before.substr(before.size() - after.size() - 1), after + ' ');
        for (const json::Value& reason : *each.find("because")->array())
          EXPECT_NE(before.find(*reason.string()), before.npos);
      }
    }
    rare += answer.find("rare")->array()->size();
    genius += answer.find("genius")->array()->size();
  }
  EXPECT_GT(rare, 10U);
  EXPECT_GT(genius, 10U);
}

TEST(Lanes, AreNotMeasuredWhereTheModelHasNone) {
  const json::Value answer = suggested(R"({"before":"Мы пишем ","lanes":3,"languages":["ru"]})");
  EXPECT_EQ(answer.find("rare")->array()->size(), 0U);
  EXPECT_EQ(answer.find("genius")->array()->size(), 0U);
  EXPECT_EQ(texts_of(answer, "words")[0], "письмо");
  EXPECT_EQ(texts_of(answer, "words", "lane")[0], "-");
}

std::string open_message(std::string_view before, std::string_view options) {
  json::Writer json;
  json.begin_object().field("type", "open").field("before", before).end_object();
  std::string message = json.text();
  message.pop_back();
  return message + ",\"options\":" + std::string(options) + '}';
}

/// Of seeds whose text has something in that lane at its end.
std::string text_with(std::string_view lane) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    std::string before = begun(seed, seed % 40);
    if (!texts_of(suggested(asked(before, 3)), lane).empty()) return before;
  }
  return {};
}

TEST(Lanes, ASessionPicksFromThem) {
  for (const char* lane : {"rare", "genius"}) {
    Page page(nullptr, lane_models());
    const std::string before = text_with(lane);
    const json::Value offers = page.ask(open_message(before, R"({"lanes":3})"));
    const Texts words = texts_of(offers, lane);
    ASSERT_FALSE(words.empty()) << lane;
    const json::Value picked =
        page.ask(R"({"type":"pick","id":2,"index":0,"list":")" + std::string(lane) + "\"}");
    EXPECT_EQ(text_of(*picked.find("edit"), "insert"), words[0] + ' ');
    EXPECT_NE(picked.find("rare"), nullptr);
    const json::Value refused = page.ask(
        R"({"type":"pick","id":3,"index":9,"list":")" + std::string(lane) + "\"}", "error");
    EXPECT_EQ(text_of(refused, "message"), "index: the list is not so long");
    const json::Value wrong = page.ask(R"({"type":"pick","id":4,"list":"typical"})", "error");
    EXPECT_EQ(text_of(wrong, "message"), "list: must be words, phrases, initials, rare or genius");
  }
}

TEST(Lanes, ADialTurnsWithinASession) {
  Page page(nullptr, lane_models());
  const std::string before = text_with("genius");
  const json::Value bold = page.ask(open_message(before, R"({"lanes":10,"gate":0.0})"));
  const json::Value strict = page.ask(R"({"type":"dial","id":5,"gate":1.0})");
  EXPECT_EQ(number_of(strict, "id"), 5);
  EXPECT_GT(texts_of(bold, "genius").size(), texts_of(strict, "genius").size());
  EXPECT_EQ(offered(page.ask(R"({"type":"dial","gate":0.0})"), true), offered(bold, true));
  EXPECT_EQ(page.ask(R"({"type":"dial","lanes":0})").find("rare"), nullptr);
  EXPECT_EQ(offered(page.ask(R"({"type":"dial","lanes":10})"), true), offered(bold, true));
  for (const char* wrong : {R"({"type":"dial","gate":2})", R"({"type":"dial","lanes":11})",
                            R"({"type":"dial","gate":"bold"})"})
    EXPECT_NE(text_of(page.ask(wrong, "error"), "message"), "-") << wrong;
  EXPECT_EQ(offered(page.ask(R"({"type":"dial"})"), true), offered(bold, true));
}

/// Whatever was edited before, it is the text that decides.
TEST(Lanes, ASessionOffersWhatAFreshOneDoes) {
  constexpr std::string_view kOpen = R"({"type":"open","options":{"lanes":5}})";
  const auto pasted = [](Page& page, std::string_view text) {
    json::Writer json;
    json.begin_object().field("type", "update").field("before", text).field("pasted", true);
    return offered(page.ask(json.end_object().text()), true);
  };
  std::mt19937_64 random(3);
  std::string text = TopicWriter(4).lines(1, 8);
  const std::string other = TopicWriter(5).lines(2, 8);
  Page page(nullptr, lane_models());
  page.ask(kOpen);
  pasted(page, text);
  for (int round = 0; round < 40; ++round) {
    const std::size_t kept = text.size() - std::min<std::size_t>(text.size(), random() % 60);
    text = text.substr(0, text.rfind(' ', kept) + 1);
    const std::size_t from = other.find(' ', random() % (other.size() / 2)) + 1;
    text += other.substr(from, other.find(' ', from + random() % 80) + 1 - from);
    Page fresh(nullptr, lane_models());
    fresh.ask(kOpen);
    ASSERT_EQ(pasted(page, text), pasted(fresh, text)) << round;
  }
}

struct Read {
  unsigned status;
  std::string body;
  std::size_t steps;
};

Read read(std::string_view body, const Models& known = lane_models()) {
  http::Response response = text_lanes(known, post_request("/api/lanes", body));
  Read out{response.status, response.body, 0};
  EXPECT_EQ(response.gathered, response.stream != nullptr);
  std::string piece;
  for (; response.stream != nullptr && response.stream->next(piece); ++out.steps) out.body += piece;
  return out;
}

std::string text_body(std::string_view text) {
  json::Writer json;
  return json.begin_object().field("text", text).end_object().text();
}

TEST(TextLanes, MeasureEachWordInSteps) {
  const std::string text = TopicWriter(7).lines(0, 60);
  const Read answer = read(text_body(text));
  ASSERT_EQ(answer.status, 200U);
  const json::Value value = parsed(answer.body);
  EXPECT_EQ(text_of(value, "language"), "en");
  const json::Array& words = *value.find("words")->array();
  EXPECT_GT(words.size(), 1000U);
  EXPECT_GT(answer.steps, words.size() / 8);
  std::set<std::string> lanes;
  for (const json::Value& word : words) {
    EXPECT_LT(number_of(word, "begin"), number_of(word, "end"));
    EXPECT_EQ(word.object()->size(), 7U);
    lanes.insert(text_of(word, "lane"));
  }
  EXPECT_EQ(lanes, (std::set<std::string>{"genius", "none", "rare", "typical"}));
  const json::Value& profile = *value.find("profile");
  EXPECT_EQ(number_of(profile, "words"), static_cast<std::int64_t>(words.size()));
  EXPECT_GT(number_of(profile, "rare_words"), 10);
  EXPECT_EQ(texts_of(value, "references", "name")[0], "human");
}

TEST(TextLanes, OfNoTextAreNone) {
  for (const char* body : {"{}", R"({"text":""})", R"({"text":null,"language":null})"}) {
    const Read answer = read(body);
    ASSERT_EQ(answer.status, 200U) << body;
    EXPECT_EQ(parsed(answer.body).find("words")->array()->size(), 0U);
    EXPECT_EQ(number_of(*parsed(answer.body).find("profile"), "words"), 0);
  }
}

TEST(TextLanes, HaveALimit) {
  const std::string most(kMostLaneBytes, 'x');
  EXPECT_EQ(read(text_body(most)).status, 200U);
  const Read answer = read(text_body(most + 'x'));
  EXPECT_EQ(answer.status, 413U);
  EXPECT_EQ(string_in(answer.body, "error.param"), "text");
}

TEST(TextLanes, NeedAModelThatHasThem) {
  struct Case {
    const char* body;
    const char* says;
  };
  for (const Case& each : {Case{R"({"text":"Мы пишем"})", "tercet train --lanes"},
                           Case{R"({"text":"bado","language":"ru"})", "tercet train --lanes"},
                           Case{R"({"text":"bado","language":"de"})", "'de'"}}) {
    const Read answer = read(each.body);
    EXPECT_EQ(answer.status, 404U) << each.body;
    EXPECT_EQ(string_in(answer.body, "error.param"), "language");
    EXPECT_EQ(string_in(answer.body, "error.code"), "model_not_found");
    EXPECT_NE(string_in(answer.body, "error.message").find(each.says), std::string::npos);
  }
  EXPECT_EQ(read(text_body("we want"), models()).status, 404U);
}

TEST(TextLanes, NameWhatIsWrong) {
  for (const char* body : {"", "[]", "1", R"({"text":1})", R"({"language":[]})", R"({"gate":-1})"})
    EXPECT_EQ(read(body).status, 400U) << body;
}

TEST(Lanes, AreToldOfByInfo) {
  const json::Value told = parsed(info(lane_models(), nullptr, 1).body);
  std::vector<bool> lanes;
  for (const json::Value& model : *told.find("models")->array())
    lanes.push_back(*model.find("lanes")->truth());
  EXPECT_EQ(lanes, (std::vector<bool>{true, false}));
}

}  // namespace
}  // namespace tercet::serve::testing
