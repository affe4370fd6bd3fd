// Requests of SillyTavern and text-generation-webui, to the byte as their sources write them, and
// what they read of the answers.
#include <gtest/gtest.h>

#include <cmath>

#include "serve/testing.h"

namespace tercet::serve {
namespace {

using namespace testing;

/// getTextGenGenerationData() for an OpenAI-compatible server ("generic"), token probabilities on.
constexpr const char* kTavernGeneric =
    R"({"prompt":"They have","model":"en","max_new_tokens":8,"max_tokens":8,"temperature":0.7,)"
    R"("top_p":0.5,"typical_p":1,"typical":1,"sampler_seed":-1,"min_p":0,)"
    R"("repetition_penalty":1.2,"frequency_penalty":0,"presence_penalty":0,"top_k":40,)"
    R"("skew":0,"min_length":0,"min_tokens":0,"num_beams":1,"length_penalty":1,)"
    R"("early_stopping":false,"add_bos_token":true,"smoothing_factor":0,"smoothing_curve":1,)"
    R"("dry_allowed_length":2,"dry_multiplier":0,"dry_base":1.75,)"
    R"("dry_sequence_breakers":"[\"\\n\",\":\",\"\\\"\",\"*\"]","dry_penalty_last_n":0,)"
    R"("max_tokens_second":0,"stopping_strings":["\nUser:","\n***","\nBot:"],)"
    R"("stop":["\nUser:","\n***","\nBot:"],"truncation_length":8192,"ban_eos_token":false,)"
    R"("skip_special_tokens":true,"include_reasoning":true,"top_a":0,"tfs":1,)"
    R"("mirostat_mode":0,"mirostat_tau":5,"mirostat_eta":0.1,"custom_token_bans":"",)"
    R"("banned_strings":[],"api_type":"generic","api_server":"http://127.0.0.1:7373",)"
    R"("xtc_threshold":0.1,"xtc_probability":0,"nsigma":0,"rep_pen":1.2,"rep_pen_range":0,)"
    R"("repetition_penalty_range":0,"guidance_scale":1,"negative_prompt":"",)"
    R"("repeat_penalty":1.2,"repeat_last_n":0,"n_predict":8,"num_predict":8,"num_ctx":8192,)"
    R"("mirostat":0,"ignore_eos":false,"n_probs":10,"rep_pen_slope":1,"logprobs":10,)"
    R"("stream":STREAM})";

std::string tavern(bool stream) {
  std::string body = kTavernGeneric;
  body.replace(body.find("STREAM"), 6, stream ? "true" : "false");
  return body;
}

TEST(SillyTavern, ConnectsByModels) {
  EXPECT_NE(in(get("/v1/models").body, "data").array(), nullptr);
  EXPECT_NE(in(get("/props").body, "chat_template").string(), nullptr);
}

TEST(SillyTavern, Generic) {
  const Answered answer = post("/v1/completions", tavern(false));
  ASSERT_EQ(answer.status, 200U) << answer.body;
  EXPECT_TRUE(string_in(answer.body, "choices.0.text").starts_with(" seen")) << answer.body;
  const json::Value first = in(answer.body, "choices.0.logprobs.top_logprobs.0");
  ASSERT_NE(first.object(), nullptr);
  EXPECT_GE(first.object()->size(), 1U);
}

TEST(SillyTavern, GenericStream) {
  const Answered stream = post("/v1/completions", tavern(true));
  std::string text;
  for (std::size_t i = 0; i + 1 < stream.pieces.size(); ++i)
    text += string_in(data_of(stream.pieces[i]), "choices.0.text");
  EXPECT_TRUE(text.starts_with(" seen")) << text;
  EXPECT_EQ(stream.pieces.back(), "data: [DONE]\n\n");
}

TEST(SillyTavern, LlamaCpp) {
  const Answered answer = post("/completion", tavern(false));
  ASSERT_EQ(answer.status, 200U) << answer.body;
  EXPECT_TRUE(string_in(answer.body, "content").starts_with(" seen"));
  EXPECT_NE(string_in(answer.body, "completion_probabilities.0.top_logprobs.0.token"),
            "(no string)");
  EXPECT_LE(number_in(answer.body, "completion_probabilities.0.top_logprobs.0.logprob"), 0);
}

/// modules/llama_cpp_server.py; Python puts a space behind commas and colons.
TEST(TextGenerationWebui, FromTextToTextByTokens) {
  EXPECT_EQ(get("/health").status, 200U);
  EXPECT_GT(number_in(get("/v1/models").body, "data.0.meta.n_vocab"), 0);
  const Answered encoded = post("/tokenize", R"({"content": "They have", "add_special": true})");
  ASSERT_EQ(size_in(encoded.body, "tokens"), 3U);
  std::string ids;
  for (const char* i : {"tokens.0", "tokens.1", "tokens.2"})
    ids += (ids.empty() ? "" : ", ") + std::to_string(static_cast<int>(number_in(encoded.body, i)));
  const Answered stream = post(
      "/completion",
      R"({"prompt": [)" + ids +
          R"(], "n_predict": 5, "temperature": 0.01, "top_k": 20, "top_p": 0.95, "min_p": 0, )"
          R"("tfs_z": 1, "typical_p": 1, "repeat_penalty": 1, "repeat_last_n": 1024, )"
          R"("presence_penalty": 0, "frequency_penalty": 0, "mirostat": 0, "mirostat_tau": 5, )"
          R"("mirostat_eta": 0.1, "seed": -1, "ignore_eos": false, "stream": true})");
  std::string text;
  for (const std::string& piece : stream.pieces) text += string_in(data_of(piece), "content");
  EXPECT_EQ(text, " seen the house, too");
  EXPECT_TRUE(*in(data_of(stream.pieces.back()), "stop").truth());
  const Answered decoded = post("/detokenize", R"({"tokens": [)" + ids + "]}");
  EXPECT_EQ(string_in(decoded.body, "content"), "They have");
}

TEST(TextGenerationWebui, Logits) {
  const Answered answer =
      post("/completion", R"({"prompt": "They have ", "n_predict": 0, "logprobs": true, )"
                          R"("n_probs": 4096, "post_sampling_probs": false})");
  EXPECT_EQ(string_in(answer.body, "content"), "");
  const std::string top = "completion_probabilities.0.top_logprobs";
  EXPECT_EQ(size_in(answer.body, top), model("en").vocabulary_size() - 1) << "all but <s>";
  EXPECT_EQ(string_in(answer.body, top + ".0.token"), "seen");
  double sum = 0;
  const json::Value all = in(answer.body, top);
  for (const json::Value& each : *all.array()) {
    double logprob = 0;
    each.find("logprob")->number(logprob);
    sum += std::exp(logprob);
  }
  EXPECT_NEAR(sum, 1, 0.01);
}

}  // namespace
}  // namespace tercet::serve
