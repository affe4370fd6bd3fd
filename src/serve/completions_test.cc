#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>

#include "json/writer.h"
#include "serve/testing.h"
#include "serve/tokens.h"
#include "text/utf8.h"

namespace tercet::serve {
namespace {

using namespace testing;

constexpr const char* kPath = "/v1/completions";

TEST(Completions, HaveTheShapeOfOpenAis) {
  const Answered answer =
      post(kPath, R"({"model":"tercet-en","prompt":"They have ","max_tokens":5,"temperature":0})");
  EXPECT_EQ(answer.status, 200U);
  EXPECT_EQ(answer.type, "application/json");
  EXPECT_TRUE(string_in(answer.body, "id").starts_with("cmpl-"));
  EXPECT_EQ(string_in(answer.body, "object"), "text_completion");
  EXPECT_EQ(string_in(answer.body, "model"), "en");
  EXPECT_GT(number_in(answer.body, "created"), 1.6e9);
  EXPECT_EQ(size_in(answer.body, "choices"), 1U);
  EXPECT_EQ(string_in(answer.body, "choices.0.text"), "seen the house, too");
  EXPECT_EQ(number_in(answer.body, "choices.0.index"), 0);
  EXPECT_TRUE(in(answer.body, "choices.0.logprobs").is_null());
  EXPECT_EQ(string_in(answer.body, "choices.0.finish_reason"), "length");
  EXPECT_EQ(number_in(answer.body, "usage.prompt_tokens"), 2);
  EXPECT_EQ(number_in(answer.body, "usage.completion_tokens"), 5);
  EXPECT_EQ(number_in(answer.body, "usage.total_tokens"), 7);
}

TEST(Completions, TakePromptsOfAllKinds) {
  const std::string ids = "[" + std::to_string(model("en").id("they")) + "," +
                          std::to_string(model("en").id("have")) + "]";
  for (const std::string& prompt :
       {std::string(R"(["They have ","They have "])"), "[" + ids + "," + ids + "]"}) {
    const Answered answer =
        post(kPath, R"({"prompt":)" + prompt + R"(,"max_tokens":1,"temperature":0,"n":2})");
    ASSERT_EQ(size_in(answer.body, "choices"), 4U) << answer.body;
    for (const char* i : {"0", "1", "2", "3"}) {
      const std::string choice = std::string("choices.") + i;
      EXPECT_EQ(number_in(answer.body, choice + ".index"), std::stoi(i));
      EXPECT_TRUE(string_in(answer.body, choice + ".text").ends_with("seen"));
    }
  }
  const Answered flat = post(kPath, R"({"max_tokens":1,"temperature":0,"prompt":)" + ids + "}");
  EXPECT_EQ(string_in(flat.body, "choices.0.text"), " seen");
  EXPECT_EQ(string_in(post(kPath, R"({"max_tokens":0})").body, "choices.0.text"), "");
}

TEST(Completions, StreamsSayTheSame) {
  for (const char* more : {"", R"("n":2,)", R"("echo":true,)", R"("logprobs":2,)",
                           R"("stop":["se, t"],)", R"("echo":true,"logprobs":2,"n":2,)"}) {
    const std::string fields = std::string(R"({"prompt":"They have","max_tokens":9,"seed":4,)") +
                               more + R"("temperature":0.1,)";
    const Answered whole = post(kPath, fields + R"("stream":false})");
    const Answered stream =
        post(kPath, fields + R"("stream":true,"stream_options":{"include_usage":true}})");
    EXPECT_EQ(stream.type, "text/event-stream");
    ASSERT_GT(stream.pieces.size(), 4U);
    EXPECT_EQ(stream.pieces.back(), "data: [DONE]\n\n");
    const std::string usage = data_of(stream.pieces[stream.pieces.size() - 2]);
    EXPECT_EQ(size_in(usage, "choices"), 0U);
    for (const char* count : {"usage.prompt_tokens", "usage.completion_tokens"})
      EXPECT_EQ(number_in(usage, count), number_in(whole.body, count)) << fields;
    std::vector<std::string> texts(2);
    std::vector<std::string> finishes(2);
    std::vector<std::size_t> tokens(2);
    for (std::size_t i = 0; i + 2 < stream.pieces.size(); ++i) {
      const std::string data = data_of(stream.pieces[i]);
      const auto index = static_cast<std::size_t>(number_in(data, "choices.0.index"));
      texts[index] += string_in(data, "choices.0.text");
      tokens[index] += size_in(data, "choices.0.logprobs.tokens");
      EXPECT_TRUE(in(data, "usage").is_null());
      if (!in(data, "choices.0.finish_reason").is_null())
        finishes[index] = string_in(data, "choices.0.finish_reason");
    }
    for (std::size_t i = 0; i < size_in(whole.body, "choices"); ++i) {
      const std::string choice = "choices." + std::to_string(i);
      EXPECT_EQ(texts[i], string_in(whole.body, choice + ".text")) << fields;
      EXPECT_EQ(finishes[i], string_in(whole.body, choice + ".finish_reason")) << fields;
      EXPECT_EQ(tokens[i], size_in(whole.body, choice + ".logprobs.tokens")) << fields;
    }
  }
}

/// Adds up what score_text() says, as natural logarithms.
struct Sum final : ScoreVisitor {
  double sum = 0;
  void token(const ScoredToken& token) override {
    sum += token.score.log10_probability * std::numbers::ln10;
  }
};

TEST(Completions, EchoesAreScoredAsPerplexityScoresThem) {
  for (const char* name : {"en", "plain"}) {
    const std::string text = "We have seen the house, too. They xyzzy it\nthe cat sat\n";
    Sum expected;
    score_text(model(name), text, expected);
    std::string ids = "1";
    for (const TextToken& token : tokenize(model(name), text).tokens)
      ids += "," + std::to_string(token.word);
    const Answered answer = post(
        kPath, std::string(R"({"model":")") + name + R"(","prompt":[)" + ids +
                   R"(],"echo":true,"max_tokens":1,"logprobs":1,"temperature":0,"seed":1234})");
    const auto count = size_in(answer.body, "choices.0.logprobs.token_logprobs");
    ASSERT_EQ(count, tokenize(model(name), text).tokens.size() + 2) << answer.body;
    EXPECT_EQ(size_in(answer.body, "choices.0.logprobs.top_logprobs"), count);
    EXPECT_TRUE(in(answer.body, "choices.0.logprobs.token_logprobs.0").is_null());
    EXPECT_TRUE(in(answer.body, "choices.0.logprobs.top_logprobs.0").is_null());
    double sum = 0;
    for (std::size_t i = 1; i + 1 < count; ++i)
      sum += number_in(answer.body, "choices.0.logprobs.token_logprobs." + std::to_string(i));
    EXPECT_NEAR(sum, expected.sum, 1e-9 * std::abs(sum)) << name;
  }
}

TEST(Completions, LogprobsLieInTheText) {
  const Answered answer = post(
      kPath,
      R"({"prompt":"Мы  xyzzy, «читаем» ","model":"ru","echo":true,"logprobs":3,"max_tokens":6})");
  const std::string base = "choices.0.logprobs.";
  std::u32string text;
  const std::string bytes = string_in(answer.body, "choices.0.text");
  for (std::size_t i = 0; i < bytes.size();) text += text::next_code_point(bytes, i);
  for (std::size_t i = 0; i < size_in(answer.body, base + "tokens"); ++i) {
    const std::string token = string_in(answer.body, base + "tokens." + std::to_string(i));
    if (token == "</s>") continue;
    const auto offset =
        static_cast<std::size_t>(number_in(answer.body, base + "text_offset." + std::to_string(i)));
    std::u32string expected;
    for (std::size_t j = 0; j < token.size();) expected += text::next_code_point(token, j);
    EXPECT_EQ(text.substr(offset, expected.size()), expected) << i << answer.body;
  }
}

TEST(Completions, TheBestOfSeveralIsTheMostProbable) {
  const auto mean = [](const std::string& fields) {
    const Answered answer =
        post(kPath, R"({"prompt":"They ","logprobs":0,"seed":1,"max_tokens":6,)" + fields + "}");
    double sum = 0;
    for (std::size_t i = 0; i < 6; ++i)
      sum += number_in(answer.body, "choices.0.logprobs.token_logprobs." + std::to_string(i));
    return sum;
  };
  const double best = mean(R"("best_of":8)");
  for (int seed = 1; seed <= 8; ++seed)
    EXPECT_GE(best, mean(R"("seed":)" + std::to_string(seed))) << seed;
}

/// Body, and the field that its refusal names.
TEST(Completions, WhatIsWrongIsNamed) {
  const std::vector<std::pair<std::string, std::string>> wrong = {
      {R"({"max_tokens":1,"n_predict":"x"})", "n_predict"},
      {R"({"ignore_eos":true,"ban_eos_token":1})", "ban_eos_token"},
      {R"({"stop":["x"],"stopping_strings":5})", "stopping_strings"},
      {R"({"prompt":5})", "prompt"},
      {R"({"prompt":[]})", "prompt"},
      {R"({"prompt":[1.5]})", "prompt"},
      {R"({"prompt":[99999999]})", "prompt"},
      {R"({"prompt":["a",[1],{}]})", "prompt"},
      {R"({"model":7})", "model"},
      {R"({"max_tokens":"x"})", "max_tokens"},
      {R"({"max_tokens":1.5})", "max_tokens"},
      {R"({"temperature":-0.1})", "temperature"},
      {R"({"temperature":"1"})", "temperature"},
      {R"({"top_p":2})", "top_p"},
      {R"({"n":0})", "n"},
      {R"({"n":1000000})", "n"},
      {R"({"n":2,"best_of":1})", "best_of"},
      {R"({"best_of":2,"stream":true})", "best_of"},
      {R"({"echo":"yes"})", "echo"},
      {R"({"logprobs":true})", "logprobs"},
      {R"({"logprobs":-1})", "logprobs"},
      {R"({"stop":[1]})", "stop"},
      {R"({"stream":1})", "stream"},
      {R"({"stream_options":true})", "stream_options"},
      {R"({"logit_bias":{"x":1}})", "logit_bias"},
      {R"({"logit_bias":{"3":"x"}})", "logit_bias"},
      {R"({"logit_bias":[[3]]})", "logit_bias"},
      {R"({"suffix":5})", "suffix"},
      {R"({"seed":"x"})", "seed"},
      {R"({"n":100,"max_tokens":4096})", "max_tokens"},
      {R"({"n":15,"max_tokens":4096,"logprobs":20})", "logprobs"},
  };
  for (const auto& [body, field] : wrong) {
    const Answered answer = post(kPath, body);
    EXPECT_EQ(answer.status, 400U) << body;
    EXPECT_EQ(string_in(answer.body, "error.param"), field) << body << answer.body;
    EXPECT_EQ(string_in(answer.body, "error.type"), "invalid_request_error");
    EXPECT_TRUE(string_in(answer.body, "error.message").starts_with(field + ": ")) << answer.body;
  }
  for (const char* body : {"", "{", "[]", "null", "5", "\"a\""}) {
    const Answered answer = post(kPath, body);
    EXPECT_EQ(answer.status, 400U) << body;
    EXPECT_TRUE(in(answer.body, "error.param").is_null());
  }
}

TEST(Completions, OfAModelThatThereIsNot) {
  const Answered answer = post(kPath, R"({"model":"gpt-4o","prompt":"a"})");
  EXPECT_EQ(answer.status, 404U);
  EXPECT_EQ(string_in(answer.body, "error.code"), "model_not_found");
}

/// Letters, signs, white space and anything else.
std::string random_text(std::mt19937& random) {
  constexpr std::u32string_view kLikely = U"anthew ANTHE.!?\n \t'\"-—«»…1.2,é\u0301\u200Dёя漢👍";
  std::string out;
  for (std::uint64_t left = random() % 30; left > 0; --left) {
    const bool likely = random() % 8 != 0;
    text::append_code_point(
        likely ? kLikely[random() % kLikely.size()] : static_cast<char32_t>(random() % 0x110000),
        out);
  }
  return out;
}

TEST(Completions, OfAnyTextAreTextAndNumbers) {
  std::mt19937 random(1);
  for (int i = 0; i < 600; ++i) {
    json::Writer json;
    json.begin_object().field("prompt", random_text(random)).field("echo", i % 2 == 0);
    json.field("model", i % 3 == 0 ? "en" : i % 3 == 1 ? "ru" : "plain").field("logprobs", 3);
    json.field("stop", random_text(random)).field("max_tokens", 8).field("seed", i).end_object();
    const Answered answer = post(kPath, json.text());
    ASSERT_EQ(answer.status, 200U) << json.text() << answer.body;
    const std::string base = "choices.0.logprobs.token_logprobs";
    const std::size_t count = size_in(answer.body, base);
    for (std::size_t at = 0; at < count; ++at) {
      const double logprob = number_in(answer.body, base + "." + std::to_string(at));
      if (i % 2 == 1 || at > 0) {
        EXPECT_TRUE(logprob <= 0 && logprob >= -1000) << answer.body;
      }
    }
  }
}

TEST(Completions, UnknownAndNullFieldsDoNotMatter) {
  const Answered answer =
      post(kPath, R"({"prompt":"They have ","max_tokens":1,"temperature":0,"stop":null,"n":null,)"
                  R"("logit_bias":null,"user":"me","dry_base":1.75,"zzz":[{"a":1}]})");
  EXPECT_EQ(string_in(answer.body, "choices.0.text"), "seen");
}

}  // namespace
}  // namespace tercet::serve
