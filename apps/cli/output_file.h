// The file that a long command writes when its work is done.
#ifndef TERCET_APPS_CLI_OUTPUT_FILE_H_
#define TERCET_APPS_CLI_OUTPUT_FILE_H_

#include <filesystem>
#include <optional>
#include <string_view>

#include "os/output_file.h"
#include "tercet/error.h"

namespace tercet::cli {

/// Whether `path` may be written: only what begins, unpacked, with `magic` is replaced, so that a
/// slip in the arguments costs nobody a text.
Status check_output(const std::filesystem::path& path, std::string_view magic);

/// To be called before the work begins, so that hours are not spent for a file that cannot be
/// written. None where no file is named. Replaces what check_output() allows.
Result<std::optional<os::OutputFile>> open_output(const std::filesystem::path& path,
                                                  std::string_view magic);

}  // namespace tercet::cli

#endif  // TERCET_APPS_CLI_OUTPUT_FILE_H_
