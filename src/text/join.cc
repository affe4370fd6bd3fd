#include "text/join.h"

#include <algorithm>

#include "text/char_class.h"
#include "text/utf8.h"

namespace tercet::text {
namespace {

constexpr std::string_view kLowQuote = "\xE2\x80\x9E";   // „
constexpr std::string_view kHighQuote = "\xE2\x80\x9C";  // “
constexpr std::string_view kEnDash = "\xE2\x80\x93";

bool is_any_of(char32_t c, std::u32string_view set) noexcept {
  return set.find(c) != std::u32string_view::npos;
}

bool is_wide_sign(char32_t c) noexcept {
  return (c >= 0x3001 && c <= 0x303F) || c == 0x30FB || (c >= 0xFF00 && c <= 0xFF65);
}

bool ends_with(std::string_view text, std::string_view suffix) noexcept {
  return text.size() >= suffix.size() && text.substr(text.size() - suffix.size()) == suffix;
}

// dogs' and goin': what a word ends in that may have an apostrophe behind it.
bool may_drop(std::string_view word) noexcept {
  return ends_with(word, "s") || ends_with(word, "in");
}

bool is_straight_quote(std::string_view token) noexcept {
  return token == "\"" || token == "''" || token == "``";
}

}  // namespace

Joiner::Role Joiner::quote_role() const { return double_open_ ? Role::kClosing : Role::kOpening; }

Joiner::Role Joiner::apostrophe_role() const {
  const bool belongs_to_word = language_->word_apostrophe && last_may_drop_;
  return single_open_ || belongs_to_word ? Role::kClosing : Role::kOpening;
}

Joiner::Role Joiner::sign_role(char32_t first, std::string_view token) const {
  if (is_straight_quote(token)) return quote_role();
  if (token == kEnDash) return Role::kRange;
  if (token == kHighQuote && low_open_) return Role::kClosing;
  if (is_any_of(first, U",:;%\u2030\u00B0")) return Role::kClosing;
  if (is_any_of(first, U"/\\_@")) return Role::kTight;
  if (is_any_of(first, U"#\u00BF\u00A1")) return Role::kOpening;
  if (is_any_of(first, U"$\u00A3\u20AC")) {
    return last_ == Role::kNumber ? Role::kWord : Role::kOpening;
  }
  const bool dash = token == "\u2014" || token == "--" || token == "---";
  return dash && !language_->spaced_dash ? Role::kTight : Role::kWord;
}

Joiner::Role Joiner::role_of(std::string_view token) const {
  const char32_t first = decode(token, 0).value;
  if (is_wide_sign(first)) return Role::kUnspaced;
  switch (CharClasses::get().of(first)) {
    case CharClass::kLower:
    case CharClass::kUpper:
    case CharClass::kLetter:
    case CharClass::kMark:
      return Role::kWord;
    case CharClass::kDigit:
      return Role::kNumber;
    case CharClass::kIdeograph:
    case CharClass::kWideStop:
      return Role::kUnspaced;
    case CharClass::kStop:
      return last_ == Role::kBegin ? Role::kOpening : Role::kClosing;
    case CharClass::kClose:
      return Role::kClosing;
    case CharClass::kOpen:
      return token == kHighQuote && low_open_ ? Role::kClosing : Role::kOpening;
    case CharClass::kApostrophe:
      if (is_straight_quote(token)) return quote_role();
      return token == "'" ? apostrophe_role() : Role::kClosing;
    case CharClass::kEmoji:
    case CharClass::kRegional:
      return Role::kEmoji;
    default:
      return sign_role(first, token);
  }
}

bool Joiner::is_spaced(Role role) const {
  if (last_ == Role::kBegin || last_ == Role::kOpening || last_ == Role::kTight) return false;
  if (role == Role::kClosing || role == Role::kTight) return false;
  if (last_ == Role::kUnspaced || role == Role::kUnspaced) return false;
  if (last_ == Role::kEmoji && role == Role::kEmoji) return false;
  return !is_range(role);
}

bool Joiner::is_range(Role role) const {
  return role == Role::kNumber && last_ == Role::kRange && before_last_ == Role::kNumber;
}

bool Joiner::space_before(std::string_view token) const {
  return !token.empty() && is_spaced(role_of(token));
}

bool Joiner::closes(std::string_view token) const {
  return !token.empty() && role_of(token) == Role::kClosing;
}

void Joiner::append(std::string_view token, std::string& text) {
  if (token.empty()) return;
  const Role role = role_of(token);
  if (is_range(role) && ends_with(text, " \xE2\x80\x93")) text.erase(text.size() - 4, 1);
  if (is_spaced(role)) text.push_back(' ');
  text.append(token);
  note(token, role);
}

void Joiner::see(std::string_view token) {
  if (!token.empty()) note(token, role_of(token));
}

void Joiner::note(std::string_view token, Role role) {
  const auto& elisions = language_->elisions;
  if (after_apostrophe_ && std::binary_search(elisions.begin(), elisions.end(), token)) {
    single_open_ = false;
  }
  after_apostrophe_ = token == "'" && role == Role::kOpening;
  if (token == "'") single_open_ = role == Role::kOpening;
  if (is_straight_quote(token)) double_open_ = !double_open_;
  if (token == kLowQuote) low_open_ = true;
  if (token == kHighQuote) low_open_ = false;
  last_may_drop_ = role == Role::kWord && may_drop(token);
  before_last_ = last_;
  last_ = role;
}

}  // namespace tercet::text
