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
  EditorEvent type(char32_t c, std::size_t choices = 9) {
    return editor_.press({KeyKind::kCharacter, c}, choices);
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
  EXPECT_EQ(type('a'), EditorEvent{Kind::kEdited});
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
  EXPECT_EQ(type('4', 3), EditorEvent{Kind::kEdited}) << "no fourth choice";
  EXPECT_EQ(shown(), "4|");
}

TEST_F(LineEditorTest, LiteralDigitsTypeAndSoDoThoseBehindThem) {
  press(KeyKind::kLiteral);
  EXPECT_EQ(type('2'), EditorEvent{Kind::kEdited});
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

TEST_F(LineEditorTest, AcceptCompletesThePrefix) {
  type("хочу яб");
  editor_.accept(std::string_view("яб").size(), "яблоко");
  EXPECT_EQ(shown(), "хочу яблоко |");
  editor_.accept(0, "и грушу");
  EXPECT_EQ(shown(), "хочу яблоко и грушу |");
}

TEST_F(LineEditorTest, AcceptTakesNoControlCharacters) {
  editor_.accept(0, "a\x1b[2Jb");
  EXPECT_EQ(shown(), "a[2Jb |");
}

TEST_F(LineEditorTest, AcceptUsesASpaceThatIsThere) {
  type("th cat");
  press(KeyKind::kHome);
  press(KeyKind::kRight);
  press(KeyKind::kRight);
  editor_.accept(2, "the");
  EXPECT_EQ(shown(), "the |cat");
}

TEST_F(LineEditorTest, PunctuationTakesThePlaceOfTheAutomaticSpace) {
  editor_.accept(0, "word");
  type(",");
  EXPECT_EQ(shown(), "word, |");
  editor_.accept(0, "and");
  type("?!");
  EXPECT_EQ(shown(), "word, and?! |");
  type("x.y");
  EXPECT_EQ(shown(), "word, and?! x.y|") << "typed words get no spaces";
}

TEST_F(LineEditorTest, ATypedSpaceIsSwallowedOnce) {
  editor_.accept(0, "word");
  type(" ");
  EXPECT_EQ(shown(), "word |");
  type(" ,");
  EXPECT_EQ(shown(), "word  ,|");
}

TEST_F(LineEditorTest, TheAutomaticSpaceIsForgottenAfterOtherKeys) {
  editor_.accept(0, "word");
  press(KeyKind::kLeft);
  press(KeyKind::kRight);
  type(",");
  EXPECT_EQ(shown(), "word ,|");
  press(KeyKind::kDeleteLine);
  editor_.accept(0, "word");
  press(KeyKind::kBackspace);
  EXPECT_EQ(shown(), "word|");
  type(",");
  EXPECT_EQ(shown(), "word,|");
}

TEST_F(LineEditorTest, ReportsWhatIsNoEdit) {
  EXPECT_EQ(press(KeyKind::kEnter), EditorEvent{Kind::kFinished});
  EXPECT_EQ(press(KeyKind::kSwitchModel), EditorEvent{Kind::kSwitchModel});
  EXPECT_EQ(press(KeyKind::kQuit), EditorEvent{Kind::kQuit});
  EXPECT_EQ(press(KeyKind::kIgnored), EditorEvent{});
  type("x");
  editor_.clear();
  EXPECT_EQ(shown(), "|");
}

}  // namespace
}  // namespace tercet::cli
