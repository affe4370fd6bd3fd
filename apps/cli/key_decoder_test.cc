#include "key_decoder.h"

#include <gtest/gtest.h>

namespace tercet::cli {
namespace {

std::vector<Key> keys_of(std::string_view bytes) {
  KeyDecoder decoder;
  std::vector<Key> keys;
  decoder.feed(bytes, keys);
  return keys;
}

Key typed(char32_t c) { return {KeyKind::kCharacter, c}; }
Key pasted(char32_t c) { return {KeyKind::kPasted, c}; }

using Keys = std::vector<Key>;

TEST(KeyDecoder, ReadsCharacters) {
  EXPECT_EQ(keys_of("aя字😀1"),
            (Keys{typed('a'), typed(U'я'), typed(U'字'), typed(U'😀'), typed('1')}));
}

TEST(KeyDecoder, ReadsControls) {
  EXPECT_EQ(keys_of("\r\t\x7f\b\x17\x15\x16\x10\x0e\x0c\x03\x04\x01\x05\x1a"),
            (Keys{{KeyKind::kEnter},
                  {KeyKind::kTab},
                  {KeyKind::kBackspace},
                  {KeyKind::kBackspace},
                  {KeyKind::kDeleteWord},
                  {KeyKind::kDeleteLine},
                  {KeyKind::kLiteral},
                  {KeyKind::kPhrase},
                  {KeyKind::kPhraseWord},
                  {KeyKind::kIgnored},
                  {KeyKind::kQuit},
                  {KeyKind::kQuit},
                  {KeyKind::kHome},
                  {KeyKind::kEnd},
                  {KeyKind::kIgnored}}));
}

TEST(KeyDecoder, ReadsEscapeSequences) {
  EXPECT_EQ(keys_of("\x1b[C\x1b[D\x1b[H\x1bOF\x1b[3~\x1b[1~\x1b[8~\x1b[1;5C\x1b[A\x1b[24~x"),
            (Keys{{KeyKind::kRight},
                  {KeyKind::kLeft},
                  {KeyKind::kHome},
                  {KeyKind::kEnd},
                  {KeyKind::kDelete},
                  {KeyKind::kHome},
                  {KeyKind::kEnd},
                  {KeyKind::kRight},
                  {KeyKind::kIgnored},
                  {KeyKind::kIgnored},
                  typed('x')}));
  EXPECT_EQ(keys_of("\x1b"
                    "1a"),
            (Keys{{KeyKind::kIgnored}, typed('a')}))
      << "Alt-1";
}

TEST(KeyDecoder, ReadsBytesInAnyPieces) {
  const std::string_view bytes = "я\x1b[3~\x1b[200~1\n😀\x1b[201~1";
  const Keys whole = keys_of(bytes);
  EXPECT_EQ(
      whole,
      (Keys{typed(U'я'), {KeyKind::kDelete}, pasted('1'), pasted(' '), pasted(U'😀'), typed('1')}));
  KeyDecoder decoder;
  Keys pieces;
  for (const char byte : bytes) decoder.feed({&byte, 1}, pieces);
  EXPECT_EQ(pieces, whole);
  EXPECT_FALSE(decoder.pending());
}

TEST(KeyDecoder, ForgetsALoneEscape) {
  KeyDecoder decoder;
  Keys keys;
  decoder.feed("\x1b", keys);
  EXPECT_TRUE(decoder.pending());
  decoder.expire();
  decoder.feed("a", keys);
  EXPECT_EQ(keys, (Keys{typed('a')}));
}

TEST(KeyDecoder, SurvivesRubbish) {
  EXPECT_EQ(keys_of("\xff"
                    "a"),
            (Keys{typed(0xFFFD), typed('a')}));
  EXPECT_EQ(keys_of("\xe0"
                    "abc")
                .back(),
            typed('c'));
  EXPECT_EQ(keys_of("\x1b[" + std::string(100, '1') + "q").back(), typed('q'));
  EXPECT_EQ(keys_of("\x1b[1\x1b[C"), (Keys{{KeyKind::kIgnored}, {KeyKind::kRight}}));
  EXPECT_EQ(keys_of("\xc2\x9b"), (Keys{{KeyKind::kIgnored}})) << "CSI as one character";
}

TEST(KeyDecoder, PasteQuitsNothing) {
  EXPECT_EQ(keys_of("\x1b[200~a\x03\x04\tb\x1b[201~"),
            (Keys{pasted('a'), pasted(' '), pasted('b')}));
}

}  // namespace
}  // namespace tercet::cli
