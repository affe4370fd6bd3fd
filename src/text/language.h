// Rules of a language as data. A language without rules of its own gets the generic ones and works.
#ifndef TERCET_TEXT_LANGUAGE_H_
#define TERCET_TEXT_LANGUAGE_H_

#include <cstdint>
#include <span>
#include <string_view>

namespace tercet::text {

/// What a full stop after an abbreviation says about the sentence.
enum class StopRule : std::uint8_t {
  kNever,         ///< Ends no sentence: "Mr.", "г."
  kBeforeUpper,   ///< Ends one when an upper-case word follows: "etc.", "т. д."
  kUnlessNumber,  ///< Ends one unless a number follows: "No. 5", "рис. 3"
};

struct Abbreviation {
  std::string_view folded;  ///< Without the final stop.
  StopRule rule;
};

struct KeyboardLayout;

struct Language {
  std::string_view tag;                         ///< "en", "ru"; "" for the generic rules.
  std::span<const Abbreviation> abbreviations;  ///< Sorted by `folded`, bytewise.
  /// After a straight apostrophe these are shortened words: 'em, 'tis. Sorted.
  std::span<const std::string_view> elisions;
  bool folds_yo;                   ///< ё is looked up as е.
  bool drops_accents;              ///< The stress mark U+0301 is no part of the spelling.
  bool spaced_dash;                ///< A space on each side of — and --.
  bool word_apostrophe;            ///< A ' after a word in -s may be a possessive: the dogs' bowl.
  bool thin_space_before_signs;    ///< No-break spaces before ; : ! ? as in French.
  const KeyboardLayout* keyboard;  ///< The usual one; never null.
};

/// The rules for a BCP 47 tag ("en", "ru", "en-GB"); the generic ones where there are no others.
/// The result lives for ever.
const Language& language(std::string_view tag) noexcept;

/// The abbreviation, or nullptr.
const Abbreviation* find_abbreviation(const Language& language, std::string_view folded) noexcept;

}  // namespace tercet::text

#endif  // TERCET_TEXT_LANGUAGE_H_
