// Folding: from a word as written to the key under which the vocabulary knows it.
#ifndef TERCET_TEXT_FOLD_H_
#define TERCET_TEXT_FOLD_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "text/language.h"

namespace tercet::text {

/// Replaces `out` by the key of `surface` (clean text): lower case, typographic apostrophes and
/// hyphens as ASCII, soft hyphens and other invisible signs dropped, ё as е and no stress marks
/// where the language says so. The result is NFC; folding it again changes nothing. `out` must not
/// be what `surface` points into.
void fold(std::string_view surface, const Language& language, std::string& out);

/// How many bytes of `folded` (what fold() gave) the text `surface` folds to, if it folds to a
/// prefix of it; std::string_view::npos if not, or if `surface` is not valid UTF-8.
std::size_t match_folded(std::string_view surface, std::string_view folded,
                         const Language& language);

/// What fold_code_point() gives for what folding drops.
inline constexpr char32_t kDropped = 0xFFFF'FFFF;

/// What folding makes of one code point.
char32_t fold_code_point(char32_t c, const Language& language) noexcept;

}  // namespace tercet::text

#endif  // TERCET_TEXT_FOLD_H_
