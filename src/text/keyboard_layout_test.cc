#include "text/keyboard_layout.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>
#include <string>

#include "text/utf8.h"

namespace tercet::text {
namespace {

std::string retyped(std::string_view typed, std::string_view as, std::string_view meant) {
  std::string out = "not empty";
  return retype(typed, language(as), language(meant), out) ? out : "no";
}

TEST(Keyboard, TypedOnTheWrongOne) {
  EXPECT_EQ(retyped("ghbdtn", "en", "ru"), "привет");
  EXPECT_EQ(retyped("Ghbdtn", "en", "ru"), "Привет");
  EXPECT_EQ(retyped("GHBDTN", "en", "ru"), "ПРИВЕТ");
  EXPECT_EQ(retyped("руддщ", "ru", "en"), "hello");
  EXPECT_EQ(retyped("Руддщ цщкдв!", "ru", "en"), "Hello world!");
  EXPECT_EQ(retyped("", "ru", "en"), "");
}

TEST(Keyboard, LettersOnTheKeysOfSigns) {
  EXPECT_EQ(retyped(";'[],.`", "en", "ru"), "жэхъбюё");
  EXPECT_EQ(retyped(":\"{}<>~", "en", "ru"), "ЖЭХЪБЮЁ");
  EXPECT_EQ(retyped("j,]`v", "en", "ru"), "объём");
  EXPECT_EQ(retyped("'nj", "en", "ru"), "это");
  EXPECT_EQ(retyped("`krf", "en", "ru"), "ёлка");
  EXPECT_EQ(retyped("k.,k.", "en", "ru"), "люблю");
  EXPECT_EQ(retyped("ьфкупю", "ru", "en"), "mareg.");
  EXPECT_EQ(retyped("ghbdtn? vbh/", "en", "ru"), "привет, мир.");
}

TEST(Keyboard, WhatIsOnNoKey) {
  EXPECT_EQ(retyped("naïve", "en", "ru"), "no");
  EXPECT_EQ(retyped("привет", "en", "ru"), "no");
  EXPECT_EQ(retyped("\xFF", "en", "ru"), "no");
  EXPECT_EQ(retyped("ghbdtn", "en", ""), "no");
  EXPECT_EQ(retyped("ghbdtn", "", "ru"), "no");
}

/// Every character that a keyboard types.
std::u32string characters(const KeyboardLayout& keyboard) {
  std::u32string all;
  for (const auto& rows : {keyboard.plain, keyboard.shifted}) {
    for (const std::u32string_view row : rows) all += row;
  }
  return all;
}

TEST(Keyboard, NoCharacterTwiceAndNoKeyMissing) {
  for (const char* tag : {"en", "ru"}) {
    const KeyboardLayout& keyboard = *language(tag).keyboard;
    const std::u32string all = characters(keyboard);
    EXPECT_EQ(std::set<char32_t>(all.begin(), all.end()).size(), all.size()) << tag;
    for (std::size_t row = 0; row < KeyboardLayout::kRows; ++row) {
      EXPECT_EQ(keyboard.plain[row].size(), kUnitedStatesKeyboard.plain[row].size());
      EXPECT_EQ(keyboard.shifted[row].size(), kUnitedStatesKeyboard.shifted[row].size());
    }
  }
}

RC_GTEST_PROP(Keyboard, ThereAndBackIsTheIdentity, ()) {
  const Language& as = language(*rc::gen::element<std::string>("en", "ru"));
  const Language& meant = language(*rc::gen::element<std::string>("en", "ru"));
  const auto typed =
      *rc::gen::container<std::u32string>(rc::gen::elementOf(characters(*as.keyboard)));
  std::string text;
  for (const char32_t c : typed) append_code_point(c, text);
  std::string there;
  std::string back;
  RC_ASSERT(retype(text, as, meant, there));
  RC_ASSERT(code_point_count(there) == typed.size());
  RC_ASSERT(retype(there, meant, as, back));
  RC_ASSERT(back == text);
}

RC_GTEST_PROP(Keyboard, AnyBytesAreSafe, (const std::string& typed)) {
  std::string out;
  retype(typed, language("en"), language("ru"), out);
}

std::u32string neighbours_of(char32_t c, const KeyboardLayout& keyboard) {
  std::u32string found;
  for (const std::u32string_view row : keyboard.plain) {
    for (const char32_t other : row) {
      if (are_neighbours(c, other, keyboard)) found += other;
    }
  }
  return found;
}

TEST(Keyboard, Neighbours) {
  EXPECT_EQ(neighbours_of('g', kUnitedStatesKeyboard), U"tyfhvb");
  EXPECT_EQ(neighbours_of('q', kUnitedStatesKeyboard), U"12wa");
  EXPECT_EQ(neighbours_of('p', kUnitedStatesKeyboard), U"0-o[l;");
  EXPECT_EQ(neighbours_of('G', kUnitedStatesKeyboard), U"tyfhvb");
  EXPECT_EQ(neighbours_of(U'п', kRussianKeyboard), U"енарми");
  EXPECT_EQ(neighbours_of(U'g', kRussianKeyboard), U"");
  EXPECT_EQ(neighbours_of(U'g', kNoKeyboard), U"");
}

RC_GTEST_PROP(Keyboard, NeighboursAreMutual, ()) {
  const std::u32string all = characters(kRussianKeyboard);
  const char32_t a = *rc::gen::elementOf(all);
  const char32_t b = *rc::gen::elementOf(all);
  RC_ASSERT(are_neighbours(a, b, kRussianKeyboard) == are_neighbours(b, a, kRussianKeyboard));
  RC_ASSERT(!are_neighbours(a, a, kRussianKeyboard));
}

}  // namespace
}  // namespace tercet::text
