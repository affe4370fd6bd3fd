// Stages count, merge and adjust: from the corpus to counted n-grams, within a memory limit.
#ifndef TERCET_TRAIN_COUNT_H_
#define TERCET_TRAIN_COUNT_H_

#include <vector>

#include "tercet/error.h"
#include "train/adjust.h"
#include "train/context.h"
#include "train/corpus.h"
#include "train/counts.h"
#include "train/lexicon.h"

namespace tercet::train {

/// Counts all n-grams up to `order`. The shards partition the n-grams by their first word, in
/// ascending order; how many there are depends on the threads, their concatenation does not.
///
/// Each shard collects its windows in memory, in as many sorted runs as the limit demands (one, if
/// it can; runs beyond that go to temporary files and are merged), and adjusts them in one pass.
Result<std::vector<ShardCounts>> count_ngrams(const Corpus& corpus, const Lexicon& lexicon,
                                              std::uint32_t order, const AdjustOptions& adjust,
                                              const TrainContext& context);

}  // namespace tercet::train

#endif  // TERCET_TRAIN_COUNT_H_
