// Where documents begin in the texts: what stands in one of them may belong together.
#ifndef TERCET_TRAIN_DOCUMENTS_H_
#define TERCET_TRAIN_DOCUMENTS_H_

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "tercet/error.h"

namespace tercet::train {

/// A stretch of one document that one thread reads: it ends with its document, or where a block of
/// the text does.
struct Passage {
  std::uint64_t begin = 0;      ///< In the bytes of a block, or in the tokens of a CorpusPart.
  std::uint64_t document = 0;   ///< Documents and passages count from 0, in the order of the text.
  std::uint32_t number = 0;     ///< Of the passage.
  std::uint32_t continues = 0;  ///< 1: the text goes on from the passage before, 0: another begins.
};

/// How many there are so far, over all inputs.
struct PassageCounts {
  std::uint64_t documents = 0;
  std::uint32_t passages = 0;
};

/// Lines that count as a document where no index says more.
inline constexpr std::size_t kLinesPerDocument = 60;

/// Cuts one text into passages, block by block. An index beside the text says where documents
/// begin; what it leaves out is one too. Without an index a text goes on from its first to its last
/// line, and every kLinesPerDocument lines of a block count as a document. One thread.
class DocumentCutter {
 public:
  /// Looks for an index of `input`: X.index.tsv.zst or X.index.tsv beside X.txt, X.txt.zst or
  /// X.txt.gz. kInvalidArgument names the line of the index that is wrong.
  static Result<DocumentCutter> open(const std::filesystem::path& input,
                                     const std::stop_token& stop);

  /// File name of the index; empty if there is none.
  std::string index() const { return index_.filename().string(); }

  /// The passages of the text's next block, which is not empty and ends where a line does.
  std::vector<Passage> cut(std::string_view block, PassageCounts& counts);

  /// After the last block. kInvalidArgument: the index speaks of lines that the text does not have.
  Status finish() const;

 private:
  Status read_index(std::string_view index);

  std::filesystem::path index_;
  std::vector<std::size_t> begins_;  // Lines, from 1, at which documents begin; the first is 1.
  std::size_t last_row_ = 0;         // Of the index, and the last line that it speaks of.
  std::size_t last_line_ = 0;
  std::size_t lines_ = 0;  // Of the blocks before.
  std::size_t begun_ = 0;  // Documents in them.
};

}  // namespace tercet::train

#endif  // TERCET_TRAIN_DOCUMENTS_H_
