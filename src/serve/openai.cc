#include "serve/openai.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "serve/answer.h"
#include "serve/choice_parts.h"
#include "serve/choice_stream.h"
#include "serve/generation_fields.h"
#include "serve/whole_answer.h"

namespace tercet::serve {
namespace {

constexpr std::int64_t kMostChoices = 128;

/// Of tokens and their alternatives, echoed or made.
std::size_t probabilities_of(const Order& order) {
  std::size_t tokens = 0;
  for (const Prompt& prompt : order.prompts)
    tokens += order.options.most_tokens + (order.echo ? prompt.content.tokens.size() : 0);
  return tokens * order.tried * (order.logprobs ? 1 + order.options.alternatives : 1);
}

}  // namespace

Order read_order(Fields& fields, const ServedModel& model) {
  Order out{.model = model, .prompts = {}, .options = read_generation(fields, model.model, {})};
  out.choices = static_cast<std::size_t>(fields.integer({"n"}, 1, 1, kMostChoices));
  out.tried = out.choices;
  out.stream = fields.truth({"stream"}, false);
  if (const json::Value* const options = fields.find("stream_options"); options != nullptr) {
    const json::Value* const usage = options->find("include_usage");
    if (options->object() == nullptr || (usage != nullptr && usage->truth() == nullptr))
      fields.refuse("stream_options", "must be an object; its include_usage, true or false");
    out.count_usage = usage != nullptr && usage->truth() != nullptr && *usage->truth();
  }
  return out;
}

void check_order(Fields& fields, const Order& order) {
  if (order.tried < order.choices) fields.refuse("best_of", "must not be less than n");
  if (order.stream && order.tried > order.choices)
    fields.refuse("best_of", "the best of several can only be told when all are there: no stream");
  const std::size_t each = std::max<std::size_t>(1, order.options.most_tokens);
  if (order.prompts.size() * order.tried * each > kMostTokensOfRequest) {
    fields.refuse("max_tokens", fmt::format("together, the prompts' choices may have {} tokens",
                                            kMostTokensOfRequest));
  }
  if (probabilities_of(order) > kMostProbabilities)
    fields.refuse(order.logprobs ? "logprobs" : "n", "that makes too long an answer; ask in parts");
}

http::Response carry_out(Order order, const AnswerForm& form) {
  if (order.stream) return event_stream(std::make_unique<ChoiceStream>(std::move(order), form));
  return json_answer(std::make_unique<WholeAnswer>(std::move(order), form));
}

http::Response answer_with(const Order& order, const AnswerForm& form, std::string text) {
  if (order.stream)
    return event_stream(std::make_unique<ChoiceStream>(order, form, std::move(text)));
  json::Writer json;
  begin_answer(json, new_id(form.id_prefix), form.object, order);
  ChoicePart part;
  part.text = std::move(text);
  part.finish = Finish::kEnd;
  json.key("choices").begin_array();
  form.write(json, order, part);
  json.end_array();
  write_usage(json, prompt_usage(order));
  json.end_object();
  return json_answer(json);
}

void write_finish(json::Writer& json, const ChoicePart& part) {
  json.key("finish_reason");
  if (!part.last) {
    json.null();
  } else {
    json.value(part.finish == Finish::kLength ? "length" : "stop");
  }
}

}  // namespace tercet::serve
