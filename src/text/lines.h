// The lines of a text.
#ifndef TERCET_TEXT_LINES_H_
#define TERCET_TEXT_LINES_H_

#include <algorithm>
#include <string_view>

namespace tercet::text {

/// Calls `line` for each line, without its '\n'. The last one need not have any; a text that ends
/// with one has no empty line behind it.
template <class Line>
void for_each_line(std::string_view text, Line&& line) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    line(text.substr(0, end));
    text.remove_prefix(std::min(text.size(), end + 1));
  }
}

}  // namespace tercet::text

#endif  // TERCET_TEXT_LINES_H_
