#include "units.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>

#include "core/error.h"

namespace tercet::cli {
namespace {

constexpr std::string_view kUnits = "KMGT";

// The power of 1024 that the suffix stands for, or -1.
int power_of(std::string_view suffix) {
  if (suffix.empty() || suffix == "B") return 0;
  const auto unit = kUnits.find(static_cast<char>(suffix[0] & ~0x20));  // Upper case.
  suffix.remove_prefix(1);
  if (unit == std::string_view::npos) return -1;
  return suffix.empty() || suffix == "B" || suffix == "iB" ? static_cast<int>(unit) + 1 : -1;
}

}  // namespace

Result<std::uint64_t> parse_bytes(std::string_view text) {
  constexpr double kMost = 0x1p63;
  double number = 0;
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  const auto [rest, error] =
      std::from_chars(begin, end, number, std::chars_format::fixed);  // No "1e9", no "inf".
  const int power = error == std::errc() ? power_of({rest, end}) : -1;
  const double bytes = power < 0 ? -1 : std::ldexp(number, 10 * power);
  if (!(bytes >= 0 && bytes < kMost)) {
    return core::invalid_argument(
        fmt::format("'{}' is not a size: write bytes, or a number with K, M, G or T (1K = 1024 "
                    "bytes), such as 500M or 2G",
                    text));
  }
  return static_cast<std::uint64_t>(bytes);
}

std::string format_bytes(std::uint64_t bytes) {
  if (bytes < 1024) return fmt::format("{} B", bytes);
  double number = static_cast<double>(bytes) / 1024;
  std::size_t unit = 0;
  for (; number >= 1023.95 && unit + 1 < kUnits.size(); ++unit) number /= 1024;
  return fmt::format("{:.1f} {}iB", number, kUnits[unit]);
}

Result<std::vector<std::uint64_t>> parse_prune_counts(std::string_view text) {
  std::vector<std::uint64_t> counts;
  const char* at = text.data();
  const char* end = at + text.size();
  for (;;) {
    std::uint64_t count = 0;
    const auto [rest, error] = std::from_chars(at, end, count);
    const bool falls = !counts.empty() && count < counts.back();
    if (error != std::errc() || falls || (rest != end && *rest != ',')) {
      return core::invalid_argument(
          fmt::format("'{}' is not a list of pruning counts: write one number per order, never "
                      "falling, with commas and no spaces, such as 0,0,1",
                      text));
    }
    counts.push_back(count);
    if (rest == end) return counts;
    at = rest + 1;
  }
}

}  // namespace tercet::cli
