// The text after reading: every token a number, in temporary files, and the words they stand for.
#ifndef TERCET_TRAIN_CORPUS_H_
#define TERCET_TRAIN_CORPUS_H_

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "tercet/error.h"
#include "tercet/train.h"
#include "train/context.h"
#include "train/documents.h"
#include "train/records.h"
#include "train/windows.h"
#include "train/word_table.h"

namespace tercet::train {

/// Ends every sentence in a token file.
inline constexpr std::uint32_t kSentenceBreak = 0xFFFF'FFFF;

/// A sentence ends here at the latest: one must fit into memory. Lost are the n-grams over the cut.
inline constexpr std::uint64_t kMaxSentenceTokens = 1'000'000;

/// How often a spelling was seen.
struct SpellingCount {
  std::uint32_t key = 0;  ///< The folded word: an id in CorpusPart::words.
  std::uint32_t inside = 0;
  std::uint32_t initial = 0;  ///< As the first word of a sentence.
};

/// What one reading thread made of its share of the text.
struct CorpusPart {
  WordTable words;                    ///< Vocabulary keys: folded words, or tokens as they stand.
  std::vector<std::uint64_t> counts;  ///< By id in `words`.
  std::vector<std::uint8_t> classes;  ///< model::WordClass by id in `words`.
  WordTable spellings;                ///< Empty for plain tokens.
  std::vector<SpellingCount> spelling_counts;
  Records<std::uint32_t> tokens;  ///< Ids in `words`, and kSentenceBreak.
  Records<Passage> passages;      ///< With places in `tokens`; none without TrainOptions::lanes.
};

struct Corpus {
  std::vector<CorpusPart> parts;
  std::uint64_t sentences = 0;
  std::uint64_t tokens = 0;
  std::uint64_t longest_sentence = 0;
  std::uint64_t cut_sentences = 0;  ///< How often a sentence or its line was too long.
  std::uint64_t invalid_sequences = 0;
  std::string first_invalid;
  std::uint64_t first_invalid_block = ~std::uint64_t{0};  ///< Where it was read: threads race.
  PassageCounts passages;                                 ///< None without TrainOptions::lanes.
  std::vector<std::string> indexes;  ///< That told documents apart: file names.
};

/// Stage 0. Reads all inputs on all threads. Which thread reads which block does not matter: a
/// sentence is the largest unit that n-grams know, a passage the largest that lanes do.
Result<Corpus> read_corpus(std::span<const std::filesystem::path> inputs,
                           const TrainOptions& options, const TrainContext& context);

}  // namespace tercet::train

#endif  // TERCET_TRAIN_CORPUS_H_
