// Texts in a model's tokens: words and signs as its vocabulary knows them, and ends of sentences.
#ifndef TERCET_SERVE_TOKENS_H_
#define TERCET_SERVE_TOKENS_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tercet/model.h"
#include "text/join.h"

namespace tercet::serve {

/// One token of a text, by bytes. The white space before a word belongs to it; `</s>` is empty.
struct TextToken {
  WordId word = kUnknown;
  std::size_t begin = 0;
  std::size_t end = 0;
};

struct TokenizedText {
  std::string text;  ///< Clean: valid UTF-8 in NFC.
  std::vector<TextToken> tokens;
};

/// The tokens that score_text() scores, but for one: a sentence has its `</s>` where the text shows
/// its end, before the next sentence or behind a line break; so the last sentence has none unless a
/// line break follows. "<s>", "</s>" and "<unk>", each by itself, are those tokens.
TokenizedText tokenize(const Model& model, std::string_view text);

/// Where a text goes on.
struct Place {
  State state;
  bool sentence_start = true;
  /// The word begun, to be completed, and what the vocabulary calls it; empty behind white space
  /// and signs.
  std::string typed;
  std::string folded;
};

/// Behind `text`, which is clean, as a person would read it who goes on writing there.
Place place_behind(const Model& model, std::string_view text);
/// Behind tokens. They begin a sentence, as does what follows `<s>` or `</s>`.
Place place_behind(const Model& model, std::span<const TextToken> tokens);

/// Writes tokens as text, with the spaces and capitals of the place. In running text one sentence
/// follows another on the same line; plain tokens have a line for each. `model` must outlive it.
class Speller {
 public:
  explicit Speller(const Model& model);

  /// Goes on behind this clean text, at `place`.
  void see(std::string_view text, const Place& place);
  /// Whether every token may come next. Behind white space some may not: nobody writes "tea ,".
  bool fits_any() const;
  bool fits(WordId word) const;
  /// Appends what the token adds to the text: a word begun is only completed.
  void append(WordId word, std::string& out);

 private:
  void append_word(WordId word, std::string& out);
  void append_rest(WordId word, std::string& out);
  void spell(WordId word, std::string& out) const;

  const Model& model_;
  text::Joiner joiner_;
  std::string typed_;
  bool sentence_start_ = true;
  bool spaced_ = true;  ///< No space is needed: the text is empty or ends with white space.
};

/// The tokens as one text.
TokenizedText spell(const Model& model, std::span<const WordId> words);

}  // namespace tercet::serve

#endif  // TERCET_SERVE_TOKENS_H_
