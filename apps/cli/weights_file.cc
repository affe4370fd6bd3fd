#include "weights_file.h"

#include <CLI/CLI.hpp>
#include <string>
#include <utility>

#include "text_lines.h"

namespace tercet::cli {
namespace {

Error with_remedy(Error error) {
  error.message += "; such a file is written by: tercet tune MODEL --text TEXT --output WEIGHTS";
  return error;
}

}  // namespace

void add_weights_option(CLI::App& command, std::filesystem::path& path) {
  command.add_option("--weights", path, "What counts how much, as tercet tune wrote it [shipped]")
      ->type_name("FILE");
}

Result<std::optional<Weights>> read_weights(const std::filesystem::path& path) {
  if (path.empty()) return std::optional<Weights>();
  auto text = read_text(path);
  if (!text) return with_remedy(std::move(text).error());
  auto weights = parse_weights(*text, path.native());
  if (!weights) return with_remedy(std::move(weights).error());
  return std::optional(*weights);
}

}  // namespace tercet::cli
