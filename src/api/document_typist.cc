#include "api/document_typist.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

#include "model/model_data.h"
#include "text/char_class.h"
#include "text/fold.h"
#include "text/language.h"
#include "text/utf8.h"

namespace tercet::api {
namespace {

using Clock = std::chrono::steady_clock;

}  // namespace

bool is_word(std::string_view token) {
  if (token.empty()) return false;
  const text::CharClass first = text::CharClasses::get().of(text::decode(token, 0).value);
  return text::is_letter(first) || first == text::CharClass::kIdeograph ||
         first == text::CharClass::kDigit;
}

predict::WordSet no_words(const Model& model) {
  predict::WordSet hidden(model.vocabulary_size());
  for (WordId word = 0; word < model.vocabulary_size(); ++word) {
    if (word < kFirstWord || !is_word(model.word(word))) hidden.insert(word);
  }
  return hidden;
}

/// Words that begin with what is typed.
class DocumentTypist::Filter final : public predict::MixtureFilter {
 public:
  Filter(const DocumentTypist& typist, std::string_view prefix)
      : typist_(typist), prefix_(prefix), range_(typist.model_.words_with_prefix(prefix)) {}
  predict::WordFilter background() const override { return {range_, &typist_.hidden_}; }
  bool allows(WordId word) const override {
    if (word < typist_.model_.vocabulary_size())
      return word >= range_.begin && word < range_.end && !typist_.hidden_.contains(word);
    const std::string_view own = typist_.spelling(word);
    return own.starts_with(prefix_) && is_word(own);
  }

 private:
  const DocumentTypist& typist_;
  std::string_view prefix_;
  WordRange range_;
};

DocumentTypist::DocumentTypist(const Model& model, const predict::WordSet& hidden,
                               const EvaluateOptions& options)
    : model_(model), hidden_(hidden), options_(options), typist_(options.slots) {}

measure::Sums DocumentTypist::type(std::string_view learnt, std::string_view text,
                                   std::uint64_t most_words) {
  sums_ = {};
  sums_.slots.resize(options_.slots.size());
  most_words_ = most_words;
  own_ids_.clear();
  own_words_.clear();
  mixture_.reset();
  if (!options_.background_only) mixture_.emplace(model_.data().ngrams());
  measuring_ = false;
  score_text(model_, learnt, *this);
  measuring_ = true;
  score_text(model_, text, *this);
  return std::move(sums_);
}

void DocumentTypist::token(const ScoredToken& token) {
  if (measuring_ && sums_.words == most_words_) return;
  const WordId id = id_of(token);
  state_ = token.state;
  if (measuring_) {
    const bool known = add_score(token, id);
    if (id != kSentenceEnd && is_word(token.text)) type_word(token, id, known);
  }
  if (mixture_) mixture_->accept(id);
}

/// An id of the model, or of the person's own words, which a word becomes when it is written.
WordId DocumentTypist::id_of(const ScoredToken& token) {
  if (token.word != kUnknown || !mixture_) return token.word;
  std::string folded(token.text);
  if (!model_.data().plain_tokens())
    text::fold(token.text, text::language(model_.data().language()), folded);
  const auto next = static_cast<WordId>(model_.vocabulary_size() + own_words_.size());
  const auto [at, is_new] = own_ids_.try_emplace(std::move(folded), next);
  if (is_new) own_words_.push_back(&at->first);
  return at->second;
}

std::string_view DocumentTypist::spelling(WordId id) const {
  return id < model_.vocabulary_size()
             ? model_.word(id)
             : std::string_view(*own_words_[id - model_.vocabulary_size()]);
}

/// Returns whether the word can be listed: the model has it, or the person has written it.
bool DocumentTypist::add_score(const ScoredToken& token, WordId id) {
  double log10_probability = token.score.log10_probability;
  bool known = token.word != kUnknown;
  if (mixture_) {
    const double probability = mixture_->probability(id);
    known = probability > 0;
    log10_probability = std::log10(known ? probability : mixture_->probability(kUnknown));
  }
  if (!std::isfinite(log10_probability)) return known;
  ++sums_.tokens;
  sums_.log10_sum += log10_probability;
  if (known) {
    sums_.log10_sum_known += log10_probability;
  } else {
    ++sums_.unknown;
  }
  return known;
}

void DocumentTypist::type_word(const ScoredToken& token, WordId id, bool known) {
  const std::string_view word = id == kUnknown ? token.text : spelling(id);
  ++sums_.words;
  sums_.oov += token.word == kUnknown ? 1 : 0;
  sums_.characters += text::code_point_count(word) + 1;
  if (known) {
    typist_.type(word,
                 [&](std::string_view prefix, std::size_t count) { return list(prefix, count); });
  } else {
    typist_.type_unaided(word);
  }
  for (std::size_t i = 0; i < sums_.slots.size(); ++i) {
    const measure::TypedWord& typed = typist_.result(i);
    sums_.slots[i].hits += typed.hit ? 1 : 0;
    sums_.slots[i].keys += typed.keys;
    sums_.slots[i].keys_reoffer += typed.keys_reoffer;
  }
}

std::span<const std::string_view> DocumentTypist::list(std::string_view prefix, std::size_t count) {
  const auto start = Clock::now();
  const Filter filter(*this, prefix);
  listed_.clear();
  if (mixture_) {
    for (const predict::Weighed& each : mixture_->top(filter, count))
      listed_.push_back(spelling(each.word));
  } else {
    for (const predict::Candidate& each :
         top_k_.search(model_.data().ngrams(), state_, filter.background(), count))
      listed_.push_back(model_.word(each.word));
  }
  microseconds_.push_back(std::chrono::duration<float, std::micro>(Clock::now() - start).count());
  return listed_;
}

}  // namespace tercet::api
