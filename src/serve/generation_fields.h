// What clients of all kinds say about a continuation, under the names that each of them uses.
#ifndef TERCET_SERVE_GENERATION_FIELDS_H_
#define TERCET_SERVE_GENERATION_FIELDS_H_

#include <cstddef>
#include <vector>

#include "serve/fields.h"
#include "serve/generate.h"
#include "serve/models.h"

namespace tercet::serve {

/// Longer continuations are cut here.
inline constexpr std::size_t kMostTokens = 4096;
/// Of a continuation of unlimited length: it ends with its third sentence, or after so many tokens.
inline constexpr std::size_t kFreeSentences = 3;
inline constexpr std::size_t kFreeTokens = 256;
/// Of one request, over all its continuations.
inline constexpr std::size_t kMostTokensOfRequest = 65'536;
inline constexpr std::size_t kMostPrompts = 2048;
/// Tokens of one request that are answered with probabilities, each with its alternatives.
inline constexpr std::size_t kMostProbabilities = 1'000'000;

/// What holds where a client says nothing.
struct SamplingDefaults {
  double temperature = 1;
  double top_p = 1;
  double min_p = 0;
  std::int64_t top_k = 0;
};

/// Everything but the length, which clients bound in different ways, and the alternatives.
GenerateOptions read_generation(Fields& fields, const Model& model,
                                const SamplingDefaults& defaults);
/// The first of `names` that is there; less than 0, or -1 by default, means no limit.
void read_length(Fields& fields, Fields::Names names, std::int64_t otherwise,
                 GenerateOptions& options);

/// A prompt: a string, an array of them, an array of token ids, or an array of such arrays.
std::vector<Prompt> read_prompts(Fields& fields, const Model& model, bool finished);
/// The ids in `name`; nothing if that is no array of them.
std::vector<WordId> read_ids(Fields& fields, std::string_view name, const json::Value& value,
                             const Model& model);

}  // namespace tercet::serve

#endif  // TERCET_SERVE_GENERATION_FIELDS_H_
