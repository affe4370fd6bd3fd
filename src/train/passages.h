// Reads the corpus back passage by passage, in final word codes.
#ifndef TERCET_TRAIN_PASSAGES_H_
#define TERCET_TRAIN_PASSAGES_H_

#include <cstdint>
#include <span>

#include "core/error.h"
#include "tercet/error.h"
#include "train/context.h"
#include "train/corpus.h"
#include "train/documents.h"
#include "train/records.h"
#include "train/windows.h"

namespace tercet::train {

/// Calls begin(Passage) at the beginning of each passage of `part`, and token(WordCode) for each
/// token, kNoWord for the end of a sentence. `codes` are the part's (Lexicon::codes).
template <class Begin, class Token>
Status for_each_token(const CorpusPart& part, std::span<const WordCode> codes,
                      const TrainContext& context, Begin&& begin, Token&& token) {
  RecordReader<Passage> passages(part.passages);
  RecordReader<std::uint32_t> tokens(part.tokens);
  bool more = passages.remaining() != 0;
  Passage next = passages.get();
  for (std::uint64_t at = 0; tokens.remaining() != 0; ++at) {
    for (; more && next.begin == at; next = passages.get()) {
      begin(next);
      more = passages.remaining() != 0;
    }
    const std::uint32_t id = tokens.get();
    token(id < codes.size() ? codes[id] : kNoWord);
    if (at % kRecordsPerBatch != 0) continue;
    context.step(kRecordsPerBatch);
    if (context.stopped()) return core::cancelled();
  }
  TERCET_TRY(passages.status());
  return tokens.status();
}

}  // namespace tercet::train

#endif  // TERCET_TRAIN_PASSAGES_H_
