// Where a person's files live (XDG Base Directory Specification).
#ifndef TERCET_APPS_CLI_FOLDERS_H_
#define TERCET_APPS_CLI_FOLDERS_H_

#include <filesystem>
#include <vector>

namespace tercet::cli {

/// $XDG_DATA_HOME/tercet, by default ~/.local/share/tercet. Empty where the environment says
/// nothing that does not depend on where the program was started.
std::filesystem::path data_folder();
/// That, and the machine's: tercet in each of $XDG_DATA_DIRS, by default /usr/local/share and
/// /usr/share.
std::vector<std::filesystem::path> data_folders();
/// $XDG_CONFIG_HOME/tercet, by default ~/.config/tercet; empty likewise.
std::filesystem::path config_folder();

}  // namespace tercet::cli

#endif  // TERCET_APPS_CLI_FOLDERS_H_
