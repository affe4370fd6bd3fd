// The spaces around signs while somebody types: whose they are, and where they belong.
#ifndef TERCET_TEXT_TYPING_SPACE_H_
#define TERCET_TEXT_TYPING_SPACE_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "text/language.h"
#include "text/tokenizer.h"

namespace tercet::text {

/// What to do with the text before the caret instead of inserting a typed sign as it is.
struct Edit {
  std::size_t erase = 0;  ///< Bytes before the caret.
  std::string insert;     ///< In their place.
  friend bool operator==(const Edit&, const Edit&) = default;
};

/// Decides by what text::Joiner knows. It reads clean text, and of it no more than the last line
/// and 4096 bytes. One thread; buffers are reused.
class TypingSpace {
 public:
  /// `language` must outlive it, as those that language() gives do.
  explicit TypingSpace(const Language& language) : tokenizer_(language) {}

  /// Whether a space belongs behind a picked word or phrase: not where none are written (Han,
  /// Kana).
  bool belongs_behind(std::string_view picked);

  /// Whether a space belongs between the text and a word that begins there: behind a full stop, but
  /// not behind white space or an opening bracket.
  bool belongs_between(std::string_view text_before, std::string_view word);

  /// The person types `sign`, one or more code points. `space_is_ours`: the text ends in a space
  /// that a pick, or this function, has written; only such a space is moved ("word" "," gives
  /// "word, "), dropped ("and" "/" gives "and/") or stands for the one that the person types. A
  /// space written by this function is ours again.
  Edit type(std::string_view text_before, std::string_view sign, bool space_is_ours);

 private:
  std::string_view space_before(std::string_view sign) const;

  Tokenizer tokenizer_;
  std::vector<Token> tokens_;
};

}  // namespace tercet::text

#endif  // TERCET_TEXT_TYPING_SPACE_H_
