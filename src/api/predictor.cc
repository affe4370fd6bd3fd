#include "tercet/predictor.h"

#include <algorithm>
#include <utility>

#include "api/text_context.h"
#include "model/model_data.h"
#include "predict/phrases.h"
#include "predict/top_k.h"
#include "text/fold.h"
#include "text/forms.h"
#include "text/join.h"
#include "text/language.h"

namespace tercet {

struct Scratch::Parts {
  api::ContextReader context;
  predict::TopK top_k;
  predict::PhraseSearch phrases;
  std::vector<Predictor::Candidate> candidates;
  std::string text;               // All suggestions' texts, one after the other.
  std::vector<std::size_t> ends;  // Of each text.
  std::vector<Suggestion> list;
};

Scratch::Scratch() : parts_(std::make_unique<Parts>()) {}
Scratch::~Scratch() = default;
Scratch::Scratch(Scratch&&) noexcept = default;
Scratch& Scratch::operator=(Scratch&&) noexcept = default;

struct Predictor::Hidden {
  predict::WordSet words;
};

namespace {

/// Writes suggestions in the model's way of writing.
class Speller {
 public:
  Speller(const internal::ModelData& model, const api::TextContext& context)
      : model_(model), context_(context), language_(text::language(model.language())) {}

  void append(std::span<const WordId> words, std::string& out) const {
    text::Joiner joiner(language_);
    for (std::size_t i = 0; i < words.size(); ++i) {
      const std::string_view word = model_.vocabulary().word(words[i]);
      if (i > 0 && (model_.plain_tokens() || joiner.space_before(word))) out += ' ';
      joiner.see(word);
      if (model_.plain_tokens()) {
        out += word;
      } else {
        const text::FormRequest request{i == 0 && context_.sentence_start,
                                        i == 0 ? context_.typed : std::string_view()};
        text::choose_form(word, model_.vocabulary().forms(words[i]), request, language_, out);
      }
    }
  }

 private:
  const internal::ModelData& model_;
  const api::TextContext& context_;
  const text::Language& language_;
};

Suggestion scored(const model::CostScale& scale, std::int32_t cost, std::uint8_t order) {
  return {{},
          static_cast<float>(scale.log10_probability(cost)),
          static_cast<float>(scale.bits(cost)),
          order};
}

}  // namespace

Predictor::Predictor(Model model, const PredictorOptions& options) : model_(std::move(model)) {
  const internal::ModelData& data = model_.data();
  auto hidden = std::make_shared<Hidden>(Hidden{predict::WordSet(model_.vocabulary_size())});
  for (WordId word = 0; word < kFirstWord; ++word) hidden->words.insert(word);
  if (!options.punctuation && !data.plain_tokens()) {
    for (WordId word = kFirstWord; word < model_.vocabulary_size(); ++word) {
      if (data.vocabulary().word_class(word) == model::WordClass::kPunctuation)
        hidden->words.insert(word);
    }
  }
  std::string folded;
  for (const std::string& blocked : options.blocked) {
    folded = blocked;
    if (!data.plain_tokens()) text::fold(blocked, text::language(data.language()), folded);
    if (const WordId word = model_.id(folded); word != kUnknown) hidden->words.insert(word);
  }
  hidden_ = std::move(hidden);
}

bool Predictor::offers(WordId word) const noexcept {
  return word < model_.vocabulary_size() && !hidden_->words.contains(word);
}

std::span<const Predictor::Candidate> Predictor::top(const State& state, WordRange range,
                                                     std::size_t count, Scratch& scratch) const {
  Scratch::Parts& parts = *scratch.parts_;
  const model::Ngrams& ngrams = model_.data().ngrams();
  const auto best = parts.top_k.search(ngrams, state, {range, &hidden_->words}, count);
  parts.candidates.clear();
  for (const predict::Candidate& candidate : best) {
    parts.candidates.push_back(
        {candidate.word,
         {static_cast<float>(ngrams.scale().log10_probability(candidate.cost)), candidate.order}});
  }
  return parts.candidates;
}

Suggestions Predictor::suggest(const Query& query, Scratch& scratch) const {
  Scratch::Parts& parts = *scratch.parts_;
  const internal::ModelData& data = model_.data();
  const model::CostScale& scale = data.ngrams().scale();
  const api::TextContext context = parts.context.read(data, query.text);
  const predict::WordFilter filter{data.vocabulary().with_prefix(context.folded), &hidden_->words};
  const Speller speller(data, context);
  parts.list.clear();
  parts.text.clear();
  parts.ends.clear();
  const auto add = [&](std::span<const WordId> words, std::int32_t cost, std::uint8_t order) {
    speller.append(words, parts.text);
    parts.ends.push_back(parts.text.size());
    parts.list.push_back(scored(scale, cost, order));
  };
  if (query.words <= 1) {
    for (const predict::Candidate& best :
         parts.top_k.search(data.ngrams(), context.state, filter, query.count))
      add({&best.word, 1}, best.cost, best.order);
  } else {
    for (const predict::Phrase& best :
         parts.phrases.search(data.ngrams(), context.state, filter, query.count, query.words))
      add({best.words.data(), best.length}, best.cost, best.order);
  }
  std::size_t begin = 0;
  for (std::size_t i = 0; i < parts.list.size(); ++i) {
    parts.list[i].text = std::string_view(parts.text).substr(begin, parts.ends[i] - begin);
    begin = parts.ends[i];
  }
  return {context.typed, parts.list};
}

}  // namespace tercet
