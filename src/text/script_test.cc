#include "text/script.h"

#include <gtest/gtest.h>

#include <utility>

namespace tercet::text {
namespace {

TEST(ScriptOf, TellsBlocksApart) {
  const std::pair<char32_t, Script> known[] = {
      {U'a', Script::kLatin},    {U'Z', Script::kLatin},      {U'ß', Script::kLatin},
      {U'ñ', Script::kLatin},    {U'ế', Script::kLatin},      {U'ə', Script::kLatin},
      {U'λ', Script::kGreek},    {U'я', Script::kCyrillic},   {U'Ё', Script::kCyrillic},
      {U'ԥ', Script::kCyrillic}, {U'Հ', Script::kArmenian},   {U'א', Script::kHebrew},
      {U'ع', Script::kArabic},   {U'字', Script::kEastAsian}, {U'한', Script::kEastAsian},
      {U'अ', Script::kOther},    {U'5', Script::kOther},      {U'×', Script::kOther},
      {U'÷', Script::kOther},    {U' ', Script::kOther},      {U'\u0301', Script::kOther},
      {U'—', Script::kOther}};
  for (const auto& [letter, script] : known)
    EXPECT_EQ(script_of(letter), script) << static_cast<unsigned>(letter);
}

}  // namespace
}  // namespace tercet::text
