// What a request is aimed at.
#ifndef TERCET_HTTP_TARGET_H_
#define TERCET_HTTP_TARGET_H_

#include <optional>
#include <string>
#include <string_view>

#include "tercet/error.h"

namespace tercet::http {

/// Request::path and Request::query.
struct Target {
  std::string path;
  std::string_view query;  ///< Within what was parsed.
};

/// `/path?query`, or the same behind `http://host`, or `*`. kInvalidArgument: no target that a path
/// of ours could have, or one that tries to reach beyond its folder.
Result<Target> parse_target(std::string_view text);

/// The first value of this name among `a=1&b=2`, decoded; without a value: empty. nullopt: there is
/// none, or it is not encoded UTF-8.
std::optional<std::string> query_value(std::string_view query, std::string_view name);

}  // namespace tercet::http

#endif  // TERCET_HTTP_TARGET_H_
