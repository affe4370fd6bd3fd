#include "serve/logprobs.h"

#include <cmath>
#include <limits>
#include <utility>

#include "text/utf8.h"

namespace tercet::serve {
namespace {

/// A word among a token's alternatives, by name. The token itself goes by its own text.
std::string_view name_of_best(const GeneratedToken& token, std::size_t i) {
  if (token.best[i].word == token.word) return name_of(token.word, token.text);
  return name_of(token.best[i].word, token.best_texts[i]);
}

bool has_probability(const GeneratedToken& token) { return !std::isnan(token.log_probability); }

/// Name to log-probability: the best, and the token itself if it is not one of them.
void write_top(json::Writer& json, const GeneratedToken& token) {
  json.begin_object();
  bool listed = false;
  for (std::size_t i = 0; i < token.best.size(); ++i) {
    json.field(name_of_best(token, i), token.best[i].log_probability);
    listed = listed || token.best[i].word == token.word;
  }
  if (!listed) json.field(name_of(token.word, token.text), token.log_probability);
  json.end_object();
}

void write_bytes(json::Writer& json, std::string_view text) {
  json.key("bytes").begin_array();
  for (const char c : text) json.value(static_cast<unsigned>(static_cast<unsigned char>(c)));
  json.end_array();
}

/// The members of one token or alternative, its object left open.
void begin_entry(json::Writer& json, std::string_view name, std::string_view text) {
  json.begin_object().field("token", name);
  write_bytes(json, text);
}

}  // namespace

std::string_view name_of(WordId word, std::string_view text) {
  return word == kSentenceEnd ? "</s>" : text;
}

std::vector<GeneratedToken> score_prompt(const ServedModel& model, const Prompt& prompt,
                                         std::size_t alternatives) {
  std::vector<GeneratedToken> out;
  Scratch scratch;
  Speller speller(model.model);
  Gap gap{model.model.begin(), true, {}};
  std::size_t offset = 0;
  for (const TextToken& token : prompt.content.tokens) {
    GeneratedToken& scored = out.emplace_back();
    State next;
    scored.word = token.word;
    scored.text = prompt.content.text.substr(token.begin, token.end - token.begin);
    scored.offset = std::exchange(offset, offset + text::code_point_count(scored.text));
    scored.log_probability = log_probability(model.model.score(gap.state, token.word, next));
    if (alternatives > 0 && out.size() > 1) {
      scored.best = best_tokens(model, gap, alternatives, scratch);
      scored.best_texts = texts_of(speller, scored.best);
    }
    std::string ignored;
    speller.append(token.word, ignored);
    gap.sentence_start = token.word == kSentenceBegin || token.word == kSentenceEnd;
    gap.state = gap.sentence_start ? model.model.begin() : next;
  }
  if (!out.empty()) out.front().log_probability = std::numeric_limits<double>::quiet_NaN();
  return out;
}

void write_legacy_logprobs(json::Writer& json, std::span<const GeneratedToken> echoed,
                           std::size_t offset, std::span<const GeneratedToken> tokens) {
  const auto list = [&](std::string_view name, const auto& write) {
    json.key(name).begin_array();
    for (const GeneratedToken& token : echoed) write(token, 0);
    for (const GeneratedToken& token : tokens) write(token, offset);
    json.end_array();
  };
  using Token = GeneratedToken;
  json.begin_object();
  list("tokens",
       [&](const Token& token, std::size_t) { json.value(name_of(token.word, token.text)); });
  list("token_logprobs", [&](const Token& token, std::size_t) {
    json.value(token.log_probability);  // NaN is null.
  });
  list("top_logprobs", [&](const Token& token, std::size_t) {
    has_probability(token) ? write_top(json, token) : void(json.null());
  });
  list("text_offset",
       [&](const Token& token, std::size_t from) { json.value(from + token.offset); });
  json.end_object();
}

void write_chat_logprobs(json::Writer& json, std::span<const GeneratedToken> tokens) {
  json.begin_array();
  for (const GeneratedToken& token : tokens) {
    begin_entry(json, name_of(token.word, token.text), token.text);
    json.field("logprob", token.log_probability).key("top_logprobs").begin_array();
    for (std::size_t i = 0; i < token.best.size(); ++i) {
      begin_entry(json, name_of_best(token, i), token.best_texts[i]);
      json.field("logprob", token.best[i].log_probability).end_object();
    }
    json.end_array().end_object();
  }
  json.end_array();
}

void write_native_logprobs(json::Writer& json, std::span<const GeneratedToken> tokens,
                           bool as_probabilities) {
  const auto write = [&](double log_probability) {
    as_probabilities ? json.field("prob", std::exp(log_probability))
                     : json.field("logprob", log_probability);
  };
  json.begin_array();
  for (const GeneratedToken& token : tokens) {
    begin_entry(json, name_of(token.word, token.text), token.text);
    write(token.log_probability);
    json.field("id", token.word).key(as_probabilities ? "top_probs" : "top_logprobs").begin_array();
    for (std::size_t i = 0; i < token.best.size(); ++i) {
      begin_entry(json, name_of_best(token, i), token.best_texts[i]);
      write(token.best[i].log_probability);
      json.field("id", token.best[i].word).end_object();
    }
    json.end_array().end_object();
  }
  json.end_array();
}

}  // namespace tercet::serve
