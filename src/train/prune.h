// Pruning a finished model by relative entropy (Stolcke 1998), whatever smoothing made it.
#ifndef TERCET_TRAIN_PRUNE_H_
#define TERCET_TRAIN_PRUNE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/model_data.h"
#include "model/notes.h"
#include "model/pack.h"
#include "tercet/error.h"
#include "train/context.h"

namespace tercet::train {

struct PrunedModel {
  std::vector<std::byte> bytes;  ///< A complete model file.
  std::vector<std::uint64_t> ngrams;
};

/// Drops every n-gram (order 2 and up, not the context of one that stays) whose loss would raise
/// the perplexity by less than the ratio `threshold`, then computes all backoff weights anew, so
/// that the result sums to one. Holds the model in memory. Errors: kCancelled.
///
/// The probability of a context is the model's own, as in the paper; Kneser-Ney's lower orders are
/// no marginals, so a Kneser-Ney model loses more than the threshold says (Chelba et al. 2010).
/// `lanes`: those of the model, or null.
Result<PrunedModel> prune_by_entropy(const internal::ModelData& model, double threshold,
                                     const model::VocabularyImage& vocabulary,
                                     const model::Notes& notes, const model::LaneImage* lanes,
                                     const TrainContext& context);

}  // namespace tercet::train

#endif  // TERCET_TRAIN_PRUNE_H_
