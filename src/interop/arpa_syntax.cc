#include "interop/arpa_syntax.h"

#include <fmt/format.h>

#include <charconv>
#include <system_error>

#include "model/costs.h"

namespace tercet::interop {
namespace {

constexpr std::string_view kMarkBegin = "# tercet ";

bool is_space(char c) noexcept { return c == ' ' || c == '\t' || c == '\r'; }

/// Takes `text` off the front of `line`, and the spaces behind it.
bool skip(std::string_view& line, std::string_view text) noexcept {
  if (!line.starts_with(text)) return false;
  line.remove_prefix(text.size());
  line = trim(line);
  return true;
}

/// Takes a number off the front of `line`, and the spaces behind it.
template <class T>
bool take(std::string_view& line, T& value) noexcept {
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), value);
  if (error != std::errc()) return false;
  line.remove_prefix(static_cast<std::size_t>(end - line.data()));
  line = trim(line);
  return true;
}

}  // namespace

std::string encode(const ExportMark& mark) {
  return fmt::format("{}units_per_bit={} backoff_bias={} normalised={}", kMarkBegin,
                     mark.units_per_bit, mark.backoff_bias, mark.normalised ? 1 : 0);
}

std::optional<ExportMark> parse_mark(std::string_view line) {
  ExportMark mark;
  std::uint32_t normalised = 0;
  constexpr std::uint32_t kMostUnitsPerBit = 65536;  // What a model file may have.
  if (!skip(line, kMarkBegin) || !skip(line, "units_per_bit=") || !take(line, mark.units_per_bit) ||
      !skip(line, "backoff_bias=") || !take(line, mark.backoff_bias) ||
      !skip(line, "normalised=") || !take(line, normalised) || !line.empty() ||
      mark.units_per_bit < 1 || mark.units_per_bit > kMostUnitsPerBit ||
      mark.backoff_bias > model::kMaxCost || normalised > 1)
    return std::nullopt;
  mark.normalised = normalised == 1;
  return mark;
}

std::optional<CountLine> parse_count_line(std::string_view line) {
  line = trim(line);
  CountLine out{};
  if (!skip(line, "ngram") || !take(line, out.order) || !skip(line, "=") ||
      !take(line, out.count) || !line.empty())
    return std::nullopt;
  return out;
}

std::optional<std::uint32_t> parse_section_line(std::string_view line) {
  line = trim(line);
  std::uint32_t n = 0;
  if (!skip(line, "\\") || !take(line, n) || line != "-grams:") return std::nullopt;
  return n;
}

std::string section_line(std::size_t n) { return fmt::format("\\{}-grams:", n); }

std::optional<double> parse_number(std::string_view field) noexcept {
  if (field.starts_with('+')) field.remove_prefix(1);
  double value = 0;
  const auto [stop, error] = std::from_chars(field.data(), field.data() + field.size(), value);
  if (error != std::errc() || stop != field.data() + field.size()) return std::nullopt;
  return value;
}

std::string_view trim(std::string_view line) noexcept {
  while (!line.empty() && is_space(line.front())) line.remove_prefix(1);
  while (!line.empty() && is_space(line.back())) line.remove_suffix(1);
  return line;
}

std::size_t split(std::string_view line, std::span<std::string_view> fields) noexcept {
  std::size_t count = 0;
  std::size_t at = 0;
  while (count < fields.size()) {
    while (at < line.size() && is_space(line[at])) ++at;
    if (at == line.size()) break;
    const std::size_t begin = at;
    while (at < line.size() && !is_space(line[at])) ++at;
    fields[count++] = line.substr(begin, at - begin);
  }
  return count;
}

}  // namespace tercet::interop
