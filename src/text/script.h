// Which script a character belongs to.
#ifndef TERCET_TEXT_SCRIPT_H_
#define TERCET_TEXT_SCRIPT_H_

#include <cstddef>
#include <cstdint>

namespace tercet::text {

/// As far as scripts tell languages apart.
enum class Script : std::uint8_t {
  kLatin,
  kGreek,
  kCyrillic,
  kArmenian,
  kHebrew,
  kArabic,  ///< And Syriac.
  kEastAsian,
  kOther,  ///< All else, digits and signs too.
};
inline constexpr std::size_t kScripts = 8;

/// By blocks of Unicode.
Script script_of(char32_t c) noexcept;

}  // namespace tercet::text

#endif  // TERCET_TEXT_SCRIPT_H_
