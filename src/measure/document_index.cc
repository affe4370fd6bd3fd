#include "measure/document_index.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "text/document_index.h"

namespace tercet::measure {
namespace {

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
  auto rows = text::parse_document_index(index, "the index", lines);
  if (!rows) return std::move(rows).error();
  for (const text::DocumentLines& row : *rows)
    documents.push_back({std::string(row.genre), piece(row.first - 1, row.lines)});
  return documents;
}

}  // namespace tercet::measure
