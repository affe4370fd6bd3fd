// Choices as server-sent events, and the parts that whole answers have too.
#ifndef TERCET_SERVE_CHOICE_STREAM_H_
#define TERCET_SERVE_CHOICE_STREAM_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "http/message.h"
#include "json/writer.h"
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
/// What a choice begins with that repeats its prompt; otherwise nothing.
ChoicePart echo_of(const Order& order, std::size_t prompt);

/// One choice after the other, then the usage if it is asked for, then [DONE].
class ChoiceStream final : public http::Stream {
 public:
  ChoiceStream(Order order, const AnswerForm& form);
  /// A text that is known already, as the only choice.
  ChoiceStream(Order order, const AnswerForm& form, std::string text);

  bool next(std::string& piece) override;

 private:
  void write_part(std::string& piece);
  ChoicePart next_part();
  ChoicePart begin_choice();
  void write_last_usage(std::string& piece);
  std::size_t total() const { return order_.prompts.size() * order_.choices; }

  Order order_;
  const AnswerForm& form_;
  std::string id_;
  Usage usage_;
  std::optional<std::string> known_;
  std::size_t choice_ = 0;
  std::unique_ptr<Generator> generator_;
  std::size_t offset_ = 0;  // Of the tokens, behind the echo.
  bool counted_ = false;
  bool done_ = false;
};

}  // namespace tercet::serve

#endif  // TERCET_SERVE_CHOICE_STREAM_H_
