// What the answers of OpenAI's kind are put together from, as a whole or as events.
#ifndef TERCET_SERVE_CHOICE_PARTS_H_
#define TERCET_SERVE_CHOICE_PARTS_H_

#include <cstddef>
#include <string_view>
#include <utility>

#include "json/writer.h"
#include "serve/logprobs.h"
#include "serve/openai.h"

namespace tercet::serve {

struct Usage {
  std::size_t read = 0;
  std::size_t made = 0;
};
Usage prompt_usage(const Order& order);
/// The member "usage".
void write_usage(json::Writer& json, const Usage& usage);
/// The members before "choices"; the object stays open.
void begin_answer(json::Writer& json, std::string_view id, std::string_view object,
                  const Order& order);
/// Adds what a generator has shown to the part.
void add_chunk(const Order& order, const AnswerForm& form, const Chunk& chunk, ChoicePart& part);

/// What a choice begins with that repeats its prompt; otherwise nothing. A long prompt takes long
/// to score: that is done in steps. The order must outlive it.
class Echo {
 public:
  Echo(const Order& order, const AnswerForm& form, std::size_t prompt);

  /// Takes a step. False: nothing is left to do.
  bool next();
  /// When nothing is. What follows in the choice can be added to it.
  const ChoicePart& part() const noexcept { return part_; }
  ChoicePart take() noexcept { return std::move(part_); }

 private:
  void end();

  const AnswerForm& form_;
  PromptScorer scorer_;
  bool scoring_;
  ChoicePart part_;
};

}  // namespace tercet::serve

#endif  // TERCET_SERVE_CHOICE_PARTS_H_
