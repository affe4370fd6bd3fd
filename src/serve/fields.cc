#include "serve/fields.h"

#include <fmt/format.h>

#include <cmath>

namespace tercet::serve {

std::string_view Fields::name_of(Names names) const {
  for (const std::string_view name : names) {
    if (object_.find(name) != nullptr) return name;
  }
  return {};
}

void Fields::refuse(std::string_view name, std::string_view expected) {
  if (ok()) problem_ = {std::string(name), fmt::format("{}: {}", name, expected)};
}

bool Fields::truth(std::string_view name, bool otherwise) {
  const json::Value* const value = find(name);
  if (value == nullptr) return otherwise;
  if (value->truth() != nullptr) return *value->truth();
  refuse(name, "must be true or false");
  return otherwise;
}

double Fields::number(Names names, double otherwise, double least, double most) {
  const std::string_view name = name_of(names);
  if (name.empty()) return otherwise;
  double number = 0;
  if (find(name)->number(number) && number >= least && number <= most) return number;
  refuse(name, fmt::format("must be a number from {} to {}", least, most));
  return otherwise;
}

std::int64_t Fields::integer(Names names, std::int64_t otherwise, std::int64_t least,
                             std::int64_t most) {
  const std::string_view name = name_of(names);
  if (name.empty()) return otherwise;
  const json::Value& value = *find(name);
  if (const std::int64_t* const whole = value.integer(); whole != nullptr) {
    if (*whole >= least && *whole <= most) return *whole;
  } else if (double number = 0; value.number(number) && std::trunc(number) == number &&
                                number >= static_cast<double>(least) &&
                                number <= static_cast<double>(most)) {
    return static_cast<std::int64_t>(number);
  }
  refuse(name, fmt::format("must be a whole number from {} to {}", least, most));
  return otherwise;
}

std::string Fields::string(Names names) {
  const std::string_view name = name_of(names);
  if (name.empty()) return {};
  if (const std::string* const text = find(name)->string(); text != nullptr) return *text;
  refuse(name, "must be a string");
  return {};
}

std::vector<std::string> Fields::strings(Names names) {
  const std::string_view name = name_of(names);
  if (name.empty()) return {};
  const json::Value& value = *find(name);
  if (value.string() != nullptr) return {*value.string()};
  std::vector<std::string> out;
  bool right = value.array() != nullptr;
  if (right) {
    for (const json::Value& each : *value.array()) {
      right = right && each.string() != nullptr;
      if (right) out.push_back(*each.string());
    }
  }
  if (!right) refuse(name, "must be a string or an array of strings");
  return right ? out : std::vector<std::string>();
}

}  // namespace tercet::serve
