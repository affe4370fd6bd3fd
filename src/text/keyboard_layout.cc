#include "text/keyboard_layout.h"

#include <cstdint>
#include <cstdlib>

#include "text/utf8.h"

namespace tercet::text {
namespace {

struct Key {
  std::size_t row;
  std::size_t column;
};

constexpr Key kNoKey{KeyboardLayout::kRows, 0};

// Left edge of each row's first key, in quarters of a key's width, as the rows are staggered.
constexpr std::array<int, KeyboardLayout::kRows> kRowEdge = {0, 6, 7, 9, 15};
constexpr int kKeyWidth = 4;

using Rows = std::array<std::u32string_view, KeyboardLayout::kRows>;

Key find_key(char32_t c, const Rows& rows) noexcept {
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const std::size_t column = rows[row].find(c);
    if (column != std::u32string_view::npos) return {row, column};
  }
  return kNoKey;
}

bool append_key(const Key& key, const Rows& rows, std::string& out) {
  if (key.row == kNoKey.row || key.column >= rows[key.row].size()) return false;
  append_code_point(rows[key.row][key.column], out);
  return true;
}

Key find_key(char32_t c, const KeyboardLayout& keyboard) noexcept {
  const Key key = find_key(c, keyboard.plain);
  return key.row == kNoKey.row ? find_key(c, keyboard.shifted) : key;
}

}  // namespace

constexpr KeyboardLayout kNoKeyboard = {};

constexpr KeyboardLayout kUnitedStatesKeyboard = {
    .plain = {U"`1234567890-=", U"qwertyuiop[]\\", U"asdfghjkl;'", U"zxcvbnm,./", U" "},
    .shifted = {U"~!@#$%^&*()_+", U"QWERTYUIOP{}|", U"ASDFGHJKL:\"", U"ZXCVBNM<>?"},
};

constexpr KeyboardLayout kRussianKeyboard = {
    .plain = {U"ё1234567890-=", U"йцукенгшщзхъ\\", U"фывапролджэ", U"ячсмитьбю.", U" "},
    .shifted = {U"Ё!\"№;%:?*()_+", U"ЙЦУКЕНГШЩЗХЪ/", U"ФЫВАПРОЛДЖЭ", U"ЯЧСМИТЬБЮ,"},
};

bool retype(std::string_view typed, const Language& as, const Language& meant, std::string& out) {
  out.clear();
  for (std::size_t at = 0; at < typed.size();) {
    const char32_t c = next_code_point(typed, at);
    if (!append_key(find_key(c, as.keyboard->plain), meant.keyboard->plain, out) &&
        !append_key(find_key(c, as.keyboard->shifted), meant.keyboard->shifted, out)) {
      return false;
    }
  }
  return true;
}

bool are_neighbours(char32_t a, char32_t b, const KeyboardLayout& keyboard) noexcept {
  const Key key = find_key(a, keyboard);
  const Key other = find_key(b, keyboard);
  if (key.row == kNoKey.row || other.row == kNoKey.row) return false;
  const auto edge = [](const Key& of) {
    return kRowEdge[of.row] + kKeyWidth * static_cast<int>(of.column);
  };
  const int apart = std::abs(edge(key) - edge(other));
  if (key.row == other.row) return apart == kKeyWidth;
  return (key.row + 1 == other.row || other.row + 1 == key.row) && apart < kKeyWidth;
}

}  // namespace tercet::text
