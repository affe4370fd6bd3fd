// The beginning of an ARPA file, up to its first n-gram.
#ifndef TERCET_INTEROP_ARPA_HEADER_H_
#define TERCET_INTEROP_ARPA_HEADER_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "interop/arpa_syntax.h"
#include "interop/line_reader.h"
#include "tercet/error.h"

namespace tercet::interop {

struct ArpaHeader {
  std::vector<std::uint64_t> counts;  ///< As announced; the last one is not 0. Order 1 first.
  std::uint32_t empty_orders = 0;     ///< Announced with 0 n-grams, beyond `counts`.
  std::optional<ExportMark> mark;
};

/// Reads up to and including the line `\1-grams:`. Recognises files that are something else.
Result<ArpaHeader> read_header(LineReader& lines);

/// Reads up to and including the next line that is not blank; its ends are trimmed. At the end of
/// the file, an error that says what was expected instead.
Status next_item(LineReader& lines, std::string_view expected, std::string_view& line);

/// The error for a file that ends too early.
Error ends_early(const LineReader& lines, std::string_view expected);

}  // namespace tercet::interop

#endif  // TERCET_INTEROP_ARPA_HEADER_H_
