// Choices as server-sent events.
#ifndef TERCET_SERVE_CHOICE_STREAM_H_
#define TERCET_SERVE_CHOICE_STREAM_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "http/message.h"
#include "serve/choice_parts.h"
#include "serve/openai.h"

namespace tercet::serve {

/// One choice after the other, then the usage if it is asked for, then [DONE].
class ChoiceStream final : public http::Stream {
 public:
  ChoiceStream(Order order, const AnswerForm& form);
  /// A text that is known already, as the only choice.
  ChoiceStream(Order order, const AnswerForm& form, std::string text);

  bool next(std::string& piece) override;

 private:
  void write_part(const ChoicePart& part, std::string& piece);
  /// Takes a step; nullopt: it has nothing to show.
  std::optional<ChoicePart> next_part();
  void begin_choice();
  std::optional<ChoicePart> next_of_echo();
  ChoicePart end_choice(ChoicePart part);
  void write_last_usage(std::string& piece);
  std::size_t total() const { return order_.prompts.size() * order_.choices; }

  Order order_;
  const AnswerForm& form_;
  std::string id_;
  Usage usage_;
  std::optional<std::string> known_;
  std::size_t choice_ = 0;
  std::unique_ptr<Generator> generator_;
  std::unique_ptr<Echo> echo_;  // Until it is shown.
  std::size_t offset_ = 0;      // Of the tokens, behind the echo.
  bool counted_ = false;
  bool done_ = false;
};

}  // namespace tercet::serve

#endif  // TERCET_SERVE_CHOICE_STREAM_H_
