#include "text/sentence.h"

#include <string>

#include "text/char_class.h"
#include "text/fold.h"
#include "text/utf8.h"

namespace tercet::text {
namespace {

constexpr std::size_t kLongestAbbreviation = 14;  // bytes

bool is_stop(const Token& token) noexcept {
  if (token.kind != TokenKind::kPunctuation) return false;
  const CharClass first = CharClasses::get().of(decode(token.surface, 0).value);
  return first == CharClass::kStop || first == CharClass::kWideStop;
}

bool is_closer(const Token& token) noexcept {
  if (token.kind != TokenKind::kPunctuation || token.space_before) return false;
  const CharClass first = CharClasses::get().of(decode(token.surface, 0).value);
  return first == CharClass::kClose || first == CharClass::kQuote ||
         first == CharClass::kApostrophe;
}

bool is_upper(std::string_view letter) noexcept {
  return CharClasses::get().of(decode(letter, 0).value) == CharClass::kUpper;
}

// J. Smith
bool is_capital_letter(std::string_view word) noexcept {
  return decode(word, 0).size == word.size() && is_upper(word);
}

// J.R. Smith
bool is_initials(std::string_view word) noexcept {
  const std::size_t last = previous_code_point(word, word.size());
  return last > 0 && word[last - 1] == '.' && is_upper(word.substr(last));
}

Ending ending_of(StopRule rule) noexcept {
  switch (rule) {
    case StopRule::kNever:
      return Ending::kNone;
    case StopRule::kBeforeUpper:
      return Ending::kWeak;
    case StopRule::kUnlessNumber:
      return Ending::kUnlessNumber;
  }
  return Ending::kFirm;
}

// "т. д." is known as "т.д": looks up the word together with a single letter and stop before it.
const Abbreviation* find_spaced(std::span<const Token> words, const Language& language) {
  if (words.size() < 3 || words[words.size() - 2].surface != ".") return nullptr;
  const std::string_view first = words[words.size() - 3].surface;
  const std::string_view second = words.back().surface;
  if (code_point_count(first) != 1 || code_point_count(second) != 1) return nullptr;
  std::string folded;
  fold(std::string(first).append(".").append(second), language, folded);
  return find_abbreviation(language, folded);
}

Ending full_stop(std::span<const Token> words, const Language& language) {
  if (words.empty() || words.back().kind != TokenKind::kWord) return Ending::kFirm;
  const std::string_view word = words.back().surface;
  if (word.size() > kLongestAbbreviation) return Ending::kFirm;
  const Abbreviation* known = find_spaced(words, language);
  if (known == nullptr && is_capital_letter(word)) return Ending::kNone;
  if (known == nullptr) {
    std::string folded;  // short: no allocation
    fold(word, language, folded);
    known = find_abbreviation(language, folded);
  }
  if (known != nullptr) return ending_of(known->rule);
  return is_initials(word) ? Ending::kNone : Ending::kFirm;
}

bool is_ellipsis(std::string_view stop) noexcept {
  return stop.substr(0, 2) == ".." || stop.substr(0, 3) == "\xE2\x80\xA6";
}

}  // namespace

Ending sentence_ending(std::span<const Token> tokens, const Language& language) {
  while (!tokens.empty() && is_closer(tokens.back())) tokens = tokens.first(tokens.size() - 1);
  if (tokens.empty() || !is_stop(tokens.back())) return Ending::kNone;
  const std::string_view stop = tokens.back().surface;
  if (is_ellipsis(stop)) return Ending::kWeak;
  if (stop != ".") return Ending::kFirm;
  return full_stop(tokens.first(tokens.size() - 1), language);
}

Opening opening_of(std::string_view text) noexcept {
  const CharClasses& classes = CharClasses::get();
  for (std::size_t at = 0; at < text.size();) {
    switch (classes.of(next_code_point(text, at))) {
      case CharClass::kLower:
        return Opening::kLower;
      case CharClass::kUpper:
        return Opening::kUpper;
      case CharClass::kDigit:
        return Opening::kDigit;
      case CharClass::kSpace:
      case CharClass::kIgnorable:
      case CharClass::kOpen:
      case CharClass::kQuote:
      case CharClass::kApostrophe:
      case CharClass::kHyphen:
      case CharClass::kDash:
        break;
      default:
        return Opening::kOther;
    }
  }
  return Opening::kOther;
}

bool begins_sentence(Ending ending, Opening opening) noexcept {
  switch (ending) {
    case Ending::kNone:
      return false;
    case Ending::kWeak:
      return opening == Opening::kUpper;
    case Ending::kUnlessNumber:
      return opening != Opening::kLower && opening != Opening::kDigit;
    case Ending::kFirm:
      return opening != Opening::kLower;
  }
  return false;
}

}  // namespace tercet::text
