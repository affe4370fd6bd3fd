#include "json/fields.h"

#include <fmt/format.h>

#include <utility>

namespace tercet::json {

Fields::Fields(const Value& object) : object_(object) {
  if (object.object() == nullptr) error_ = "the request must be a JSON object";
}

const Value* Fields::find(std::string_view name) const noexcept {
  return ok() ? object_.find(name) : nullptr;
}

void Fields::complain(std::string_view name, const std::string& must_be) {
  wrong_ = name;
  error_ = fmt::format("{}: must be {}", name, must_be);
}

Fields& Fields::read(std::string_view name, std::string& out) {
  const Value* const value = find(name);
  if (value == nullptr) return *this;
  value->string() != nullptr ? void(out = *value->string()) : complain(name, "a string");
  return *this;
}

Fields& Fields::read(std::string_view name, bool& out) {
  const Value* const value = find(name);
  if (value == nullptr) return *this;
  value->truth() != nullptr ? void(out = *value->truth()) : complain(name, "true or false");
  return *this;
}

Fields& Fields::read(std::string_view name, std::int64_t& out, std::int64_t least,
                     std::int64_t most) {
  const Value* const value = find(name);
  if (value == nullptr) return *this;
  const std::int64_t* const number = value->integer();
  if (number != nullptr && *number >= least && *number <= most) {
    out = *number;
  } else {
    complain(name, fmt::format("a whole number from {} to {}", least, most));
  }
  return *this;
}

Fields& Fields::read(std::string_view name, double& out, double least, double most) {
  const Value* const value = find(name);
  double number = 0;
  if (value == nullptr) return *this;
  if (value->number(number) && number >= least && number <= most) {
    out = number;
  } else {
    complain(name, fmt::format("a number from {} to {}", least, most));
  }
  return *this;
}

Fields& Fields::read(std::string_view name, std::vector<std::string>& out) {
  const Value* const value = find(name);
  if (value == nullptr) return *this;
  std::vector<std::string> texts;
  bool good = value->array() != nullptr;
  if (good) {
    for (const Value& each : *value->array()) {
      good = good && each.string() != nullptr;
      if (good) texts.push_back(*each.string());
    }
  }
  good ? void(out = std::move(texts)) : complain(name, "an array of strings");
  return *this;
}

}  // namespace tercet::json
