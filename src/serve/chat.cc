#include "serve/answer.h"
#include "serve/generation_fields.h"
#include "serve/handlers.h"
#include "serve/logprobs.h"
#include "serve/messages.h"
#include "serve/openai.h"
#include "serve/tasks.h"

namespace tercet::serve {
namespace {

constexpr std::int64_t kMostAlternatives = 20;

void write_message(json::Writer& json, const Order& order, const ChoicePart& part) {
  json.key(order.stream ? "delta" : "message").begin_object();
  if (part.first) json.field("role", "assistant");
  if (!part.last || !part.text.empty() || !order.stream) json.field("content", part.text);
  json.end_object();
}

void add_token(ChoicePart& part, const GeneratedToken& token) {
  add_chat_logprob(part.logprobs.front(), token);
}

void write_choice(json::Writer& json, const Order& order, const ChoicePart& part) {
  json.begin_object().field("index", part.index);
  write_message(json, order, part);
  json.key("logprobs");
  if (order.logprobs) {
    json.begin_object().key("content").begin_array().values(part.logprobs.front()).end_array();
    json.end_object();
  } else {
    json.null();
  }
  write_finish(json, part);
  json.end_object();
}

constexpr AnswerForm kForm{.id_prefix = "chatcmpl-",
                           .object = "chat.completion",
                           .chunk_object = "chat.completion.chunk",
                           .opens_with_role = true,
                           .add_token = add_token,
                           .write = write_choice};

Order read_chat(Fields& fields, const ServedModel& model, const std::vector<Message>& messages) {
  Order order = read_order(fields, model);
  order.logprobs = fields.truth({"logprobs"}, false);
  order.options.alternatives =
      static_cast<std::size_t>(fields.integer({"top_logprobs"}, 0, 0, kMostAlternatives));
  read_length(fields, {"max_completion_tokens", "max_tokens"}, -1, order.options);
  order.prompts = {read_prompt(model.model, apply_template(messages))};
  check_order(fields, order);
  return order;
}

}  // namespace

http::Response answer_chat(const Models& models, Metrics& metrics, const http::Request& request) {
  return with_model(models, request, [&](Fields& fields, const ServedModel& model) {
    const std::vector<Message> messages = read_messages(fields);
    Order order = read_chat(fields, model, messages);
    if (!fields.ok()) return refusal(fields.checked());
    order.options.metrics = &metrics;
    auto answer = answer_task(model, metrics, last_user_text(messages));
    return answer ? answer_with(order, kForm, std::move(*answer))
                  : carry_out(std::move(order), kForm);
  });
}

}  // namespace tercet::serve
