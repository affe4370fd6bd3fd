// Writes JSON text.
#ifndef TERCET_JSON_WRITER_H_
#define TERCET_JSON_WRITER_H_

#include <array>
#include <charconv>
#include <cmath>
#include <concepts>
#include <string>
#include <string_view>
#include <utility>

namespace tercet::json {

/// Appends values to a text, commas included. Nesting and the pairing of keys with values are the
/// caller's business. Any bytes may be given as strings; the text is always valid UTF-8.
///
///   Writer json;
///   json.begin_object().field("tokens", 12).key("words").begin_array().value("a").end_array();
///   json.end_object();
class Writer {
 public:
  Writer& begin_object() { return open('{'); }
  Writer& end_object() { return close('}'); }
  Writer& begin_array() { return open('['); }
  Writer& end_array() { return close(']'); }

  Writer& key(std::string_view name) {
    separate();
    append_string(name);
    text_ += ':';
    first_ = true;  // No comma before this key's value.
    return *this;
  }

  Writer& value(std::string_view text) {
    separate();
    append_string(text);
    return *this;
  }
  Writer& value(const char* text) { return value(std::string_view(text)); }
  Writer& value(bool truth) { return raw(truth ? "true" : "false"); }
  Writer& value(std::integral auto number) { return append_number(number); }
  /// The fewest digits that read back as the same number; JSON has no infinity, so that is null.
  Writer& value(std::floating_point auto number) {
    return std::isfinite(number) ? append_number(number) : raw("null");
  }

  Writer& null() { return raw("null"); }

  template <class T>
  Writer& field(std::string_view name, const T& content) {
    return key(name).value(content);
  }

  /// Values that another one has written side by side, without brackets.
  Writer& values(const Writer& others) { return others.text_.empty() ? *this : raw(others.text_); }

  const std::string& text() const noexcept { return text_; }
  /// What was written since the last time; what is written next goes on from there.
  std::string take() { return std::exchange(text_, {}); }
  void clear() noexcept {
    text_.clear();
    first_ = true;
  }

 private:
  Writer& open(char bracket);
  Writer& close(char bracket);
  Writer& raw(std::string_view text);
  void separate();
  void append_string(std::string_view text);

  Writer& append_number(auto number) {
    std::array<char, 40> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    return raw({digits.data(), end});
  }

  std::string text_;
  bool first_ = true;  // Of its object or array, or behind its key.
};

}  // namespace tercet::json

#endif  // TERCET_JSON_WRITER_H_
