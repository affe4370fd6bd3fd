// Weights that `tercet tune` has written, for the commands that learn.
#ifndef TERCET_APPS_CLI_WEIGHTS_FILE_H_
#define TERCET_APPS_CLI_WEIGHTS_FILE_H_

#include <filesystem>
#include <optional>

#include "tercet/error.h"
#include "tercet/tune.h"

namespace CLI {
class App;
}  // namespace CLI

namespace tercet::cli {

/// Adds --weights.
void add_weights_option(CLI::App& command, std::filesystem::path& path);

/// None where no file is named. Errors say how such a file is made.
Result<std::optional<Weights>> read_weights(const std::filesystem::path& path);

}  // namespace tercet::cli

#endif  // TERCET_APPS_CLI_WEIGHTS_FILE_H_
