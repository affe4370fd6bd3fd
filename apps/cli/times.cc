#include "times.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <chrono>
#include <ctime>
#include <optional>

#include "core/error.h"

namespace tercet::cli {
namespace {

// "10m" -> milliseconds.
std::optional<std::int64_t> parse_ago(std::string_view text) {
  constexpr std::int64_t kMostUnits = 1'000'000;
  std::int64_t count = 0;
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  const auto [rest, error] = std::from_chars(begin, end, count);
  if (error != std::errc() || rest + 1 != end || count < 0 || count > kMostUnits) return {};
  switch (*rest) {
    case 's':
      return count * 1000;
    case 'm':
      return count * 60'000;
    case 'h':
      return count * 3'600'000;
    case 'd':
      return count * 86'400'000;
    case 'w':
      return count * 604'800'000;
    default:
      return {};
  }
}

std::optional<std::int64_t> parse_date(const std::string& text) {
  for (const char* format :
       {"%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S"}) {
    std::tm fields{};
    const char* rest = ::strptime(text.c_str(), format, &fields);
    if (rest == nullptr || *rest != '\0') continue;
    const int day = fields.tm_mday;
    fields.tm_isdst = -1;  // Let the time zone say.
    const std::time_t seconds = std::mktime(&fields);
    // mktime makes 31 February the 3 March.
    if (seconds < 0 || fields.tm_mday != day) return {};
    return std::int64_t{seconds} * 1000;
  }
  return {};
}

}  // namespace

std::int64_t now() {
  using std::chrono::system_clock;
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             system_clock::now().time_since_epoch())
      .count();
}

Result<std::int64_t> parse_time(std::string_view text, std::int64_t now) {
  if (const auto ago = parse_ago(text)) return now - *ago;
  if (const auto date = parse_date(std::string(text))) return *date;
  return core::invalid_argument(fmt::format(
      "'{}' is not a time: write 2026-03-01, 2026-03-01T17:30, or how long ago: 10m, 2h, 3d, 1w",
      text));
}

std::string format_time(std::int64_t milliseconds) {
  const std::time_t seconds = milliseconds / 1000;
  std::tm fields{};
  ::localtime_r(&seconds, &fields);
  std::array<char, 64> text;
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M:%S", &fields)};
}

}  // namespace tercet::cli
