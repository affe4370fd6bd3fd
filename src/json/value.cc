#include "json/value.h"

#include <simdjson.h>

#include <limits>

#include "core/error.h"

namespace tercet::json {
namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;

constexpr std::size_t kDeepest = 64;

Value value_of(const element& from) {
  switch (from.type()) {
    case element_type::ARRAY: {
      Array array;
      for (const element each : simdjson::dom::array(from)) array.push_back(value_of(each));
      return Value(std::move(array));
    }
    case element_type::OBJECT: {
      Object object;
      for (const auto& [name, each] : simdjson::dom::object(from))
        object.emplace_back(name, value_of(each));
      return Value(std::move(object));
    }
    case element_type::STRING:
      return Value(std::string(std::string_view(from)));
    case element_type::INT64:
      return Value(std::int64_t{from});
    case element_type::UINT64:  // Too large for the other.
      return Value(static_cast<double>(std::uint64_t{from}));
    case element_type::DOUBLE:
      return Value(double{from});
    case element_type::BOOL:
      return Value(bool{from});
    case element_type::NULL_VALUE:
      break;
  }
  return Value();
}

}  // namespace

bool Value::number(double& out) const noexcept {
  if (const auto* const integer = std::get_if<std::int64_t>(&content_)) {
    out = static_cast<double>(*integer);
    return true;
  }
  const auto* const real = std::get_if<double>(&content_);
  if (real != nullptr) out = *real;
  return real != nullptr;
}

bool Value::strings(std::vector<std::string>& out) const {
  if (array() == nullptr) return false;
  std::vector<std::string> texts;
  for (const Value& each : *array()) {
    if (each.string() == nullptr) return false;
    texts.push_back(*each.string());
  }
  out = std::move(texts);
  return true;
}

const Value* Value::find(std::string_view name) const noexcept {
  const auto* const members = object();
  if (members == nullptr) return nullptr;
  for (auto member = members->rbegin(); member != members->rend(); ++member) {
    if (member->first == name) return member->second.is_null() ? nullptr : &member->second;
  }
  return nullptr;
}

Result<Value> parse(std::string_view text) {
  thread_local simdjson::dom::parser parser;
  if (parser.max_depth() != kDeepest) {
    if (parser.allocate(0, kDeepest) != simdjson::SUCCESS) return core::resource("no memory");
  }
  element root;
  const auto error = parser.parse(text.data(), text.size()).get(root);
  if (error != simdjson::SUCCESS)
    return core::invalid_argument(std::string("not JSON: ") + simdjson::error_message(error));
  return value_of(root);
}

}  // namespace tercet::json
