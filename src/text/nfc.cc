#include "text/nfc.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <bitset>
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "text/utf8.h"

namespace tercet::text {
namespace {

// A canonical decomposition is at most four code points long.
constexpr std::size_t kMaxDecomposition = 8;
constexpr char32_t kDirect = 0x3100;  // below: one table look-up
constexpr char32_t kLimit = 0x30000;  // nothing beyond has a decomposition or a combining class

constexpr auto kCompose = static_cast<utf8proc_option_t>(UTF8PROC_COMPOSE | UTF8PROC_STABLE);

struct Range {
  char32_t begin, end;
};

// Every block with canonical decompositions, Hangul syllables excepted.
constexpr Range kDecomposables[] = {
    {0xC0, kDirect}, {0xF900, 0xFB50}, {0x11000, 0x12000}, {0x1D100, 0x1D200}, {0x2F800, 0x2FA20}};

std::size_t decompose(char32_t c, std::array<utf8proc_int32_t, kMaxDecomposition>& out) noexcept {
  int last_boundary = 0;
  const auto size = utf8proc_decompose_char(static_cast<utf8proc_int32_t>(c), out.data(),
                                            kMaxDecomposition, UTF8PROC_DECOMPOSE, &last_boundary);
  return size > 0 ? static_cast<std::size_t>(size) : 0;
}

std::uint8_t combining_class(char32_t c) noexcept {
  const auto value = utf8proc_get_property(static_cast<utf8proc_int32_t>(c))->combining_class;
  return static_cast<std::uint8_t>(value);
}

// Built from utf8proc at first use: it offers no quick-check property of its own, but whatever
// is last in the decomposition of a composite is what NFC may join to the letter before it.
class NfcTable {
 public:
  NfcTable() {
    for (const Range range : kDecomposables) {
      for (char32_t c = range.begin; c < range.end; ++c) add(c);
    }
    for (char32_t c = 0x1161; c <= 0x1175; ++c) unsafe_.set(c);  // Hangul vowels
    for (char32_t c = 0x11A8; c <= 0x11C2; ++c) unsafe_.set(c);  // Hangul final consonants
    for (char32_t c = 0; c < kDirect; ++c) {
      direct_[c] = unsafe_.test(c) ? kNfcUnsafe : combining_class(c);
    }
  }

  std::uint8_t look_up(char32_t c) const noexcept {
    if (c < kDirect) return direct_[c];
    if (c >= kLimit) return 0;
    return unsafe_.test(c) ? kNfcUnsafe : combining_class(c);
  }

 private:
  void add(char32_t c) {
    std::array<utf8proc_int32_t, kMaxDecomposition> parts{};
    const std::size_t size = decompose(c, parts);
    if (size == 0 || (size == 1 && static_cast<char32_t>(parts[0]) == c)) return;
    const auto last = static_cast<char32_t>(parts[size - 1]);
    const auto composed =
        utf8proc_normalize_utf32(parts.data(), static_cast<utf8proc_ssize_t>(size), kCompose);
    const bool stays = composed == 1 && static_cast<char32_t>(parts[0]) == c;
    unsafe_.set(stays ? last : c);
  }

  std::array<std::uint8_t, kDirect> direct_{};
  std::bitset<kLimit> unsafe_;
};

const NfcTable& nfc_table() noexcept {
  static const auto table = std::make_unique<const NfcTable>();
  return *table;
}

// Sorts one run of marks by combining class, keeping the order within a class: the sort keys hold
// class, place and code point.
void order_run(std::span<utf8proc_int32_t> run, std::vector<std::uint64_t>& keys) {
  keys.clear();
  for (std::size_t i = 0; i < run.size(); ++i) {
    const auto c = static_cast<std::uint32_t>(run[i]);
    const std::uint64_t place = i;
    keys.push_back((static_cast<std::uint64_t>(combining_class(c)) << 56U) | (place << 24U) | c);
  }
  std::sort(keys.begin(), keys.end());
  for (std::size_t i = 0; i < run.size(); ++i) {
    run[i] = static_cast<utf8proc_int32_t>(keys[i] & 0xFF'FFFFU);
  }
}

// utf8proc sorts marks by repeated swapping; a hostile run of marks must not take quadratic time.
void order_marks(std::span<utf8proc_int32_t> points) {
  std::vector<std::uint64_t> keys;
  for (std::size_t at = 0; at < points.size(); ++at) {
    const std::size_t begin = at;
    while (at < points.size() && combining_class(static_cast<char32_t>(points[at])) != 0) ++at;
    if (at > begin) order_run(points.subspan(begin, at - begin), keys);
  }
}

// Appends the NFC of one stretch of text that begins and ends at starters nothing can change.
void append_nfc(std::string_view stretch, std::vector<utf8proc_int32_t>& points, std::string& out) {
  points.clear();
  std::array<utf8proc_int32_t, kMaxDecomposition> parts{};
  for (std::size_t at = 0; at < stretch.size();) {
    const std::size_t size = decompose(next_code_point(stretch, at), parts);
    points.insert(points.end(), parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(size));
  }
  order_marks(points);
  const auto size = utf8proc_normalize_utf32(
      points.data(), static_cast<utf8proc_ssize_t>(points.size()), kCompose);
  for (utf8proc_ssize_t i = 0; i < size; ++i) {
    append_code_point(static_cast<char32_t>(points[static_cast<std::size_t>(i)]), out);
  }
}

bool passes_quick_check(std::string_view text) noexcept {
  NfcCheck check;
  for (std::size_t at = 0; at < text.size();) check.add(next_code_point(text, at));
  return !check.maybe_not_nfc();
}

// The end of the stretch beginning at the starter `at`: the starter and all that may join it.
std::size_t stretch_end(std::string_view text, std::size_t at) noexcept {
  at += decode(text, at).size;
  while (at < text.size()) {
    const CodePoint point = decode(text, at);
    if (nfc_class(point.value) == 0) break;
    at += point.size;
  }
  return at;
}

}  // namespace

std::uint8_t nfc_class(char32_t c) noexcept { return nfc_table().look_up(c); }

void make_nfc(std::string& text) {
  if (passes_quick_check(text)) return;
  std::string out;
  out.reserve(text.size() + 16);
  std::vector<utf8proc_int32_t> points;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = stretch_end(text, at);
    const std::string_view stretch = std::string_view(text).substr(at, end - at);
    if (passes_quick_check(stretch)) {
      out.append(stretch);
    } else {
      append_nfc(stretch, points, out);
    }
    at = end;
  }
  text.swap(out);
}

}  // namespace tercet::text
