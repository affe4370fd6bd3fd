// Weights as a small file that people may read and edit.
#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/error.h"
#include "predict/mixture_weights.h"
#include "tercet/tune.h"
#include "text/lines.h"

namespace tercet {
namespace {

using predict::kModelLengths;
using predict::kPartLengths;

constexpr std::string_view kComment =
    "# How much each part of what is learnt counts: its share of what the parts above it leave.\n"
    "# person, document, recent: the length of the longest context that the part has, in words;\n"
    "# then the weights if the model's longest is of 0, 1, 2, and 3 or more words.\n"
    "# repeat: the weights behind 5, 6 to 8, 9 to 15, and more words that were written before.\n";

struct Table {
  std::string_view name;
  std::array<double, kPartLengths * kModelLengths> Weights::* weights;
};
constexpr std::array kTables{Table{"person", &Weights::person},
                             Table{"document", &Weights::document},
                             Table{"recent", &Weights::recent}};

/// Rounded down, so that what sums to less than 1 still does.
void print_row(std::span<const double> row, std::string& out) {
  for (const double weight : row) out += fmt::format(" {:.4f}", std::floor(weight * 1e4) / 1e4);
  out += '\n';
}

std::string_view take_word(std::string_view& rest) {
  constexpr std::string_view kSpaces = " \t\r";
  rest.remove_prefix(std::min(rest.find_first_not_of(kSpaces), rest.size()));
  const std::string_view word = rest.substr(0, rest.find_first_of(kSpaces));
  rest.remove_prefix(word.size());
  return word;
}

template <class Number>
std::optional<Number> take_number(std::string_view& rest) {
  const std::string_view word = take_word(rest);
  Number value{};
  const auto [end, problem] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (problem != std::errc() || end != word.data() + word.size()) return std::nullopt;
  return value;
}

/// The weights that the beginning of a line names; none if there are none such.
std::span<double> take_row(std::string_view& rest, Weights& weights) {
  const std::string_view name = take_word(rest);
  if (name == "repeat") return weights.repeat;
  for (const Table& table : kTables) {
    if (name != table.name) continue;
    const auto length = take_number<std::size_t>(rest);
    if (!length || *length >= kPartLengths) return {};
    return std::span(weights.*table.weights).subspan(*length * kModelLengths, kModelLengths);
  }
  return {};
}

Status parse_row(std::string_view line, Weights& weights) {
  const std::span<double> row = take_row(line, weights);
  if (row.empty()) {
    return core::invalid_argument(
        "expected repeat, or person, document or recent and a length from 0 to 4");
  }
  for (double& weight : row) {
    const auto value = take_number<double>(line);
    if (!value || !(*value >= 0 && *value <= predict::kGreatestWeight))
      return core::invalid_argument("expected four weights from 0 to 0.999");
    weight = *value;
  }
  if (!take_word(line).empty()) return core::invalid_argument("more than four weights");
  return {};
}

}  // namespace

Result<Weights> parse_weights(std::string_view text, std::string_view name) {
  Weights weights = predict::kDefaultWeights;
  Status status;
  std::size_t number = 0;
  text::for_each_line(text, [&](std::string_view line) {
    ++number;
    std::string_view rest = line;
    if (!status.ok() || line.starts_with('#') || take_word(rest).empty()) return;
    const Status parsed = parse_row(line, weights);
    if (parsed.ok()) return;
    status = core::invalid_argument(fmt::format("{}:{}: {}", name, number, parsed.error().message));
  });
  if (!status.ok()) return std::move(status).error();
  for (std::size_t i = 0; i < weights.document.size(); ++i) {
    if (weights.document[i] + weights.recent[i] < 1) continue;
    return core::invalid_argument(
        fmt::format("{}: the weights of document and recent must sum to less than 1", name));
  }
  return weights;
}

std::string print_weights(const Weights& weights) {
  std::string out(kComment);
  for (const Table& table : kTables) {
    for (std::size_t length = 0; length < kPartLengths; ++length) {
      out += fmt::format("{} {}", table.name, length);
      print_row(std::span(weights.*table.weights).subspan(length * kModelLengths, kModelLengths),
                out);
    }
  }
  out += "repeat";
  print_row(weights.repeat, out);
  return out;
}

}  // namespace tercet
