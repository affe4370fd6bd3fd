#include <string>
#include <vector>

#include "model/model_data.h"
#include "tercet/predictor.h"
#include "text/fold.h"
#include "text/language.h"
#include "text/lines.h"
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

void score_line_of_tokens(const Model& model, std::string_view line, SentenceScorer& scorer) {
  std::vector<std::string_view> pieces;
  text::split_tokens(line, pieces);
  for (const std::string_view piece : pieces) {
    const WordId id = model.id(piece);
    // Sentence marks in the text are skipped, as training skips them.
    if (id != kSentenceBegin && id != kSentenceEnd) scorer.word(piece, id);
  }
  scorer.end_sentence();
}

void score_line_of_text(const Model& model, std::string_view line, SentenceScorer& scorer) {
  const text::Language& language = text::language(model.data().language());
  std::vector<text::Token> tokens;
  std::string folded;
  text::Tokenizer(language).tokenize(line, tokens);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (i > 0 && tokens[i].starts_sentence) scorer.end_sentence();
    text::fold(tokens[i].surface, language, folded);
    scorer.word(tokens[i].surface, model.id(folded));
  }
  if (!tokens.empty()) scorer.end_sentence();
}

}  // namespace

void score_text(const Model& model, std::string_view lines, ScoreVisitor& visitor) {
  const bool plain = model.data().plain_tokens();
  std::string buffer;
  text::CleanStats ignored;
  const std::string_view clean = plain ? lines : text::clean(lines, buffer, ignored);
  SentenceScorer scorer(model, visitor);
  text::for_each_line(clean, [&](std::string_view line) {
    plain ? score_line_of_tokens(model, line, scorer) : score_line_of_text(model, line, scorer);
  });
}

}  // namespace tercet
