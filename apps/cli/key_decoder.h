// From the bytes that a terminal sends to keys.
#ifndef TERCET_APPS_CLI_KEY_DECODER_H_
#define TERCET_APPS_CLI_KEY_DECODER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tercet::cli {

enum class KeyKind : std::uint8_t {
  kCharacter,
  kPasted,  ///< A character of pasted text: a digit in it chooses nothing.
  kEnter,
  kTab,
  kBackspace,
  kDelete,
  kLeft,
  kRight,
  kHome,
  kEnd,
  kDeleteWord,  ///< Ctrl-W
  kDeleteLine,  ///< Ctrl-U
  kLiteral,     ///< Ctrl-V: the next key types itself.
  kPhrase,      ///< Ctrl-P
  kPhraseWord,  ///< Ctrl-N
  kQuit,        ///< Ctrl-C, Ctrl-D
  kIgnored,
};

struct Key {
  KeyKind kind;
  char32_t character = 0;  ///< Of kCharacter and kPasted.

  friend bool operator==(const Key&, const Key&) = default;
};

/// Understands UTF-8, the escape sequences of xterm and its kin, and bracketed paste (mode 2004),
/// however the bytes are cut into pieces. Not thread-safe.
class KeyDecoder {
 public:
  /// Appends the keys that `bytes` complete; what they leave incomplete waits for the next call.
  void feed(std::string_view bytes, std::vector<Key>& keys);

  /// Something incomplete waits: a lone Escape, or half a character.
  bool pending() const noexcept { return !bytes_.empty(); }
  /// It will not be completed: forgets it.
  void expire() noexcept { bytes_.clear(); }

 private:
  // Each returns how many bytes from the front were used, 0 if more are needed.
  std::size_t decode_one(std::vector<Key>& keys);
  std::size_t decode_escape(std::vector<Key>& keys);
  std::size_t decode_character(std::vector<Key>& keys) const;
  void decode_control(char c, std::vector<Key>& keys) const;
  void finish_sequence(std::string_view parameters, char final, std::vector<Key>& keys);

  std::string bytes_;
  bool pasting_ = false;
};

}  // namespace tercet::cli

#endif  // TERCET_APPS_CLI_KEY_DECODER_H_
