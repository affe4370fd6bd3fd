#include "columns.h"

#include <utf8proc.h>

#include "text/utf8.h"

namespace tercet::cli {

// Not wcwidth(3), which knows only ASCII unless the locale of the environment says UTF-8.
std::size_t display_width(char32_t c) {
  const int width = utf8proc_charwidth(static_cast<utf8proc_int32_t>(c));
  return width > 0 ? static_cast<std::size_t>(width) : 0;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    width += display_width(text::next_code_point(text, at));
  }
  return width;
}

std::string printable(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = text::next_code_point(text, at);
    text::append_code_point(is_control(c) ? text::kReplacement : c, out);
  }
  return out;
}

std::string fit(std::string_view text, std::size_t columns) {
  if (display_width(text) <= columns) return std::string(text);
  if (columns == 0) return {};
  std::size_t width = 0;
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size(); end = at) {
    width += display_width(text::next_code_point(text, at));
    if (width > columns - 1) break;
  }
  return std::string(text.substr(0, end)) + "…";
}

}  // namespace tercet::cli
