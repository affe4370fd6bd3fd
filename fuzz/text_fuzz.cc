// Any bytes as text: what each function of src/text promises of its result.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "promise.h"
#include "text/caret.h"
#include "text/fold.h"
#include "text/forms.h"
#include "text/join.h"
#include "text/language.h"
#include "text/tokenizer.h"
#include "text/utf8.h"

namespace {

using namespace std::string_view_literals;
namespace text = tercet::text;

using tercet::fuzz::is_valid;
using tercet::fuzz::require;

std::string fold(std::string_view surface, const text::Language& language) {
  std::string out;
  text::fold(surface, language, out);
  return out;
}

void check_fold(std::string_view surface, const text::Language& language) {
  const std::string folded = fold(surface, language);
  require(is_valid(folded), "fold() gives valid UTF-8");
  require(fold(folded, language) == folded, "fold() is idempotent");
}

void check_forms(std::string_view surface, std::string_view blob, const text::Language& language) {
  const std::string folded = fold(surface, language);
  for (const bool start : {false, true}) {
    std::string out = "x";
    text::choose_form(folded, blob, {start, surface}, language, out);
    require(out.starts_with("x"), "choose_form() appends");
    require(is_valid(out), "choose_form() gives valid UTF-8");
    require(fold(std::string_view(out).substr(1), language) == folded,
            "choose_form() gives a spelling of the word");
  }
}

/// Whether `part` lies within `whole`, as memory.
bool lies_within(std::string_view part, std::string_view whole) {
  return part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size();
}

void check_tokens(std::string_view clean, std::string_view raw, const text::Language& language) {
  std::vector<text::Token> tokens;
  text::Tokenizer(language).tokenize(clean, tokens);
  const char* end = clean.data();
  std::string joined;
  text::Joiner joiner(language);
  for (const text::Token& token : tokens) {
    require(!token.surface.empty(), "tokens are not empty");
    require(lies_within(token.surface, clean), "tokens lie in the text");
    require(token.surface.data() >= end, "tokens do not overlap");
    require(is_valid(token.surface), "tokens cut no characters");
    end = token.surface.data() + token.surface.size();
    check_fold(token.surface, language);
    check_forms(token.surface, raw, language);
    joiner.append(token.surface, joined);
  }
  require(tokens.empty() || tokens.front().starts_sentence, "the first token starts a sentence");
  require(is_valid(joined), "join gives valid UTF-8");
}

void check_caret(std::string_view clean, const text::Language& language) {
  text::CaretScratch scratch;
  const text::Caret caret = text::locate_caret(clean, text::Tokenizer(language), scratch);
  require(caret.typed.empty() || clean.ends_with(caret.typed), "the word begun ends the text");
  require(is_valid(caret.typed), "the word begun cuts no character");
  for (const text::Token& token : caret.context)
    require(lies_within(token.surface, clean), "the context lies in the text");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  constexpr std::string_view kTags[] = {"en"sv, "ru"sv, ""sv};
  const text::Language& language = text::language(kTags[data[0] % 3]);
  const std::string_view raw(reinterpret_cast<const char*>(data + 1), size - 1);
  std::string buffer;
  text::CleanStats stats;
  const std::string_view clean = text::clean(raw, buffer, stats);
  require(is_valid(clean), "clean() gives valid UTF-8");
  std::string again;
  text::CleanStats none;
  require(text::clean(clean, again, none) == clean, "clean() is idempotent");
  require(none.bad_bytes == 0, "clean() leaves nothing to mend");
  check_fold(clean, language);
  check_tokens(clean, raw, language);
  check_caret(clean, language);
  std::vector<std::string_view> pieces;
  text::split_tokens(raw, pieces);
  for (const std::string_view piece : pieces) require(!piece.empty(), "pieces are not empty");
  return 0;
}
