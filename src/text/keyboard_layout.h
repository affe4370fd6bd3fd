// Keyboards as data: which key types what, where it lies, and text typed on the wrong one.
#ifndef TERCET_TEXT_KEYBOARD_LAYOUT_H_
#define TERCET_TEXT_KEYBOARD_LAYOUT_H_

#include <array>
#include <string>
#include <string_view>

#include "text/language.h"

namespace tercet::text {

/// What the keys of an ISO or ANSI keyboard type, row by row from the digits down to the space bar,
/// each row from the left. Keys that lie in the same place have the same index in every layout; no
/// two keys of one layout type the same character.
struct KeyboardLayout {
  static constexpr std::size_t kRows = 5;
  std::array<std::u32string_view, kRows> plain;
  std::array<std::u32string_view, kRows> shifted;
};

extern const KeyboardLayout kNoKeyboard;  ///< Without keys.
extern const KeyboardLayout kUnitedStatesKeyboard;
extern const KeyboardLayout kRussianKeyboard;  ///< ЙЦУКЕН as on PCs.

/// Replaces `out` by what the keys that typed `typed` on the keyboard of `as` type on that of
/// `meant`: ghbdtn is привет. False, and `out` of no use, if a character is on no key, or its key
/// types nothing there. Retyping the result the other way round gives `typed`. With Caps Lock on,
/// a letter that lies on a sign's key comes out in lower case.
bool retype(std::string_view typed, const Language& as, const Language& meant, std::string& out);

/// Whether the keys of two characters touch. False for a key and itself.
bool are_neighbours(char32_t a, char32_t b, const KeyboardLayout& keyboard) noexcept;

}  // namespace tercet::text

#endif  // TERCET_TEXT_KEYBOARD_LAYOUT_H_
