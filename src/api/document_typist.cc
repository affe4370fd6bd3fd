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

/// What is absent leaves its share to the background model.
predict::MixtureWeights weights_of(const Additions& additions) {
  predict::MixtureWeights weights = predict::kDefaultWeights;
  if (!additions.document_ngrams) weights.person = {};
  if (!additions.recent_words) weights.recent = {};
  return weights;
}

bool any_of(const Additions& additions) {
  return std::any_of(kAdditions.begin(), kAdditions.end(),
                     [&](const NamedAddition& each) { return additions.*each.member; });
}

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
                               std::span<const std::uint32_t> slots, const Additions& additions)
    : model_(model), hidden_(hidden), slots_(slots), additions_(additions), typist_(slots) {}

void DocumentTypist::type(std::string_view learnt, std::string_view text, std::uint64_t most_words,
                          measure::Document& document) {
  document.sums = measure::Sums(slots_.size());
  document.calibration = {};
  document_ = &document;
  most_words_ = most_words;
  written_ = 0;
  own_ids_.clear();
  own_words_.clear();
  mixture_.reset();
  if (any_of(additions_)) mixture_.emplace(model_.data().ngrams(), weights_of(additions_));
  measuring_ = false;
  score_text(model_, learnt, *this);
  measuring_ = true;
  score_text(model_, text, *this);
}

void DocumentTypist::token(const ScoredToken& token) {
  if (measuring_ && document_->sums.words == most_words_) return;
  const bool word = token.word != kSentenceEnd && is_word(token.text);
  const WordId id = id_of(token);
  state_ = token.state;
  if (measuring_) {
    const bool known = add_score(token, id);
    look_ahead(id);
    if (word) type_word(token, id, known);
  }
  written_ += word ? 1 : 0;
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
  measure::Sums& sums = document_->sums;
  ++sums.tokens;
  sums.log10_sum += log10_probability;
  if (known) {
    sums.log10_sum_known += log10_probability;
  } else {
    ++sums.unknown;
  }
  return known;
}

/// Makes the longest list before the token's first character. It knows as little as the person's
/// device whether a word follows, or a sign, or nothing.
void DocumentTypist::look_ahead(WordId id) {
  make_list({}, *std::max_element(slots_.begin(), slots_.end()));
  for (const predict::Weighed& each : weighed_) {
    document_->calibration.add(each.probability, each.word == weighed_.front().word,
                               each.word == id);
  }
}

void DocumentTypist::type_word(const ScoredToken& token, WordId id, bool known) {
  const std::string_view word = id == kUnknown ? token.text : spelling(id);
  if (known) {
    typist_.type(word, [&](std::string_view prefix, std::size_t count) {
      if (!prefix.empty()) make_list(prefix, count);  // The first has been made.
      return std::span<const std::string_view>(listed_);
    });
  } else {
    typist_.type_unaided(word);
  }
  document_->sums.add_word(typist_, text::code_point_count(word) + 1, token.word == kUnknown,
                           written_);
}

void DocumentTypist::make_list(std::string_view prefix, std::size_t count) {
  const auto start = Clock::now();
  const Filter filter(*this, prefix);
  weighed_.clear();
  if (mixture_) {
    const auto best = mixture_->top(filter, count);
    weighed_.assign(best.begin(), best.end());
  } else {
    const model::Ngrams& ngrams = model_.data().ngrams();
    for (const predict::Candidate& each : top_k_.search(ngrams, state_, filter.background(), count))
      weighed_.push_back({ngrams.scale().probability(each.cost), each.word});
  }
  listed_.clear();
  for (const predict::Weighed& each : weighed_) listed_.push_back(spelling(each.word));
  microseconds_.push_back(std::chrono::duration<float, std::micro>(Clock::now() - start).count());
}

}  // namespace tercet::api
