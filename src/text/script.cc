#include "text/script.h"

#include "text/char_class.h"

namespace tercet::text {

Script script_of(char32_t c) noexcept {
  const bool latin = c < 0x370 || (c >= 0x1E00 && c < 0x1F00);
  if (latin) return is_letter(CharClasses::get().of(c)) ? Script::kLatin : Script::kOther;
  if (c < 0x400) return Script::kGreek;
  if (c < 0x530) return Script::kCyrillic;
  if (c < 0x590) return Script::kArmenian;
  if (c < 0x600) return Script::kHebrew;
  if (c < 0x780) return Script::kArabic;
  return c >= 0x2E80 ? Script::kEastAsian : Script::kOther;
}

}  // namespace tercet::text
