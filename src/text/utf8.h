// UTF-8: reading code points, and the one gate through which all text enters the engine.
#ifndef TERCET_TEXT_UTF8_H_
#define TERCET_TEXT_UTF8_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tercet::text {

/// What stands in place of bytes that are not UTF-8.
inline constexpr char32_t kReplacement = 0xFFFD;

/// What clean() had to mend. Counts add up over calls that share one CleanStats.
struct CleanStats {
  std::uint64_t bad_bytes = 0;  ///< Invalid sequences replaced by U+FFFD.
  /// Offset of the first of them, in the input of the call that met it.
  std::uint64_t first_bad_offset = 0;
};

/// Returns `in` as valid UTF-8 in NFC. Each invalid sequence (maximal subpart, as in the Unicode
/// standard, chapter 3.9) becomes U+FFFD; controls become spaces, except tab and line feed, which
/// stay; byte order marks go. Text that is clean already comes back as the view `in` itself,
/// uncopied; otherwise the result lies in `buffer`, which must not be what `in` points into.
std::string_view clean(std::string_view in, std::string& buffer, CleanStats& stats);

/// One code point and the bytes it takes. Invalid bytes give U+FFFD and the length of the invalid
/// sequence; `valid` tells that apart from a U+FFFD in the text.
struct CodePoint {
  char32_t value;
  std::uint32_t size;
  bool valid;
};

/// Decodes three-byte, four-byte and invalid sequences: the slow rest of decode().
CodePoint decode_long(std::string_view text, std::size_t at) noexcept;

/// The code point at `at` < text.size(). Any bytes are safe.
inline CodePoint decode(std::string_view text, std::size_t at) noexcept {
  const auto first = static_cast<unsigned char>(text[at]);
  if (first < 0x80) return {first, 1, true};
  if (first >= 0xC2 && first < 0xE0 && at + 1 < text.size()) {
    const auto second = static_cast<unsigned char>(text[at + 1]);
    if ((second & 0xC0U) == 0x80U) {
      return {((first & 0x1FU) << 6U) | (second & 0x3FU), 2, true};
    }
  }
  return decode_long(text, at);
}

/// Decodes at `at` < text.size() and moves `at` behind it.
inline char32_t next_code_point(std::string_view text, std::size_t& at) noexcept {
  const CodePoint point = decode(text, at);
  at += point.size;
  return point.value;
}

/// Offset of the last code point that begins before `end`; 0 < end <= text.size(), valid UTF-8.
inline std::size_t previous_code_point(std::string_view text, std::size_t end) noexcept {
  std::size_t at = end - 1;
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) --at;
  return at;
}

/// How many code points valid UTF-8 holds.
std::size_t code_point_count(std::string_view text) noexcept;

/// Appends `value` as UTF-8; what is no Unicode scalar value is appended as U+FFFD.
void append_code_point(char32_t value, std::string& out);

}  // namespace tercet::text

#endif  // TERCET_TEXT_UTF8_H_
