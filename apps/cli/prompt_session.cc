#include "prompt_session.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "columns.h"
#include "command.h"
#include "suggestion_list.h"
#include "text/utf8.h"

namespace tercet::cli {
namespace {

// After this long, a lone Escape is the key itself and no beginning of a sequence.
constexpr int kEscapeMilliseconds = 50;
constexpr int kForever = -1;

/// Short, so that all of it fits in 80 columns; `tercet prompt --help` has the long words.
std::string status_line(double microseconds) {
  return fmt::format(
      "{:.0f} µs  1-9/Tab pick, ^P phrase, ^N next word, ^V digit, ^W ^U erase, ^D quit",
      microseconds);
}

/// Whether a key may ask for what is listed.
bool asks_for_choices(const Key& key) {
  switch (key.kind) {
    case KeyKind::kCharacter:
      return key.character >= '1' && key.character <= '9';
    case KeyKind::kTab:
    case KeyKind::kPhrase:
    case KeyKind::kPhraseWord:
      return true;
    default:
      return false;
  }
}

Choice choice_of(const Offer& offer, std::string_view lane = {}) {
  return {printable(offer.text), offer.surprise_bits, lane};
}

}  // namespace

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
  // Not before each key: keys that come in one go were typed without looking at a list.
  if (stale_ && asks_for_choices(key)) suggest();
  // What is pasted is not what the person writes: the session hears of the two apart.
  const bool is_pasted = key.kind == KeyKind::kPasted;
  if (is_pasted != pasted_) tell_session();
  pasted_ = is_pasted;
  const EditorEvent event = editor_.press(key, choices_.size());
  switch (event.kind) {
    case EditorEvent::Kind::kNone:
      return true;
    case EditorEvent::Kind::kQuit:
      return false;
    case EditorEvent::Kind::kTyped: {
      std::string character;
      text::append_code_point(event.character, character);
      tell_session();
      learner_.session().type(character);
      editor_.replace_before(learner_.session().text_before());
      break;
    }
    case EditorEvent::Kind::kPicked:
    case EditorEvent::Kind::kPhrase:
    case EditorEvent::Kind::kPhraseWord:
      pick(event);
      break;
    case EditorEvent::Kind::kFinished:
      finish_line();
      break;
    case EditorEvent::Kind::kEdited:
      break;
  }
  stale_ = true;
  return true;
}

void PromptSession::pick(const EditorEvent& event) {
  Session& session = learner_.session();
  // Asked again, it offers the same.
  if (event.kind == EditorEvent::Kind::kPicked) {
    const Offers offers = session.suggest();
    const std::size_t beyond = event.choice - std::min(event.choice, words_);
    session.pick(event.choice < words_ ? offers.words[event.choice]
                 : beyond < rare_      ? offers.rare[beyond]
                                       : offers.genius[beyond - rare_]);
  } else if (phrase_) {
    const Offers offers = phrase_is_of_initials_ ? session.suggest_initials(1) : session.suggest();
    session.pick(offers.phrases[0], event.kind == EditorEvent::Kind::kPhraseWord ? 1 : 0);
  }
  editor_.replace_before(session.text_before());
}

/// The session may know the text already. What it makes of it, clean and composed, is the line.
void PromptSession::tell_session() {
  Session& session = learner_.session();
  session.update(editor_.before_caret(), editor_.after_caret(), pasted_);
  editor_.replace_before(session.text_before());
}

/// Leaves the line on the screen and begins a new one below it.
void PromptSession::finish_line() {
  leave();
  learner_.finish(editor_.text());
  editor_.clear();
}

void PromptSession::suggest() {
  tell_session();
  const auto begin = std::chrono::steady_clock::now();
  const Offers offers = learner_.session().suggest();
  const auto end = std::chrono::steady_clock::now();
  microseconds_ = std::chrono::duration<double, std::micro>(end - begin).count();
  choose(offers);
  phrase_.reset();
  if (!offers.phrases.empty()) phrase_ = choice_of(offers.phrases[0]);
  const auto meant = phrase_of_initials(learner_.session(), offers);
  phrase_is_of_initials_ = meant.has_value();
  if (meant) phrase_ = choice_of(*meant);
  stale_ = false;
}

/// As many as the terminal has room and the person digits for; the lanes leave the likeliest word.
void PromptSession::choose(const Offers& offers) {
  std::size_t room = choices_that_fit(terminal_.size()) - 1;
  rare_ = std::min(offers.rare.size(), room);
  room -= rare_;
  const std::size_t genius = std::min(offers.genius.size(), room);
  words_ = std::min(offers.words.size(), room - genius + 1);
  choices_.clear();
  for (const Offer& each : offers.words.first(words_)) choices_.push_back(choice_of(each));
  for (const Offer& each : offers.rare.first(rare_)) choices_.push_back(choice_of(each, "rare"));
  for (const Offer& each : offers.genius.first(genius))
    choices_.push_back(choice_of(each, "genius"));
}

void PromptSession::show() {
  complain_once();
  if (stale_) suggest();
  const std::string status = status_line(microseconds_);
  const ScreenSize size = terminal_.size();
  Frame frame = lay_out({editor_.text(), editor_.caret(), choices_, phrase_, status}, size);
  terminal_.write(draw(frame_, frame, size));
  frame_ = std::move(frame);
}

/// Above the line, once, until the store takes what was written.
void PromptSession::complain_once() {
  const Status status = learner_.status();
  if (!status.ok() && !complained_) {
    const ScreenSize size = terminal_.size();
    terminal_.write(draw(frame_, {}, size) +
                    fmt::format("tercet: {}\r\ntercet: suggestions go on; what you write is kept "
                                "in memory, and writing it is tried again\r\n",
                                printable(status.error().message)));
    frame_ = {};
  }
  complained_ = !status.ok();
}

void PromptSession::leave() {
  const std::string& line = editor_.text();
  const ScreenSize size = terminal_.size();
  terminal_.write(draw(frame_, lay_out({line, line.size(), {}, {}, ""}, size), size) + "\r\n");
  frame_ = {};
}

}  // namespace tercet::cli
