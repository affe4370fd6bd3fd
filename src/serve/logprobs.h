// Probabilities of tokens, in the forms that clients read. They are written token by token, while
// the tokens are made: an answer may have a million of them.
#ifndef TERCET_SERVE_LOGPROBS_H_
#define TERCET_SERVE_LOGPROBS_H_

#include <array>
#include <cstddef>
#include <string_view>

#include "json/writer.h"
#include "serve/generate.h"
#include "serve/models.h"

namespace tercet::serve {

/// Scores the tokens of a prompt, one after the other, as if they had been generated. The first one
/// has no probability: NaN. The prompt must outlive it.
class PromptScorer {
 public:
  PromptScorer(const ServedModel& model, const Prompt& prompt, std::size_t alternatives);
  PromptScorer(const PromptScorer&) = delete;
  PromptScorer& operator=(const PromptScorer&) = delete;

  /// Replaces `token`; false: the one before was the last.
  bool next(GeneratedToken& token);

 private:
  ServedModel model_;
  const TokenizedText& content_;
  std::size_t alternatives_;
  Scratch scratch_;
  Speller speller_;
  Gap gap_;
  std::size_t at_ = 0;
  std::size_t offset_ = 0;  // In code points.
};

/// What a token is called: its text; "</s>" for a sentence's end, which has none.
std::string_view name_of(WordId word, std::string_view text);

/// What lists of tokens hold, without their brackets.
using TokenLists = std::array<json::Writer, 4>;

/// For write_legacy_logprobs(); the token's text counts from `offset` on, in code points.
void add_legacy_logprob(TokenLists& lists, const GeneratedToken& token, std::size_t offset);
/// {"tokens", "token_logprobs", "top_logprobs", "text_offset"}
void write_legacy_logprobs(json::Writer& json, const TokenLists& lists);
/// {"token", "logprob", "bytes", "top_logprobs"}
void add_chat_logprob(json::Writer& list, const GeneratedToken& token);
/// The same with ids, as llama.cpp has it; with "prob" and "top_probs" if those are asked for.
void add_native_logprob(json::Writer& list, const GeneratedToken& token, bool as_probabilities);

}  // namespace tercet::serve

#endif  // TERCET_SERVE_LOGPROBS_H_
