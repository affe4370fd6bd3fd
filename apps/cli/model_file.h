// Opening models for the commands that ask them.
#ifndef TERCET_APPS_CLI_MODEL_FILE_H_
#define TERCET_APPS_CLI_MODEL_FILE_H_

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tercet/error.h"
#include "tercet/model.h"

namespace CLI {
class App;
}  // namespace CLI

namespace tercet::cli {

/// Adds the required positional MODEL.
void add_model_argument(CLI::App& command, std::filesystem::path& path);
/// Those of a person who names none: every .tct, by name, in the first of data_folders() whose
/// folder `models` has any. kInvalidArgument says how to get one.
Result<std::vector<std::filesystem::path>> installed_models();
/// One language each, in this order.
Result<std::vector<Model>> open_models(std::span<const std::filesystem::path> paths);

/// Adds the required positional FILE, a text that for_lines() reads.
void add_text_argument(CLI::App& command, std::filesystem::path& path);

/// Why `--tokens` does not fit this model; nothing if it does, or was not given. The model itself
/// knows how it reads text, so the flag is only a cross-check for scripts.
std::optional<std::string> tokens_problem(const Model& model, const std::filesystem::path& path,
                                          bool tokens);

/// "en", "ru"; "tokens" for models of plain tokens; "?" where the file does not say.
std::string language_label(const ModelInfo& info);

}  // namespace tercet::cli

#endif  // TERCET_APPS_CLI_MODEL_FILE_H_
