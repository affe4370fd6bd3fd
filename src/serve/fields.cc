#include "serve/fields.h"

#include <cmath>

namespace tercet::serve {

std::string_view Fields::name_of(Names names) const {
  for (const std::string_view name : names) {
    if (object_.find(name) != nullptr) return name;
  }
  return {};
}

bool Fields::truth(std::string_view name, bool otherwise) {
  fields_.read(name, otherwise);
  return otherwise;
}

double Fields::number(Names names, double otherwise, double least, double most) {
  const std::string_view name = name_of(names);
  if (!name.empty()) fields_.read(name, otherwise, least, most);
  return otherwise;
}

std::int64_t Fields::integer(Names names, std::int64_t otherwise, std::int64_t least,
                             std::int64_t most) {
  const std::string_view name = name_of(names);
  if (name.empty()) return otherwise;
  const json::Value& value = *find(name);
  double number = 0;
  if (value.integer() == nullptr && value.number(number) && std::trunc(number) == number &&
      number >= static_cast<double>(least) && number <= static_cast<double>(most))
    return static_cast<std::int64_t>(number);
  fields_.read(name, otherwise, least, most);
  return otherwise;
}

std::string Fields::string(Names names) {
  std::string out;
  const std::string_view name = name_of(names);
  if (!name.empty()) fields_.read(name, out);
  return out;
}

std::vector<std::string> Fields::strings(Names names) {
  const std::string_view name = name_of(names);
  if (name.empty()) return {};
  const json::Value& value = *find(name);
  if (value.string() != nullptr) return {*value.string()};
  std::vector<std::string> out;
  if (!value.strings(out)) refuse(name, "must be a string or an array of strings");
  return out;
}

}  // namespace tercet::serve
