#include "serve/choice_stream.h"

#include <utility>

#include "serve/answer.h"
#include "serve/clock.h"
#include "serve/logprobs.h"
#include "text/utf8.h"

namespace tercet::serve {

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

ChoicePart echo_of(const Order& order, std::size_t prompt) {
  ChoicePart part;
  if (!order.echo) return part;
  part.text = order.prompts[prompt].content.text;
  part.offset = text::code_point_count(part.text);
  if (order.logprobs) {
    part.echoed = score_prompt(order.model, order.prompts[prompt], order.options.alternatives);
  }
  return part;
}

ChoiceStream::ChoiceStream(Order order, const AnswerForm& form)
    : order_(std::move(order)),
      form_(form),
      id_(new_id(form.id_prefix)),
      usage_(prompt_usage(order_)) {}

ChoiceStream::ChoiceStream(Order order, const AnswerForm& form, std::string text)
    : ChoiceStream(std::move(order), form) {
  known_ = std::move(text);
}

bool ChoiceStream::next(std::string& piece) {
  piece.clear();
  if (choice_ < total()) {
    write_part(piece);
  } else if (order_.count_usage && !counted_) {
    write_last_usage(piece);
  } else if (!std::exchange(done_, true)) {
    piece = "data: [DONE]\n\n";
  }
  return !piece.empty();
}

void ChoiceStream::write_part(std::string& piece) {
  json::Writer json;
  begin_answer(json, id_, form_.chunk_object, order_);
  json.key("choices").begin_array();
  form_.write(json, order_, next_part());
  json.end_array();
  if (order_.count_usage) json.key("usage").null();
  json.end_object();
  piece = event(json);
}

ChoicePart ChoiceStream::begin_choice() {
  const std::size_t prompt = choice_ / order_.choices;
  GenerateOptions options = order_.options;
  options.sampling.seed += choice_;
  if (known_) options.most_tokens = 0;
  generator_ = std::make_unique<Generator>(order_.model, order_.prompts[prompt], options);
  ChoicePart part = echo_of(order_, prompt);
  offset_ = part.offset;
  if (known_) part.text += *known_;
  return part;
}

/// The next piece that shows something: the echo or the role, a piece of text, or the end.
ChoicePart ChoiceStream::next_part() {
  ChoicePart part;
  Chunk chunk;
  if (generator_ == nullptr) {
    part = begin_choice();
    part.last = false;
    part.index = choice_;
    if (form_.opens_with_role || !part.text.empty()) return part;
  }
  part.first = false;
  part.last = true;
  while (part.last && generator_->next(chunk))
    part.last = chunk.text.empty() && chunk.tokens.empty();
  part.index = choice_;
  part.offset = offset_;
  part.text = std::move(chunk.text);
  part.tokens = std::move(chunk.tokens);
  if (!part.last) return part;
  part.finish = known_ ? Finish::kEnd : generator_->finish();
  usage_.made += generator_->drawn();
  generator_.reset();
  ++choice_;
  return part;
}

void ChoiceStream::write_last_usage(std::string& piece) {
  json::Writer json;
  begin_answer(json, id_, form_.chunk_object, order_);
  json.key("choices").begin_array().end_array();
  write_usage(json, usage_);
  json.end_object();
  piece = event(json);
  counted_ = true;
}

}  // namespace tercet::serve
