#include "output_file.h"

#include <span>
#include <utility>

#include "core/error.h"
#include "os/atomic_file.h"

namespace tercet::cli {

Result<std::optional<os::OutputFile>> open_output(const std::filesystem::path& path,
                                                  std::string_view magic) {
  if (path.empty()) return std::optional<os::OutputFile>();
  TERCET_TRY(os::check_replaces(path, std::as_bytes(std::span(magic))));
  auto file = os::OutputFile::create(path);
  if (!file) return std::move(file).error();
  return std::optional(std::move(*file));
}

}  // namespace tercet::cli
