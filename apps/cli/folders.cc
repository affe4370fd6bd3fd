#include "folders.h"

#include <cstdlib>

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

std::filesystem::path data_folder() { return folder("XDG_DATA_HOME", ".local/share"); }
std::filesystem::path config_folder() { return folder("XDG_CONFIG_HOME", ".config"); }

}  // namespace tercet::cli
