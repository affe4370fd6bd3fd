#include "serve/whole_answer.h"

#include <algorithm>
#include <utility>

#include "serve/answer.h"

namespace tercet::serve {

double WholeAnswer::Try::mean_log_probability() const {
  return log_probability / static_cast<double>(std::max<std::size_t>(1, tokens));
}

WholeAnswer::WholeAnswer(Order order, const AnswerForm& form)
    : order_(std::move(order)), form_(form), usage_(prompt_usage(order_)) {
  begin_answer(json_, new_id(form_.id_prefix), form_.object, order_);
  json_.key("choices").begin_array();
}

bool WholeAnswer::next(std::string& piece) {
  if (done_) return false;
  if (prompt_ < order_.prompts.size()) {
    if (echo_ == nullptr) echo_ = std::make_unique<Echo>(order_, form_, prompt_);
    if (!echo_->next()) make_tries();
  } else {
    json_.end_array();
    write_usage(json_, usage_);
    json_.end_object();
    done_ = true;
  }
  piece = json_.take();
  return true;
}

void WholeAnswer::make_tries() {
  if (generator_ == nullptr) begin_try();
  Try& current = tries_.back();
  Chunk chunk;
  if (generator_->next(chunk)) {
    add_chunk(order_, form_, chunk, current.part);
    current.tokens += chunk.tokens.size();
    for (const GeneratedToken& token : chunk.tokens)
      current.log_probability += token.log_probability;
    return;
  }
  current.part.finish = generator_->finish();
  usage_.made += generator_->drawn();
  generator_.reset();
  if (tries_.size() == order_.tried) end_prompt();
}

void WholeAnswer::begin_try() {
  GenerateOptions options = order_.options;
  options.sampling.seed += prompt_ * order_.tried + tries_.size();
  generator_ = std::make_unique<Generator>(order_.model, order_.prompts[prompt_], options);
  tries_.push_back({.part = tries_.size() + 1 < order_.tried ? echo_->part() : echo_->take()});
}

/// Writes the best of its tries.
void WholeAnswer::end_prompt() {
  if (order_.tried > order_.choices) {
    std::sort(tries_.begin(), tries_.end(), [](const Try& a, const Try& b) {
      return a.mean_log_probability() > b.mean_log_probability();
    });
  }
  for (std::size_t i = 0; i < order_.choices; ++i) {
    tries_[i].part.index = prompt_ * order_.choices + i;
    form_.write(json_, order_, tries_[i].part);
  }
  tries_.clear();
  echo_.reset();
  ++prompt_;
}

}  // namespace tercet::serve
