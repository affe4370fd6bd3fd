#include "line_editor.h"

#include <utility>

#include "columns.h"
#include "text/utf8.h"

namespace tercet::cli {
namespace {

constexpr bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }

}  // namespace

EditorEvent LineEditor::press(Key key, std::size_t choices) {
  const bool was_literal = std::exchange(literal_, key.kind == KeyKind::kLiteral);
  switch (key.kind) {
    case KeyKind::kCharacter:
      return type(key.character, was_literal ? 0 : choices);
    case KeyKind::kPasted:
      return paste(key.character);
    case KeyKind::kTab:
      return choices > 0 ? EditorEvent{Kind::kPicked, 0} : EditorEvent{};
    case KeyKind::kEnter:
      return {Kind::kFinished};
    case KeyKind::kPhrase:
      return {Kind::kPhrase};
    case KeyKind::kPhraseWord:
      return {Kind::kPhraseWord};
    case KeyKind::kQuit:
      return {Kind::kQuit};
    default:
      return {edit(key.kind)};
  }
}

EditorEvent LineEditor::type(char32_t c, std::size_t choices) const {
  const bool in_number = caret_ > 0 && is_digit(static_cast<unsigned char>(text_[caret_ - 1]));
  if (c >= '1' && c <= '9' && !in_number && c - '1' < choices) return {Kind::kPicked, c - '1'};
  if (is_control(c)) return {};
  return {Kind::kTyped, 0, c};
}

EditorEvent LineEditor::paste(char32_t c) {
  if (is_control(c)) return {};
  std::string bytes;
  text::append_code_point(c, bytes);
  text_.insert(caret_, bytes);
  caret_ += bytes.size();
  return {Kind::kEdited};
}

LineEditor::Kind LineEditor::edit(KeyKind kind) {
  switch (kind) {
    case KeyKind::kBackspace:
      return erase(previous(), caret_);
    case KeyKind::kDelete:
      return erase(caret_, next());
    case KeyKind::kDeleteWord:
      return erase(word_begin(), caret_);
    case KeyKind::kDeleteLine:
      return erase(0, text_.size());
    case KeyKind::kLeft:
      return move_to(previous());
    case KeyKind::kRight:
      return move_to(next());
    case KeyKind::kHome:
      return move_to(0);
    case KeyKind::kEnd:
      return move_to(text_.size());
    default:
      return Kind::kNone;
  }
}

void LineEditor::replace_before(std::string_view text) {
  text_.replace(0, caret_, text);
  caret_ = text.size();
}

void LineEditor::clear() noexcept {
  text_.clear();
  caret_ = 0;
  literal_ = false;
}

LineEditor::Kind LineEditor::move_to(std::size_t caret) {
  const bool moved = caret != caret_;
  caret_ = caret;
  return moved ? Kind::kEdited : Kind::kNone;
}

LineEditor::Kind LineEditor::erase(std::size_t begin, std::size_t end) {
  if (begin == end) return Kind::kNone;
  text_.erase(begin, end - begin);
  caret_ = begin;
  return Kind::kEdited;
}

std::size_t LineEditor::previous() const {
  return caret_ == 0 ? 0 : text::previous_code_point(text_, caret_);
}

std::size_t LineEditor::next() const {
  return caret_ == text_.size() ? caret_ : caret_ + text::decode(text_, caret_).size;
}

std::size_t LineEditor::word_begin() const {
  std::size_t at = caret_;
  while (at > 0 && text_[at - 1] == ' ') --at;
  while (at > 0 && text_[at - 1] != ' ') --at;
  return at;
}

}  // namespace tercet::cli
