#include "line_editor.h"

#include <gtest/gtest.h>

#include "text/utf8.h"

namespace tercet::cli {
namespace {

using Kind = EditorEvent::Kind;

class LineEditorTest : public ::testing::Test {
 protected:
  EditorEvent press(KeyKind kind, std::size_t choices = 9) {
    return editor_.press({kind}, choices);
  }
  // Answers as an owner does that knows nothing of spaces.
  EditorEvent type(char32_t c, std::size_t choices = 9) {
    const EditorEvent event = editor_.press({KeyKind::kCharacter, c}, choices);
    if (event.kind == Kind::kTyped) {
      std::string before(editor_.before_caret());
      text::append_code_point(event.character, before);
      editor_.replace_before(before);
    }
    return event;
  }
  void type(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) type(text::next_code_point(text, at));
  }
  // The line with | at the caret.
  std::string shown() const {
    std::string text = editor_.text();
    return text.insert(editor_.caret(), "|");
  }

  LineEditor editor_;
};

TEST_F(LineEditorTest, Types) {
  EXPECT_EQ(type('a'), (EditorEvent{Kind::kTyped, 0, 'a'}));
  type("б 字😀");
  EXPECT_EQ(shown(), "aб 字😀|");
  EXPECT_EQ(editor_.before_caret(), editor_.text());
}

TEST_F(LineEditorTest, IgnoresControlCharacters) {
  EXPECT_EQ(type(0x1B), EditorEvent{});
  EXPECT_EQ(type(0x9B), EditorEvent{});
  EXPECT_EQ(shown(), "|");
}

TEST_F(LineEditorTest, DeletesWholeCodePoints) {
  type("aя字😀");
  for (const char* expected : {"aя字|", "aя|", "a|", "|"}) {
    EXPECT_EQ(press(KeyKind::kBackspace), EditorEvent{Kind::kEdited});
    EXPECT_EQ(shown(), expected);
  }
  EXPECT_EQ(press(KeyKind::kBackspace), EditorEvent{}) << "nothing left to delete";
}

TEST_F(LineEditorTest, MovesAndInsertsInTheMiddle) {
  type("яблоко");
  press(KeyKind::kLeft);
  press(KeyKind::kLeft);
  type("X");
  EXPECT_EQ(shown(), "яблоX|ко");
  EXPECT_EQ(editor_.before_caret(), "яблоX");
  press(KeyKind::kDelete);
  EXPECT_EQ(shown(), "яблоX|о");
  press(KeyKind::kHome);
  EXPECT_EQ(press(KeyKind::kLeft), EditorEvent{});
  press(KeyKind::kDelete);
  EXPECT_EQ(shown(), "|блоXо");
  press(KeyKind::kEnd);
  EXPECT_EQ(press(KeyKind::kRight), EditorEvent{});
  EXPECT_EQ(press(KeyKind::kDelete), EditorEvent{});
}

TEST_F(LineEditorTest, DeletesWordsAndLines) {
  type("one два  ");
  press(KeyKind::kDeleteWord);
  EXPECT_EQ(shown(), "one |");
  press(KeyKind::kDeleteWord);
  EXPECT_EQ(shown(), "|");
  EXPECT_EQ(press(KeyKind::kDeleteWord), EditorEvent{});
  type("one two");
  press(KeyKind::kLeft);
  press(KeyKind::kDeleteLine);
  EXPECT_EQ(shown(), "|");
}

TEST_F(LineEditorTest, DigitsPick) {
  EXPECT_EQ(type('1', 3), (EditorEvent{Kind::kPicked, 0}));
  EXPECT_EQ(type('3', 3), (EditorEvent{Kind::kPicked, 2}));
  EXPECT_EQ(shown(), "|");
  EXPECT_EQ(type('4', 3), (EditorEvent{Kind::kTyped, 0, '4'})) << "no fourth choice";
  EXPECT_EQ(shown(), "4|");
}

TEST_F(LineEditorTest, LiteralDigitsTypeAndSoDoThoseBehindThem) {
  press(KeyKind::kLiteral);
  EXPECT_EQ(type('2'), (EditorEvent{Kind::kTyped, 0, '2'}));
  type("026 0");
  EXPECT_EQ(shown(), "2026 0|");
  type(" ");
  EXPECT_EQ(type('5'), (EditorEvent{Kind::kPicked, 4}));
  press(KeyKind::kLiteral);
  press(KeyKind::kLeft);
  press(KeyKind::kRight);
  EXPECT_EQ(type('5'), (EditorEvent{Kind::kPicked, 4})) << "Ctrl-V holds for one key";
}

TEST_F(LineEditorTest, PastedDigitsType) {
  EXPECT_EQ(editor_.press({KeyKind::kPasted, '1'}, 9), EditorEvent{Kind::kEdited});
  EXPECT_EQ(shown(), "1|");
}

TEST_F(LineEditorTest, TabPicksTheFirst) {
  EXPECT_EQ(press(KeyKind::kTab), (EditorEvent{Kind::kPicked, 0}));
  EXPECT_EQ(press(KeyKind::kTab, 0), EditorEvent{});
}

TEST_F(LineEditorTest, ReplacesWhatStandsBeforeTheCaret) {
  type("th cat");
  press(KeyKind::kHome);
  press(KeyKind::kRight);
  press(KeyKind::kRight);
  EXPECT_EQ(editor_.after_caret(), " cat");
  editor_.replace_before("the");
  EXPECT_EQ(shown(), "the| cat");
  editor_.replace_before("");
  EXPECT_EQ(shown(), "| cat");
}

TEST_F(LineEditorTest, ReportsWhatIsNoEdit) {
  EXPECT_EQ(press(KeyKind::kEnter), EditorEvent{Kind::kFinished});
  EXPECT_EQ(press(KeyKind::kPhrase), EditorEvent{Kind::kPhrase});
  EXPECT_EQ(press(KeyKind::kPhraseWord), EditorEvent{Kind::kPhraseWord});
  EXPECT_EQ(press(KeyKind::kQuit), EditorEvent{Kind::kQuit});
  EXPECT_EQ(press(KeyKind::kIgnored), EditorEvent{});
  type("x");
  editor_.clear();
  EXPECT_EQ(shown(), "|");
}

}  // namespace
}  // namespace tercet::cli
