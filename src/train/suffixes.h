// What an n-gram needs of its suffix (the n-gram without its first word), handed over without
// looking anything up.
//
// Order n, sorted by its words, lists for each first word w the n-grams (w, g) in the order of
// their suffixes g, which is the order in which order n - 1 lists the g. So while order n - 1
// passes from front to back, the estimate of each g goes to the next free slot of every word that
// was seen before it, and order n reads its slots from front to back.
#ifndef TERCET_TRAIN_SUFFIXES_H_
#define TERCET_TRAIN_SUFFIXES_H_

#include <cstdint>
#include <span>
#include <vector>

#include "os/memory.h"
#include "tercet/error.h"
#include "train/context.h"
#include "train/counts.h"
#include "train/windows.h"

namespace tercet::train {

/// An n-gram's estimate, as its extension by a word before it will interpolate with it.
struct Estimate {
  float probability;
  std::uint16_t cost;
};

/// For every n-gram of order n, dropped ones too, the estimate of its suffix.
class SuffixTable {
 public:
  /// Nothing: above the highest order.
  SuffixTable() = default;
  /// For order `n` >= 2. kCorrupt: the temporary files contradict one another.
  static Result<SuffixTable> create(const std::vector<ShardCounts>& shards, std::uint32_t n,
                                    const TrainContext& context);

  /// The slots of the n-grams of a shard, in their order. Those of dropped suffixes hold nothing.
  std::span<const Estimate> of_shard(std::size_t shard) const noexcept {
    return slots_.as<const Estimate>().subspan(begins_[shard], begins_[shard + 1] - begins_[shard]);
  }

 private:
  friend class SuffixWriter;

  os::Memory slots_;
  std::vector<std::uint64_t> begins_;  ///< First slot of each shard; one more at the end.
  /// By shard of the suffixes, then WordCode: the next free slot.
  std::vector<std::vector<std::uint32_t>> free_slots_;
};

/// Fills a table of order n + 1 with the estimates of one shard of order n. One thread; several
/// shards may be under way at once. The table and the counts must outlive it.
class SuffixWriter {
 public:
  /// `counts` is order n of the shard. A table of nothing is left as it is.
  SuffixWriter(SuffixTable& table, const OrderCounts& counts, std::size_t shard)
      : slots_(table.slots_.as<Estimate>()), predecessors_(counts), kept_(counts) {
    if (!slots_.empty()) free_slots_ = table.free_slots_[shard];
  }

  /// The next kept n-gram.
  void put(Estimate estimate) {
    if (slots_.empty()) return;
    while (!kept_.get()) predecessors_.get([&](WordCode before) { ++free_slots_[before]; });
    predecessors_.get([&](WordCode before) {
      if (before != kNoWord) slots_[free_slots_[before]++] = estimate;
    });
  }
  Status status() const;

 private:
  std::span<Estimate> slots_;
  std::span<std::uint32_t> free_slots_;
  PredecessorReader predecessors_;
  KeptReader kept_;
};

}  // namespace tercet::train

#endif  // TERCET_TRAIN_SUFFIXES_H_
