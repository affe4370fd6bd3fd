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

}  // namespace

Status for_lines(const std::filesystem::path& path,
                 const std::function<void(std::string_view lines)>& visit) {
  auto input = os::InputFile::open(path);
  if (!input) return std::move(input).error();
  std::string text;
  for (;;) {
    const auto got = append(**input, text);
    if (!got) return got.error();
    if (*got == 0) break;
    const std::size_t line_end = text.rfind('\n');
    if (line_end != std::string::npos) {
      visit(std::string_view(text).substr(0, line_end + 1));
      text.erase(0, line_end + 1);
    } else if (text.size() > kLongestLine) {
      return core::resource((*input)->name() +
                            ": a line of more than 256 MiB; break it into lines first");
    }
  }
  if (!text.empty()) visit(text);
  return {};
}

Result<std::string> read_text(const std::filesystem::path& path) {
  std::string text;
  TERCET_TRY(for_lines(path, [&](std::string_view lines) { text += lines; }));
  return text;
}

Result<std::string> read_optional_text(const std::filesystem::path& path) {
  return path.empty() ? std::string() : read_text(path);
}

}  // namespace tercet::cli
