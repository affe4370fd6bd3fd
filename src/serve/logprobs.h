// Probabilities of tokens, in the forms that clients read.
#ifndef TERCET_SERVE_LOGPROBS_H_
#define TERCET_SERVE_LOGPROBS_H_

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "json/writer.h"
#include "serve/generate.h"
#include "serve/models.h"

namespace tercet::serve {

/// The tokens of a prompt as if they had been generated. The first one has no probability: NaN.
std::vector<GeneratedToken> score_prompt(const ServedModel& model, const Prompt& prompt,
                                         std::size_t alternatives);

/// What a token is called: its text; "</s>" for a sentence's end, which has none.
std::string_view name_of(WordId word, std::string_view text);

/// {"tokens", "token_logprobs", "top_logprobs", "text_offset"} of an echoed prompt, which may be
/// empty, and of what follows from `offset` on, in code points.
void write_legacy_logprobs(json::Writer& json, std::span<const GeneratedToken> echoed,
                           std::size_t offset, std::span<const GeneratedToken> tokens);
/// [{"token", "logprob", "bytes", "top_logprobs"}]
void write_chat_logprobs(json::Writer& json, std::span<const GeneratedToken> tokens);
/// The same with ids, as llama.cpp has it; with "prob" and "top_probs" if those are asked for.
void write_native_logprobs(json::Writer& json, std::span<const GeneratedToken> tokens,
                           bool as_probabilities);

}  // namespace tercet::serve

#endif  // TERCET_SERVE_LOGPROBS_H_
