#include "text/utf8.h"

#include <algorithm>
#include <cstring>

#include "text/nfc.h"

namespace tercet::text {
namespace {

constexpr char32_t kByteOrderMark = 0xFEFF;

// A one, and the highest bit, in each byte of a word.
constexpr std::uint64_t kOnes = 0x0101010101010101U;
constexpr std::uint64_t kHigh = kOnes * 0x80;

unsigned byte_at(std::string_view text, std::size_t at) noexcept {
  return static_cast<unsigned char>(text[at]);
}

// The bytes allowed second in a sequence and the bits its first byte carries (Unicode table 3-7).
// size 0: no sequence begins with this byte.
struct Lead {
  unsigned size, low, high, bits;
};

Lead lead_of(unsigned first) noexcept {
  if (first >= 0xC2 && first <= 0xDF) return {2, 0x80, 0xBF, first & 0x1FU};
  if (first == 0xE0) return {3, 0xA0, 0xBF, 0};
  if (first == 0xED) return {3, 0x80, 0x9F, 0xDU};
  if (first >= 0xE1 && first <= 0xEF) return {3, 0x80, 0xBF, first & 0xFU};
  if (first == 0xF0) return {4, 0x90, 0xBF, 0};
  if (first >= 0xF1 && first <= 0xF3) return {4, 0x80, 0xBF, first & 0x7U};
  if (first == 0xF4) return {4, 0x80, 0x8F, 4};
  return {0, 0, 0, 0};
}

bool is_control(char32_t c) noexcept {
  return (c < 0x20 && c != U'\t' && c != U'\n') || (c >= 0x7F && c < 0xA0);
}

// Printable ASCII from `at` on: eight bytes at a step, none of them below 0x20 or above 0x7E.
std::size_t skip_ascii(std::string_view text, std::size_t at) noexcept {
  while (at + 8 <= text.size()) {
    std::uint64_t word;
    std::memcpy(&word, text.data() + at, sizeof word);
    if (((word | (word + kOnes) | (word - kOnes * 0x20)) & kHigh) != 0) break;
    at += 8;
  }
  while (at < text.size() && byte_at(text, at) - 0x20U < 0x5FU) ++at;
  return at;
}

// Two-byte letters that are always in NFC: U+00C0..U+02FF and basic Cyrillic, with the spaces and
// marks between them.
std::size_t skip_alphabetic(std::string_view text, std::size_t at) noexcept {
  while (at + 2 <= text.size()) {
    const unsigned first = byte_at(text, at);
    if (first - 0x20U < 0x5FU) {
      ++at;
      continue;
    }
    const bool plain = (first & 0xFEU) == 0xD0U || first - 0xC3U < 9U;
    if (!plain || (byte_at(text, at + 1) & 0xC0U) != 0x80U) break;
    at += 2;
  }
  return at;
}

struct Scan {
  std::size_t end;     // where the first thing to mend stands, or the text's size
  bool maybe_not_nfc;  // of what lies before `end`
};

Scan scan(std::string_view text, std::size_t at) noexcept {
  NfcCheck check;
  while (true) {
    const std::size_t begin = at;
    at = skip_alphabetic(text, skip_ascii(text, at));
    if (at != begin) check.starter();
    if (at == text.size()) return {at, check.maybe_not_nfc()};
    const CodePoint point = decode(text, at);
    const bool mend = !point.valid || is_control(point.value) || point.value == kByteOrderMark;
    if (mend) return {at, check.maybe_not_nfc()};
    check.add(point.value);
    at += point.size;
  }
}

void repair(std::string_view in, std::size_t at, std::string& out, CleanStats& stats) {
  out.assign(in.substr(0, at));
  while (at < in.size()) {
    const CodePoint point = decode(in, at);
    if (!point.valid) {
      if (stats.bad_bytes++ == 0) stats.first_bad_offset = at;
      append_code_point(kReplacement, out);
    } else if (point.value != kByteOrderMark) {
      out.push_back(' ');
    }
    at += point.size;
    const Scan good = scan(in, at);
    out.append(in.substr(at, good.end - at));
    at = good.end;
  }
}

}  // namespace

std::string_view clean(std::string_view in, std::string& buffer, CleanStats& stats) {
  const Scan first = scan(in, 0);
  if (first.end < in.size()) {
    repair(in, first.end, buffer, stats);
  } else if (first.maybe_not_nfc) {
    buffer.assign(in);
  } else {
    return in;
  }
  make_nfc(buffer);
  return buffer;
}

CodePoint decode_long(std::string_view text, std::size_t at) noexcept {
  const Lead lead = lead_of(byte_at(text, at));
  if (lead.size == 0) return {kReplacement, 1, false};
  char32_t value = lead.bits;
  unsigned low = lead.low;
  unsigned high = lead.high;
  for (std::uint32_t taken = 1; taken < lead.size; ++taken) {
    if (at + taken >= text.size()) return {kReplacement, taken, false};
    const unsigned next = byte_at(text, at + taken);
    if (next < low || next > high) return {kReplacement, taken, false};
    value = (value << 6U) | (next & 0x3FU);
    low = 0x80;
    high = 0xBF;
  }
  return {value, lead.size, true};
}

std::size_t code_point_count(std::string_view text) noexcept {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

void append_code_point(char32_t value, std::string& out) {
  if (value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) value = kReplacement;
  const auto push = [&out](char32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (value < 0x80) return push(value);
  if (value < 0x800) {
    push(0xC0U | (value >> 6U));
  } else if (value < 0x10000) {
    push(0xE0U | (value >> 12U));
    push(0x80U | ((value >> 6U) & 0x3FU));
  } else {
    push(0xF0U | (value >> 18U));
    push(0x80U | ((value >> 12U) & 0x3FU));
    push(0x80U | ((value >> 6U) & 0x3FU));
  }
  push(0x80U | (value & 0x3FU));
}

}  // namespace tercet::text
