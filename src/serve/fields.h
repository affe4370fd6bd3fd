// The members of a request's JSON object, checked as they are read.
#ifndef TERCET_SERVE_FIELDS_H_
#define TERCET_SERVE_FIELDS_H_

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "json/value.h"

namespace tercet::serve {

/// What is wrong with a request.
struct Problem {
  std::string field;    ///< Empty: the request as a whole.
  std::string message;  ///< Names the field too.
};

/// Reads members; remembers the first that is wrong, which then counts as left out. Null and
/// missing members count as left out, unknown ones are never looked at. `object` must outlive it.
/// Of several names for one thing, the first that is there counts.
class Fields {
 public:
  using Names = std::initializer_list<std::string_view>;

  explicit Fields(const json::Value& object) : object_(object) {}

  bool truth(std::string_view name, bool otherwise);
  double number(Names names, double otherwise, double least, double most);
  std::int64_t integer(Names names, std::int64_t otherwise, std::int64_t least, std::int64_t most);
  std::string string(Names names);
  /// One string or an array of them.
  std::vector<std::string> strings(Names names);

  /// The name by which the member is there; empty if it is not.
  std::string_view name_of(Names names) const;
  const json::Value* find(std::string_view name) const { return object_.find(name); }
  /// `expected` follows "name: ".
  void refuse(std::string_view name, std::string_view expected);
  bool ok() const noexcept { return problem_.message.empty(); }
  const Problem& problem() const noexcept { return problem_; }

 private:
  const json::Value& object_;
  Problem problem_;
};

}  // namespace tercet::serve

#endif  // TERCET_SERVE_FIELDS_H_
