#include "http/target.h"

#include <algorithm>
#include <charconv>
#include <cstddef>

#include "core/error.h"
#include "http/ascii.h"
#include "text/utf8.h"

namespace tercet::http {
namespace {

enum class Plus : bool { kIsPlus, kIsSpace };

/// Once; nullopt: a '%' that no two hexadecimal digits follow, or not UTF-8.
std::optional<std::string> decode(std::string_view text, Plus plus) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    char c = text[at];
    if (c == '+' && plus == Plus::kIsSpace) {
      c = ' ';
    } else if (c == '%') {
      unsigned value = 0;
      const std::string_view digits = text.substr(at + 1, 2);
      const auto [end, error] =
          std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
      if (error != std::errc() || end != digits.data() + 2) return std::nullopt;
      c = static_cast<char>(value);
      at += 2;
    }
    out += c;
  }
  for (std::size_t at = 0; at < out.size();) {
    const text::CodePoint point = text::decode(out, at);
    if (!point.valid) return std::nullopt;
    at += point.size;
  }
  return out;
}

bool has_control_or_backslash(std::string_view path) {
  for (const char c : path) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F || c == '\\') return true;
  }
  return false;
}

bool has_parent_segment(std::string_view path) {
  for (std::size_t at = path.find('/'); at != std::string_view::npos; at = path.find('/', at + 1)) {
    const std::string_view segment = path.substr(at + 1, path.find('/', at + 1) - at - 1);
    if (segment == "..") return true;
  }
  return false;
}

/// What a client writes that believes us a proxy, and must be understood.
std::string_view without_authority(std::string_view text) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!same_name(text.substr(0, scheme.size()), scheme)) continue;
    const std::size_t begin = text.find_first_of("/?", scheme.size());
    if (begin == std::string_view::npos) return "/";
    return text.substr(begin);
  }
  return text;
}

}  // namespace

Result<Target> parse_target(std::string_view text) {
  if (text == "*") return Target{"/", {}};
  text = without_authority(text);
  if (!text.starts_with('/')) return core::invalid_argument("the target must begin with /");
  if (text.find('#') != std::string_view::npos)
    return core::invalid_argument("the target must not contain #");
  const std::size_t end = std::min(text.find('?'), text.size());
  auto path = decode(text.substr(0, end), Plus::kIsPlus);
  if (!path) return core::invalid_argument("the path must be percent-encoded UTF-8");
  if (has_control_or_backslash(*path))
    return core::invalid_argument("the path must not contain control characters or backslashes");
  if (has_parent_segment(*path)) return core::invalid_argument("the path must not contain ..");
  return Target{*std::move(path), text.substr(std::min(end + 1, text.size()))};
}

std::optional<std::string> query_value(std::string_view query, std::string_view name) {
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(pair.size() + 1, query.size()));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const auto found = decode(pair.substr(0, equals), Plus::kIsSpace);
    if (found && *found == name)
      return decode(pair.substr(std::min(equals + 1, pair.size())), Plus::kIsSpace);
  }
  return std::nullopt;
}

}  // namespace tercet::http
