#include "train/pack_model.h"

#include <utility>

#include "core/error.h"
#include "train/records.h"

namespace tercet::train {
namespace {

Status pack_shard(const OrderCounts& counts, const OrderEstimates& estimates, bool highest,
                  model::Packer& packer, const TrainContext& context) {
  EntryReader entries(counts);
  RecordReader<std::uint16_t> costs(estimates.costs);
  ChildrenReader children(counts);
  RecordReader<std::uint16_t> backoffs(estimates.backoffs);
  RecordReader<std::uint8_t> attested(counts.attested);
  std::uint64_t packed = 0;
  while (entries.remaining() != 0) {
    model::PackedEntry entry;
    entry.word = entries.get().word;
    entry.cost = costs.get();
    entry.attested = attested.get();
    if (!highest) {
      entry.children = children.get().kept;
      entry.stored_backoff = backoffs.get();
      entry.is_context = entry.children != 0;
    }
    packer.add(entry);
    if (++packed % kRecordsPerBatch != 0) continue;
    context.step(kRecordsPerBatch);
    if (context.stopped()) return core::cancelled();
  }
  TERCET_TRY(entries.status());
  TERCET_TRY(costs.status());
  TERCET_TRY(children.status());
  TERCET_TRY(attested.status());
  return backoffs.status();
}

}  // namespace

Status pack_model(const PackInputs& inputs, core::Sink& sink, const TrainContext& context) {
  model::Parameters parameters;
  parameters.order = inputs.order;
  parameters.units_per_bit = inputs.scale.units_per_bit;
  parameters.backoff_bias = inputs.scale.backoff_bias;
  parameters.flags = inputs.flags;
  std::vector<std::uint64_t> contexts(inputs.order);
  std::uint64_t work = 0;
  for (std::uint32_t i = 0; i < inputs.order; ++i) {
    for (const ShardCounts& shard : inputs.shards) {
      parameters.ngrams[i] += shard.statistics[i].kept;
      contexts[i] += shard.statistics[i].contexts;
    }
    work += parameters.ngrams[i];
  }
  parameters.vocabulary_size = static_cast<std::uint32_t>(parameters.ngrams[0]);
  context.begin_phase("pack", work);

  model::Packer packer(sink, parameters, contexts, inputs.vocabulary, inputs.notes, inputs.lanes);
  for (std::uint32_t i = 0; i < inputs.order; ++i) {
    packer.begin_order(i + 1);
    for (std::size_t shard = 0; shard < inputs.shards.size(); ++shard) {
      TERCET_TRY(pack_shard(inputs.shards[shard].orders[i], inputs.estimates[shard][i],
                            i + 1 == inputs.order, packer, context));
    }
    TERCET_TRY(packer.end_order());
  }
  return packer.finish();
}

}  // namespace tercet::train
