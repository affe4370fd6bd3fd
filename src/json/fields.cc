#include "json/fields.h"

#include <fmt/format.h>

#include <cmath>

namespace tercet::json {
namespace {

constexpr double kExact = 9007199254740992;  // 2^53: up to here whole numbers have a double each.

}  // namespace

Fields::Fields(const Value& object) : object_(object) {
  if (object.object() == nullptr) error_ = "the request must be a JSON object";
}

const Value* Fields::find(std::string_view name) const noexcept {
  return ok() ? object_.find(name) : nullptr;
}

void Fields::refuse(std::string_view name, std::string_view why) {
  if (!ok()) return;
  wrong_ = name;
  error_ = fmt::format("{}: {}", name, why);
}

Fields& Fields::read(std::string_view name, std::string& out) {
  const Value* const value = find(name);
  if (value == nullptr) return *this;
  value->string() != nullptr ? void(out = *value->string()) : refuse(name, "must be a string");
  return *this;
}

Fields& Fields::read(std::string_view name, bool& out) {
  const Value* const value = find(name);
  if (value == nullptr) return *this;
  value->truth() != nullptr ? void(out = *value->truth()) : refuse(name, "must be true or false");
  return *this;
}

Fields& Fields::read(std::string_view name, std::int64_t& out, std::int64_t least,
                     std::int64_t most) {
  const Value* const value = find(name);
  if (value == nullptr) return *this;
  double number = 0;
  if (const std::int64_t* const whole = value->integer();
      whole != nullptr && *whole >= least && *whole <= most) {
    out = *whole;
  } else if (whole == nullptr && value->number(number) && std::trunc(number) == number &&
             std::abs(number) <= kExact && number >= static_cast<double>(least) &&
             number <= static_cast<double>(most)) {
    out = static_cast<std::int64_t>(number);
  } else {
    refuse(name, fmt::format("must be a whole number from {} to {}", least, most));
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
    refuse(name, fmt::format("must be a number from {} to {}", least, most));
  }
  return *this;
}

Fields& Fields::read(std::string_view name, std::vector<std::string>& out) {
  const Value* const value = find(name);
  if (value != nullptr && !value->strings(out)) refuse(name, "must be an array of strings");
  return *this;
}

}  // namespace tercet::json
