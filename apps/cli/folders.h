// Where a person's files live (XDG Base Directory Specification).
#ifndef TERCET_APPS_CLI_FOLDERS_H_
#define TERCET_APPS_CLI_FOLDERS_H_

#include <filesystem>

namespace tercet::cli {

/// $XDG_DATA_HOME/tercet, by default ~/.local/share/tercet. Empty where the environment says
/// nothing that does not depend on where the program was started.
std::filesystem::path data_folder();
/// $XDG_CONFIG_HOME/tercet, by default ~/.config/tercet; empty likewise.
std::filesystem::path config_folder();

}  // namespace tercet::cli

#endif  // TERCET_APPS_CLI_FOLDERS_H_
