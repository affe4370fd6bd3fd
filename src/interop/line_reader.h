// Lines of a text, counted.
#ifndef TERCET_INTEROP_LINE_READER_H_
#define TERCET_INTEROP_LINE_READER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "interop/text_source.h"
#include "tercet/error.h"

namespace tercet::interop {

/// Part of a line in quotation marks, for an error text: its beginning, if it is long.
std::string quoted(std::string_view text);

/// Cuts a TextSource into lines. Memory does not depend on the text: a line beyond kMaxLineBytes is
/// an error, and so is a NUL byte, because both mean that the file is no text.
class LineReader {
 public:
  static constexpr std::size_t kMaxLineBytes = std::size_t{1} << 20;

  /// `name` is for error texts. Both outlive the reader.
  LineReader(TextSource& source, std::string_view name);

  /// The next line without its end ("\n" or "\r\n"), valid until the next call. False, and an
  /// empty line, at the end of the text or on an error: see `status()`.
  bool next(std::string_view& line);

  /// True when the text, from its first byte, starts with `magic`. Only before the first `next()`.
  bool starts_with(std::string_view magic);
  /// Leaves `mark` out if the text starts with it. Only before the first `next()`.
  void skip(std::string_view mark) {
    if (starts_with(mark)) begin_ += mark.size();
  }

  const Status& status() const noexcept { return status_; }
  /// Of the line that `next()` gave last, from 1; after the end, of the last line.
  std::uint64_t number() const noexcept { return number_; }

  /// "NAME:LINE: text", for the line that `next()` gave last, or for another one.
  Error error(std::string_view text, ErrorCode code = ErrorCode::kCorrupt) const {
    return error_at(number_, text, code);
  }
  Error error_at(std::uint64_t line, std::string_view text,
                 ErrorCode code = ErrorCode::kCorrupt) const;

 private:
  bool fill();
  bool take(std::string_view line, std::size_t used, std::string_view& out);
  bool fail(Error error);

  TextSource& source_;
  std::string_view name_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;  // Of buffer_: not yet given out.
  std::size_t end_ = 0;    // Of buffer_: read.
  bool at_end_ = false;
  bool has_nul_ = false;  // Somewhere in buffer_, perhaps in what was given out already.
  std::uint64_t number_ = 0;
  Status status_;
};

}  // namespace tercet::interop

#endif  // TERCET_INTEROP_LINE_READER_H_
