#include <span>
#include <string>
#include <vector>

#include "model/model_data.h"
#include "tercet/predictor.h"
#include "text/fold.h"
#include "text/language.h"
#include "text/lines.h"
#include "text/sentences.h"
#include "text/tokenizer.h"
#include "text/utf8.h"

namespace tercet {
namespace {

/// Walks sentences through the model.
class SentenceScorer {
 public:
  SentenceScorer(const Model& model, ScoreVisitor& visitor)
      : model_(model), visitor_(visitor), begin_(model.begin()), state_(begin_) {}

  void word(std::string_view surface, WordId id) {
    const State before = state_;
    const Score score = model_.score(before, id, state_);
    visitor_.token({surface, id, score, before});
  }
  void end_sentence() {
    word("</s>", kSentenceEnd);
    state_ = begin_;
  }

 private:
  const Model& model_;
  ScoreVisitor& visitor_;
  const State begin_;
  State state_;
};

void score_plain_tokens(const Model& model, std::string_view lines, SentenceScorer& scorer) {
  std::vector<std::string_view> pieces;
  text::for_each_line(lines, [&](std::string_view line) {
    text::split_tokens(line, pieces);
    for (const std::string_view piece : pieces) {
      const WordId id = model.id(piece);
      // Sentence marks in the text are skipped, as training skips them.
      if (id != kSentenceBegin && id != kSentenceEnd) scorer.word(piece, id);
    }
    scorer.end_sentence();
  });
}

void score_running_text(const Model& model, std::string_view lines, SentenceScorer& scorer) {
  const text::Language& language = text::language(model.data().language());
  std::string buffer;
  std::string folded;
  text::CleanStats ignored;
  text::for_each_sentence(text::clean(lines, buffer, ignored), text::Tokenizer(language),
                          [&](std::span<const std::string_view> words) {
                            for (const std::string_view word : words) {
                              text::fold(word, language, folded);
                              scorer.word(word, model.id(folded));
                            }
                            scorer.end_sentence();
                          });
}

}  // namespace

void score_text(const Model& model, std::string_view lines, ScoreVisitor& visitor) {
  SentenceScorer scorer(model, visitor);
  model.data().plain_tokens() ? score_plain_tokens(model, lines, scorer)
                              : score_running_text(model, lines, scorer);
}

}  // namespace tercet
