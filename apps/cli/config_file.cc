#include "config_file.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "core/error.h"

namespace tercet::cli {
namespace {

Error wrong(const std::filesystem::path& path, const toml::source_region& where,
            std::string_view what) {
  if (where.begin.line == 0)  // It cannot be read at all.
    return core::invalid_argument(fmt::format("{}: {}", path.native(), what));
  return core::invalid_argument(
      fmt::format("{}:{}:{}: {}", path.native(), where.begin.line, where.begin.column, what));
}

/// As the command line would have it; false: a kind that no option takes.
bool append_text(const toml::node& node, std::vector<std::string>& out) {
  if (const auto* const text = node.as_string()) {
    out.push_back(text->get());
  } else if (const auto* const truth = node.as_boolean()) {
    out.emplace_back(truth->get() ? "true" : "false");
  } else if (const auto* const integer = node.as_integer()) {
    out.push_back(fmt::format("{}", integer->get()));
  } else if (const auto* const real = node.as_floating_point()) {
    out.push_back(fmt::format("{}", real->get()));
  } else if (const auto* const array = node.as_array()) {
    for (const toml::node& each : *array) {
      if (each.is_array() || !append_text(each, out)) return false;
    }
  } else {
    return false;
  }
  return true;
}

/// Whether one was set by somebody stronger that cannot stand beside it.
bool is_excluded(const CLI::Option& option, const std::set<const CLI::Option*>& stronger) {
  const auto others = option.get_excludes();
  return std::any_of(others.begin(), others.end(),
                     [&](const CLI::Option* other) { return stronger.count(other) != 0; });
}

}  // namespace

Status apply_config(CLI::App& command, const std::filesystem::path& path) {
  toml::table table;
  try {
    table = toml::parse_file(path.native());
  } catch (const toml::parse_error& error) {
    return wrong(path, error.source(), error.description());
  }
  std::set<const CLI::Option*> stronger;
  for (const CLI::Option* option : command.get_options()) {
    if (option->count() > 0) stronger.insert(option);
  }
  for (const auto& [key, node] : table) {
    CLI::Option* const option = command.get_option_no_throw("--" + std::string(key.str()));
    std::vector<std::string> values;
    if (option == nullptr || !option->get_configurable())
      return wrong(path, key.source(), fmt::format("there is no option '{}'", key.str()));
    if (!append_text(node, values))
      return wrong(
          path, node.source(),
          fmt::format("{}: must be a text, a number, true or false, or a list", key.str()));
    if (stronger.count(option) != 0 || is_excluded(*option, stronger)) continue;
    try {
      option->add_result(values);
      option->run_callback();
    } catch (const CLI::Error& error) {
      return wrong(path, node.source(), error.what());
    }
  }
  return {};
}

}  // namespace tercet::cli
