#include "serve/choice_stream.h"

#include <utility>

#include "serve/answer.h"

namespace tercet::serve {

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
    if (const auto part = next_part()) write_part(*part, piece);
  } else if (order_.count_usage && !counted_) {
    write_last_usage(piece);
  } else if (!std::exchange(done_, true)) {
    piece = "data: [DONE]\n\n";
  } else {
    return false;
  }
  return true;
}

void ChoiceStream::write_part(const ChoicePart& part, std::string& piece) {
  json::Writer json;
  begin_answer(json, id_, form_.chunk_object, order_);
  json.key("choices").begin_array();
  form_.write(json, order_, part);
  json.end_array();
  if (order_.count_usage) json.key("usage").null();
  json.end_object();
  piece = event(json);
}

/// Of the echo or the role, of a piece of text, or of the end.
std::optional<ChoicePart> ChoiceStream::next_part() {
  if (generator_ == nullptr) begin_choice();
  if (echo_ != nullptr) return next_of_echo();
  Chunk chunk;
  const bool more = generator_->next(chunk);
  if (more && chunk.text.empty() && chunk.tokens.empty()) return {};
  ChoicePart part;
  part.index = choice_;
  part.first = false;
  part.last = !more;
  part.offset = offset_;
  add_chunk(order_, form_, chunk, part);
  return more ? std::move(part) : end_choice(std::move(part));
}

void ChoiceStream::begin_choice() {
  const std::size_t prompt = choice_ / order_.choices;
  GenerateOptions options = order_.options;
  options.sampling.seed += choice_;
  if (known_) options.most_tokens = 0;
  generator_ = std::make_unique<Generator>(order_.model, order_.prompts[prompt], options);
  echo_ = std::make_unique<Echo>(order_, form_, prompt);
}

std::optional<ChoicePart> ChoiceStream::next_of_echo() {
  if (echo_->next()) return {};
  ChoicePart part = echo_->take();
  echo_.reset();
  offset_ = part.offset;
  if (known_) part.text += *known_;
  part.last = false;
  part.index = choice_;
  if (!form_.opens_with_role && part.text.empty()) return {};
  return part;
}

ChoicePart ChoiceStream::end_choice(ChoicePart part) {
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
