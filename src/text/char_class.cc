#include "text/char_class.h"

#include <utf8proc.h>

#include <algorithm>
#include <iterator>

namespace tercet::text {
namespace {

struct Range {
  char32_t first, last;
};

// Scripts written without spaces between words: Thai, Lao, Myanmar, Khmer, Kana, Han.
constexpr Range kUnspaced[] = {
    {0x0E00, 0x0E3E},   {0x0E40, 0x0E4F},  {0x0E80, 0x0ECF}, {0x0EDC, 0x0EDF}, {0x1000, 0x103F},
    {0x1050, 0x108F},   {0x1780, 0x17D3},  {0x3005, 0x3007}, {0x3021, 0x3029}, {0x3031, 0x3035},
    {0x3041, 0x3096},   {0x309D, 0x309F},  {0x30A1, 0x30FA}, {0x30FC, 0x30FF}, {0x3105, 0x312F},
    {0x31F0, 0x31FF},   {0x3400, 0x4DBF},  {0x4E00, 0x9FFF}, {0xF900, 0xFAFF}, {0xFF66, 0xFF9F},
    {0x1B000, 0x1B16F}, {0x20000, 0x3FFFD}};

// Full stops, question and exclamation marks of all scripts that put a space after them.
constexpr char32_t kStops[] = {'!',    '.',    '?',    0x203C, 0x203D, 0x2047, 0x2048, 0x2049,
                               0x2026, 0x0589, 0x061F, 0x06D4, 0x0964, 0x0965, 0x1362, 0x1367};
constexpr char32_t kWideStops[] = {0x3002, 0xFF01, 0xFF0E, 0xFF1F, 0xFF61};
constexpr char32_t kApostrophes[] = {'\'', 0x2019, 0x02BC};
constexpr char32_t kHyphens[] = {'-', 0x2010, 0x2011};
constexpr char32_t kConnectors[] = {'_', 0x00B7, 0x203F, 0x2040};
constexpr char32_t kSeparators[] = {',', ':'};
constexpr char32_t kLineBreaks[] = {'\n', '\v', '\f', '\r', 0x85, 0x2028, 0x2029};
constexpr char32_t kSpaces[] = {'\t', 0x200B, 0x3000};

template <std::size_t kSize>
bool contains(const char32_t (&set)[kSize], char32_t c) noexcept {
  return std::find(std::begin(set), std::end(set), c) != std::end(set);
}

bool is_unspaced(char32_t c) noexcept {
  return std::any_of(std::begin(kUnspaced), std::end(kUnspaced),
                     [c](const Range& range) { return range.first <= c && c <= range.last; });
}

CharClass of_boundclass(const utf8proc_property_t& property) noexcept {
  switch (property.boundclass) {
    case UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC:
      return CharClass::kEmoji;
    case UTF8PROC_BOUNDCLASS_REGIONAL_INDICATOR:
      return CharClass::kRegional;
    default:
      return CharClass::kOther;
  }
}

CharClass of_category(const utf8proc_property_t& property) noexcept {
  switch (property.category) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LT:
      return CharClass::kUpper;
    case UTF8PROC_CATEGORY_LL:
      return CharClass::kLower;
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
      return CharClass::kLetter;
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
      return CharClass::kDigit;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
      return CharClass::kMark;
    case UTF8PROC_CATEGORY_CF:
      return CharClass::kIgnorable;
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_CC:
      return CharClass::kSpace;
    case UTF8PROC_CATEGORY_PS:
    case UTF8PROC_CATEGORY_PI:
      return CharClass::kOpen;
    case UTF8PROC_CATEGORY_PE:
    case UTF8PROC_CATEGORY_PF:
      return CharClass::kClose;
    case UTF8PROC_CATEGORY_PD:
      return CharClass::kDash;
    default:
      return of_boundclass(property);
  }
}

CharClass compute(char32_t c) noexcept {
  if (contains(kStops, c)) return CharClass::kStop;
  if (contains(kWideStops, c)) return CharClass::kWideStop;
  if (contains(kApostrophes, c)) return CharClass::kApostrophe;
  if (contains(kHyphens, c)) return CharClass::kHyphen;
  if (contains(kConnectors, c)) return CharClass::kConnector;
  if (contains(kSeparators, c)) return CharClass::kSeparator;
  if (contains(kLineBreaks, c)) return CharClass::kLineBreak;
  if (contains(kSpaces, c)) return CharClass::kSpace;
  if (c == '"') return CharClass::kQuote;
  const CharClass by_category =
      of_category(*utf8proc_get_property(static_cast<utf8proc_int32_t>(c)));
  return by_category == CharClass::kLetter && is_unspaced(c) ? CharClass::kIdeograph : by_category;
}

}  // namespace

CharClasses::CharClasses() noexcept {
  for (char32_t c = 0; c < kDirect; ++c) direct_[c] = compute(c);
}

const CharClasses& CharClasses::get() noexcept {
  static const CharClasses classes;
  return classes;
}

CharClass CharClasses::look_up(char32_t c) noexcept {
  const bool common_han = c >= 0x4E00 && c <= 0x9FFF;
  return common_han ? CharClass::kIdeograph : compute(c);
}

}  // namespace tercet::text
