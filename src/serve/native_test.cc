#include <gtest/gtest.h>

#include <cmath>

#include "serve/testing.h"

namespace tercet::serve {
namespace {

using namespace testing;

TEST(Native, CompletionHasTheShapeOfLlamaCpps) {
  const Answered answer =
      post("/completion", R"({"prompt":"They have ","n_predict":5,"temperature":0,"n_probs":2})");
  EXPECT_EQ(string_in(answer.body, "content"), "seen the house, too");
  EXPECT_EQ(size_in(answer.body, "tokens"), 5U);
  EXPECT_EQ(string_in(answer.body, "stop_type"), "limit");
  EXPECT_EQ(string_in(answer.body, "stopping_word"), "");
  EXPECT_EQ(string_in(answer.body, "prompt"), "They have ");
  EXPECT_EQ(string_in(answer.body, "model"), "en");
  EXPECT_EQ(number_in(answer.body, "tokens_evaluated"), 2);
  EXPECT_EQ(number_in(answer.body, "tokens_predicted"), 5);
  EXPECT_TRUE(*in(answer.body, "stop").truth());
  EXPECT_EQ(number_in(answer.body, "generation_settings.temperature"), 0);
  for (const char* name : {"timings.prompt_ms", "timings.prompt_per_token_ms",
                           "timings.predicted_ms", "timings.predicted_per_second"})
    EXPECT_GT(number_in(answer.body, name), 0) << name;
  EXPECT_EQ(number_in(answer.body, "timings.prompt_n"), 2);
  EXPECT_EQ(number_in(answer.body, "timings.predicted_n"), 5);
  ASSERT_EQ(size_in(answer.body, "completion_probabilities"), 5U);
  EXPECT_EQ(size_in(answer.body, "completion_probabilities.0.top_logprobs"), 2U);
  EXPECT_EQ(string_in(answer.body, "completion_probabilities.0.top_logprobs.0.token"), "seen");
  EXPECT_LE(number_in(answer.body, "completion_probabilities.0.top_logprobs.0.logprob"), 0);
}

TEST(Native, StopsForTheReasonItGives) {
  const Answered word =
      post("/completion", R"({"prompt":"They have ","temperature":0,"stop":["xyz","se, "]})");
  EXPECT_EQ(string_in(word.body, "stop_type"), "word");
  EXPECT_EQ(string_in(word.body, "stopping_word"), "se, ");
  EXPECT_EQ(string_in(word.body, "content"), "seen the hou");
  const Answered end = post("/completion", R"({"prompt":"They have ","temperature":0})");
  EXPECT_EQ(string_in(end.body, "stop_type"), "eos");
  const Answered on = post(
      "/completion", R"({"prompt":"They have ","temperature":0,"n_predict":-1,"ignore_eos":true})");
  EXPECT_EQ(string_in(on.body, "stop_type"), "limit");
  EXPECT_EQ(number_in(on.body, "tokens_predicted"), 256);
}

TEST(Native, SeveralPromptsGetAnArray) {
  const Answered answer =
      post("/completion", R"({"prompt":["They have ","We want "],"n_predict":1,"temperature":0})");
  EXPECT_EQ(string_in(answer.body, "0.content"), "seen");
  EXPECT_EQ(string_in(answer.body, "1.content"), "to");
  EXPECT_EQ(number_in(answer.body, "1.index"), 1);
  const Answered one = post("/completion", R"({"prompt":["They have "],"n_predict":1})");
  EXPECT_EQ(string_in(one.body, "0.model"), "en") << "an array all the same";
}

TEST(Native, StreamsEndWithStop) {
  const Answered stream =
      post("/completion", R"({"prompt":"They have","n_predict":6,"temperature":0,"stream":true})");
  EXPECT_EQ(stream.type, "text/event-stream");
  std::string text;
  std::size_t tokens = 0;
  for (std::size_t i = 0; i < stream.pieces.size(); ++i) {
    const std::string data = data_of(stream.pieces[i]);
    text += string_in(data, "content");
    tokens += size_in(data, "tokens");
    EXPECT_EQ(*in(data, "stop").truth(), i + 1 == stream.pieces.size());
  }
  EXPECT_EQ(text, " seen the house, too");
  EXPECT_EQ(tokens, 6U);
  EXPECT_EQ(string_in(data_of(stream.pieces.back()), "stop_type"), "limit");
}

TEST(Native, InfillContinuesWhatIsBefore) {
  const Answered answer =
      post("/infill", R"({"input_prefix":"They ","prompt":"have ","input_suffix":" again",)"
                      R"("input_extra":[{"filename":"a","text":"b"}],"n_predict":1,)"
                      R"("temperature":0,"t_max_predict_ms":5000})");
  EXPECT_EQ(string_in(answer.body, "content"), "seen");
  EXPECT_EQ(string_in(post("/infill", R"({"input_suffix":5})").body, "error.param"),
            "input_suffix");
}

TEST(Native, AnswersAreLimited) {
  const auto param = [](const char* fields) {
    return string_in(post("/completion", fields).body, "error.param");
  };
  EXPECT_EQ(param(R"({"prompt":"a","n_predict":4096,"n_probs":4096})"), "n_probs");
  EXPECT_EQ(param(R"({"prompt":["a","b"],"stream":true})"), "prompt");
  EXPECT_EQ(param(R"({"prompt":"a","n_probs":"x"})"), "n_probs");
}

TEST(Native, TimeMayBeLimited) {
  const Answered answer = post(
      "/completion", R"({"prompt":"They ","n_predict":4096,"n_probs":200,"t_max_predict_ms":1})");
  EXPECT_EQ(string_in(answer.body, "stop_type"), "limit");
  EXPECT_LT(number_in(answer.body, "tokens_predicted"), 4096);
}

TEST(Native, TokensComeAndGo) {
  const Answered plain = post("/tokenize", R"({"content":"They want. We\n"})");
  EXPECT_EQ(size_in(plain.body, "tokens"), 6U) << plain.body;
  EXPECT_EQ(number_in(plain.body, "tokens.3"), kSentenceEnd);
  EXPECT_EQ(number_in(plain.body, "tokens.5"), kSentenceEnd);
  const Answered special = post("/tokenize", R"({"content":"They","add_special":true})");
  EXPECT_EQ(size_in(special.body, "tokens"), 2U);
  EXPECT_EQ(number_in(special.body, "tokens.0"), kSentenceBegin);
  const Answered pieces = post("/tokenize", R"({"content":"They want","with_pieces":true})");
  EXPECT_EQ(string_in(pieces.body, "tokens.1.piece"), " want");
  EXPECT_EQ(number_in(pieces.body, "tokens.1.id"), model("en").id("want"));
  const std::string ids =
      plain.body.substr(plain.body.find('['), plain.body.find(']') - plain.body.find('[') + 1);
  const Answered back = post("/detokenize", R"({"tokens":)" + ids + "}");
  EXPECT_EQ(string_in(back.body, "content"), "They want. We");
  EXPECT_EQ(string_in(back.body, "prompt"), "They want. We");
  for (const char* wrong : {R"({"tokens":"x"})", R"({"tokens":[-1]})", R"({"tokens":[1e9]})"})
    EXPECT_EQ(string_in(post("/detokenize", wrong).body, "error.param"), "tokens") << wrong;
  EXPECT_EQ(string_in(post("/tokenize", R"({"content":5})").body, "error.param"), "content");
  EXPECT_EQ(string_in(post("/tokenize", R"({"content":"a","prompt":5})").body, "error.param"),
            "prompt");
}

TEST(Native, SaysWhatItIs) {
  for (const char* path : {"/health", "/healthz", "/v1/health"})
    EXPECT_EQ(string_in(get(path).body, "status"), "ok") << path;
  EXPECT_NE(string_in(get("/props").body, "chat_template"), "(no string)");
  EXPECT_GT(number_in(get("/props").body, "default_generation_settings.n_ctx"), 0);
  EXPECT_EQ(string_in(get("/tokenizer_info").body, "eos_token"), "</s>");
  const Answered applied =
      post("/apply-template",
           R"({"messages":[{"role":"system","content":"a"},{"role":"user","content":"b"}]})");
  EXPECT_EQ(string_in(applied.body, "prompt"), "a\nb");
}

TEST(Native, SaysWhichModelItIs) {
  for (const char* name : {"", "en", "tercet-en"}) {
    const std::string query = std::string("?model=") + name;
    EXPECT_EQ(string_in(get("/props" + query).body, "model_alias"), "en") << name;
  }
  EXPECT_EQ(string_in(get("/props?model=ru").body, "model_alias"), "ru");
  EXPECT_EQ(get("/tokenizer_info?model=ru").status, 200U);
  EXPECT_EQ(get("/props?model=xx").status, 404U);
  EXPECT_EQ(string_in(get("/tokenizer_info?model=xx").body, "error.param"), "model");
}

/// Each model has its own tokens.
TEST(Native, TokensAreOfTheModelNamed) {
  const std::string content = R"({"content":"письмо","model":")";
  const auto token = [&](const char* name) {
    return number_in(post("/tokenize", content + name + "\"}").body, "tokens.0");
  };
  EXPECT_EQ(token("en"), kUnknown);
  EXPECT_EQ(token("ru"), model("ru").id("письмо"));
  EXPECT_EQ(post("/tokenize", content + "xx\"}").status, 404U);
}

TEST(Native, SlotsAndMetricsKnowWhatIsBeingMade) {
  const auto is_processing = [] { return *in(get("/slots").body, "0.is_processing").truth(); };
  EXPECT_FALSE(is_processing());
  const std::uint64_t before = metrics().tokens_generated;
  for (const char* path : {"/completion", "/v1/completions"}) {
    http::Request request;
    request.method = http::Method::kPost;
    request.path = path;
    request.body = R"({"prompt":"They have ","max_tokens":5,"stream":true})";
    http::Response response;
    client_table().answer(request, [&](http::Response given) { response = std::move(given); });
    std::string piece;
    ASSERT_TRUE(response.stream->next(piece));
    EXPECT_TRUE(is_processing()) << path;
    while (response.stream->next(piece)) {
    }
    response.stream.reset();
    EXPECT_FALSE(is_processing()) << path;
  }
  EXPECT_EQ(metrics().tokens_generated - before, 10U);
  post("/v1/chat/completions", R"({"messages":[{"role":"user","content":"We"}],"max_tokens":7})");
  EXPECT_EQ(metrics().tokens_generated - before, 17U);
}

TEST(Native, ModelsAreListed) {
  for (const char* path : {"/v1/models", "/models"}) {
    const Answered list = get(path);
    EXPECT_EQ(string_in(list.body, "object"), "list");
    ASSERT_EQ(size_in(list.body, "data"), 3U);
    EXPECT_EQ(string_in(list.body, "data.0.id"), "en");
    EXPECT_EQ(string_in(list.body, "data.0.object"), "model");
    EXPECT_EQ(number_in(list.body, "data.0.meta.n_vocab"), model("en").vocabulary_size());
    EXPECT_EQ(number_in(list.body, "data.0.meta.order"), 5);
    EXPECT_GT(number_in(list.body, "data.0.meta.size"), 0);
  }
  EXPECT_EQ(string_in(get("/v1/models/ru").body, "id"), "ru");
  EXPECT_EQ(get("/v1/models/xx").status, 404U);
  EXPECT_EQ(get("/v1/models/").status, 404U);
  EXPECT_EQ(string_in(get("/v1/models/").body, "error.message"),
            "no model is named; GET /v1/models lists those there are");
}

TEST(Native, MethodsAndPaths) {
  EXPECT_EQ(get("/v1/completions").status, 405U);
  EXPECT_EQ(post("/health", "").status, 405U);
  for (const char* path : {"/", "/v1", "/v1/completions/", "/completionx", "/api/suggest"})
    EXPECT_EQ(get(path).status, 404U) << path;
}

}  // namespace
}  // namespace tercet::serve
