// JSON that came from outside, read and checked.
#ifndef TERCET_JSON_VALUE_H_
#define TERCET_JSON_VALUE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "tercet/error.h"

namespace tercet::json {

class Value;
using Array = std::vector<Value>;
/// In the order of the text. Of two members with one name the last counts.
using Object = std::vector<std::pair<std::string, Value>>;

/// Any JSON value. Strings are valid UTF-8.
class Value {
 public:
  using Content =
      std::variant<std::nullptr_t, bool, std::int64_t, double, std::string, Array, Object>;

  Value() = default;
  explicit Value(Content content) : content_(std::move(content)) {}

  bool is_null() const noexcept { return std::holds_alternative<std::nullptr_t>(content_); }
  /// The content if it is of this kind, else nullptr.
  const bool* truth() const noexcept { return std::get_if<bool>(&content_); }
  const std::int64_t* integer() const noexcept { return std::get_if<std::int64_t>(&content_); }
  const std::string* string() const noexcept { return std::get_if<std::string>(&content_); }
  const Array* array() const noexcept { return std::get_if<Array>(&content_); }
  const Object* object() const noexcept { return std::get_if<Object>(&content_); }
  /// Of an array that holds nothing but strings, these.
  bool strings(std::vector<std::string>& out) const;
  /// Of either kind of number.
  bool number(double& out) const noexcept;

  /// The member of an object; nullptr if there is none, if it is null, or if this is no object.
  const Value* find(std::string_view name) const noexcept;

 private:
  Content content_;
};

/// Exactly one value, nested at most 64 deep. kInvalidArgument says what is wrong with the text.
Result<Value> parse(std::string_view text);

}  // namespace tercet::json

#endif  // TERCET_JSON_VALUE_H_
