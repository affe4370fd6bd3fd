#include "prompt_session.h"

#include <fmt/format.h>

#include "columns.h"
#include "command.h"
#include "suggestion_list.h"
#include "text/join.h"
#include "text/language.h"
#include "text/tokenizer.h"

namespace tercet::cli {
namespace {

// After this long, a lone Escape is the key itself and no beginning of a sequence.
constexpr int kEscapeMilliseconds = 50;
constexpr int kForever = -1;

// Whether a space belongs between the text and a word that begins behind it: after a full stop, but
// not after an opening bracket.
bool needs_space(std::string_view before, std::string_view word, std::string_view language_tag) {
  if (before.empty() || before.back() == ' ') return false;
  const text::Language& language = text::language(language_tag);
  std::vector<text::Token> tokens;
  text::Tokenizer(language).tokenize(before, tokens);
  text::Joiner joiner(language);
  for (const text::Token& token : tokens) joiner.see(token.surface);
  return joiner.space_before(word);
}

// Short, so that all of it fits in 80 columns; `tercet prompt --help` has the long words.
std::string status_line(const PromptModels& models, std::size_t current, double microseconds) {
  return fmt::format("{}  {:.1f} µs  1-9/Tab pick, ^V digit, ^W word, ^U line, {}^D quit",
                     models.labels[current], microseconds,
                     models.labels.size() > 1 ? "^L model, " : "");
}

}  // namespace

PromptSession::PromptSession(const PromptModels& models, Terminal& terminal)
    : models_(models), terminal_(terminal), choice_(models.labels) {}

int PromptSession::run() {
  KeyDecoder decoder;
  show();
  for (;;) {
    std::string bytes;
    switch (terminal_.wait(decoder.pending() ? kEscapeMilliseconds : kForever, bytes)) {
      case Terminal::Event::kSignal:
        leave();
        return kSignalled + terminal_.signal();
      case Terminal::Event::kHangUp:
        return kSuccess;
      case Terminal::Event::kTimeout:
        decoder.expire();
        continue;
      case Terminal::Event::kRedraw:
        stale_ = true;  // Another height has room for more choices, or fewer.
        show();
        continue;
      case Terminal::Event::kInput:
        break;
    }
    std::vector<Key> keys;
    decoder.feed(bytes, keys);
    for (const Key& key : keys) {
      if (press(key)) continue;
      leave();
      return kSuccess;
    }
    show();
  }
}

bool PromptSession::press(const Key& key) {
  // Pasted characters pick nothing: a long paste is asked about once, at its end.
  if (stale_ && key.kind != KeyKind::kPasted) suggest();
  const EditorEvent event = editor_.press(key, choices_.size());
  switch (event.kind) {
    case EditorEvent::Kind::kNone:
      return true;
    case EditorEvent::Kind::kQuit:
      return false;
    case EditorEvent::Kind::kPicked:
      accept(choices_[event.choice].text);
      break;
    case EditorEvent::Kind::kFinished:
      finish_line();
      break;
    case EditorEvent::Kind::kSwitchModel:
      choice_.switch_to_next();
      break;
    case EditorEvent::Kind::kEdited:
      break;
  }
  stale_ = true;
  return true;
}

void PromptSession::accept(const std::string& text) {
  const Model& model = models_.predictors[choice_.current()].model();
  const bool apart =
      replaced_ == 0 && needs_space(editor_.before_caret(), text, model.info().language);
  editor_.accept(replaced_, apart ? " " + text : text);
}

// Leaves the line on the screen and begins a new one below it.
void PromptSession::finish_line() {
  leave();
  editor_.clear();
}

void PromptSession::suggest() {
  const Predictor& predictor = models_.predictors[choice_.choose(editor_.before_caret())];
  const Query query{editor_.before_caret(), choices_that_fit(terminal_.size())};
  const Answer answer = ask(predictor, query, scratch_);
  choices_.clear();
  for (const Suggestion& each : answer.suggestions.list) {
    choices_.push_back({printable(each.text), each.surprise_bits});
  }
  replaced_ = answer.suggestions.prefix.size();
  microseconds_ = answer.microseconds;
  stale_ = false;
}

void PromptSession::show() {
  if (stale_) suggest();
  const std::string status = status_line(models_, choice_.current(), microseconds_);
  const ScreenSize size = terminal_.size();
  Frame frame = lay_out({editor_.text(), editor_.caret(), choices_, status}, size);
  terminal_.write(draw(frame_, frame, size));
  frame_ = std::move(frame);
}

void PromptSession::leave() {
  const ScreenSize size = terminal_.size();
  const std::string& text = editor_.text();
  terminal_.write(draw(frame_, lay_out({text, text.size(), {}, ""}, size), size) + "\r\n");
  frame_ = {};
}

}  // namespace tercet::cli
