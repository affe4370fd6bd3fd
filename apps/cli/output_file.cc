#include "output_file.h"

#include <span>
#include <string>
#include <system_error>
#include <utility>

#include "core/error.h"
#include "os/input_file.h"

namespace tercet::cli {

namespace {

/// Unpacked, as it would be written.
bool begins_with(const std::filesystem::path& path, std::string_view magic) {
  auto input = os::InputFile::open(path);
  std::string head(magic.size(), '\0');
  std::size_t size = 0;
  while (input.ok() && size < head.size()) {
    const auto got = (*input)->read(std::span(head).subspan(size));
    if (!got.ok() || *got == 0) return false;
    size += *got;
  }
  return input.ok() && head == magic;
}

}  // namespace

Status check_output(const std::filesystem::path& path, std::string_view magic) {
  std::error_code error;
  const bool holds_something =
      std::filesystem::is_regular_file(path, error) && std::filesystem::file_size(path, error) != 0;
  if (!holds_something || begins_with(path, magic)) return {};
  return core::invalid_argument(
      path.native() +
      ": exists and is not what this command writes; remove it, or choose another file");
}

Result<std::optional<os::OutputFile>> open_output(const std::filesystem::path& path,
                                                  std::string_view magic) {
  if (path.empty()) return std::optional<os::OutputFile>();
  TERCET_TRY(check_output(path, magic));
  auto file = os::OutputFile::create(path);
  if (!file) return std::move(file).error();
  return std::optional(std::move(*file));
}

}  // namespace tercet::cli
