#include "key_decoder.h"

#include <cstddef>

#include "columns.h"
#include "text/utf8.h"

namespace tercet::cli {
namespace {

constexpr char kEscape = '\x1b';

constexpr char ctrl(char letter) { return static_cast<char>(letter & 0x1F); }

KeyKind kind_of_control(char c) {
  switch (c) {
    case '\r':
    case '\n':
      return KeyKind::kEnter;
    case '\t':
      return KeyKind::kTab;
    case '\b':
    case '\x7f':
      return KeyKind::kBackspace;
    case ctrl('A'):
      return KeyKind::kHome;
    case ctrl('E'):
      return KeyKind::kEnd;
    case ctrl('W'):
      return KeyKind::kDeleteWord;
    case ctrl('U'):
      return KeyKind::kDeleteLine;
    case ctrl('V'):
      return KeyKind::kLiteral;
    case ctrl('P'):
      return KeyKind::kPhrase;
    case ctrl('N'):
      return KeyKind::kPhraseWord;
    case ctrl('C'):
    case ctrl('D'):
      return KeyKind::kQuit;
    default:
      return KeyKind::kIgnored;
  }
}

KeyKind kind_of_sequence(std::string_view parameters, char final) {
  if (final == 'C') return KeyKind::kRight;
  if (final == 'D') return KeyKind::kLeft;
  if (final == 'H') return KeyKind::kHome;
  if (final == 'F') return KeyKind::kEnd;
  if (final != '~') return KeyKind::kIgnored;
  if (parameters == "1" || parameters == "7") return KeyKind::kHome;
  if (parameters == "3") return KeyKind::kDelete;
  if (parameters == "4" || parameters == "8") return KeyKind::kEnd;
  return KeyKind::kIgnored;
}

// Bytes of the character that begins with `first`; 1 for what begins none.
std::size_t length_of(unsigned char first) {
  if (first >= 0xF0 && first < 0xF5) return 4;
  if (first >= 0xE0 && first < 0xF0) return 3;
  return first >= 0xC2 && first < 0xE0 ? 2 : 1;
}

}  // namespace

void KeyDecoder::feed(std::string_view bytes, std::vector<Key>& keys) {
  bytes_ += bytes;
  while (!bytes_.empty()) {
    const std::size_t used = decode_one(keys);
    if (used == 0) return;
    bytes_.erase(0, used);
  }
}

std::size_t KeyDecoder::decode_one(std::vector<Key>& keys) {
  const char first = bytes_.front();
  if (first == kEscape) return decode_escape(keys);
  if (static_cast<unsigned char>(first) >= 0x80) return decode_character(keys);
  if (is_control(static_cast<unsigned char>(first))) {
    decode_control(first, keys);
  } else {
    keys.push_back(
        {pasting_ ? KeyKind::kPasted : KeyKind::kCharacter, static_cast<unsigned char>(first)});
  }
  return 1;
}

// "ESC [ parameters final", "ESC O final", or "ESC character": Alt with a key, which means nothing.
std::size_t KeyDecoder::decode_escape(std::vector<Key>& keys) {
  if (bytes_.size() < 2) return 0;
  if (bytes_[1] != '[' && bytes_[1] != 'O') {
    keys.push_back({KeyKind::kIgnored});
    return bytes_[1] == kEscape ? 1 : 2;
  }
  constexpr std::size_t kLongest = 32;  // Longer than any sequence: rubbish.
  for (std::size_t at = 2; at < bytes_.size(); ++at) {
    const char c = bytes_[at];
    if (c >= 0x20 && c < 0x40 && at < kLongest) continue;
    finish_sequence(std::string_view(bytes_).substr(2, at - 2), c, keys);
    return c >= 0x40 ? at + 1 : at;
  }
  return 0;
}

void KeyDecoder::finish_sequence(std::string_view parameters, char final, std::vector<Key>& keys) {
  if (final == '~' && parameters == "200") {
    pasting_ = true;
  } else if (final == '~' && parameters == "201") {
    pasting_ = false;
  } else {
    keys.push_back({kind_of_sequence(parameters, final)});
  }
}

std::size_t KeyDecoder::decode_character(std::vector<Key>& keys) const {
  if (bytes_.size() < length_of(static_cast<unsigned char>(bytes_.front()))) return 0;
  const text::CodePoint point = text::decode(bytes_, 0);
  if (is_control(point.value)) {
    keys.push_back({KeyKind::kIgnored});
  } else {
    keys.push_back({pasting_ ? KeyKind::kPasted : KeyKind::kCharacter, point.value});
  }
  return point.size;
}

void KeyDecoder::decode_control(char c, std::vector<Key>& keys) const {
  if (!pasting_) {
    keys.push_back({kind_of_control(c)});
  } else if (c == '\r' || c == '\n' || c == '\t') {
    keys.push_back({KeyKind::kPasted, U' '});  // The prompt has one line.
  }
}

}  // namespace tercet::cli
