// What each code point means to the tokenizer: one byte of class per code point.
#ifndef TERCET_TEXT_CHAR_CLASS_H_
#define TERCET_TEXT_CHAR_CLASS_H_

#include <array>
#include <cstdint>

namespace tercet::text {

enum class CharClass : std::uint8_t {
  kOther = 0,   ///< A symbol or sign with no rule of its own.
  kSpace,       ///< White space, zero-width space included.
  kLineBreak,   ///< Begins a new sentence.
  kLower,       ///< Lower-case letter.
  kUpper,       ///< Upper-case or title-case letter.
  kLetter,      ///< Letter without case.
  kDigit,       ///< Any numeral, also superscripts and fractions.
  kMark,        ///< Combining mark: belongs to what stands before it.
  kIgnorable,   ///< Soft hyphen, joiners, direction marks: part of a word, nothing by itself.
  kIdeograph,   ///< A letter of a script written without spaces: a word by itself.
  kApostrophe,  ///< ' U+2019 U+02BC
  kHyphen,      ///< - U+2010 U+2011
  kConnector,   ///< Underscore, middle dot: joins letters like a hyphen.
  kStop,        ///< . ! ? U+2026 and their kin in other scripts.
  kWideStop,    ///< A full stop after which no space is written.
  kSeparator,   ///< , and : join digits, else punctuation.
  kOpen,        ///< Opening bracket or quote.
  kClose,       ///< Closing bracket or quote.
  kQuote,       ///< The straight double quote: either.
  kDash,        ///< Dashes longer than a hyphen.
  kEmoji,       ///< Pictograph: may begin a sequence.
  kRegional,    ///< Regional indicator: two make a flag.
};

/// Classes of U+0000..U+2FFF, and the rule for the rest. Immutable after its construction.
class CharClasses {
 public:
  /// The one table; built at first use, from any thread. Hold the reference in hot loops.
  static const CharClasses& get() noexcept;

  CharClass of(char32_t c) const noexcept { return c < kDirect ? direct_[c] : look_up(c); }

 private:
  static constexpr char32_t kDirect = 0x3000;

  CharClasses() noexcept;
  static CharClass look_up(char32_t c) noexcept;

  std::array<CharClass, kDirect> direct_{};
};

constexpr bool is_letter(CharClass c) noexcept {
  return c == CharClass::kLower || c == CharClass::kUpper || c == CharClass::kLetter;
}

/// What a word or number may begin with, ideographs excepted.
constexpr bool is_word_start(CharClass c) noexcept {
  return is_letter(c) || c == CharClass::kDigit || c == CharClass::kMark;
}

constexpr bool is_space(CharClass c) noexcept {
  return c == CharClass::kSpace || c == CharClass::kLineBreak;
}

}  // namespace tercet::text

#endif  // TERCET_TEXT_CHAR_CLASS_H_
