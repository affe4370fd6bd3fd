// How a word is capitalised, and giving a word another capitalisation.
#ifndef TERCET_TEXT_CASE_PATTERN_H_
#define TERCET_TEXT_CASE_PATTERN_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace tercet::text {

enum class CasePattern : std::uint8_t {
  kLower,        ///< hello, 1990s: no upper-case letter.
  kCapitalised,  ///< Hello, A, Кто-то: only the first letter.
  kUpper,        ///< HELLO: two cased letters or more, all upper case.
  kMixed,        ///< iPhone, McDonald, Нью-Йорк.
};
CasePattern case_pattern(std::string_view word) noexcept;

/// Appends `word` in lower case, code point by code point; letters keep their other features (ё).
void append_lower(std::string_view word, std::string& out);

/// Appends `word` in upper case. A letter whose upper case leads back to another letter stays.
void append_upper(std::string_view word, std::string& out);

/// Appends `word` with its first code point in upper (title) case and the rest as it stands.
void append_capitalised(std::string_view word, std::string& out);

}  // namespace tercet::text

#endif  // TERCET_TEXT_CASE_PATTERN_H_
