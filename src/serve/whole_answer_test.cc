// Long answers that are not streamed, step by step.
#include "serve/whole_answer.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "serve/service_testing.h"
#include "serve/testing.h"

namespace tercet::serve {
namespace {

using namespace testing;

struct Steps {
  std::size_t count = 0;
  std::uint64_t most_tokens = 0;  // Made in one step.
  std::uint64_t tokens = 0;
  std::string body;
};

http::Response asked(const char* path, std::string_view body) {
  return answer_of(
      [&](http::Reply reply) { client_table().answer(post_request(path, body), reply); });
}

Steps take_all(const char* path, std::string_view body) {
  const std::uint64_t before = metrics().tokens_generated;
  http::Response response = asked(path, body);
  EXPECT_EQ(metrics().tokens_generated, before) << "the handler itself makes nothing";
  EXPECT_TRUE(response.gathered);
  Steps out;
  std::uint64_t made = before;
  for (std::string piece; response.stream->next(piece); out.body += piece) {
    ++out.count;
    out.most_tokens = std::max(out.most_tokens, metrics().tokens_generated - made);
    made = metrics().tokens_generated;
  }
  out.tokens = made - before;
  return out;
}

TEST(WholeAnswer, MakesATokenAStep) {
  const std::pair<const char*, const char*> asks[] = {
      {"/v1/completions", R"({"prompt":["They","We"],"max_tokens":50,"n":2,"best_of":3})"},
      {"/v1/completions", R"({"prompt":"They","max_tokens":300,"logprobs":5,"echo":true})"},
      {"/v1/chat/completions",
       R"({"messages":[{"role":"user","content":"Hello"}],"n":6,"max_tokens":50})"},
      {"/completion", R"({"prompt":["They","We"],"n_predict":150,"n_probs":3})"},
      {"/infill", R"({"input_prefix":"They","n_predict":300})"},
  };
  for (const auto& [path, body] : asks) {
    const Steps steps = take_all(path, body);
    EXPECT_EQ(steps.tokens, 300U) << body;
    EXPECT_EQ(steps.most_tokens, 1U) << body;
    EXPECT_GE(steps.count, steps.tokens) << body;
    EXPECT_NO_THROW(parsed(steps.body)) << steps.body;
  }
}

TEST(WholeAnswer, ScoresALongPromptInSteps) {
  std::string prompt;
  for (int i = 0; i < 1000; ++i) prompt += "They have seen the house. ";
  for (const char* form : {R"("stream":false})", R"("stream":true})"}) {
    const std::string body =
        R"({"max_tokens":0,"echo":true,"logprobs":1,"prompt":")" + prompt + R"(",)" + form;
    http::Response response = asked("/v1/completions", body);
    std::size_t steps = 0;
    std::string whole;
    for (std::string piece; response.stream->next(piece); whole += piece) ++steps;
    EXPECT_GE(steps, 6000U / 64) << form;
    EXPECT_NE(whole.find(R"("text_offset":[0,)"), std::string::npos) << form;
  }
}

TEST(WholeAnswer, StopsWhenNobodyWaitsForIt) {
  const std::uint64_t before = metrics().generations;
  http::Response response = asked("/v1/completions", R"({"prompt":"They","max_tokens":100})");
  std::string piece;
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(response.stream->next(piece));
  EXPECT_EQ(metrics().generations, before + 1);
  response.stream.reset();
  EXPECT_EQ(metrics().generations, before);
}

TEST(WholeAnswer, ErrorsAreKnownBeforeTheFirstStep) {
  for (const char* path : {"/v1/completions", "/completion"}) {
    const http::Response response = asked(path, R"({"prompt":5})");
    EXPECT_EQ(response.status, 400U) << path;
    EXPECT_EQ(response.stream, nullptr) << path;
  }
}

/// As it was when all of it was made at once.
TEST(WholeAnswer, SaysWhatItAlwaysSaid) {
  const Steps steps = take_all(
      "/v1/completions",
      R"({"prompt":["They","We"],"max_tokens":8,"n":2,"best_of":4,"seed":7,"logprobs":1})");
  std::string texts;
  for (const char* i : {"0", "1", "2", "3"})
    texts += string_in(steps.body, std::string("choices.") + i + ".text") + "|";
  EXPECT_EQ(texts,
            " letter have have seen the house,| they read house, too today.|"
            " have seen the house, too again| want to write a letter again.|");
}

}  // namespace
}  // namespace tercet::serve
