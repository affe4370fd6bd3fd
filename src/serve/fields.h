// The members of a request of clients that name one thing in several ways.
#ifndef TERCET_SERVE_FIELDS_H_
#define TERCET_SERVE_FIELDS_H_

#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "json/fields.h"
#include "json/value.h"

namespace tercet::serve {

/// What json::Fields reads, under the first of several names that is there; what is there under the
/// others must be right, too. A list of strings may be written as one.
class Fields {
 public:
  using Names = std::initializer_list<std::string_view>;

  explicit Fields(const json::Value& object) : object_(object), fields_(object) {}

  bool truth(Names names, bool otherwise);
  double number(Names names, double otherwise, double least, double most);
  std::int64_t integer(Names names, std::int64_t otherwise, std::int64_t least, std::int64_t most);
  std::string string(Names names);
  /// One string or an array of them.
  std::vector<std::string> strings(Names names);

  /// The name by which the member is there; empty if it is not.
  std::string_view name_of(Names names) const;
  const json::Value* find(std::string_view name) const { return object_.find(name); }
  void refuse(std::string_view name, std::string_view why) { fields_.refuse(name, why); }
  bool ok() const noexcept { return fields_.ok(); }
  const json::Fields& checked() const noexcept { return fields_; }

 private:
  /// Reads what is there, the name that counts last.
  template <class Read>
  void each(Names names, const Read& read) {
    for (auto name = std::rbegin(names); name != std::rend(names); ++name) {
      if (find(*name) != nullptr) read(*name);
    }
  }

  const json::Value& object_;
  json::Fields fields_;
};

}  // namespace tercet::serve

#endif  // TERCET_SERVE_FIELDS_H_
