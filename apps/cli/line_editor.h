// The line being typed: what each key does to it. No terminal, no model.
#ifndef TERCET_APPS_CLI_LINE_EDITOR_H_
#define TERCET_APPS_CLI_LINE_EDITOR_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "key_decoder.h"

namespace tercet::cli {

/// What a key asks of the owner of the line. Edits are done already.
struct EditorEvent {
  enum class Kind : std::uint8_t {
    kNone,    ///< Nothing changed.
    kEdited,  ///< Text or caret changed.
    kPicked,  ///< Choice `choice` is wanted: call accept() with it.
    kFinished,
    kSwitchModel,
    kQuit,
  };
  Kind kind = Kind::kNone;
  std::size_t choice = 0;  ///< Of kPicked, from 0.

  friend bool operator==(const EditorEvent&, const EditorEvent&) = default;
};

/// Always valid UTF-8 without control characters; the caret stands between code points.
///
/// A digit 1-9 picks, if there is a choice of that number. It types itself after Ctrl-V, behind
/// another digit (so a year needs Ctrl-V once), and where there is no such choice.
///
/// accept() puts a space behind the word. That space gives way: a punctuation mark typed right
/// behind it takes its place ("word ," becomes "word, "), and a typed space is swallowed.
class LineEditor {
 public:
  /// `choices` is how many numbered continuations the person sees.
  EditorEvent press(Key key, std::size_t choices);

  /// Replaces the last `replaced` bytes before the caret by `text` and a space.
  void accept(std::size_t replaced, std::string_view text);

  const std::string& text() const noexcept { return text_; }
  std::size_t caret() const noexcept { return caret_; }  ///< In bytes.
  std::string_view before_caret() const noexcept {
    return std::string_view(text_).substr(0, caret_);
  }
  void clear() noexcept;

 private:
  using Kind = EditorEvent::Kind;

  EditorEvent type(char32_t c, std::size_t choices);
  Kind edit(KeyKind kind);
  void insert(char32_t c);
  void insert_behind_word(char32_t c);
  Kind move_to(std::size_t caret);
  Kind erase(std::size_t begin, std::size_t end);
  std::size_t previous() const;
  std::size_t next() const;
  std::size_t word_begin() const;

  std::string text_;
  std::size_t caret_ = 0;
  bool automatic_space_ = false;  // What stands before the caret is the space that accept() put.
  bool literal_ = false;          // Ctrl-V was the last key.
};

}  // namespace tercet::cli

#endif  // TERCET_APPS_CLI_LINE_EDITOR_H_
