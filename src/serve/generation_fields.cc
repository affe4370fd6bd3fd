#include "serve/generation_fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <random>

namespace tercet::serve {
namespace {

constexpr std::size_t kMostStops = 64;
constexpr std::size_t kMostBiases = 300;
constexpr double kMostBias = 1000;
constexpr std::int64_t kLargest = std::int64_t{1} << 53;

std::uint64_t random_seed() {
  thread_local std::random_device device;
  return ((std::uint64_t{device()} << 32U) | device()) >> 11U;  // What JSON's numbers can say.
}

bool is_id(std::int64_t id, const Model& model) {
  return id >= 0 && id < static_cast<std::int64_t>(model.vocabulary_size());
}

/// -100 for false, which is how llama.cpp's clients forbid a token.
bool read_bias(const json::Value& value, double& bias) {
  if (value.truth() != nullptr && !*value.truth()) {
    bias = -kMostBias;
    return true;
  }
  return value.number(bias) && bias >= -kMostBias && bias <= kMostBias;
}

/// {"12": -100} as OpenAI has it, or [[12, -100], [13, false]] as llama.cpp has it.
void read_biases(Fields& fields, const Model& model, SamplingOptions& options) {
  const json::Value* const value = fields.find("logit_bias");
  if (value == nullptr) return;
  bool right = value->object() != nullptr || value->array() != nullptr;
  const auto add = [&](std::int64_t id, const json::Value& amount) {
    double bias = 0;
    right = right && is_id(id, model) && read_bias(amount, bias);
    if (right) options.bias.emplace_back(static_cast<WordId>(id), bias);
  };
  if (value->object() != nullptr) {
    for (const auto& [name, amount] : *value->object()) {
      std::int64_t id = -1;
      const auto read = std::from_chars(name.data(), name.data() + name.size(), id);
      add(read.ptr == name.data() + name.size() ? id : -1, amount);
    }
  } else if (value->array() != nullptr) {
    for (const json::Value& pair : *value->array()) {
      const json::Array* const two = pair.array();
      const bool is_pair = two != nullptr && two->size() == 2 && (*two)[0].integer() != nullptr;
      right = right && is_pair;
      if (is_pair) add(*(*two)[0].integer(), (*two)[1]);
    }
  }
  if (!right || options.bias.size() > kMostBiases) {
    options.bias.clear();
    fields.refuse("logit_bias", "must give token ids of this model numbers from -1000 to 1000");
  }
}

SamplingOptions read_sampling(Fields& fields, const Model& model,
                              const SamplingDefaults& defaults) {
  SamplingOptions out;
  out.temperature = fields.number({"temperature"}, defaults.temperature, 0, 100);
  if (out.temperature < 1e-3) out.temperature = 0;
  out.top_p = fields.number({"top_p"}, defaults.top_p, 0, 1);
  out.min_p = fields.number({"min_p"}, defaults.min_p, 0, 1);
  out.top_k = static_cast<std::size_t>(
      std::max<std::int64_t>(0, fields.integer({"top_k"}, defaults.top_k, -1, kLargest)));
  out.repetition = fields.number({"repeat_penalty", "repetition_penalty"}, 1, 0.01, 100);
  out.presence = fields.number({"presence_penalty"}, 0, -100, 100);
  out.frequency = fields.number({"frequency_penalty"}, 0, -100, 100);
  const std::int64_t latest =
      fields.integer({"repeat_last_n", "repetition_penalty_range"}, 64, -1, kLargest);
  out.penalised = latest < 0 ? kMostTokens : static_cast<std::size_t>(latest);
  const std::int64_t seed = fields.integer({"seed"}, -1, -kLargest, kLargest);
  out.seed = seed < 0 ? random_seed() : static_cast<std::uint64_t>(seed);
  read_biases(fields, model, out);
  return out;
}

}  // namespace

GenerateOptions read_generation(Fields& fields, const Model& model,
                                const SamplingDefaults& defaults) {
  GenerateOptions out;
  out.sampling = read_sampling(fields, model, defaults);
  out.stops = fields.strings({"stop", "stopping_strings"});
  if (out.stops.size() > kMostStops)
    fields.refuse("stop", fmt::format("at most {} strings", kMostStops));
  return out;
}

void read_length(Fields& fields, Fields::Names names, std::int64_t otherwise,
                 GenerateOptions& options) {
  const std::int64_t length = fields.integer(names, otherwise, -kLargest, kLargest);
  const bool goes_on = fields.truth({"ignore_eos", "ban_eos_token"}, false);
  if (length >= 0) {
    options.most_tokens = std::min(kMostTokens, static_cast<std::size_t>(length));
    return;
  }
  options.most_tokens = kFreeTokens;
  options.sentences = goes_on ? 0 : kFreeSentences;
}

std::vector<WordId> read_ids(Fields& fields, std::string_view name, const json::Value& value,
                             const Model& model) {
  std::vector<WordId> out;
  bool right = value.array() != nullptr;
  if (right) {
    for (const json::Value& each : *value.array()) {
      right = right && each.integer() != nullptr && is_id(*each.integer(), model);
      if (right) out.push_back(static_cast<WordId>(*each.integer()));
    }
  }
  if (right) return out;
  fields.refuse(name, fmt::format("must hold token ids of this model, whole numbers from 0 to {}",
                                  model.vocabulary_size() - 1));
  return {};
}

std::vector<Prompt> read_prompts(Fields& fields, const Model& model, bool finished) {
  const json::Value* const value = fields.find("prompt");
  if (value == nullptr) return {read_prompt(model, std::string_view(), finished)};
  if (value->string() != nullptr) return {read_prompt(model, *value->string(), finished)};
  if (value->array() == nullptr || value->array()->empty()) {
    fields.refuse("prompt", "must be a string, token ids, or an array of either");
    return {};
  }
  const json::Array& array = *value->array();
  if (array.front().integer() != nullptr)
    return {read_prompt(model, read_ids(fields, "prompt", *value, model))};
  if (array.size() > kMostPrompts) {
    fields.refuse("prompt", fmt::format("at most {} of them", kMostPrompts));
    return {};
  }
  std::vector<Prompt> out;
  for (const json::Value& each : array) {
    out.push_back(each.string() != nullptr
                      ? read_prompt(model, *each.string(), finished)
                      : read_prompt(model, read_ids(fields, "prompt", each, model)));
  }
  return out;
}

}  // namespace tercet::serve
