#include "api/text_context.h"

#include <algorithm>

#include "text/fold.h"
#include "text/utf8.h"

namespace tercet::api {
namespace {

/// Longer than any sentence that a context of kMaxOrder - 1 words could need to be cut from.
constexpr std::size_t kLookBack = 8192;

/// The end of `text`, cut between code points.
std::string_view tail(std::string_view text) {
  if (text.size() <= kLookBack) return text;
  std::size_t begin = text.size() - kLookBack;
  while (begin < text.size() && (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80U) ++begin;
  return text.substr(begin);
}

/// Where the last `order - 1` of `count` tokens begin, and the state before them.
struct Start {
  std::size_t first;
  State state;
};

Start start_of(const model::Ngrams& ngrams, std::size_t count, bool from_sentence_start) {
  const std::size_t needed = ngrams.order() - 1;
  if (count >= needed || !from_sentence_start) return {count - std::min(count, needed), State{}};
  return {0, ngrams.advance(State{}, kSentenceBegin)};
}

}  // namespace

TextContext ContextReader::read(const internal::ModelData& model, std::string_view text) {
  return model.plain_tokens() ? read_tokens(model, text) : read_text(model, text);
}

TextContext ContextReader::read_tokens(const internal::ModelData& model, std::string_view text) {
  const std::size_t line = text.rfind('\n');
  if (line != std::string_view::npos) text.remove_prefix(line + 1);
  const std::string_view last = tail(text);
  const bool whole = last.size() == text.size();
  text::split_tokens(last, pieces_);
  if (!whole && pieces_.size() > 1) pieces_.erase(pieces_.begin());  // Its beginning is cut off.
  TextContext out;
  const bool inside = !pieces_.empty() && pieces_.back().end() == text.end();
  if (inside) {
    out.typed = out.folded = pieces_.back();
    pieces_.pop_back();
  }
  std::erase_if(pieces_, [&](std::string_view piece) {  // Sentence marks: training skips them too.
    const WordId id = model.vocabulary().id(piece);
    return id == kSentenceBegin || id == kSentenceEnd;
  });
  out.sentence_start = whole && pieces_.empty();
  Start start = start_of(model.ngrams(), pieces_.size(), whole);
  for (std::size_t i = start.first; i < pieces_.size(); ++i)
    start.state = model.ngrams().advance(start.state, model.vocabulary().id(pieces_[i]));
  out.state = start.state;
  return out;
}

TextContext ContextReader::read_text(const internal::ModelData& model, std::string_view text) {
  const text::Language& language = text::language(model.language());
  text::CleanStats ignored;
  const std::string_view clean = text::clean(tail(text), clean_, ignored);
  const text::Caret caret = text::locate_caret(clean, text::Tokenizer(language), caret_);
  TextContext out;
  out.typed = caret.typed;
  text::fold(caret.typed, language, folded_);
  out.folded = folded_;
  out.sentence_start = caret.at_sentence_start();
  Start start = start_of(model.ngrams(), caret.context.size(), caret.from_sentence_start);
  for (std::size_t i = start.first; i < caret.context.size(); ++i) {
    text::fold(caret.context[i].surface, language, word_);
    start.state = model.ngrams().advance(start.state, model.vocabulary().id(word_));
  }
  out.state = start.state;
  return out;
}

}  // namespace tercet::api
