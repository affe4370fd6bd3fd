// Text as a terminal shows it.
#ifndef TERCET_APPS_CLI_COLUMNS_H_
#define TERCET_APPS_CLI_COLUMNS_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace tercet::cli {

/// Columns that a character takes: 2 for wide ones, 0 for combining marks.
std::size_t display_width(char32_t c);
std::size_t display_width(std::string_view text);

/// True for what a terminal would obey instead of showing it, such as ESC.
constexpr bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); }

/// Valid UTF-8 with U+FFFD in place of control characters: safe to print.
std::string printable(std::string_view text);

/// At most `columns` columns of `text`; what had to be cut off is marked with "…".
std::string fit(std::string_view text, std::size_t columns);

}  // namespace tercet::cli

#endif  // TERCET_APPS_CLI_COLUMNS_H_
