// Where sentences end: the rule that the tokenizer and the caret share.
#ifndef TERCET_TEXT_SENTENCE_H_
#define TERCET_TEXT_SENTENCE_H_

#include <cstdint>
#include <span>
#include <string_view>

#include "text/language.h"
#include "text/tokenizer.h"

namespace tercet::text {

/// Whether what follows `tokens`, after a space, begins a new sentence.
enum class Ending : std::uint8_t {
  kNone,          ///< No: no stop, or one that belongs to an abbreviation or to initials.
  kWeak,          ///< Only if it begins with an upper-case letter: after "etc." or "...".
  kUnlessNumber,  ///< Unless it is a number, or in lower case: after "No.".
  kFirm,          ///< Unless it is in lower case.
};
Ending sentence_ending(std::span<const Token> tokens, const Language& language);

/// How the text begins behind quotes, brackets and dashes.
enum class Opening : std::uint8_t { kLower, kUpper, kDigit, kOther };
Opening opening_of(std::string_view text) noexcept;

bool begins_sentence(Ending ending, Opening opening) noexcept;

}  // namespace tercet::text

#endif  // TERCET_TEXT_SENTENCE_H_
