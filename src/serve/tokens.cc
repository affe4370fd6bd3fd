#include "serve/tokens.h"

#include "model/model_data.h"
#include "text/caret.h"
#include "text/char_class.h"
#include "text/fold.h"
#include "text/forms.h"
#include "text/language.h"
#include "text/lines.h"
#include "text/tokenizer.h"
#include "text/utf8.h"

namespace tercet::serve {
namespace {

const text::Language& language_of(const Model& model) {
  return text::language(model.data().language());
}

bool is_mark(WordId word) { return word == kSentenceBegin || word == kSentenceEnd; }

/// Gathers tokens; knows where the text before each ends.
class Gatherer {
 public:
  Gatherer(const Model& model, TokenizedText& out)
      : model_(model), language_(language_of(model)), out_(out) {}

  void word(std::string_view surface) {
    if (!model_.data().plain_tokens()) text::fold(surface, language_, folded_);
    add(model_.id(model_.data().plain_tokens() ? surface : folded_), surface);
  }
  /// Ends the sentence if one has begun.
  void end_sentence() {
    if (in_sentence_) end_line();
  }
  void end_line() {
    out_.tokens.push_back({kSentenceEnd, end_, end_});
    in_sentence_ = false;
  }

 private:
  void add(WordId id, std::string_view surface) {
    // Sentence marks among plain tokens are skipped, as training skips them.
    if (is_mark(id)) return;
    const auto begin = static_cast<std::size_t>(surface.data() - out_.text.data());
    out_.tokens.push_back({id, end_, begin + surface.size()});
    end_ = begin + surface.size();
    in_sentence_ = true;
  }

