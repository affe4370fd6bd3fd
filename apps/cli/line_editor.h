// The line being typed: what each key does to it. No terminal, no model.
#ifndef TERCET_APPS_CLI_LINE_EDITOR_H_
#define TERCET_APPS_CLI_LINE_EDITOR_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "key_decoder.h"

namespace tercet::cli {

/// What a key asks of the owner of the line, who answers with replace_before(). Edits are done
/// already.
struct EditorEvent {
  enum class Kind : std::uint8_t {
    kNone,    ///< Nothing changed.
    kEdited,  ///< Text or caret changed.
    kTyped,   ///< `character` is to be typed: its spaces are the owner's business.
    kPicked,  ///< Choice `choice` is wanted.
    kPhrase,
    kPhraseWord,  ///< The next word of the phrase.
    kFinished,
    kQuit,
  };
  Kind kind = Kind::kNone;
  std::size_t choice = 0;  ///< Of kPicked, from 0.
  char32_t character = 0;  ///< Of kTyped.

  friend bool operator==(const EditorEvent&, const EditorEvent&) = default;
};

/// Always valid UTF-8 without control characters; the caret stands between code points.
///
/// A digit 1-9 picks, if there is a choice of that number. It types itself after Ctrl-V, behind
/// another digit (so a year needs Ctrl-V once), and where there is no such choice.
class LineEditor {
 public:
  /// `choices` is how many numbered continuations the person sees.
  EditorEvent press(Key key, std::size_t choices);

  /// What stands before the caret from now on; without control characters.
  void replace_before(std::string_view text);

  const std::string& text() const noexcept { return text_; }
  std::size_t caret() const noexcept { return caret_; }  ///< In bytes.
  std::string_view before_caret() const noexcept {
    return std::string_view(text_).substr(0, caret_);
  }
  std::string_view after_caret() const noexcept { return std::string_view(text_).substr(caret_); }
  void clear() noexcept;

 private:
  using Kind = EditorEvent::Kind;

  EditorEvent type(char32_t c, std::size_t choices) const;
  EditorEvent paste(char32_t c);
  Kind edit(KeyKind kind);
  Kind move_to(std::size_t caret);
  Kind erase(std::size_t begin, std::size_t end);
  std::size_t previous() const;
  std::size_t next() const;
  std::size_t word_begin() const;

  std::string text_;
  std::size_t caret_ = 0;
  bool literal_ = false;  // Ctrl-V was the last key.
};

}  // namespace tercet::cli

#endif  // TERCET_APPS_CLI_LINE_EDITOR_H_
