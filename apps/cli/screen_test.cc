#include "screen.h"

#include <gtest/gtest.h>

#include <array>

#include "columns.h"

namespace tercet::cli {
namespace {

std::vector<std::string> rows_of(const Frame& frame) {
  std::vector<std::string> rows;
  for (const Frame::Row& row : frame.rows) rows.push_back(row.text);
  return rows;
}

using Rows = std::vector<std::string>;

TEST(Columns, KnowWideAndCombiningCharacters) {
  EXPECT_EQ(display_width("abc"), 3U);
  EXPECT_EQ(display_width("слово"), 5U);
  EXPECT_EQ(display_width("字"), 2U);
  EXPECT_EQ(display_width("e\u0301"), 1U);
}

TEST(Columns, FitCutsAtACharacter) {
  EXPECT_EQ(fit("слово", 5), "слово");
  EXPECT_EQ(fit("слово", 4), "сло…");
  EXPECT_EQ(fit("字字字", 4), "字…");
  EXPECT_EQ(fit("字", 1), "…");
  EXPECT_EQ(fit("字", 0), "");
}

TEST(Columns, PrintableHasNoControls) {
  EXPECT_EQ(printable("a\x1b[2J\xc2\x9b\xff"), "a\uFFFD[2J\uFFFD\uFFFD");
}

TEST(LayOut, ShowsLineChoicesAndStatus) {
  const std::array choices{Choice{"the", 3.25F, {}}, Choice{"яблоко", 12, "rare"}};
  const Frame frame = lay_out({"I want", 2, choices, {}, "en"}, {40, 24});
  EXPECT_EQ(rows_of(frame),
            (Rows{"> I want", " 1 the   \x1b[2m   3.2 bits\x1b[22m",
                  " 2 яблоко\x1b[2m  12.0 bits  rare\x1b[22m", "\x1b[2men\x1b[22m"}));
  EXPECT_EQ(frame.caret_row, 0U);
  EXPECT_EQ(frame.caret_column, 4U);
}

TEST(LayOut, ShowsThePhraseUnderTheChoices) {
  const std::array choices{Choice{"the", 3, {}}};
  const Choice phrase{"the old house", 7, {}};
  const Frame frame = lay_out({"in", 2, choices, phrase, "s"}, {40, 24});
  EXPECT_EQ(rows_of(frame),
            (Rows{"> in", " 1 the\x1b[2m   3.0 bits\x1b[22m",
                  "^P the old house\x1b[2m   7.0 bits\x1b[22m", "\x1b[2ms\x1b[22m"}));
  EXPECT_EQ(lay_out({"in", 2, choices, phrase, "s"}, {40, 4}).rows.size(), 4U);
  EXPECT_EQ(lay_out({"in", 2, choices, phrase, "s"}, {40, 3}).rows.size(), 3U);
}

TEST(LayOut, BreaksLongLinesBeforeTheLastColumn) {
  const Frame frame = lay_out({"abcdefgh", 8, {}, {}, ""}, {8, 24});
  EXPECT_EQ(rows_of(frame), (Rows{"> abcde", "fgh"}));
  EXPECT_EQ(frame.caret_row, 1U);
  EXPECT_EQ(frame.caret_column, 3U);
}

TEST(LayOut, NeverSplitsAWideCharacter) {
  const Frame frame = lay_out({"字字字", 9, {}, {}, ""}, {8, 24});
  EXPECT_EQ(rows_of(frame), (Rows{"> 字字", "字"}));
  EXPECT_EQ(frame.caret_column, 2U);
}

TEST(LayOut, FitsAnySize) {
  const std::string text(300, 'x');
  const std::array choices{Choice{std::string(100, 'y'), 1, {}}, Choice{"z", 100, {}}};
  for (std::size_t columns = 8; columns < 100; ++columns) {
    for (std::size_t rows = 4; rows < 12; ++rows) {
      for (const std::size_t caret : {std::size_t{0}, std::size_t{150}, text.size()}) {
        const Frame frame = lay_out({text, caret, choices, {}, "a status line"}, {columns, rows});
        EXPECT_LE(frame.rows.size(), rows);
        EXPECT_LT(frame.caret_row, frame.rows.size() - 3);
        EXPECT_LT(frame.caret_column, columns);
        for (const Frame::Row& row : frame.rows) EXPECT_LT(row.width, columns);
      }
    }
  }
}

TEST(ChoicesThatFit, LeavesRoomForTheLine) {
  EXPECT_EQ(choices_that_fit({80, 24}), 9U);
  EXPECT_EQ(choices_that_fit({80, 8}), 5U);
  EXPECT_EQ(choices_that_fit({80, 1}), 1U);
}

TEST(Draw, ReplacesTheFrameBefore) {
  const Frame first = lay_out({"abcdefgh", 8, {}, {}, "s"}, {8, 24});
  EXPECT_EQ(draw({}, first, {8, 24}),
            "\x1b[?25l\r\x1b[J> abcde\r\nfgh\r\n\x1b[2ms\x1b[22m\x1b[1A\r\x1b[3C\x1b[?25h");
  EXPECT_EQ(draw(first, {}, {8, 24}), "\x1b[?25l\x1b[1A\r\x1b[J\r\x1b[?25h");
  EXPECT_EQ(draw(first, {}, {4, 24}), "\x1b[?25l\x1b[2A\r\x1b[J\r\x1b[?25h")
      << "a narrower terminal broke the first row in two";
}

}  // namespace
}  // namespace tercet::cli
