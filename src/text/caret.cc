#include "text/caret.h"

#include <cstddef>

#include "text/char_class.h"
#include "text/sentence.h"
#include "text/utf8.h"

namespace tercet::text {
namespace {

constexpr std::size_t kLongestLookBack = 4096;  // bytes

struct Window {
  std::string_view text;
  bool from_line_start;
};

// The last line, or what the look-back allows of it, cut where a word begins.
Window last_line(std::string_view text) noexcept {
  const std::size_t line_break = text.rfind('\n');
  if (line_break != std::string_view::npos) text.remove_prefix(line_break + 1);
  if (text.size() <= kLongestLookBack) return {text, true};
  text.remove_prefix(text.size() - kLongestLookBack);
  const std::size_t space = text.find(' ');
  text.remove_prefix(space == std::string_view::npos ? 0 : space);
  while (!text.empty() && (static_cast<unsigned char>(text.front()) & 0xC0U) == 0x80U) {
    text.remove_prefix(1);
  }
  return {text, false};
}

std::size_t offset_of(std::string_view part, std::string_view whole) noexcept {
  return static_cast<std::size_t>(part.data() - whole.data());
}

std::size_t end_of(const Token& token, std::string_view text) noexcept {
  return offset_of(token.surface, text) + token.surface.size();
}

bool can_grow(const Token& token) noexcept {
  if (token.kind == TokenKind::kPunctuation) return false;
  return CharClasses::get().of(decode(token.surface, 0).value) != CharClass::kIdeograph;
}

bool may_join(const Token& token) noexcept {
  if (token.kind != TokenKind::kPunctuation || token.space_before) return false;
  const CodePoint sign = decode(token.surface, 0);
  if (sign.size != token.surface.size()) return false;
  const CharClass sign_class = CharClasses::get().of(sign.value);
  return sign_class == CharClass::kApostrophe || sign_class == CharClass::kHyphen;
}

// Takes the word begun off the end of `tokens`: the last token, if it reaches the caret.
std::string_view take_typed(std::string_view text, std::vector<Token>& tokens) {
  if (tokens.empty()) return {};
  if (end_of(tokens.back(), text) != text.size()) return {};
  std::size_t begun = tokens.size() - 1;
  if (may_join(tokens.back()) && begun > 0) --begun;
  if (!can_grow(tokens[begun])) return {};
  const std::string_view typed = text.substr(offset_of(tokens[begun].surface, text));
  tokens.resize(begun);
  return typed;
}

// A single letter before a full stop is more often an abbreviation (т. е.) than a last word.
bool may_be_abbreviation(std::span<const Token> before) noexcept {
  if (before.size() < 2 || before.back().surface != ".") return false;
  const std::string_view word = before[before.size() - 2].surface;
  return decode(word, 0).size == word.size();
}

// A person may write no capitals: directly behind a stop that ends a sentence, a word in lower case
// begins the next one, though in edited text it would not.
bool begins_uncapitalised(std::span<const Token> before, Opening opening,
                          const Language& language) {
  if (opening != Opening::kLower || before.empty() || may_be_abbreviation(before)) return false;
  const Ending ending = sentence_ending(before, language);
  if (ending != Ending::kFirm && ending != Ending::kUnlessNumber) return false;
  return CharClasses::get().of(decode(before.back().surface, 0).value) == CharClass::kStop;
}

// Whether a sentence begins with the token at `i`.
bool begins_at(std::span<const Token> tokens, std::size_t i, const Language& language) {
  const Token& token = tokens[i];
  if (token.starts_sentence) return true;
  return token.space_before && token.kind == TokenKind::kWord &&
         begins_uncapitalised(tokens.first(i), opening_of(token.surface), language);
}

// Where the sentence at hand begins among the finished tokens.
std::size_t sentence_begin(std::span<const Token> tokens, const Language& language) {
  for (std::size_t i = tokens.size(); i > 0; --i) {
    if (begins_at(tokens, i - 1, language)) return i - 1;
  }
  return 0;
}

bool typed_begins_sentence(std::span<const Token> before, std::string_view typed,
                           const Language& language) {
  const Opening opening = opening_of(typed);
  return begins_sentence(sentence_ending(before, language), opening) ||
         begins_uncapitalised(before, opening, language);
}

}  // namespace

Caret locate_caret(std::string_view text_before, const Tokenizer& tokenizer,
                   CaretScratch& scratch) {
  const Window window = last_line(text_before);
  std::vector<Token>& tokens = scratch.tokens;
  tokenizer.tokenize(window.text, tokens);
  const std::string_view typed = take_typed(window.text, tokens);
  const bool spaced =
      !tokens.empty() && end_of(tokens.back(), window.text) < window.text.size() - typed.size();
  if (spaced && typed_begins_sentence(tokens, typed, tokenizer.language()))
    return {{}, typed, true};
  const std::size_t begin = sentence_begin(tokens, tokenizer.language());
  const std::span<const Token> context(tokens.data() + begin, tokens.size() - begin);
  return {context, typed, begin > 0 || window.from_line_start};
}

Typing read_typing(std::string_view text, const Tokenizer& tokenizer, CaretScratch& scratch) {
  std::vector<Token>& tokens = scratch.tokens;
  tokenizer.tokenize(text, tokens);
  const std::string_view typed = take_typed(text, tokens);
  if (tokens.empty()) return {{}, typed, false};
  for (std::size_t i = 1; i < tokens.size(); ++i)
    tokens[i].starts_sentence = begins_at(tokens, i, tokenizer.language());
  const std::size_t end = end_of(tokens.back(), text);
  const std::string_view between = text.substr(end, text.size() - typed.size() - end);
  const bool line_ended = between.find('\n') != std::string_view::npos;
  const bool ended = line_ended || (!between.empty() &&
                                    typed_begins_sentence(tokens, typed, tokenizer.language()));
  return {tokens, typed, ended};
}

}  // namespace tercet::text
