// What the completions and the chat of OpenAI's clients have in common: choices, whole or as a
// stream of events, and their count.
#ifndef TERCET_SERVE_OPENAI_H_
#define TERCET_SERVE_OPENAI_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"
#include "json/writer.h"
#include "serve/fields.h"
#include "serve/generate.h"
#include "serve/logprobs.h"
#include "serve/models.h"

namespace tercet::serve {

/// A request for choices: of each prompt the `choices` best of `tried`.
struct Order {
  ServedModel model;
  std::vector<Prompt> prompts;
  GenerateOptions options;
  std::size_t choices = 1;
  std::size_t tried = 1;
  bool echo = false;
  bool logprobs = false;
  bool stream = false;
  bool count_usage = false;  ///< At the end of a stream.
};

/// A choice, or a piece of one.
struct ChoicePart {
  std::size_t index = 0;
  bool first = true;  ///< Of its pieces.
  bool last = true;
  std::string text;
  TokenLists logprobs;
  std::size_t offset = 0;  ///< Where tokens count from in the choice's text, in code points.
  Finish finish = Finish::kNotYet;
};

/// How a kind of answer is written.
struct AnswerForm {
  std::string_view id_prefix;
  std::string_view object;
  std::string_view chunk_object;
  bool opens_with_role;  ///< A stream begins each choice with a piece without text.
  /// Adds the token to the part's logprobs.
  void (*add_token)(ChoicePart& part, const GeneratedToken& token);
  /// Appends the choice as an object.
  void (*write)(json::Writer& json, const Order& order, const ChoicePart& part);
};

/// Of the fields that both have: everything but prompts, lengths and logprobs.
Order read_order(Fields& fields, const ServedModel& model);
/// Whether the order as a whole is one that can be carried out; if not, `fields` knows why.
void check_order(Fields& fields, const Order& order);

http::Response carry_out(Order order, const AnswerForm& form);
/// A choice that needs no model.
http::Response answer_with(const Order& order, const AnswerForm& form, std::string text);

/// "stop", "length" or null.
void write_finish(json::Writer& json, const ChoicePart& part);

}  // namespace tercet::serve

#endif  // TERCET_SERVE_OPENAI_H_
