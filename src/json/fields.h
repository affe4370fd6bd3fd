// The members of an object that came from outside, checked one by one.
#ifndef TERCET_JSON_FIELDS_H_
#define TERCET_JSON_FIELDS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "json/value.h"

namespace tercet::json {

/// Reads members into variables that hold what is meant where there is no member, or null. The
/// first member that is not as it must be is the error; members not asked for do not matter.
///
///   json::Fields fields(request);
///   fields.read("text", text).read("count", count, 1, 100);
///   if (!fields.ok()) return refuse(fields.error(), fields.wrong());
class Fields {
 public:
  /// `object` must outlive it; one that is no object is an error.
  explicit Fields(const Value& object);

  Fields& read(std::string_view name, std::string& out);
  Fields& read(std::string_view name, bool& out);
  /// A whole number may be written as 3.0.
  Fields& read(std::string_view name, std::int64_t& out, std::int64_t least, std::int64_t most);
  Fields& read(std::string_view name, double& out, double least, double most);
  Fields& read(std::string_view name, std::vector<std::string>& out);

  /// What only the caller can see to be wrong; `why` follows "name: ".
  void refuse(std::string_view name, std::string_view why);

  bool ok() const noexcept { return error_.empty(); }
  /// Names the member and what it must be.
  const std::string& error() const noexcept { return error_; }
  /// The name alone.
  const std::string& wrong() const noexcept { return wrong_; }

 private:
  const Value* find(std::string_view name) const noexcept;

  const Value& object_;
  std::string error_;
  std::string wrong_;
};

}  // namespace tercet::json

#endif  // TERCET_JSON_FIELDS_H_
