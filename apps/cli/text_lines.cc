#include "text_lines.h"

#include <cstddef>
#include <utility>

#include "core/error.h"
#include "os/input_file.h"

namespace tercet::cli {
namespace {

constexpr std::size_t kReadBytes = std::size_t{1} << 20;
constexpr std::size_t kLongestLine = std::size_t{256} << 20;

// Appends what one read gives; 0 bytes at the end.
Result<std::size_t> append(os::InputFile& input, std::string& text) {
  const std::size_t before = text.size();
  text.resize(before + kReadBytes);
  auto got = input.read({text.data() + before, kReadBytes});
  text.resize(before + (got ? *got : 0));
  return got;
}

void report_progress(const os::InputFile& input, const ReadOptions& options) {
  if (!options.progress || input.size() == 0) return;
  options.progress(static_cast<double>(input.consumed()) / static_cast<double>(input.size()));
}

}  // namespace

Status for_lines(const std::filesystem::path& path,
                 const std::function<Status(std::string_view lines)>& visit,
                 const ReadOptions& options) {
  auto input = os::InputFile::open(path, options.stop);
  if (!input) return std::move(input).error();
  std::string text;
  for (;;) {
    if (options.stop.stop_requested()) return core::cancelled();
    const std::size_t begun = text.size();  // A line, whose end is still to come.
    const auto got = append(**input, text);
    if (!got) return got.error();
    if (*got == 0) break;
    report_progress(**input, options);
    const std::size_t line_end = std::string_view(text).substr(begun).rfind('\n');
    if (line_end != std::string::npos) {
      const std::size_t lines = begun + line_end + 1;
      TERCET_TRY(visit(std::string_view(text).substr(0, lines)));
      text.erase(0, lines);
    } else if (text.size() > kLongestLine) {
      return core::resource((*input)->name() +
                            ": a line of more than 256 MiB; break it into lines first");
    }
  }
  return text.empty() ? Status{} : visit(text);
}

Result<std::string> read_text(const std::filesystem::path& path) {
  std::string text;
  TERCET_TRY(for_lines(path, [&](std::string_view lines) {
    text += lines;
    return Status{};
  }));
  return text;
}

Result<std::string> read_optional_text(const std::filesystem::path& path) {
  return path.empty() ? std::string() : read_text(path);
}

}  // namespace tercet::cli
