// Sound models to start from, made when the fuzzer starts.
#ifndef TERCET_FUZZ_SMALL_MODELS_H_
#define TERCET_FUZZ_SMALL_MODELS_H_

#include <cstddef>
#include <vector>

namespace tercet::fuzz {

/// Text and plain tokens, interpolated and not. Aborts if they cannot be made.
std::vector<std::vector<std::byte>> small_models();

/// One of English and one of Russian.
std::vector<std::vector<std::byte>> models_of_languages();

/// One with lanes, of a text with topics.
std::vector<std::byte> model_with_lanes();

}  // namespace tercet::fuzz

#endif  // TERCET_FUZZ_SMALL_MODELS_H_
