// Running text from a file, piece by piece.
#ifndef TERCET_APPS_CLI_TEXT_LINES_H_
#define TERCET_APPS_CLI_TEXT_LINES_H_

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

#include "tercet/error.h"

namespace tercet::cli {

struct ReadOptions {
  std::function<void(double fraction)> progress;
  std::stop_token stop;
};

/// Hands on the text of a file (.txt, .gz, .zst by content; "-" is standard input) in pieces of
/// whole lines until `visit` fails; the views live for the call only. kResource: a line of more
/// than 256 MiB.
Status for_lines(const std::filesystem::path& path,
                 const std::function<Status(std::string_view lines)>& visit,
                 const ReadOptions& options = {});

/// All of it at once.
Result<std::string> read_text(const std::filesystem::path& path);
/// The same; nothing where no file is named.
Result<std::string> read_optional_text(const std::filesystem::path& path);

}  // namespace tercet::cli

#endif  // TERCET_APPS_CLI_TEXT_LINES_H_
