// Options from a file.
#ifndef TERCET_APPS_CLI_CONFIG_FILE_H_
#define TERCET_APPS_CLI_CONFIG_FILE_H_

#include <filesystem>

#include "tercet/error.h"

namespace CLI {
class App;
}  // namespace CLI

namespace tercet::cli {

/// Gives each option of `command` that neither the command line nor the environment has set the
/// value of the key of its name in a TOML file: `port = 8080`, `allow-host = ["a", "b"]`. What one
/// of these excludes stays unset, too. kInvalidArgument names file, line and column.
Status apply_config(CLI::App& command, const std::filesystem::path& path);

}  // namespace tercet::cli

#endif  // TERCET_APPS_CLI_CONFIG_FILE_H_
