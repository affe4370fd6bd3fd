#include "model/notes.h"

#include <algorithm>

namespace tercet::model {
namespace {

void append_clean(std::string_view text, std::string& out) {
  for (const char c : text) out += c == '\n' || c == '\t' || c == '\r' ? ' ' : c;
}

}  // namespace

std::string encode_notes(const Notes& notes) {
  std::string out;
  for (const auto& [key, value] : notes) {
    append_clean(key, out);
    out += '\t';
    append_clean(value, out);
    out += '\n';
  }
  return out;
}

Notes decode_notes(std::span<const std::byte> bytes) {
  std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  Notes notes;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    const std::size_t tab = line.find('\t');
    if (tab != std::string_view::npos)
      notes.emplace_back(line.substr(0, tab), line.substr(tab + 1));
  }
  return notes;
}

}  // namespace tercet::model
