#include "screen.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "columns.h"
#include "text/utf8.h"

namespace tercet::cli {
namespace {

constexpr std::string_view kPrompt = "> ";
constexpr std::string_view kDim = "\x1b[2m";
constexpr std::string_view kPlain = "\x1b[22m";
constexpr std::string_view kHideCaret = "\x1b[?25l";
constexpr std::string_view kShowCaret = "\x1b[?25h";
constexpr std::string_view kClearBelow = "\x1b[J";
constexpr std::size_t kMostChoices = 9;

// What is narrower shows broken rows.
constexpr std::size_t kFewestColumns = 8;

// The last column stays free: terminals disagree on where the caret is behind it.
std::size_t usable(ScreenSize size) { return std::max(size.columns, kFewestColumns) - 1; }

std::string dimmed(std::string_view text) { return fmt::format("{}{}{}", kDim, text, kPlain); }

// For the text of a choice, between " 1 " and " 12.3 bits".
std::size_t text_columns(std::size_t columns) {
  constexpr std::size_t kRest = 2 + 3 + 9;
  return columns > kRest ? columns - kRest : 1;
}

// Breaks the line into rows and finds the caret.
Frame lay_out_line(const View& view, std::size_t columns) {
  Frame frame;
  frame.rows.push_back({std::string(kPrompt), kPrompt.size()});
  for (std::size_t at = 0;;) {
    if (at == view.caret) {
      frame.caret_row = frame.rows.size() - 1;
      frame.caret_column = frame.rows.back().width;
    }
    if (at >= view.text.size()) return frame;
    const std::size_t begin = at;
    const std::size_t width = display_width(text::next_code_point(view.text, at));
    if (frame.rows.back().width + width > columns) frame.rows.push_back({"", 0});
    frame.rows.back().text += view.text.substr(begin, at - begin);
    frame.rows.back().width += width;
  }
}

// Keeps `most` rows, the caret's among them.
void crop(Frame& frame, std::size_t most) {
  if (frame.rows.size() <= most) return;
  const std::size_t first = frame.caret_row + 1 > most ? frame.caret_row + 1 - most : 0;
  const auto begin = frame.rows.begin() + static_cast<std::ptrdiff_t>(first);
  frame.rows = std::vector<Frame::Row>(begin, begin + static_cast<std::ptrdiff_t>(most));
  frame.caret_row -= first;
}

// " 1 word   12.3 bits  rare"; the bits and the lane only where they fit.
void add_choice(std::string_view key, const Choice& choice, std::size_t least, std::size_t columns,
                Frame& frame) {
  const std::string text = fit(choice.text, text_columns(columns));
  const std::size_t width = display_width(text);
  const std::size_t gap = least - std::min(least, width);
  const std::string bits = fmt::format("{:6.1f} bits{}{}", choice.surprise_bits,
                                       choice.lane.empty() ? "" : "  ", choice.lane);
  Frame::Row row{fmt::format("{:>2} {}{:{}}", key, text, "", gap), 3 + width + gap};
  if (row.width + bits.size() <= columns) {
    row.text += dimmed(bits);
    row.width += bits.size();
  }
  frame.rows.push_back(std::move(row));
}

void add_choices(std::span<const Choice> choices, std::size_t columns, Frame& frame) {
  std::size_t widest = 0;
  for (const Choice& choice : choices)
    widest = std::max(widest, display_width(fit(choice.text, text_columns(columns))));
  for (std::size_t i = 0; i < choices.size(); ++i)
    add_choice(std::to_string(i + 1), choices[i], widest, columns, frame);
}

// Rows that the terminal needs for a row drawn earlier, now that it has this many columns.
std::size_t rows_of(std::size_t width, std::size_t columns) {
  return width == 0 ? 1 : (width + columns - 1) / columns;
}

}  // namespace

std::size_t choices_that_fit(ScreenSize size) {
  return size.rows <= 3 ? 1 : std::min(kMostChoices, size.rows - 3);
}

Frame lay_out(const View& view, ScreenSize size) {
  const std::size_t columns = usable(size);
  Frame frame = lay_out_line(view, columns);
  std::size_t below = view.choices.size() + (view.status.empty() ? 0 : 1);
  const bool phrase_fits = view.phrase && below + 2 <= size.rows;
  below += phrase_fits ? 1 : 0;
  crop(frame, size.rows > below ? size.rows - below : 1);
  add_choices(view.choices, columns, frame);
  if (phrase_fits) add_choice("^P", *view.phrase, 0, columns, frame);
  if (!view.status.empty()) {
    const std::string status = fit(view.status, columns);
    frame.rows.push_back({dimmed(status), display_width(status)});
  }
  return frame;
}

std::string draw(const Frame& previous, const Frame& frame, ScreenSize size) {
  std::string out(kHideCaret);
  const std::size_t columns = std::max<std::size_t>(size.columns, 1);
  std::size_t up = previous.caret_column / columns;
  for (std::size_t i = 0; i < previous.caret_row; ++i) {
    up += rows_of(previous.rows[i].width, columns);
  }
  if (up > 0) fmt::format_to(std::back_inserter(out), "\x1b[{}A", up);
  fmt::format_to(std::back_inserter(out), "\r{}", kClearBelow);
  for (std::size_t i = 0; i < frame.rows.size(); ++i) {
    if (i > 0) out += "\r\n";
    out += frame.rows[i].text;
  }
  const std::size_t below = frame.rows.empty() ? 0 : frame.rows.size() - 1 - frame.caret_row;
  if (below > 0) fmt::format_to(std::back_inserter(out), "\x1b[{}A", below);
  out += '\r';
  if (frame.caret_column > 0) {
    fmt::format_to(std::back_inserter(out), "\x1b[{}C", frame.caret_column);
  }
  out += kShowCaret;
  return out;
}

}  // namespace tercet::cli
