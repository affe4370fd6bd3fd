#include "model_choice.h"

#include <algorithm>
#include <array>

#include "text/utf8.h"

namespace tercet::cli {
namespace {

constexpr std::array<std::string_view, 10> kCyrillicLanguages = {"be", "bg", "kk", "ky", "mk",
                                                                 "mn", "ru", "sr", "tg", "uk"};

}  // namespace

Script script_of(std::string_view text) {
  std::size_t at = text.size();
  while (at > 0) {
    at = text::previous_code_point(text, at);
    const Script script = text::script_of(text::decode(text, at).value);
    if (script == Script::kLatin || script == Script::kCyrillic) return script;
  }
  return Script::kOther;
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
  if (script == Script::kOther || script == last_) return current_;
  last_ = script;
  if (scripts_[current_] == script) return current_;
  const auto found = std::ranges::find(scripts_, script);
  current_ = found == scripts_.end() ? 0 : static_cast<std::size_t>(found - scripts_.begin());
  return current_;
}

}  // namespace tercet::cli
