// Choices as one answer.
#ifndef TERCET_SERVE_WHOLE_ANSWER_H_
#define TERCET_SERVE_WHOLE_ANSWER_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "http/message.h"
#include "json/writer.h"
#include "serve/choice_parts.h"
#include "serve/openai.h"

namespace tercet::serve {

/// Each step makes a token, or scores a few of a prompt.
class WholeAnswer final : public http::Stream {
 public:
  WholeAnswer(Order order, const AnswerForm& form);

  bool next(std::string& piece) override;

 private:
  /// At a choice.
  struct Try {
    double mean_log_probability() const;
    ChoicePart part;
    std::size_t tokens = 0;
    double log_probability = 0;  // Of all of them.
  };

  void make_tries();
  void begin_try();
  void end_prompt();

  Order order_;
  const AnswerForm& form_;
  json::Writer json_;
  Usage usage_;
  std::size_t prompt_ = 0;
  std::unique_ptr<Echo> echo_;            // Of the prompt.
  std::vector<Try> tries_;                // At its choices.
  std::unique_ptr<Generator> generator_;  // Of the last try.
  bool done_ = false;
};

}  // namespace tercet::serve

#endif  // TERCET_SERVE_WHOLE_ANSWER_H_
