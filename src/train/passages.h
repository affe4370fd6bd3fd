// Reads the corpus back passage by passage.
#ifndef TERCET_TRAIN_PASSAGES_H_
#define TERCET_TRAIN_PASSAGES_H_

#include <cstdint>

#include "core/error.h"
#include "tercet/error.h"
#include "train/context.h"
#include "train/corpus.h"
#include "train/documents.h"
#include "train/records.h"

namespace tercet::train {

/// Calls begin(Passage) at the beginning of each passage of `part`, and token(id) for each token,
/// an id in CorpusPart::words, and for each kSentenceBreak.
template <class Begin, class Token>
Status for_each_token(const CorpusPart& part, const TrainContext& context, Begin&& begin,
                      Token&& token) {
  RecordReader<Passage> passages(part.passages);
  RecordReader<std::uint32_t> tokens(part.tokens);
  bool more = passages.remaining() != 0;
  Passage next = passages.get();
  for (std::uint64_t at = 0; tokens.remaining() != 0; ++at) {
    for (; more && next.begin == at; next = passages.get()) {
      begin(next);
      more = passages.remaining() != 0;
    }
    token(tokens.get());
    if (at % kRecordsPerBatch != 0) continue;
    context.step(kRecordsPerBatch);
    if (context.stopped()) return core::cancelled();
  }
  TERCET_TRY(passages.status());
  return tokens.status();
}

}  // namespace tercet::train

#endif  // TERCET_TRAIN_PASSAGES_H_
