#include "config_file.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "core/error.h"

namespace tercet::cli {
namespace {

Error wrong(const std::filesystem::path& path, const toml::source_region& where,
            std::string_view what) {
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

}  // namespace

Status apply_config(CLI::App& command, const std::filesystem::path& path) {
  toml::table table;
  try {
    table = toml::parse_file(path.native());
  } catch (const toml::parse_error& error) {
    return wrong(path, error.source(), error.description());
  }
  for (const auto& [key, node] : table) {
    CLI::Option* const option = command.get_option_no_throw("--" + std::string(key.str()));
    std::vector<std::string> values;
    if (option == nullptr)
      return wrong(path, key.source(), fmt::format("there is no option '{}'", key.str()));
    if (!append_text(node, values))
      return wrong(
          path, node.source(),
          fmt::format("{}: must be a text, a number, true or false, or a list", key.str()));
    if (option->count() > 0) continue;
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
