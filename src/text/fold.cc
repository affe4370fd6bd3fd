#include "text/fold.h"

#include <utf8proc.h>

#include "text/char_class.h"
#include "text/nfc.h"
#include "text/utf8.h"

namespace tercet::text {
namespace {

constexpr char32_t kFinalSigma = 0x3C2;
constexpr char32_t kSigma = 0x3C3;
constexpr char32_t kYo = 0x451;
constexpr char32_t kYe = 0x435;
constexpr char32_t kAcute = 0x301;
constexpr char32_t kDiaeresis = 0x308;

// Joiners are spelling in Persian and the Indic scripts, and they hold emoji together.
bool is_joiner(char32_t c) noexcept { return c == 0x200C || c == 0x200D; }

bool is_tag(char32_t c) noexcept { return c >= 0xE0020 && c <= 0xE007F; }

bool is_starter(char32_t c) noexcept {
  return utf8proc_get_property(static_cast<utf8proc_int32_t>(c))->combining_class == 0;
}

char lower_ascii(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

// Lower case of the Cyrillic letters U+0400..U+045F.
unsigned lower_cyrillic(unsigned c) noexcept {
  if (c < 0x410) return c + 0x50;
  return c < 0x430 ? c + 0x20 : c;
}

// Folds ASCII and Russian letters, which keep their length; returns where something else stands.
std::size_t fold_common(std::string_view surface, bool folds_yo, std::string& out) {
  out.resize(surface.size());
  std::size_t at = 0;
  while (at < surface.size()) {
    const auto first = static_cast<unsigned char>(surface[at]);
    if (first < 0x80) {
      out[at] = lower_ascii(surface[at]);
      ++at;
      continue;
    }
    if ((first & 0xFEU) != 0xD0U || at + 1 >= surface.size()) break;
    const auto second = static_cast<unsigned char>(surface[at + 1]);
    const unsigned point = ((first & 0x1FU) << 6U) | (second & 0x3FU);
    if ((second & 0xC0U) != 0x80U || point >= 0x460) break;
    const unsigned lower = lower_cyrillic(point);
    const unsigned folded = folds_yo && lower == kYo ? static_cast<unsigned>(kYe) : lower;
    out[at] = static_cast<char>(0xC0U | (folded >> 6U));
    out[at + 1] = static_cast<char>(0x80U | (folded & 0x3FU));
    at += 2;
  }
  out.resize(at);
  return at;
}

struct Traits {
  bool valid = true;
  bool composes = false;  // holds something that may join what stands before it
};

Traits traits_of(std::string_view text) noexcept {
  Traits traits;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode(text, at);
    traits.valid = traits.valid && point.valid;
    traits.composes = traits.composes || nfc_class(point.value) != 0;
    at += point.size;
  }
  return traits;
}

// Code point by code point; npos also where only composition would make it match.
std::size_t match_simply(std::string_view surface, std::string_view folded,
                         const Language& language) noexcept {
  std::size_t matched = 0;
  for (std::size_t at = 0; at < surface.size();) {
    const CodePoint point = decode(surface, at);
    at += point.size;
    const char32_t c = fold_code_point(point.value, language);
    if (!point.valid) return std::string_view::npos;
    if (c == kDropped) continue;
    if (matched == folded.size() || next_code_point(folded, matched) != c) {
      return std::string_view::npos;
    }
  }
  return matched;
}

}  // namespace

char32_t fold_code_point(char32_t c, const Language& language) noexcept {
  if (c < 0x80) return static_cast<char32_t>(lower_ascii(static_cast<char>(c)));
  if (c == kAcute && language.drops_accents) return kDropped;
  switch (CharClasses::get().of(c)) {
    case CharClass::kApostrophe:
      return '\'';
    case CharClass::kHyphen:
      return '-';
    case CharClass::kIgnorable:
      return is_joiner(c) || is_tag(c) ? c : kDropped;
    default:
      break;
  }
  const auto lower = static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(c)));
  if (lower == kFinalSigma) return kSigma;
  return language.folds_yo && lower == kYo ? kYe : lower;
}

void fold(std::string_view surface, const Language& language, std::string& out) {
  std::size_t at = fold_common(surface, language.folds_yo, out);
  if (at == surface.size()) return;
  char32_t base = out.empty() ? kDropped : decode(out, previous_code_point(out, out.size())).value;
  while (at < surface.size()) {
    const char32_t folded = fold_code_point(next_code_point(surface, at), language);
    if (folded == kDropped) continue;
    // е with a diaeresis is ё, and so is е; a mark dropped between them may have kept them apart.
    if (folded == kDiaeresis && base == kYe && language.folds_yo) continue;
    if (is_starter(folded)) base = folded;
    append_code_point(folded, out);
  }
  // Lower case may compose where upper case did not (H and macron below), and so may letters
  // between which something was dropped.
  make_nfc(out);
}

std::size_t match_folded(std::string_view surface, std::string_view folded,
                         const Language& language) {
  const std::size_t matched = match_simply(surface, folded, language);
  if (matched != std::string_view::npos) return matched;
  const Traits traits = traits_of(surface);
  if (!traits.valid || !traits.composes) return std::string_view::npos;
  std::string whole;
  fold(surface, language, whole);
  return folded.substr(0, whole.size()) == whole ? whole.size() : std::string_view::npos;
}

}  // namespace tercet::text
