#include <gtest/gtest.h>

#include <algorithm>

#include "json/writer.h"
#include "serve/testing.h"

namespace tercet::serve {
namespace {

using namespace testing;

constexpr const char* kPath = "/v1/chat/completions";

std::string chat(std::string_view user, std::string_view more = "") {
  json::Writer json;
  json.begin_object().key("messages").begin_array().begin_object();
  json.field("role", "user").field("content", user).end_object().end_array().end_object();
  std::string out = json.text();
  out.insert(1, more);
  return out;
}

std::string content(std::string_view user, std::string_view more = "") {
  return string_in(post(kPath, chat(user, more)).body, "choices.0.message.content");
}

TEST(Chat, ContinuesWhatThePersonWrote) {
  const Answered answer = post(kPath, chat("They have", R"("temperature":0,"max_tokens":3,)"));
  EXPECT_EQ(answer.status, 200U);
  EXPECT_TRUE(string_in(answer.body, "id").starts_with("chatcmpl-"));
  EXPECT_EQ(string_in(answer.body, "object"), "chat.completion");
  EXPECT_EQ(string_in(answer.body, "choices.0.message.role"), "assistant");
  EXPECT_EQ(string_in(answer.body, "choices.0.message.content"), " seen the");
  EXPECT_EQ(string_in(answer.body, "choices.0.finish_reason"), "length");
  EXPECT_EQ(content("They have", R"("temperature":0,"max_completion_tokens":2,)"), " seen");
}

TEST(Chat, EndsByItself) {
  const Answered answer = post(kPath, chat("They have", R"("temperature":0,)"));
  EXPECT_EQ(string_in(answer.body, "choices.0.finish_reason"), "stop");
  const std::string text = string_in(answer.body, "choices.0.message.content");
  EXPECT_EQ(std::count(text.begin(), text.end(), '.'), 3) << text;
}

TEST(Chat, MessagesMayHaveParts) {
  const Answered answer =
      post(kPath, R"({"temperature":0,"max_tokens":2,"tools":[{"type":"function"}],"messages":[)"
                  R"({"role":"system","content":"Be brief."},)"
                  R"({"role":"assistant","content":null},)"
                  R"({"role":"user","content":[{"type":"image_url","image_url":{"url":"x"}},)"
                  R"({"type":"text","text":"They have"}]}]})");
  EXPECT_EQ(string_in(answer.body, "choices.0.message.content"), " seen") << answer.body;
  for (const char* wrong :
       {"null", "[]", "{}", "[5]", R"([{"role":1}])", R"([{"role":"user","content":5}])",
        R"([{"role":"user","content":[5]}])"}) {
    const Answered refused = post(kPath, R"({"messages":)" + std::string(wrong) + "}");
    EXPECT_EQ(refused.status, 400U) << wrong;
    EXPECT_EQ(string_in(refused.body, "error.param"), "messages") << wrong;
  }
}

TEST(Chat, AStreamBeginsWithTheRole) {
  const std::string more = R"("temperature":0,"max_tokens":6,"logprobs":true,"top_logprobs":2,)";
  const Answered whole = post(kPath, chat("They have", more));
  const Answered stream = post(kPath, chat("They have", more + R"("stream":true,)"));
  EXPECT_EQ(stream.type, "text/event-stream");
  EXPECT_EQ(stream.pieces.back(), "data: [DONE]\n\n");
  const std::string first = data_of(stream.pieces.front());
  EXPECT_EQ(string_in(first, "object"), "chat.completion.chunk");
  EXPECT_EQ(string_in(first, "choices.0.delta.role"), "assistant");
  std::string text;
  std::size_t tokens = 0;
  for (std::size_t i = 0; i + 1 < stream.pieces.size(); ++i) {
    const std::string data = data_of(stream.pieces[i]);
    const json::Value piece = in(data, "choices.0.delta.content");
    if (piece.string() != nullptr) text += *piece.string();
    tokens += size_in(data, "choices.0.logprobs.content");
    EXPECT_EQ(in(data, "choices.0.finish_reason").is_null(), i + 2 < stream.pieces.size());
    EXPECT_TRUE(in(data, "usage").is_null());
  }
  EXPECT_EQ(text, string_in(whole.body, "choices.0.message.content"));
  EXPECT_EQ(tokens, size_in(whole.body, "choices.0.logprobs.content"));
  EXPECT_EQ(tokens, 6U);
  EXPECT_EQ(size_in(whole.body, "choices.0.logprobs.content.1.top_logprobs"), 2U);
  EXPECT_EQ(size_in(whole.body, "choices.0.logprobs.content.1.bytes"), 5U);  // " seen"
}

/// Open WebUI's own prompts, shortened in their middle.
constexpr const char* kAutocomplete =
    "### Task:\nYou are an autocompletion system. Continue the text in `<text>` based on the "
    "**completion type** in `<type>` and the given language.  \n\n### **Output Rules**:\n- Respond "
    "only in JSON format: `{ \"text\": \"<your_completion>\" }`.\n\n### **Examples**:\n#### "
    "Example 1:  \nInput:  \n<type>General</type>  \n<text>The sun was setting over the horizon, "
    "painting the sky</text>  \nOutput:  \n{ \"text\": \"with vibrant shades of orange and "
    "pink.\" }\n\n---\n### Context:\n<chat_history>\nUSER: Give me a \"title\"\n</chat_history>\n"
    "<type>General</type>  \n<text>They have</text>  \n#### Output:\n";
constexpr const char* kTitle =
    "### Task:\nGenerate a concise, 3-5 word title with an emoji summarizing the chat history.\n"
    "### Output:\nJSON format: { \"title\": \"your concise title here\" }\n### Chat History:\n"
    "<chat_history>\nUSER: How do I write a letter to \"Anna\"\nASSISTANT: With care.\n"
    "</chat_history>";
constexpr const char* kTags =
    "### Task:\nGenerate 1-3 broad tags categorizing the main themes of the chat history, along "
    "with 1-3 more specific subtopic tags.\n\n### Output:\nJSON format: { \"tags\": [\"tag1\", "
    "\"tag2\", \"tag3\"] }\n\n### Chat History:\n<chat_history>\nUSER: hi\n</chat_history>";
constexpr const char* kFollowUps =
    "### Task:\nSuggest 3-5 relevant follow-up questions or prompts that the user might naturally "
    "ask next\n### Output:\nJSON format: { \"follow_ups\": [\"Question 1?\", \"Question 2?\", "
    "\"Question 3?\"] }\n### Chat History:\n<chat_history>\nUSER: hi\n</chat_history>";
constexpr const char* kQueries =
    "### Task:\nAnalyze the chat history to determine the necessity of generating search queries, "
    "in the given language.\n### Output:\nStrictly return in JSON format: \n{\n  \"queries\": "
    "[\"query1\", \"query2\"]\n}\n\n### Chat History:\n<chat_history>\nUSER: hi\n</chat_history>";
constexpr const char* kImage =
    "### Task:\nGenerate a detailed prompt for am image generation task based on the given "
    "language and context.\n### Output:\nStrictly return in JSON format:\n{\n    \"prompt\": "
    "\"Your detailed description here.\"\n}\n\n### Chat History:\n<chat_history>\nUSER: a cat\n"
    "</chat_history>";
constexpr const char* kEmoji =
    "Your task is to reflect the speaker's likely facial expression through a fitting emoji. "
    "Interpret emotions from the message.\n\nMessage: ```hi```";

TEST(Chat, OpenWebUisAutocompletionGetsTheContinuation) {
  const std::string answer = content(kAutocomplete);
  EXPECT_TRUE(string_in(answer, "text").starts_with(" seen the house, too")) << answer;
}

TEST(Chat, OpenWebUisAutocompletionEndsBeforeADoubtfulWord) {
  const auto ghost = [](std::string text) {
    std::string prompt = kAutocomplete;
    prompt.replace(prompt.rfind("They have"), 9, text);
    return string_in(content(prompt), "text");
  };
  EXPECT_EQ(ghost("They want to "), "see it");
  EXPECT_EQ(ghost("They want to"), " see it") << "the first word counts, not the one begun";
  EXPECT_EQ(ghost("They want to w"), "rite a letter");
  EXPECT_EQ(ghost("They have seen the house"), ", too");
  EXPECT_FALSE(ghost("They have seen the house ").starts_with(","));
}

TEST(Chat, OpenWebUisOtherTasksGetJson) {
  EXPECT_EQ(content(kTitle), R"({"title":"How do I write a"})");
  EXPECT_EQ(content(kTags), R"({"tags":["General"]})");
  EXPECT_EQ(content(kFollowUps), R"({"follow_ups":[]})");
  EXPECT_EQ(content(kQueries), R"({"queries":[]})");
  EXPECT_EQ(content(kImage), R"({"prompt":"a cat"})");
  EXPECT_EQ(content(kEmoji, R"("max_completion_tokens":4,)"), "🙂");
  EXPECT_NE(content("### Task: buy milk. They have"), "") << "a person's own heading";
}

TEST(Chat, TasksMayBeStreamedToo) {
  const Answered stream = post(kPath, chat(kTags, R"("stream":true,)"));
  std::string text;
  for (std::size_t i = 0; i + 1 < stream.pieces.size(); ++i) {
    const json::Value piece = in(data_of(stream.pieces[i]), "choices.0.delta.content");
    if (piece.string() != nullptr) text += *piece.string();
  }
  EXPECT_EQ(text, R"({"tags":["General"]})");
  EXPECT_EQ(stream.pieces.back(), "data: [DONE]\n\n");
}

}  // namespace
}  // namespace tercet::serve
