#include "command.h"

#include <fmt/format.h>

#include <charconv>
#include <cstdio>
#include <system_error>

#include "os/interrupt.h"

namespace tercet::cli {

std::function<std::string(const std::string&)> between(double least, double most) {
  return [least, most](const std::string& text) -> std::string {
    double number = 0;
    const char* end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, number);
    // Written so that NaN fails.
    if (error == std::errc() && rest == end && number >= least && number <= most) return {};
    return fmt::format("'{}' is not a number from {} to {}", text, least, most);
  };
}

void complain(std::string_view message) { fmt::print(stderr, "tercet: {}\n", message); }

void warn(std::string_view message) { fmt::print(stderr, "tercet: warning: {}\n", message); }

int fail(const Error& error) {
  complain(error.message);
  return kFailure;
}

int refuse(std::string_view message) {
  complain(message);
  return kUsage;
}

int fail_or_stop(const Error& error, std::string_view unharmed) {
  if (error.code != ErrorCode::kCancelled) return fail(error);
  complain(fmt::format("interrupted; {}", unharmed));
  return kSignalled + os::interrupt_signal();
}

}  // namespace tercet::cli
