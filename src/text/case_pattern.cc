#include "text/case_pattern.h"

#include <utf8proc.h>

#include <cstddef>

#include "text/char_class.h"
#include "text/fold.h"
#include "text/utf8.h"

namespace tercet::text {
namespace {

// `changed` if it still folds as `c` does, else `c`: ı, ſ and µ have capitals of other letters.
char32_t if_same_letter(char32_t c, utf8proc_int32_t changed) noexcept {
  const Language& generic = language("");
  const auto other = static_cast<char32_t>(changed);
  return fold_code_point(other, generic) == fold_code_point(c, generic) ? other : c;
}

template <class Change>
void append_changed(std::string_view word, std::string& out, Change change) {
  for (std::size_t at = 0; at < word.size();) {
    const char32_t c = next_code_point(word, at);
    append_code_point(if_same_letter(c, change(static_cast<utf8proc_int32_t>(c))), out);
  }
}

}  // namespace

CasePattern case_pattern(std::string_view word) noexcept {
  const CharClasses& classes = CharClasses::get();
  std::size_t upper = 0;
  std::size_t lower = 0;
  bool first_is_upper = false;
  for (std::size_t at = 0; at < word.size();) {
    const CharClass c_class = classes.of(next_code_point(word, at));
    if (c_class == CharClass::kUpper && upper + lower == 0) first_is_upper = true;
    upper += c_class == CharClass::kUpper ? 1 : 0;
    lower += c_class == CharClass::kLower ? 1 : 0;
  }
  if (upper == 0) return CasePattern::kLower;
  if (upper == 1 && first_is_upper) return CasePattern::kCapitalised;
  return lower == 0 ? CasePattern::kUpper : CasePattern::kMixed;
}

void append_lower(std::string_view word, std::string& out) {
  append_changed(word, out, utf8proc_tolower);
}

void append_upper(std::string_view word, std::string& out) {
  append_changed(word, out, utf8proc_toupper);
}

void append_capitalised(std::string_view word, std::string& out) {
  if (word.empty()) return;
  const std::size_t first = decode(word, 0).size;
  append_changed(word.substr(0, first), out, utf8proc_totitle);
  out.append(word.substr(first));
}

}  // namespace tercet::text
