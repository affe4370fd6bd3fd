// Stage pack: from counts and costs to the bytes of a model file.
#ifndef TERCET_TRAIN_PACK_MODEL_H_
#define TERCET_TRAIN_PACK_MODEL_H_

#include <cstdint>
#include <vector>

#include "core/sink.h"
#include "model/costs.h"
#include "model/layout.h"
#include "model/notes.h"
#include "model/pack.h"
#include "tercet/error.h"
#include "train/context.h"
#include "train/counts.h"
#include "train/estimate.h"

namespace tercet::train {

struct PackInputs {
  const std::vector<ShardCounts>& shards;
  const std::vector<ShardEstimates>& estimates;
  const model::VocabularyImage& vocabulary;
  const model::Notes& notes;
  model::CostScale scale;
  std::uint32_t order;
  std::uint32_t flags;                      ///< model::ModelFlags
  const model::LaneImage* lanes = nullptr;  ///< Null: a model without lanes.
};

/// Writes the whole file to `sink`, which the caller makes durable.
Status pack_model(const PackInputs& inputs, core::Sink& sink, const TrainContext& context);

}  // namespace tercet::train

#endif  // TERCET_TRAIN_PACK_MODEL_H_
