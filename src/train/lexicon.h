// The final vocabulary: sorted, limited, with the spellings, and each reading thread's way into it.
#ifndef TERCET_TRAIN_LEXICON_H_
#define TERCET_TRAIN_LEXICON_H_

#include <cstdint>
#include <string>
#include <vector>

#include "model/pack.h"
#include "tercet/error.h"
#include "tercet/model.h"
#include "tercet/train.h"
#include "train/corpus.h"
#include "train/windows.h"

namespace tercet::train {

/// In Lexicon::codes: a token that is no word (a literal `<s>` or `</s>` in plain tokens).
inline constexpr WordCode kSkip = 0xFFFF'FFFF;

struct Lexicon {
  model::VocabularyImage image;
  std::uint32_t size = 0;
  /// codes[part][id in that part] = final word id + 1, or kSkip.
  std::vector<std::vector<WordCode>> codes;
  /// Occurrences by word code, of `<s>` and `</s>` too: what the shares of work are cut by.
  std::vector<std::uint64_t> occurrences;
  std::vector<std::string> warnings;
};

/// Merges the parts' words, sorts them by their bytes, keeps the most frequent ones (ties: smaller
/// bytes first) and encodes their spellings. kResource: more words than a model file can number.
Result<Lexicon> build_lexicon(const Corpus& corpus, const TrainOptions& options);

}  // namespace tercet::train

#endif  // TERCET_TRAIN_LEXICON_H_
