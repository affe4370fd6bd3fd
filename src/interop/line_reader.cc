#include "interop/line_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace tercet::interop {

std::string quoted(std::string_view text) {
  constexpr std::size_t kMost = 80;
  return fmt::format("\"{}{}\"", text.substr(0, kMost), text.size() > kMost ? "..." : "");
}

LineReader::LineReader(TextSource& source, std::string_view name)
    : source_(source), name_(name), buffer_(2 * kMaxLineBytes) {}

bool LineReader::next(std::string_view& line) {
  line = {};
  if (!status_.ok()) return false;
  std::size_t searched = 0;
  for (;;) {
    const std::string_view rest(buffer_.data() + begin_, end_ - begin_);
    const std::size_t newline = rest.find('\n', searched);
    if (newline != std::string_view::npos) return take(rest.substr(0, newline), newline + 1, line);
    if (at_end_) return !rest.empty() && take(rest, rest.size(), line);
    searched = rest.size();
    if (searched > kMaxLineBytes) {
      ++number_;
      return fail(error("a line of more than 1 MiB; this is no ARPA file"));
    }
    if (!fill()) return false;
  }
}

bool LineReader::starts_with(std::string_view magic) {
  while (end_ < magic.size() && !at_end_) {
    if (!fill()) return false;
  }
  return std::string_view(buffer_.data(), end_).starts_with(magic);
}

Error LineReader::error_at(std::uint64_t line, std::string_view text, ErrorCode code) const {
  return {code, fmt::format("{}:{}: {}", name_, std::max<std::uint64_t>(line, 1), text)};
}

// Makes room behind what is not given out yet and reads into it.
bool LineReader::fill() {
  std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
  end_ -= begin_;
  begin_ = 0;
  auto got = source_.read(std::span(buffer_).subspan(end_));
  if (!got.ok()) return fail(std::move(got).error());
  at_end_ = *got == 0;
  has_nul_ = std::memchr(buffer_.data(), '\0', end_ + *got) != nullptr;
  end_ += *got;
  return true;
}

bool LineReader::take(std::string_view line, std::size_t used, std::string_view& out) {
  begin_ += used;
  ++number_;
  if (has_nul_ && line.find('\0') != std::string_view::npos)
    return fail(error("binary data (a NUL byte); this is no ARPA file, or a damaged one"));
  if (line.ends_with('\r')) line.remove_suffix(1);
  out = line;
  return true;
}

bool LineReader::fail(Error error) {
  status_ = std::move(error);
  return false;
}

}  // namespace tercet::interop
