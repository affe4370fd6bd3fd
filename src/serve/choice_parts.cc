#include "serve/choice_parts.h"

#include "serve/clock.h"
#include "text/utf8.h"

namespace tercet::serve {
namespace {

/// Tokens of a prompt that are scored in one step.
constexpr int kStep = 64;

}  // namespace

Usage prompt_usage(const Order& order) {
  Usage usage;
  for (const Prompt& prompt : order.prompts) usage.read += prompt.content.tokens.size();
  return usage;
}

void write_usage(json::Writer& json, const Usage& usage) {
  json.key("usage").begin_object().field("prompt_tokens", usage.read);
  json.field("completion_tokens", usage.made).field("total_tokens", usage.read + usage.made);
  json.end_object();
}

void begin_answer(json::Writer& json, std::string_view id, std::string_view object,
                  const Order& order) {
  json.begin_object().field("id", id).field("object", object);
  json.field("created", unix_seconds()).field("model", order.model.id);
}

void add_chunk(const Order& order, const AnswerForm& form, const Chunk& chunk, ChoicePart& part) {
  part.text += chunk.text;
  if (!order.logprobs) return;
  for (const GeneratedToken& token : chunk.tokens) form.add_token(part, token);
}

Echo::Echo(const Order& order, const AnswerForm& form, std::size_t prompt)
    : form_(form),
      scorer_(order.model, order.prompts[prompt], order.options.alternatives),
      scoring_(order.echo && order.logprobs) {
  if (order.echo) part_.text = order.prompts[prompt].content.text;
  if (!scoring_) end();
}

bool Echo::next() {
  GeneratedToken token;
  for (int i = 0; i < kStep && scoring_; ++i)
    scorer_.next(token) ? form_.add_token(part_, token) : end();
  return scoring_;
}

void Echo::end() {
  scoring_ = false;
  part_.offset = text::code_point_count(part_.text);
}

}  // namespace tercet::serve
