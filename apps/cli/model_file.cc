#include "model_file.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <system_error>
#include <utility>

#include "core/error.h"
#include "folders.h"

namespace tercet::cli {

void add_model_argument(CLI::App& command, std::filesystem::path& path) {
  command.add_option("model", path, "Model file (.tct)")->required()->type_name("MODEL");
}

Result<std::vector<std::filesystem::path>> installed_models() {
  std::string looked_in;
  for (const std::filesystem::path& data : data_folders()) {
    const std::filesystem::path folder = data / "models";
    std::vector<std::filesystem::path> found;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
      if (entry.path().extension() == ".tct") found.push_back(entry.path());
    }
    std::sort(found.begin(), found.end());
    if (!found.empty()) return found;
    looked_in += (looked_in.empty() ? "" : ", ") + folder.native();
  }
  return core::invalid_argument(fmt::format(
      "no model: name one, or put some into one of {}; make one with: tercet train --language en "
      "--output en.tct TEXT",
      looked_in.empty() ? "the folders that HOME would name" : looked_in));
}

Result<std::vector<Model>> open_models(std::span<const std::filesystem::path> paths) {
  std::vector<Model> models;
  for (const std::filesystem::path& path : paths) {
    auto model = Model::open(path);
    if (!model) return std::move(model).error();
    models.push_back(std::move(*model));
  }
  return models;
}

void add_text_argument(CLI::App& command, std::filesystem::path& path) {
  command.add_option("file", path, "Text: plain, .gz or .zst; - is standard input")
      ->required()
      ->type_name("FILE");
}

std::optional<std::string> tokens_problem(const Model& model, const std::filesystem::path& path,
                                          bool tokens) {
  const ModelInfo info = model.info();
  if (!tokens || info.plain_tokens) return std::nullopt;
  return fmt::format(
      "--tokens: {} was trained on running text ({}), not on plain tokens; leave --tokens out, or "
      "train a model of tokens with: tercet train --tokens --output MODEL FILE",
      path.native(), language_label(info));
}

std::string language_label(const ModelInfo& info) {
  if (info.plain_tokens) return "tokens";
  return info.language.empty() ? "?" : info.language;
}

}  // namespace tercet::cli
