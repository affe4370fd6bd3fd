#include "serve/suggest.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "json/writer.h"
#include "serve/service_testing.h"
#include "serve/testing.h"

namespace tercet::serve::testing {
namespace {

using Texts = std::vector<std::string>;

http::Response suggested(std::string_view body) {
  Metrics metrics;
  http::Response response = suggest(models(), metrics, post_request("/api/suggest", body));
  const std::string count = response.status == 200 ? "_count 1\n" : "_count 0\n";
  EXPECT_NE(metrics.print().find(count), std::string::npos) << body;
  return response;
}

json::Value offers(std::string_view body) {
  const http::Response response = suggested(body);
  EXPECT_EQ(response.status, 200U) << response.body;
  EXPECT_EQ(response.content_type, "application/json");
  return parsed(response.body);
}

TEST(Suggest, OffersWordsAndAPhrase) {
  const json::Value answer = offers(R"({"before":"we want to w"})");
  EXPECT_EQ(text_of(answer, "typed"), "w");
  EXPECT_EQ(texts_of(answer, "words")[0], "write");
  ASSERT_EQ(texts_of(answer, "phrases").size(), 1U);
  EXPECT_EQ(texts_of(answer, "phrases", "kind"), Texts{"phrase"});
  const json::Value& phrase = answer.find("phrases")->array()->front();
  EXPECT_GT(number_of(phrase, "words"), 1);
  const json::Value& word = answer.find("words")->array()->front();
  double probability = 0;
  double bits = 0;
  ASSERT_TRUE(word.find("probability")->number(probability));
  ASSERT_TRUE(word.find("bits")->number(bits));
  EXPECT_NEAR(bits, -std::log2(probability), 1e-3);
  EXPECT_GE(number_of(word, "order"), 1);
  EXPECT_LE(number_of(word, "order"), 5);
  EXPECT_EQ(number_of(word, "words"), 1);
  EXPECT_EQ(text_of(word, "language"), "en");
}

TEST(Suggest, HeedsWhatIsAsked) {
  EXPECT_EQ(texts_of(offers(R"({"before":"we ","count":2})"), "words").size(), 2U);
  EXPECT_EQ(texts_of(offers(R"({"before":"we want to w","phrases":false})"), "phrases").size(), 0U);
  EXPECT_EQ(texts_of(offers(R"({"before":"we wnat"})"), "words", "kind"), Texts{"repaired"});
  EXPECT_EQ(texts_of(offers(R"({"before":"we wnat","repairs":false})"), "words").size(), 0U);
  EXPECT_EQ(texts_of(offers(R"({"before":"Мы пишем пис"})"), "words"), Texts{"письмо"});
  EXPECT_EQ(texts_of(offers(R"({"before":"Мы gbitv"})"), "words", "kind"), Texts{"retyped"});
  EXPECT_EQ(texts_of(offers(R"({"before":"we wa","languages":["ru"],"repairs":false})"), "words"),
            Texts{});
  EXPECT_GT(texts_of(offers("{}"), "words").size(), 0U);
  EXPECT_EQ(offers(R"({"before":null,"count":null})").find("words")->array()->size(), 5U);
}

TEST(Suggest, OffersNothingInsideAWord) {
  EXPECT_EQ(texts_of(offers(R"({"before":"we wa","after":" it"})"), "words"), Texts{"want"});
  const json::Value inside = offers(R"({"before":"we wa","after":"it"})");
  EXPECT_EQ(text_of(inside, "typed"), "wa");
  EXPECT_EQ(texts_of(inside, "words"), Texts{});
  EXPECT_EQ(texts_of(inside, "phrases"), Texts{});
}

TEST(Suggest, RemembersNothing) {
  offers(R"({"before":"We saw Gandalf. We saw Gandalf. "})");
  EXPECT_EQ(texts_of(offers(R"({"before":"We saw Gan","repairs":false})"), "words"), Texts{});
}

/// What is near counts, however much there is of it.
TEST(Suggest, OfALongTextWhatIsNearCounts) {
  const auto words = [](const std::string& before, const std::string& after) {
    json::Writer json;
    json.begin_object().field("before", before).field("after", after).field("repairs", false);
    return texts_of(offers(json.end_object().text()), "words");
  };
  const std::string name = "We saw Gandalf. We saw Gandalf. ";
  std::string filler;
  while (filler.size() < 15'000) filler += "They have seen the house, too. ";
  for (std::size_t blocks = 1; blocks <= 8; ++blocks) {
    std::string between;
    for (std::size_t i = 0; i < blocks; ++i) between += filler;
    const std::string begun = "We saw Gan";
    for (const std::string& after : {std::string(), std::string(" again")}) {
      const bool near = blocks < 3;
      EXPECT_EQ(words(name + between + begun, after), near ? Texts{"Gandalf"} : Texts{}) << blocks;
    }
    EXPECT_EQ(words(between + name + begun, ""), Texts{"Gandalf"}) << blocks;
    EXPECT_EQ(words(begun, " " + name + between), Texts{"Gandalf"}) << blocks;
    if (blocks > 1) {
      EXPECT_EQ(words(begun, " " + between + name), Texts{}) << blocks;
    }
  }
  const std::string one_word(100'000, 'x');
  EXPECT_EQ(words(one_word, one_word), Texts{});
}

TEST(Suggest, NamesWhatIsWrong) {
  struct Case {
    const char* body;
    const char* param;
  };
  for (const Case& each :
       {Case{R"({"before":1})", "before"}, Case{R"({"after":[]})", "after"},
        Case{R"({"count":0})", "count"}, Case{R"({"count":101})", "count"},
        Case{R"({"count":1.5})", "count"}, Case{R"({"count":"5"})", "count"},
        Case{R"({"phrases":1})", "phrases"}, Case{R"({"repairs":"no"})", "repairs"},
        Case{R"({"languages":"en"})", "languages"}, Case{R"({"languages":[1]})", "languages"},
        Case{R"({"languages":["de"]})", "languages"}}) {
    const http::Response response = suggested(each.body);
    EXPECT_EQ(response.status, 400U) << each.body;
    EXPECT_EQ(error_of(response, "param"), each.param) << each.body;
    EXPECT_EQ(error_of(response, "type"), "invalid_request_error") << each.body;
  }
  for (const char* body : {"", "{", "[]", "1", "null", "{\"before\":\"\xFF\"}", "{} {}"}) {
    const http::Response response = suggested(body);
    EXPECT_EQ(response.status, 400U) << body;
    EXPECT_GT(error_of(response).size(), 5U) << body;
  }
}

TEST(Info, TellsOfTheModels) {
  const json::Value told = parsed(info(models(), nullptr, 1234).body);
  EXPECT_EQ(texts_of(told, "models", "id"), (Texts{"en", "ru", "plain"}));
  EXPECT_EQ(texts_of(told, "models", "language"), (Texts{"en", "ru", ""}));
  const json::Value& english = told.find("models")->array()->front();
  const ServedModel& served = models().all()[0];
  EXPECT_EQ(number_of(english, "order"), 5);
  EXPECT_EQ(number_of(english, "words"), static_cast<std::int64_t>(served.model.vocabulary_size()));
  EXPECT_GT(number_of(english, "ngrams"), number_of(english, "words"));
  EXPECT_EQ(number_of(english, "bytes"), static_cast<std::int64_t>(served.info.file_bytes));
  EXPECT_GT(text_of(told, "version").size(), 4U);
  EXPECT_EQ(number_of(*told.find("limits"), "text_bytes"), 1234);
  EXPECT_EQ(number_of(*told.find("limits"), "count"), kMostOffers);
  ASSERT_NE(told.find("learning")->truth(), nullptr);
  EXPECT_FALSE(*told.find("learning")->truth());
}

TEST(Info, TellsOfTheStore) {
  const StorePlace place;
  const auto scribe = place.scribe();
  const json::Value told = parsed(info(models(), scribe.get(), 1).body);
  EXPECT_TRUE(*told.find("learning")->truth());
  EXPECT_EQ(text_of(told, "store"), place.path().string());
}

}  // namespace
}  // namespace tercet::serve::testing
