#include "text/typing_space.h"

#include "text/char_class.h"
#include "text/join.h"
#include "text/utf8.h"

namespace tercet::text {
namespace {

constexpr std::size_t kLongestLookBack = 4096;  // bytes
constexpr std::string_view kAnyWord = "a";
constexpr std::string_view kNoBreakSpace = "\u00A0";
constexpr std::string_view kThinNoBreakSpace = "\u202F";

CharClass first_class(std::string_view text) noexcept {
  return CharClasses::get().of(decode(text, 0).value);
}

CharClass last_class(std::string_view text) noexcept {
  return CharClasses::get().of(decode(text, previous_code_point(text, text.size())).value);
}

std::string_view last_line(std::string_view text) noexcept {
  const std::size_t line_break = text.rfind('\n');
  if (line_break != std::string_view::npos) text.remove_prefix(line_break + 1);
  if (text.size() <= kLongestLookBack) return text;
  const std::size_t space = text.find(' ', text.size() - kLongestLookBack);
  return space == std::string_view::npos ? std::string_view() : text.substr(space);
}

// The joiner as it stands behind `text`.
Joiner joiner_behind(std::string_view text, const Tokenizer& tokenizer,
                     std::vector<Token>& tokens) {
  tokenizer.tokenize(last_line(text), tokens);
  Joiner joiner(tokenizer.language());
  for (const Token& token : tokens) joiner.see(token.surface);
  return joiner;
}

// 3,14 and 10:30: the person may go on with digits.
bool may_be_inside_number(std::string_view before, CharClass sign) noexcept {
  const bool joins = sign == CharClass::kSeparator || sign == CharClass::kStop;
  return joins && !before.empty() && last_class(before) == CharClass::kDigit;
}

}  // namespace

bool TypingSpace::belongs_behind(std::string_view picked) {
  return joiner_behind(picked, tokenizer_, tokens_).space_before(kAnyWord);
}

bool TypingSpace::belongs_between(std::string_view text_before, std::string_view word) {
  if (text_before.empty() || is_space(last_class(text_before))) return false;
  return joiner_behind(text_before, tokenizer_, tokens_).space_before(word);
}

Edit TypingSpace::type(std::string_view text_before, std::string_view sign, bool space_is_ours) {
  if (!space_is_ours || !text_before.ends_with(' ') || sign.empty()) return {0, std::string(sign)};
  if (sign == " ") return {0, ""};
  const CharClass sign_class = first_class(sign);
  text_before.remove_suffix(1);
  // An apostrophe or a hyphen makes one word of two, and nothing tells yet that it will not.
  const bool joins_words = sign_class == CharClass::kApostrophe || sign_class == CharClass::kHyphen;
  if (joins_words || sign_class == CharClass::kLineBreak) return {1, std::string(sign)};
  Joiner joiner = joiner_behind(text_before, tokenizer_, tokens_);
  if (joiner.space_before(sign)) return {0, std::string(sign)};
  joiner.see(sign);
  Edit edit{1, std::string(space_before(sign))};
  edit.insert += sign;
  if (joiner.space_before(kAnyWord) && !may_be_inside_number(text_before, sign_class))
    edit.insert += ' ';
  return edit;
}

// French sets some signs off, though not from other signs: « Quoi ?! »
std::string_view TypingSpace::space_before(std::string_view sign) const {
  if (!tokenizer_.language().thin_space_before_signs) return {};
  if (tokens_.empty() || tokens_.back().kind == TokenKind::kPunctuation) return {};
  if (sign == ":") return kNoBreakSpace;
  return sign == ";" || sign == "!" || sign == "?" ? kThinNoBreakSpace : std::string_view();
}

}  // namespace tercet::text
