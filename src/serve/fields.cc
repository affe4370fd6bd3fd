#include "serve/fields.h"

namespace tercet::serve {

std::string_view Fields::name_of(Names names) const {
  for (const std::string_view name : names) {
    if (object_.find(name) != nullptr) return name;
  }
  return {};
}

bool Fields::truth(Names names, bool otherwise) {
  each(names, [&](std::string_view name) { fields_.read(name, otherwise); });
  return otherwise;
}

double Fields::number(Names names, double otherwise, double least, double most) {
  each(names, [&](std::string_view name) { fields_.read(name, otherwise, least, most); });
  return otherwise;
}

std::int64_t Fields::integer(Names names, std::int64_t otherwise, std::int64_t least,
                             std::int64_t most) {
  each(names, [&](std::string_view name) { fields_.read(name, otherwise, least, most); });
  return otherwise;
}

std::string Fields::string(Names names) {
  std::string out;
  each(names, [&](std::string_view name) { fields_.read(name, out); });
  return out;
}

std::vector<std::string> Fields::strings(Names names) {
  std::vector<std::string> out;
  each(names, [&](std::string_view name) {
    const json::Value& value = *find(name);
    if (value.string() != nullptr) {
      out = {*value.string()};
    } else if (!value.strings(out)) {
      refuse(name, "must be a string or an array of strings");
    }
  });
  return out;
}

}  // namespace tercet::serve
