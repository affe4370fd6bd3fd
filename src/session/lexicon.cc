#include "session/lexicon.h"

#include <utility>

#include "core/error.h"
#include "text/char_class.h"
#include "text/fold.h"
#include "text/script.h"
#include "text/utf8.h"

namespace tercet::session {
namespace {

std::size_t script_of(std::string_view word) noexcept {
  const text::Script script =
      word.empty() ? text::Script::kOther : text::script_of(text::decode(word, 0).value);
  return static_cast<std::size_t>(script);
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
  const std::string& language_name = model.data().language();
  const text::Language& language = text::language(language_name);
  BlockList list(language);
  TERCET_TRY(list.lay_over(shipped_block_list(language), "the shipped block list"));
  TERCET_TRY(list.lay_over(blocks, blocks_name));
  auto lanes = predict::LaneModel::make(model.data(), "the model of '" + language_name + "'");
  if (!lanes) return std::move(lanes).error();
  return std::shared_ptr<const Lexicon>(new Lexicon(std::move(model), std::move(*lanes), list));
}

Lexicon::Lexicon(Model model, std::optional<predict::LaneModel> lanes, const BlockList& blocks)
    : model_(std::move(model)),
      language_(text::language(data().language())),
      tree_(data().vocabulary()),
      signs_(model_.vocabulary_size()),
      hidden_(blocks.compile(data().vocabulary())),
      lanes_(std::move(lanes)) {
  scripts_.fill(1);  // No script is impossible.
  double words = text::kScripts;
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
