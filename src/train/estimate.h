// Stages normalise and interpolate: from counts to costs, order by order from the unigrams up.
#ifndef TERCET_TRAIN_ESTIMATE_H_
#define TERCET_TRAIN_ESTIMATE_H_

#include <cstdint>
#include <vector>

#include "model/costs.h"
#include "tercet/error.h"
#include "train/context.h"
#include "train/counts.h"
#include "train/records.h"
#include "train/smoothing.h"

namespace tercet::train {

/// Costs of one order of one shard, in the order of its entries.
struct OrderEstimates {
  Records<std::uint16_t> costs;
  Records<std::uint16_t> backoffs;  ///< As stored (with the scale's bias); none for the highest.
};

using ShardEstimates = std::vector<OrderEstimates>;  // By order - 1.

/// `smoothing` has one element per order; Jelinek-Mercer's weights are estimated on the way and
/// written into it. Every probability is computed from integer counts of one context and one lower
/// probability, so the result does not depend on how the shards were cut.
Result<std::vector<ShardEstimates>> estimate(const std::vector<ShardCounts>& shards,
                                             std::vector<OrderSmoothing>& smoothing,
                                             const model::CostScale& scale,
                                             const TrainContext& context);

}  // namespace tercet::train

#endif  // TERCET_TRAIN_ESTIMATE_H_
