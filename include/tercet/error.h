// Errors as values. Nothing in tercet throws across its API, std::bad_alloc excepted.
#ifndef TERCET_ERROR_H_
#define TERCET_ERROR_H_

#include <cstdint>
#include <string>
#include <utility>
#include <variant>

namespace tercet {

enum class ErrorCode : std::uint8_t {
  kIo = 1,           ///< The operating system refused: missing file, no permission, full disk.
  kCorrupt,          ///< The bytes are not what they claim to be: checksum, range, truncated file.
  kUnsupported,      ///< Well-formed, but of a version or kind that this build cannot read.
  kInvalidArgument,  ///< The caller asked for something that cannot be done.
  kResource,         ///< A stated limit (memory, ids, counts) would be exceeded.
  kCancelled,        ///< The caller's stop token was triggered. Nothing was left behind.
};

/// What went wrong, where (file, line, byte) and, where there is one, the command that mends it.
struct Error {
  ErrorCode code;
  std::string message;
};

/// A value or an Error. Check `ok()` before the value; reading the wrong side is undefined.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT: implicit
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: implicit

  bool ok() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return ok(); }

  T& value() & noexcept { return *std::get_if<0>(&state_); }
  const T& value() const& noexcept { return *std::get_if<0>(&state_); }
  T&& value() && noexcept { return std::move(*std::get_if<0>(&state_)); }
  T& operator*() & noexcept { return value(); }
  const T& operator*() const& noexcept { return value(); }
  T&& operator*() && noexcept { return std::move(*this).value(); }
  T* operator->() noexcept { return std::get_if<0>(&state_); }
  const T* operator->() const noexcept { return std::get_if<0>(&state_); }

  const Error& error() const& noexcept { return *std::get_if<1>(&state_); }
  Error&& error() && noexcept { return std::move(*std::get_if<1>(&state_)); }

 private:
  std::variant<T, Error> state_;
};

/// Success or an Error.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)), ok_(false) {}  // NOLINT: implicit

  bool ok() const noexcept { return ok_; }
  explicit operator bool() const noexcept { return ok_; }
  const Error& error() const& noexcept { return error_; }
  Error&& error() && noexcept { return std::move(error_); }

 private:
  Error error_{};
  bool ok_ = true;
};

using Status = Result<void>;

}  // namespace tercet

#endif  // TERCET_ERROR_H_
