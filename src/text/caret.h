// What a person is writing: the finished words of the sentence at hand and the word begun.
#ifndef TERCET_TEXT_CARET_H_
#define TERCET_TEXT_CARET_H_

#include <span>
#include <string_view>
#include <vector>

#include "text/tokenizer.h"

namespace tercet::text {

/// Views into the text and the scratch given to locate_caret(); valid as long as both.
struct Caret {
  /// The finished tokens of the sentence at hand, oldest first.
  std::span<const Token> context;
  /// The word begun before the caret; empty behind a space or a punctuation mark. An apostrophe or
  /// hyphen that could go on to join the word belongs to it: "rock'" (rock'n'roll), "mother-".
  std::string_view typed;
  /// The context reaches back to the sentence's beginning; false where it was cut for length.
  bool from_sentence_start;

  /// The word being written, or the next one, is the sentence's first.
  bool at_sentence_start() const noexcept { return context.empty() && from_sentence_start; }
};

/// Reused between calls, so that they do not allocate once it has grown. One thread at a time.
struct CaretScratch {
  std::vector<Token> tokens;
};

/// Reads the end of `text_before`, clean text up to the caret. Looks back over no more than one
/// line and 4096 bytes. Behind a full stop and a space a new sentence begins whatever the case of
/// the word begun, except after abbreviations; behind an ellipsis only if that word is capitalised.
Caret locate_caret(std::string_view text_before, const Tokenizer& tokenizer, CaretScratch& scratch);

/// All that a person has written of a text.
struct Typing {
  /// The finished tokens; starts_sentence also where a sentence begins without a capital. The first
  /// one has it.
  std::span<const Token> finished;
  std::string_view typed;  ///< As Caret has it.
  /// A sentence has ended behind the last finished token: `typed` begins the next one.
  bool sentence_ended;
};

/// Reads the whole of `text`, clean text up to the caret, by the rules of locate_caret().
Typing read_typing(std::string_view text, const Tokenizer& tokenizer, CaretScratch& scratch);

}  // namespace tercet::text

#endif  // TERCET_TEXT_CARET_H_
