// The index beside a text: which of its lines make a document, and of what genre that is.
#ifndef TERCET_TEXT_DOCUMENT_INDEX_H_
#define TERCET_TEXT_DOCUMENT_INDEX_H_

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "tercet/error.h"

namespace tercet::text {

/// A row of an index.
struct DocumentLines {
  std::size_t first = 1;  ///< Lines count from 1.
  std::size_t lines = 0;
  std::string_view genre;
};

/// Reads an index of lines "first line TAB number of lines TAB genre TAB document", in file order,
/// for a text of so many lines, or of which it is not yet known how many they are. kInvalidArgument
/// names `name` and the line of the index that is wrong. The views point into `index`.
Result<std::vector<DocumentLines>> parse_document_index(std::string_view index,
                                                        std::string_view name,
                                                        std::optional<std::size_t> text_lines);

/// The same error for a row, from 0 on, that turns out not to lie in its text.
Error misfit_of_index(std::string_view name, std::size_t row,
                      std::optional<std::size_t> text_lines);

}  // namespace tercet::text

#endif  // TERCET_TEXT_DOCUMENT_INDEX_H_
