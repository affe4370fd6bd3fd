// What the prompt shows, as rows of text: where lines break, what fits, where the caret stands.
#ifndef TERCET_APPS_CLI_SCREEN_H_
#define TERCET_APPS_CLI_SCREEN_H_

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tercet::cli {

struct ScreenSize {
  std::size_t columns = 80;
  std::size_t rows = 24;
};

struct Choice {
  std::string text;  ///< Without control characters.
  float surprise_bits;
  std::string_view lane = {};  ///< "rare", "genius"; empty for the others.
};

/// What a frame is made from.
struct View {
  std::string_view text;  ///< The line, with the caret at this byte.
  std::size_t caret = 0;
  std::span<const Choice> choices;
  std::optional<Choice> phrase;
  std::string_view status;  ///< One line at the bottom.
};

/// Rows for the terminal, none wider than it.
struct Frame {
  struct Row {
    std::string text;  ///< With escape sequences for dim text.
    std::size_t width;
  };
  std::vector<Row> rows;
  std::size_t caret_row = 0;
  std::size_t caret_column = 0;
};

/// How many choices a terminal of this height has room for, at most 9.
std::size_t choices_that_fit(ScreenSize size);

/// The line, broken where it must be, then one row per choice, one for the phrase, the status. A
/// line too long for the terminal shows the rows around the caret.
Frame lay_out(const View& view, ScreenSize size);

/// The bytes that draw `frame` in place of `previous`, which a resize to `size` may have rewrapped.
std::string draw(const Frame& previous, const Frame& frame, ScreenSize size);

}  // namespace tercet::cli

#endif  // TERCET_APPS_CLI_SCREEN_H_
