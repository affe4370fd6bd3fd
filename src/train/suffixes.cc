#include "train/suffixes.h"

#include <string>
#include <utility>

#include "core/error.h"

namespace tercet::train {
namespace {

/// How many n-grams of order `n` + 1 each word makes with the n-grams of one shard.
Result<std::vector<std::uint32_t>> count_extensions(const OrderCounts& counts, std::uint64_t types,
                                                    std::uint64_t words) {
  std::vector<std::uint32_t> extensions(words + 1);  // By WordCode.
  PredecessorReader predecessors(counts);
  for (std::uint64_t i = 0; i < types; ++i)
    predecessors.get([&](WordCode before) { ++extensions[before]; });
  extensions[kNoWord] = 0;
  TERCET_TRY(predecessors.status());
  return extensions;
}

}  // namespace

Result<SuffixTable> SuffixTable::create(const std::vector<ShardCounts>& shards, std::uint32_t n,
                                        const TrainContext& context) {
  SuffixTable table;
  std::uint64_t words = 0;
  std::uint64_t slots = 0;
  for (const ShardCounts& shard : shards) {
    words += shard.statistics[0].types;
    table.begins_.push_back(slots);
    slots += shard.statistics[n - 1].types;
  }
  table.begins_.push_back(slots);

  table.free_slots_.resize(shards.size());
  TERCET_TRY(context.run(static_cast<std::uint32_t>(shards.size()), [&](std::uint32_t i) -> Status {
    auto extensions =
        count_extensions(shards[i].orders[n - 2], shards[i].statistics[n - 2].types, words);
    if (!extensions) return std::move(extensions).error();
    table.free_slots_[i] = std::move(*extensions);
    return {};
  }));
  std::uint64_t free = 0;
  for (WordCode code = 1; code <= words; ++code) {
    for (auto& of_shard : table.free_slots_)
      free += std::exchange(of_shard[code], static_cast<std::uint32_t>(free));
  }
  if (free != slots) {
    return core::corrupt("temporary files are inconsistent at order " + std::to_string(n) +
                         ": is the disk sound? train again");
  }
  auto memory = context.allocate(slots * sizeof(Estimate));
  if (!memory) return std::move(memory).error();
  table.slots_ = std::move(*memory);
  return table;
}

Status SuffixWriter::status() const {
  TERCET_TRY(predecessors_.status());
  return kept_.status();
}

}  // namespace tercet::train
