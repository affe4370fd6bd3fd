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

PromptScorer::PromptScorer(const ServedModel& model, const Prompt& prompt, std::size_t alternatives)
    : model_(model),
      content_(prompt.content),
      alternatives_(alternatives),
      speller_(model_.model),
      gap_{model_.model.begin(), true, {}} {}

bool PromptScorer::next(GeneratedToken& token) {
  if (at_ == content_.tokens.size()) return false;
  const TextToken& from = content_.tokens[at_];
  const Model& model = model_.model;
  token = {};
  token.word = from.word;
  token.text = content_.text.substr(from.begin, from.end - from.begin);
  token.offset = std::exchange(offset_, offset_ + text::code_point_count(token.text));
  State next;
  token.log_probability = log_probability(model.score(gap_.state, from.word, next));
  if (at_ == 0) {
    token.log_probability = std::numeric_limits<double>::quiet_NaN();
  } else if (alternatives_ > 0) {
    token.best = best_tokens(model_, gap_, alternatives_, scratch_);
    token.best_texts = texts_of(speller_, token.best);
  }
  std::string ignored;
  speller_.append(from.word, ignored);
  gap_.sentence_start = from.word == kSentenceBegin || from.word == kSentenceEnd;
  gap_.state = gap_.sentence_start ? model.begin() : next;
  ++at_;
  return true;
}

void add_legacy_logprob(TokenLists& lists, const GeneratedToken& token, std::size_t offset) {
  auto& [tokens, logprobs, tops, offsets] = lists;
  tokens.value(name_of(token.word, token.text));
  logprobs.value(token.log_probability);  // NaN is null.
  has_probability(token) ? write_top(tops, token) : void(tops.null());
  offsets.value(offset + token.offset);
}

void write_legacy_logprobs(json::Writer& json, const TokenLists& lists) {
  static constexpr std::array<std::string_view, std::tuple_size_v<TokenLists>> kNames = {
      "tokens", "token_logprobs", "top_logprobs", "text_offset"};
  json.begin_object();
  for (std::size_t i = 0; i < lists.size(); ++i)
    json.key(kNames[i]).begin_array().values(lists[i]).end_array();
  json.end_object();
}

void add_chat_logprob(json::Writer& list, const GeneratedToken& token) {
  begin_entry(list, name_of(token.word, token.text), token.text);
  list.field("logprob", token.log_probability).key("top_logprobs").begin_array();
  for (std::size_t i = 0; i < token.best.size(); ++i) {
    begin_entry(list, name_of_best(token, i), token.best_texts[i]);
    list.field("logprob", token.best[i].log_probability).end_object();
  }
  list.end_array().end_object();
}

void add_native_logprob(json::Writer& list, const GeneratedToken& token, bool as_probabilities) {
  const auto write = [&](double log_probability) {
    as_probabilities ? list.field("prob", std::exp(log_probability))
                     : list.field("logprob", log_probability);
  };
  begin_entry(list, name_of(token.word, token.text), token.text);
  write(token.log_probability);
  list.field("id", token.word).key(as_probabilities ? "top_probs" : "top_logprobs").begin_array();
  for (std::size_t i = 0; i < token.best.size(); ++i) {
    begin_entry(list, name_of_best(token, i), token.best_texts[i]);
    write(token.best[i].log_probability);
    list.field("id", token.best[i].word).end_object();
  }
  list.end_array().end_object();
}

}  // namespace tercet::serve
