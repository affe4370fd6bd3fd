#include "session/lexicon.h"

#include <utility>

#include "core/error.h"
#include "text/char_class.h"
#include "text/fold.h"
#include "text/utf8.h"

namespace tercet::session {
namespace {

/// Blocks of Unicode that tell languages apart; the last is all the rest.
std::size_t script_of(std::string_view word) noexcept {
  if (word.empty()) return 7;
  const char32_t letter = text::decode(word, 0).value;
  if (letter < 0x370) return text::is_letter(text::CharClasses::get().of(letter)) ? 0 : 7;
  if (letter < 0x400) return 1;  // Greek
  if (letter < 0x530) return 2;  // Cyrillic
  if (letter < 0x590) return 3;  // Armenian
  if (letter < 0x600) return 4;  // Hebrew
  if (letter < 0x780) return 5;  // Arabic
  return letter >= 0x2E80 ? 6 : 7;
}

}  // namespace

bool is_word(std::string_view token) noexcept {
  if (token.empty()) return false;
  const text::CharClass first = text::CharClasses::get().of(text::decode(token, 0).value);
  return text::is_letter(first) || first == text::CharClass::kIdeograph ||
         first == text::CharClass::kDigit;
}

Result<std::shared_ptr<const Lexicon>> Lexicon::make(Model model, std::string_view blocks,
                                                     std::string_view blocks_name) {
  const text::Language& language = text::language(model.data().language());
  BlockList list(language);
  TERCET_TRY(list.lay_over(shipped_block_list(language), "the shipped block list"));
  TERCET_TRY(list.lay_over(blocks, blocks_name));
  return std::shared_ptr<const Lexicon>(new Lexicon(std::move(model), list));
}

Lexicon::Lexicon(Model model, const BlockList& blocks)
    : model_(std::move(model)),
      language_(text::language(data().language())),
      tree_(data().vocabulary()),
      signs_(model_.vocabulary_size()),
      hidden_(blocks.compile(data().vocabulary())) {
  scripts_.fill(1);  // No script is impossible.
  double words = kScripts;
  for (WordId id = 0; id < model_.vocabulary_size(); ++id) {
    const std::string_view word = model_.word(id);
    if (id < kFirstWord || !is_word(word)) {
      signs_.insert(id);
      hidden_.unprompted.insert(id);
      hidden_.always.insert(id);
    } else {
      ++scripts_[script_of(word)];
      ++words;
    }
  }
  for (double& script : scripts_) script /= words;
}

void Lexicon::fold(std::string_view surface, std::string& out) const {
  if (data().plain_tokens()) {
    out = surface;
  } else {
    text::fold(surface, language_, out);
  }
}

double Lexicon::share_of_script(std::string_view word) const noexcept {
  return scripts_[script_of(word)];
}

}  // namespace tercet::session
