#include "json/writer.h"

#include <fmt/format.h>

#include <cstddef>
#include <iterator>

#include "text/utf8.h"

namespace tercet::json {

Writer& Writer::open(char bracket) {
  separate();
  text_ += bracket;
  first_ = true;
  return *this;
}

Writer& Writer::close(char bracket) {
  text_ += bracket;
  first_ = false;
  return *this;
}

Writer& Writer::raw(std::string_view text) {
  separate();
  text_ += text;
  return *this;
}

void Writer::separate() {
  if (!first_) text_ += ',';
  first_ = false;
}

void Writer::append_string(std::string_view text) {
  text_ += '"';
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = text::next_code_point(text, at);
    if (c == '"' || c == '\\') {
      text_ += '\\';
      text_ += static_cast<char>(c);
    } else if (c == '\n') {
      text_ += "\\n";
    } else if (c == '\t') {
      text_ += "\\t";
    } else if (c < 0x20 || c == 0x7F) {
      fmt::format_to(std::back_inserter(text_), "\\u{:04x}", static_cast<unsigned>(c));
    } else {
      text::append_code_point(c, text_);
    }
  }
  text_ += '"';
}

}  // namespace tercet::json
