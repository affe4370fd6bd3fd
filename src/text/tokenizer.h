// From a line of clean text to words, numbers, punctuation and addresses, as a person sees them.
#ifndef TERCET_TEXT_TOKENIZER_H_
#define TERCET_TEXT_TOKENIZER_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "text/language.h"

namespace tercet::text {

enum class TokenKind : std::uint8_t {
  kWord,         ///< Holds a letter: don't, mother-in-law, 1990s, т.е, one Han character.
  kNumber,       ///< Digits and what stands between digits: 3.14, 10:30, 2010-2012.
  kPunctuation,  ///< One sign, or a run that is one sign (..., ?!, --), or an emoji sequence.
  kAddress,      ///< A URL or an e-mail address.
};

struct Token {
  std::string_view surface;  ///< A view into the text that was tokenized.
  TokenKind kind;
  bool starts_sentence;
  bool space_before;  ///< White space, or the beginning of the text, stands before it.
};

/// Immutable and cheap to copy; safe to use from any number of threads.
class Tokenizer {
 public:
  /// `language` must outlive the tokenizer, as those that language() gives do.
  explicit Tokenizer(const Language& language) : language_(&language) {}

  /// Replaces `out` by the tokens of `clean_text` (see clean()); reusing `out` saves allocations.
  /// The first token of the text and of each line in it starts a sentence. Tokens cover everything
  /// but white space and invisible signs that stand outside words. Takes linear time.
  void tokenize(std::string_view clean_text, std::vector<Token>& out) const;

  const Language& language() const noexcept { return *language_; }

 private:
  const Language* language_;
};

/// Replaces `out` by the stretches of `line` between ASCII spaces, tabs, CR and LF, as they stand.
void split_tokens(std::string_view line, std::vector<std::string_view>& out);

}  // namespace tercet::text

#endif  // TERCET_TEXT_TOKENIZER_H_
