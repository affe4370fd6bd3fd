#include "model_choice.h"

#include <algorithm>
#include <array>

#include "text/utf8.h"

namespace tercet::cli {
namespace {

constexpr std::array<std::string_view, 10> kCyrillicLanguages = {"be", "bg", "kk", "ky", "mk",
                                                                 "mn", "ru", "sr", "tg", "uk"};

// By Unicode blocks: Latin-1 to Extended-B and Latin Extended Additional; Cyrillic with its
// supplement.
Script script_of(char32_t c) {
  const char32_t lower = c | 0x20;
  if (lower >= 'a' && lower <= 'z') return Script::kLatin;
  if ((c >= 0xC0 && c < 0x250 && c != 0xD7 && c != 0xF7) || (c >= 0x1E00 && c < 0x1F00)) {
    return Script::kLatin;
  }
  return c >= 0x400 && c < 0x530 ? Script::kCyrillic : Script::kNone;
}

}  // namespace

Script script_of(std::string_view text) {
  std::size_t at = text.size();
  while (at > 0) {
    at = text::previous_code_point(text, at);
    const Script script = script_of(text::decode(text, at).value);
    if (script != Script::kNone) return script;
  }
  return Script::kNone;
}

Script script_of_language(std::string_view language) {
  const std::string_view primary = language.substr(0, language.find('-'));
  return std::ranges::find(kCyrillicLanguages, primary) == kCyrillicLanguages.end()
             ? Script::kLatin
             : Script::kCyrillic;
}

ModelChoice::ModelChoice(const std::vector<std::string>& languages) {
  for (const std::string& language : languages) scripts_.push_back(script_of_language(language));
}

std::size_t ModelChoice::choose(std::string_view text) {
  const Script script = script_of(text);
  if (script == Script::kNone || script == last_) return current_;
  last_ = script;
  if (scripts_[current_] == script) return current_;
  const auto found = std::ranges::find(scripts_, script);
  current_ = found == scripts_.end() ? 0 : static_cast<std::size_t>(found - scripts_.begin());
  return current_;
}

}  // namespace tercet::cli
