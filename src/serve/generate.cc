#include "serve/generate.h"

#include <utility>

#include "text/utf8.h"

namespace tercet::serve {

std::vector<std::string> texts_of(const Speller& place, std::span<const Choice> choices) {
  std::vector<std::string> out;
  for (const Choice& each : choices) {
    Speller speller = place;
    speller.append(each.word, out.emplace_back());
  }
  return out;
}

Prompt read_prompt(const Model& model, std::string_view text, bool finished) {
  Prompt prompt{tokenize(model, text), {}};
  auto& [content, place] = prompt;
  place = place_behind(model, std::string_view(content.text));
  if (place.typed.empty()) return prompt;
  const bool unknown = model.words_with_prefix(place.folded).empty();
  if (finished || unknown) {
    place = place_behind(model, content.tokens);
  } else {
    const std::size_t begun = content.text.size() - place.typed.size();
    std::erase_if(content.tokens, [begun](const TextToken& token) { return token.end > begun; });
  }
  return prompt;
}

Prompt read_prompt(const Model& model, std::span<const WordId> words) {
  Prompt prompt{spell(model, words), {}};
  prompt.place = place_behind(model, prompt.content.tokens);
  return prompt;
}

Generator::Generator(const ServedModel& model, const Prompt& prompt, GenerateOptions options)
    : model_(model),
      options_(std::move(options)),
      sampler_(model_, options_.sampling),
      speller_(model_.model),
      stops_(options_.stops),
      place_(prompt.place) {
  speller_.see(prompt.content.text, prompt.place);
  if (options_.most_tokens == 0) finish_ = Finish::kLength;
  if (options_.metrics != nullptr) ++options_.metrics->generations;
}

Generator::~Generator() {
  if (options_.metrics != nullptr) --options_.metrics->generations;
}

bool Generator::next(Chunk& chunk) {
  chunk = {};
  if (finish_ != Finish::kNotYet) return false;
  GeneratedToken token;
  if (draw(token)) {
    advance(token);
    const std::size_t begin = std::exchange(made_, made_ + token.text.size());
    chunk.text = stops_.feed(token.text);
    waiting_.push_back({std::move(token), begin});
  } else {
    finish_ = Finish::kEnd;
  }
  if (finish_ == Finish::kNotYet && is_late()) finish_ = Finish::kLength;
  if (stops_.stopped()) finish_ = Finish::kStop;
  if (finish_ != Finish::kNotYet) chunk.text += stops_.finish();
  release(chunk);
  return true;
}

bool Generator::is_late() const {
  return options_.most_time.count() > 0 && Clock::now() - begun_ >= options_.most_time;
}

bool Generator::draw(GeneratedToken& token) {
  if (!sampler_.draw(gap(), token)) return false;
  if (options_.alternatives > 0) find_best(token);
  speller_.append(token.word, token.text);
  token.offset = std::exchange(length_, length_ + text::code_point_count(token.text));
  ++drawn_;
  if (options_.metrics != nullptr) ++options_.metrics->tokens_generated;
  return true;
}

/// As texts that would stand where the token stands.
void Generator::find_best(GeneratedToken& token) {
  token.best = best_tokens(model_, gap(), options_.alternatives, scratch_);
  token.best_texts = texts_of(speller_, token.best);
}

void Generator::advance(const GeneratedToken& token) {
  const Model& model = model_.model;
  const bool ended = token.word == kSentenceEnd;
  place_ = {ended ? model.begin() : model.advance(place_.state, token.word), ended, {}, {}};
  if (ended) ++sentences_;
  if (drawn_ == options_.most_tokens) finish_ = Finish::kLength;
  if (ended && sentences_ == options_.sentences) finish_ = Finish::kEnd;
}

/// Shows the tokens that begin in the text shown; at the end, empty ones behind it too.
void Generator::release(Chunk& chunk) {
  shown_ += chunk.text.size();
  const bool whole = finish_ != Finish::kNotYet && finish_ != Finish::kStop;
  while (!waiting_.empty() && (waiting_.front().begin < shown_ || (whole && shown_ == made_))) {
    chunk.tokens.push_back(std::move(waiting_.front().token));
    waiting_.pop_front();
  }
}

}  // namespace tercet::serve
