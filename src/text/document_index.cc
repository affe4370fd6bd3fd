#include "text/document_index.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <string>

#include "core/error.h"

namespace tercet::text {
namespace {

/// Takes what stands before the next `separator`, or all.
std::string_view take(std::string_view& rest, char separator) {
  const std::size_t end = std::min(rest.find(separator), rest.size());
  const std::string_view piece = rest.substr(0, end);
  rest.remove_prefix(std::min(rest.size(), end + 1));
  return piece;
}

std::optional<std::size_t> number(std::string_view text) {
  std::size_t value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<DocumentLines> row_of(std::string_view line) {
  const auto first = number(take(line, '\t'));
  const auto lines = number(take(line, '\t'));
  if (!first || !lines || *first == 0) return std::nullopt;
  return DocumentLines{*first, *lines, take(line, '\t')};
}

}  // namespace

Result<std::vector<DocumentLines>> parse_document_index(std::string_view index,
                                                        std::string_view name,
                                                        std::optional<std::size_t> text_lines) {
  const std::size_t most = text_lines.value_or(std::numeric_limits<std::size_t>::max() - 1);
  std::vector<DocumentLines> rows;
  std::size_t next = 1;
  while (!index.empty()) {
    const auto row = row_of(take(index, '\n'));
    if (!row || row->first < next || row->lines > most || row->first - 1 > most - row->lines)
      return misfit_of_index(name, rows.size(), text_lines);
    next = row->first + row->lines;
    rows.push_back(*row);
  }
  return rows;
}

Error misfit_of_index(std::string_view name, std::size_t row,
                      std::optional<std::size_t> text_lines) {
  const std::string of_lines = text_lines ? " of " + std::to_string(*text_lines) + " lines" : "";
  return core::invalid_argument("line " + std::to_string(row + 1) + " of " + std::string(name) +
                                " is not FIRST-LINE, LINES, GENRE, DOCUMENT of this text" +
                                of_lines +
                                ", in order, separated by tabs: is it this text's index?");
}

}  // namespace tercet::text
