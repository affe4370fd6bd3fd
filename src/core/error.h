// Shorthand for building and passing errors.
#ifndef TERCET_CORE_ERROR_H_
#define TERCET_CORE_ERROR_H_

#include <string>
#include <string_view>
#include <utility>

#include "tercet/error.h"

namespace tercet::core {

inline Error io_error(std::string message) { return {ErrorCode::kIo, std::move(message)}; }
inline Error corrupt(std::string message) { return {ErrorCode::kCorrupt, std::move(message)}; }
/// A model file with wrong contents.
inline Error damaged(std::string_view name, const std::string& what) {
  return corrupt(std::string(name) + ": " + what + "; the file is damaged: train or copy it again");
}
inline Error unsupported(std::string message) {
  return {ErrorCode::kUnsupported, std::move(message)};
}
inline Error invalid_argument(std::string message) {
  return {ErrorCode::kInvalidArgument, std::move(message)};
}
inline Error resource(std::string message) { return {ErrorCode::kResource, std::move(message)}; }
inline Error cancelled() { return {ErrorCode::kCancelled, "cancelled"}; }

}  // namespace tercet::core

/// Returns the error of `expression` from the enclosing function, if it has one.
#define TERCET_TRY(expression)                                                \
  do {                                                                        \
    auto tercet_try_result = (expression);                                    \
    if (!tercet_try_result.ok()) return std::move(tercet_try_result).error(); \
  } while (false)

#endif  // TERCET_CORE_ERROR_H_
