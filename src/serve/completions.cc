#include "serve/answer.h"
#include "serve/generation_fields.h"
#include "serve/handlers.h"
#include "serve/logprobs.h"
#include "serve/openai.h"

namespace tercet::serve {
namespace {

constexpr std::int64_t kDefaultLength = 16;
constexpr std::int64_t kMostAlternatives = 20;
constexpr std::int64_t kMostTries = 128;

void add_token(ChoicePart& part, const GeneratedToken& token) {
  add_legacy_logprob(part.logprobs, token, part.offset);
}

void write_choice(json::Writer& json, const Order& order, const ChoicePart& part) {
  json.begin_object().field("index", part.index).field("text", part.text).key("logprobs");
  if (order.logprobs) {
    write_legacy_logprobs(json, part.logprobs);
  } else {
    json.null();
  }
  write_finish(json, part);
  json.end_object();
}

constexpr AnswerForm kForm{.id_prefix = "cmpl-",
                           .object = "text_completion",
                           .chunk_object = "text_completion",
                           .opens_with_role = false,
                           .add_token = add_token,
                           .write = write_choice};

Order read_completion(Fields& fields, const ServedModel& model) {
  Order order = read_order(fields, model);
  order.echo = fields.truth({"echo"}, false);
  order.logprobs = !fields.name_of({"logprobs"}).empty();
  order.options.alternatives =
      static_cast<std::size_t>(fields.integer({"logprobs"}, 0, 0, kMostAlternatives));
  const auto least = static_cast<std::int64_t>(order.choices);
  order.tried = static_cast<std::size_t>(fields.integer({"best_of"}, least, 1, kMostTries));
  read_length(fields, {"max_tokens", "max_new_tokens", "n_predict"}, kDefaultLength, order.options);
  fields.string({"suffix"});  // Of the right type; the model looks only back.
  order.prompts = read_prompts(fields, model.model, order.echo);
  check_order(fields, order);
  return order;
}

}  // namespace

http::Response answer_completions(const Models& models, Metrics& metrics,
                                  const http::Request& request) {
  return with_model(models, request, [&](Fields& fields, const ServedModel& model) {
    Order order = read_completion(fields, model);
    order.options.metrics = &metrics;
    return fields.ok() ? carry_out(std::move(order), kForm) : refusal(fields.checked());
  });
}

}  // namespace tercet::serve
