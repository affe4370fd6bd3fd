// Writes JSON text: the whole of what the command line needs of it.
#ifndef TERCET_APPS_CLI_JSON_H_
#define TERCET_APPS_CLI_JSON_H_

#include <array>
#include <charconv>
#include <cmath>
#include <concepts>
#include <string>
#include <string_view>

namespace tercet::cli {

/// Appends values to a text, commas included. Nesting and the pairing of keys with values are the
/// caller's business. Any bytes may be given as strings; the text is always valid UTF-8.
///
///   JsonWriter json;
///   json.begin_object().field("tokens", 12).key("words").begin_array().value("a").end_array();
///   json.end_object();
class JsonWriter {
 public:
  JsonWriter& begin_object() { return open('{'); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& begin_array() { return open('['); }
  JsonWriter& end_array() { return close(']'); }

  JsonWriter& key(std::string_view name) {
    separate();
    append_string(name);
    text_ += ':';
    first_ = true;  // No comma before this key's value.
    return *this;
  }

  JsonWriter& value(std::string_view text) {
    separate();
    append_string(text);
    return *this;
  }
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(bool truth) { return raw(truth ? "true" : "false"); }
  JsonWriter& value(std::integral auto number) { return append_number(number); }
  /// The fewest digits that read back as the same number; JSON has no infinity, so that is null.
  JsonWriter& value(std::floating_point auto number) {
    return std::isfinite(number) ? append_number(number) : raw("null");
  }

  template <class T>
  JsonWriter& field(std::string_view name, const T& content) {
    return key(name).value(content);
  }

  const std::string& text() const noexcept { return text_; }
  void clear() noexcept {
    text_.clear();
    first_ = true;
  }

 private:
  JsonWriter& open(char bracket);
  JsonWriter& close(char bracket);
  JsonWriter& raw(std::string_view text);
  void separate();
  void append_string(std::string_view text);

  JsonWriter& append_number(auto number) {
    std::array<char, 40> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    return raw({digits.data(), end});
  }

  std::string text_;
  bool first_ = true;  // Of its object or array, or behind its key.
};

}  // namespace tercet::cli

#endif  // TERCET_APPS_CLI_JSON_H_
