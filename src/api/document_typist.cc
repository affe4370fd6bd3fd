#include "api/document_typist.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

#include "model/model_data.h"
#include "text/utf8.h"

namespace tercet::api {
namespace {

using Clock = std::chrono::steady_clock;

bool any_of(const Additions& additions) {
  return std::any_of(kAdditions.begin(), kAdditions.end(),
                     [&](const NamedAddition& each) { return additions.*each.member; });
}

}  // namespace

session::VoiceOptions voice_options(const Additions& additions, const Weights* tuned) {
  session::VoiceOptions options;
  Weights& weights = options.mixture.weights;
  if (tuned != nullptr) weights = *tuned;
  if (!additions.document_ngrams) weights.document = {};
  if (!additions.recent_words) weights.recent = {};
  if (!additions.person_ngrams) weights.person = {};
  if (!additions.repeats) weights.repeat = {};
  if (!additions.learning_weights) options.mixture.adaptation_strength = 0;
  options.restraint = additions.restraint;
  return options;
}

DocumentTypist::DocumentTypist(std::shared_ptr<const session::Lexicon> lexicon,
                               const predict::LaneModel* lanes, const EvaluateOptions& options,
                               const Additions& additions)
    : lexicon_(std::move(lexicon)),
      lanes_(additions.fit ? lanes : nullptr),
      options_(options),
      additions_(additions),
      typist_(options.slots) {}

void DocumentTypist::type(std::string_view learnt, std::string_view text, std::uint64_t most_words,
                          measure::Document& document) {
  document.sums = measure::Sums(options_.slots.size());
  document.calibration = {};
  document_ = &document;
  most_words_ = most_words;
  written_ = 0;
  voice_.reset();
  fit_.reset();
  if (lanes_ != nullptr) fit_.emplace(*lanes_);
  if (any_of(additions_) || fit_) {
    voice_.emplace(lexicon_, voice_options(additions_, options_.weights));
    for (const auto& sentence : options_.remembered)
      voice_->remember(std::vector<std::string_view>(sentence.begin(), sentence.end()));
  }
  sentence_begins_ = true;
  measuring_ = false;
  score_text(lexicon_->model(), learnt, *this);
  measuring_ = true;
  score_text(lexicon_->model(), text, *this);
}

void DocumentTypist::token(const ScoredToken& token) {
  if (measuring_ && document_->sums.words == most_words_) return;
  const bool word = token.word != kSentenceEnd && session::is_word(token.text);
  state_ = token.state;
  if (measuring_) {
    const bool own = token.word == kUnknown && voice_;
    const WordId id = own ? voice_->id_of(token.text) : token.word;
    const bool known = add_score(token, id);
    look_ahead(id);
    if (word) type_word(token, id, known);
  }
  written_ += word ? 1 : 0;
  learn(token);
}

/// What is measured is learnt word by word, what was written before by sentences.
void DocumentTypist::learn(const ScoredToken& token) {
  if (!voice_) return;
  if (fit_ && token.word != kSentenceEnd) fit_->push(token.word);
  if (token.word != kSentenceEnd) {
    if (measuring_) {
      voice_->write(voice_->id_of(token.text), token.text, sentence_begins_);
    } else {
      sentence_.emplace_back(token.text);
    }
  } else if (measuring_) {
    voice_->end_sentence();
  } else {
    const std::vector<std::string_view> words(sentence_.begin(), sentence_.end());
    voice_->remember(words);
    sentence_.clear();
  }
  sentence_begins_ = token.word == kSentenceEnd;
}

/// Returns whether the word can be listed: the model has it, or the person has written it.
bool DocumentTypist::add_score(const ScoredToken& token, WordId id) {
  double log10_probability = token.score.log10_probability;
  bool known = token.word != kUnknown;
  if (voice_) {
    const predict::Mixture& mixture = voice_->mixture();
    const double probability = mixture.probability(id);
    known = probability > 0;
    log10_probability = std::log10(known ? probability : mixture.probability(kUnknown));
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
  if (voice_ && fit_) fit_->look(voice_->mixture());
  make_list({}, *std::max_element(options_.slots.begin(), options_.slots.end()));
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

std::string_view DocumentTypist::spelling(WordId id) const {
  return voice_ ? voice_->word(id) : lexicon_->model().word(id);
}

void DocumentTypist::make_list(std::string_view prefix, std::size_t count) {
  const auto start = Clock::now();
  weighed_.clear();
  if (voice_) {
    const auto best =
        fit_ ? voice_->top(prefix, count, fit_->posterior()) : voice_->top(prefix, count);
    weighed_.assign(best.begin(), best.end());
  } else {
    const model::Ngrams& ngrams = lexicon_->data().ngrams();
    const predict::WordFilter filter{lexicon_->model().words_with_prefix(prefix),
                                     &lexicon_->signs()};
    for (const predict::Candidate& each : top_k_.search(ngrams, state_, filter, count))
      weighed_.push_back({ngrams.scale().probability(each.cost), each.word});
  }
  listed_.clear();
  for (const predict::Weighed& each : weighed_) listed_.push_back(spelling(each.word));
  microseconds_.push_back(std::chrono::duration<float, std::micro>(Clock::now() - start).count());
}

}  // namespace tercet::api
