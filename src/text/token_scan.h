// Where one token ends: the tokenizer's rules for each kind of token.
#ifndef TERCET_TEXT_TOKEN_SCAN_H_
#define TERCET_TEXT_TOKEN_SCAN_H_

#include <cstddef>
#include <string_view>

#include "text/char_class.h"

namespace tercet::text {

struct WordEnd {
  std::size_t end;
  bool has_letter;
};

/// The word or number that begins at `at`, where is_word_start() holds.
WordEnd scan_word(const CharClasses& classes, std::string_view text, std::size_t at) noexcept;

/// The end of the sign at `at`, whose class is `first`.
std::size_t scan_sign(const CharClasses& classes, std::string_view text, std::size_t at,
                      CharClass first) noexcept;

/// The end of a URL that begins at `at` with http://, https:// or www., or `at` if none does.
std::size_t scan_url(std::string_view text, std::size_t at) noexcept;

/// The end of the host name that begins at `at`, behind the @ of an e-mail address, or `at`.
std::size_t scan_host(const CharClasses& classes, std::string_view text, std::size_t at) noexcept;

}  // namespace tercet::text

#endif  // TERCET_TEXT_TOKEN_SCAN_H_
