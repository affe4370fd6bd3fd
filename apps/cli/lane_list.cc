#include "lane_list.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "columns.h"
#include "command.h"
#include "serve/lanes_json.h"

namespace tercet::cli {
namespace {

/// "seen 14 times after 'string'; your text has piano, orchestra"
std::string reason(const Provenance& provenance) {
  std::string out = fmt::format(
      "seen {} time{} {}", provenance.times, provenance.times == 1 ? "" : "s",
      provenance.after.empty() ? "where a sentence begins"
                               : fmt::format("after '{}'", printable(provenance.after)));
  const auto& [first, second] = provenance.because;
  if (!first.empty()) out += "; your text has " + printable(first);
  if (!second.empty()) out += ", " + printable(second);
  return out;
}

}  // namespace

void add_gate_option(CLI::App& command, double& gate) {
  command
      .add_option(
          "--gate", gate,
          "Fit that makes a word genius: at 0.8 one random word in five would pass, at 0.95 "
          "one in twenty")
      ->capture_default_str()
      ->check(between(0, 1))
      ->type_name("0..1");
}

std::string measured_list(std::span<const Offer> offers) {
  std::size_t widest = 0;
  for (const Offer& each : offers) widest = std::max(widest, display_width(each.text));
  std::string out;
  int number = 0;
  for (const Offer& each : offers) {
    const LaneMeasure& measure = each.measure;
    fmt::format_to(std::back_inserter(out),
                   "{:2}  {}{:{}}  {:5.1f} bits  U {:.3f}  D {:4.1f}  V {:.2f}", ++number,
                   printable(each.text), "", widest - display_width(each.text), each.surprise_bits,
                   measure.unusual, measure.support_bits, measure.fit);
    if (each.provenance.times > 0) out += "  " + reason(each.provenance);
    out += '\n';
  }
  return out;
}

std::string lane_lists(const Offers& offers, std::optional<Lane> only) {
  const std::array<std::pair<Lane, std::span<const Offer>>, 3> lanes = {
      {{Lane::kTypical, offers.words}, {Lane::kRare, offers.rare}, {Lane::kGenius, offers.genius}}};
  std::string out;
  for (const auto& [lane, list] : lanes) {
    if (only && lane != *only) continue;
    out += fmt::format("{}{}\n", serve::name_of(lane), list.empty() ? ": none" : "");
    out += measured_list(list);
  }
  return out;
}

}  // namespace tercet::cli