  const Model& model_;
  const text::Language& language_;
  TokenizedText& out_;
  std::string folded_;
  std::size_t end_ = 0;  // Of the last word.
  bool in_sentence_ = false;
};

bool has_break_behind(std::string_view line, const std::string& text) {
  return line.data() + line.size() != text.data() + text.size();
}

void gather_plain(TokenizedText& out, Gatherer& gatherer) {
  std::vector<std::string_view> pieces;
  text::for_each_line(out.text, [&](std::string_view line) {
    text::split_tokens(line, pieces);
    for (const std::string_view piece : pieces) gatherer.word(piece);
    if (has_break_behind(line, out.text)) gatherer.end_line();
  });
}

void gather_running(const text::Language& language, TokenizedText& out, Gatherer& gatherer) {
  const text::Tokenizer tokenizer(language);
  std::vector<text::Token> tokens;
  text::for_each_line(out.text, [&](std::string_view line) {
    tokenizer.tokenize(line, tokens);
    for (const text::Token& token : tokens) {
      if (token.starts_sentence) gatherer.end_sentence();
      gatherer.word(token.surface);
    }
    if (has_break_behind(line, out.text)) gatherer.end_sentence();
  });
}

std::string clean(std::string_view text) {
  std::string buffer;
  text::CleanStats ignored;
  return std::string(text::clean(text, buffer, ignored));
}

bool ends_with_space(std::string_view text) {
  const std::size_t last = text::previous_code_point(text, text.size());
  return text::is_space(text::CharClasses::get().of(text::decode(text, last).value));
}

std::string_view last_line(std::string_view text) { return text.substr(text.rfind('\n') + 1); }

Place place_at_start(const Model& model) { return {model.begin(), true, {}, {}}; }

}  // namespace

TokenizedText tokenize(const Model& model, std::string_view text) {
  TokenizedText out{clean(text), {}};
  for (const WordId special : {kUnknown, kSentenceBegin, kSentenceEnd}) {
    if (out.text != model.word(special)) continue;
    out.tokens.push_back({special, 0, out.text.size()});
    return out;
  }
  Gatherer gatherer(model, out);
  if (model.data().plain_tokens()) {
    gather_plain(out, gatherer);
  } else {
    gather_running(language_of(model), out, gatherer);
  }
  return out;
}

Place place_behind(const Model& model, std::span<const TextToken> tokens) {
  Place out = place_at_start(model);
  for (const TextToken& token : tokens) {
    out.sentence_start = is_mark(token.word);
    out.state = out.sentence_start ? model.begin() : model.advance(out.state, token.word);
  }
  return out;
}

namespace {

Place place_behind_plain(const Model& model, std::string_view text) {
  std::vector<std::string_view> pieces;
  text::split_tokens(last_line(text), pieces);
  Place out = place_at_start(model);
  if (!pieces.empty() && pieces.back().end() == text.end()) {
    out.typed = out.folded = pieces.back();
    pieces.pop_back();
  }
  for (const std::string_view piece : pieces) {
    const WordId word = model.id(piece);
    if (is_mark(word)) continue;
    out.state = model.advance(out.state, word);
    out.sentence_start = false;
  }
  return out;
}

}  // namespace

Place place_behind(const Model& model, std::string_view text) {
  if (model.data().plain_tokens()) return place_behind_plain(model, text);
  const text::Language& language = language_of(model);
  text::CaretScratch scratch;
  const text::Caret caret = text::locate_caret(text, text::Tokenizer(language), scratch);
  Place out{caret.from_sentence_start ? model.begin() : Model::empty(),
            caret.at_sentence_start(),
            std::string(caret.typed),
            {}};
  text::fold(out.typed, language, out.folded);
  std::string word;
  for (const text::Token& token : caret.context) {
    text::fold(token.surface, language, word);
    out.state = model.advance(out.state, model.id(word));
  }
  return out;
}

Speller::Speller(const Model& model) : model_(model), joiner_(language_of(model)) {}

void Speller::see(std::string_view text, const Place& place) {
  typed_ = place.typed;
  sentence_start_ = place.sentence_start;
  spaced_ = text.empty() || ends_with_space(text);
  text.remove_suffix(typed_.size());
  std::vector<text::Token> tokens;
  text::Tokenizer(language_of(model_)).tokenize(last_line(text), tokens);
  joiner_.reset();
  for (const text::Token& token : tokens) joiner_.see(token.surface);
}

bool Speller::fits_any() const {
  return !spaced_ || !typed_.empty() || model_.data().plain_tokens();
}

bool Speller::fits(WordId word) const {
  return fits_any() || is_mark(word) || !joiner_.closes(model_.word(word));
}

void Speller::append(WordId word, std::string& out) {
  if (is_mark(word)) {
    if (word == kSentenceEnd && model_.data().plain_tokens()) {
      out += '\n';
      spaced_ = true;
    }
    sentence_start_ = true;
    return;
  }
  typed_.empty() ? append_word(word, out) : append_rest(word, out);
  typed_.clear();
  sentence_start_ = false;
  spaced_ = false;
}

void Speller::append_word(WordId word, std::string& out) {
  std::string spelling;
  spell(word, spelling);
  const bool apart = model_.data().plain_tokens() || joiner_.space_before(spelling);
  if (apart && !spaced_) out += ' ';
  joiner_.see(spelling);
  out += spelling;
}

void Speller::append_rest(WordId word, std::string& out) {
  std::string spelling;
  spell(word, spelling);
  joiner_.see(spelling);
  if (spelling.starts_with(typed_)) {
    out.append(spelling, typed_.size());
    return;
  }
  // What is typed stays as it is, though the word is usually written with other capitals.
  const std::string_view folded = model_.word(word);
  const std::size_t matched = text::match_folded(typed_, folded, language_of(model_));
  if (matched != std::string_view::npos) out += folded.substr(matched);
}

void Speller::spell(WordId word, std::string& out) const {
  if (model_.data().plain_tokens()) {
    out += model_.word(word);
    return;
  }
  text::choose_form(model_.word(word), model_.data().vocabulary().forms(word),
                    {sentence_start_, typed_}, language_of(model_), out);
}

TokenizedText spell(const Model& model, std::span<const WordId> words) {
  TokenizedText out;
  Speller speller(model);
  for (const WordId word : words) {
    const std::size_t begin = out.text.size();
    speller.append(word, out.text);
    out.tokens.push_back({word, begin, out.text.size()});
  }
  return out;
}

}  // namespace tercet::serve
