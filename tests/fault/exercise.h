// Uses every part of a model that may be nonsense: it must neither crash nor run on for ever.
#ifndef TERCET_TESTS_FAULT_EXERCISE_H_
#define TERCET_TESTS_FAULT_EXERCISE_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "tercet/model.h"
#include "tercet/predictor.h"

namespace tercet::testing {

class CountingVisitor final : public ScoreVisitor {
 public:
  void token(const ScoredToken&) override { ++tokens; }
  std::size_t tokens = 0;
};

/// A walk through the model: each word the best, or if there is none any, of the one before.
inline void walk(const Model& model, const Predictor& predictor, Scratch& scratch) {
  State state = model.begin();
  for (std::uint32_t i = 0; i < 20; ++i) {
    const auto best = predictor.top(state, {0, model.vocabulary_size()}, 3, scratch);
    const WordId word = best.empty() ? i % model.vocabulary_size() : best[i % best.size()].word;
    static_cast<void>(model.score(state, word, state));
  }
}

inline std::size_t exercise(const Model& model) {
  std::size_t bytes = model.info().sections.size() + model.info().notes.size();
  const Predictor predictor(model, {.punctuation = true, .blocked = {"the", "<s>"}});
  Scratch scratch;
  for (const std::string_view text :
       {"", "the cat ", "The d", "Кошка ", "a a a a a a a a a", "\xFF"}) {
    bytes += predictor.suggest({text, 5, 1}, scratch).list.size();
    for (const Suggestion& one : predictor.suggest({text, 2, 3}, scratch).list)
      bytes += one.text.size();
    bytes += model.words_with_prefix(text).end + model.id(text);
  }
  walk(model, predictor, scratch);
  for (const WordId word : {0U, 1U, 2U, 3U, 7U, 0xFF'FFFFU, 0xFFFF'FFFFU}) {
    bytes += model.word(word).size();
    State next;
    static_cast<void>(model.score(model.begin(), word, next));
    static_cast<void>(model.score(next, 3, next));
  }
  CountingVisitor visitor;
  score_text(model, "the cat sat.\nКошка ест", visitor);
  return bytes + visitor.tokens;
}

}  // namespace tercet::testing

#endif  // TERCET_TESTS_FAULT_EXERCISE_H_
