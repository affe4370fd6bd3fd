// A document as numbers.
#ifndef TERCET_API_DOCUMENT_READER_H_
#define TERCET_API_DOCUMENT_READER_H_

#include <string>
#include <string_view>
#include <vector>

#include "predict/own_words.h"
#include "session/lexicon.h"
#include "tercet/model.h"
#include "tercet/predictor.h"

namespace tercet::api {

/// Reads documents. Words that the model does not know get numbers of their own.
class DocumentReader final : private ScoreVisitor {
 public:
  explicit DocumentReader(const session::Lexicon& lexicon)
      : lexicon_(lexicon), own_(lexicon.model().vocabulary_size()) {}

  /// Its next lines, with kSentenceEnd behind each sentence.
  std::vector<WordId> read(std::string_view lines) {
    words_.clear();
    score_text(lexicon_.model(), lines, *this);
    return words_;
  }

 private:
  void token(const ScoredToken& token) override {
    if (token.word == kUnknown) lexicon_.fold(token.text, folded_);
    words_.push_back(token.word == kUnknown ? own_.add(folded_) : token.word);
  }

  const session::Lexicon& lexicon_;
  predict::OwnWords own_;
  std::vector<WordId> words_;
  std::string folded_;
};

}  // namespace tercet::api

#endif  // TERCET_API_DOCUMENT_READER_H_
