#include "measure/document_index.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <optional>

#include "core/error.h"

namespace tercet::measure {
namespace {

struct Row {
  std::size_t first;  ///< From 1.
  std::size_t lines;
  std::string_view genre;
};

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

std::optional<Row> row_of(std::string_view line) {
  const auto first = number(take(line, '\t'));
  const auto lines = number(take(line, '\t'));
  if (!first || !lines || *first == 0) return std::nullopt;
  return Row{*first, *lines, take(line, '\t')};
}

/// Offsets at which lines begin, and the end of the text.
std::vector<std::size_t> line_begins(std::string_view text) {
  std::vector<std::size_t> begins;
  for (std::size_t at = 0; at < text.size();) {
    begins.push_back(at);
    at = std::min(text.find('\n', at), text.size() - 1) + 1;
  }
  begins.push_back(text.size());
  return begins;
}

}  // namespace

std::size_t middle_of(std::string_view text) noexcept {
  const std::size_t end = text.find('\n', text.size() / 2);
  return end == std::string_view::npos ? text.size() : end + 1;
}

Result<std::vector<DocumentText>> cut_documents(std::string_view text, std::string_view index) {
  const std::vector<std::size_t> begins = line_begins(text);
  const std::size_t lines = begins.size() - 1;
  const auto piece = [&](std::size_t from, std::size_t count) {
    const std::size_t begin = begins[from];
    return text.substr(begin, begins[std::min(from + count, lines)] - begin);
  };
  std::vector<DocumentText> documents;
  if (index.empty()) {
    for (std::size_t at = 0; at < lines; at += kLinesPerBlock)
      documents.push_back({"", piece(at, kLinesPerBlock)});
    return documents;
  }
  std::size_t next = 1;
  for (std::size_t i = 1; !index.empty(); ++i) {
    const auto row = row_of(take(index, '\n'));
    if (!row || row->first < next || row->lines > lines || row->first - 1 > lines - row->lines) {
      return core::invalid_argument(
          "line " + std::to_string(i) +
          " of the index is not FIRST-LINE, LINES, GENRE, DOCUMENT of this text of " +
          std::to_string(lines) + " lines, in order, separated by tabs: is it this text's index?");
    }
    next = row->first + row->lines;
    documents.push_back({std::string(row->genre), piece(row->first - 1, row->lines)});
  }
  return documents;
}

}  // namespace tercet::measure
