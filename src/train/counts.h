// The result of counting: n-grams of each order in the order of the model file, and what smoothing
// must know of them all.
#ifndef TERCET_TRAIN_COUNTS_H_
#define TERCET_TRAIN_COUNTS_H_

#include <array>
#include <cstdint>
#include <vector>

#include "tercet/model.h"
#include "train/records.h"

namespace tercet::train {

/// A kept n-gram. `count` is raw or adjusted (Kneser-Ney's number of distinct words before it).
struct CountedEntry {
  std::uint32_t word;
  std::uint32_t count;
};

/// Set in a children record when pruning dropped successors; their DroppedSuccessors follow.
inline constexpr std::uint32_t kHasDropped = 0x8000'0000;

/// What pruning took from one context.
struct DroppedSuccessors {
  std::uint64_t count;  ///< Sum of their counts.
  std::uint64_t types;
};

/// Order n of one shard. Entries sorted by context, then word. For each entry one children record:
/// its number of kept successors in order n + 1 (none for the highest order).
struct OrderCounts {
  Records<CountedEntry> entries;
  Records<std::uint32_t> children;
  Records<DroppedSuccessors> dropped;
};

inline constexpr std::size_t kCountsOfCounts = 9;

struct OrderStatistics {
  std::uint64_t kept = 0;
  std::uint64_t contexts = 0;  ///< Kept entries with kept children.
  /// n-grams, dropped ones included, with count 1..8; [0] is unused.
  std::array<std::uint64_t, kCountsOfCounts> counts_of_counts{};

  void operator+=(const OrderStatistics& other) noexcept {
    kept += other.kept;
    contexts += other.contexts;
    for (std::size_t i = 0; i < kCountsOfCounts; ++i)
      counts_of_counts[i] += other.counts_of_counts[i];
  }
};

/// The n-grams that begin with a range of words.
struct ShardCounts {
  std::array<OrderCounts, kMaxOrder> orders;
  std::array<OrderStatistics, kMaxOrder> statistics;
};

}  // namespace tercet::train

#endif  // TERCET_TRAIN_COUNTS_H_
