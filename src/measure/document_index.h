// Which lines of a text make a document, and of what genre it is.
#ifndef TERCET_MEASURE_DOCUMENT_INDEX_H_
#define TERCET_MEASURE_DOCUMENT_INDEX_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tercet/error.h"

namespace tercet::measure {

struct DocumentText {
  std::string genre;      ///< Empty where there is no index.
  std::string_view text;  ///< Whole lines.
};

/// Where the second half of the lines begins.
std::size_t middle_of(std::string_view text) noexcept;

/// Lines that stand for a document where no index says more.
inline constexpr std::size_t kLinesPerBlock = 50;

/// Cuts `text` by an index (text/document_index.h). An empty one: blocks of kLinesPerBlock lines.
/// kInvalidArgument names the line of the index that is wrong. The views point into `text`.
Result<std::vector<DocumentText>> cut_documents(std::string_view text, std::string_view index);

}  // namespace tercet::measure

#endif  // TERCET_MEASURE_DOCUMENT_INDEX_H_
