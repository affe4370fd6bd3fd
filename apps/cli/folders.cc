#include "folders.h"

#include <cstdlib>
#include <sstream>
#include <string>
#include <utility>

namespace tercet::cli {
namespace {

std::filesystem::path path_in(const char* variable) {
  const char* const value = std::getenv(variable);
  const std::filesystem::path path = value == nullptr ? "" : value;
  return path.is_absolute() ? path : std::filesystem::path();
}

std::filesystem::path folder(const char* variable, const char* below_home) {
  if (const auto given = path_in(variable); !given.empty()) return given / "tercet";
  const auto home = path_in("HOME");
  return home.empty() ? home : home / below_home / "tercet";
}

}  // namespace

std::vector<std::filesystem::path> data_folders() {
  std::vector<std::filesystem::path> folders;
  if (auto own = data_folder(); !own.empty()) folders.push_back(std::move(own));
  const char* const given = std::getenv("XDG_DATA_DIRS");
  std::istringstream list(given == nullptr || *given == '\0' ? "/usr/local/share:/usr/share"
                                                             : given);
  for (std::string each; std::getline(list, each, ':');) {
    if (const std::filesystem::path path = each; path.is_absolute())
      folders.push_back(path / "tercet");
  }
  return folders;
}

std::filesystem::path data_folder() { return folder("XDG_DATA_HOME", ".local/share"); }
std::filesystem::path config_folder() { return folder("XDG_CONFIG_HOME", ".config"); }

}  // namespace tercet::cli
