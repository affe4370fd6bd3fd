// The result of counting: n-grams of each order in the order of the model file, and what smoothing
// must know of them all.
#ifndef TERCET_TRAIN_COUNTS_H_
#define TERCET_TRAIN_COUNTS_H_

#include <array>
#include <cstdint>
#include <filesystem>
#include <utility>

#include "core/error.h"
#include "tercet/error.h"
#include "tercet/model.h"
#include "train/records.h"

namespace tercet::train {

/// A kept n-gram. `count` is raw or adjusted (Kneser-Ney's number of distinct words before it).
struct CountedEntry {
  std::uint32_t word;
  std::uint32_t count;
};

/// What pruning took from one context.
struct DroppedSuccessors {
  std::uint64_t count;  ///< Sum of their counts.
  std::uint64_t types;
};

/// The successors of an entry in the next order.
struct Children {
  std::uint32_t kept = 0;
  DroppedSuccessors dropped{0, 0};
};

/// Order n of one shard: entries sorted by context, then word, and for each the children (none for
/// the highest order). Nearly all counts are small, so an entry takes 4 bytes (word, count; 255
/// means "in large_counts") and its children 1 byte (bit 7: some were dropped; 127: "in
/// large_children"). Written by CountWriter; each group of records has its reader below.
struct OrderCounts {
  Records<std::uint32_t> entries;
  Records<std::uint32_t> large_counts;
  Records<std::uint8_t> children;
  Records<std::uint32_t> large_children;
  Records<DroppedSuccessors> dropped;
  /// For every n-gram, dropped ones too, the distinct words before it (WordCode); bit 31 marks all
  /// but the first. None for the highest order.
  Records<std::uint32_t> predecessors;
  /// For every n-gram 1 if it was dropped, else 0; empty if none can be.
  Records<std::uint8_t> drops;
  /// How often each entry was seen, by model/attested.h; empty unless asked for.
  Records<std::uint8_t> attested;
};

inline constexpr std::size_t kCountsOfCounts = 9;

struct OrderStatistics {
  std::uint64_t types = 0;  ///< Distinct n-grams, dropped ones included.
  std::uint64_t kept = 0;
  std::uint64_t contexts = 0;  ///< Kept entries with kept children.
  /// n-grams, dropped ones included, with count 1..8; [0] is unused.
  std::array<std::uint64_t, kCountsOfCounts> counts_of_counts{};

  void operator+=(const OrderStatistics& other) noexcept {
    types += other.types;
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

inline constexpr std::uint32_t kLargeCount = 0xFF;
inline constexpr std::uint32_t kCountShift = 24;  // Word ids have 24 bits: model::kMaxVocabulary.
inline constexpr std::uint8_t kLargeChildren = 0x7F;
inline constexpr std::uint8_t kHasDropped = 0x80;
inline constexpr std::uint32_t kFurtherPredecessor = std::uint32_t{1} << 31;

/// Writes one order. One thread.
class CountWriter {
 public:
  explicit CountWriter(const std::filesystem::path& directory)
      : entries_(directory),
        large_counts_(directory),
        children_(directory),
        large_children_(directory),
        dropped_(directory),
        predecessors_(directory),
        drops_(directory),
        attested_(directory) {}

  void put(const CountedEntry& entry) {
    const bool large = entry.count >= kLargeCount;
    entries_.put(entry.word | (large ? kLargeCount : entry.count) << kCountShift);
    if (large) large_counts_.put(entry.count);
  }
  void put(const Children& children) {
    const bool large = children.kept >= kLargeChildren;
    auto code = static_cast<std::uint8_t>(large ? kLargeChildren : children.kept);
    if (large) large_children_.put(children.kept);
    if (children.dropped.types != 0) {
      code |= kHasDropped;
      dropped_.put(children.dropped);
    }
    children_.put(code);
  }
  /// `further`: not the first word before the n-gram at hand.
  void put_predecessor(std::uint32_t code, bool further) {
    predecessors_.put(code | (further ? kFurtherPredecessor : 0));
  }
  void put_drop(bool dropped) { drops_.put(dropped ? 1 : 0); }
  void put_attested(std::uint8_t code) { attested_.put(code); }
  Result<OrderCounts> finish();

 private:
  RecordWriter<std::uint32_t> entries_;
  RecordWriter<std::uint32_t> large_counts_;
  RecordWriter<std::uint8_t> children_;
  RecordWriter<std::uint32_t> large_children_;
  RecordWriter<DroppedSuccessors> dropped_;
  RecordWriter<std::uint32_t> predecessors_;
  RecordWriter<std::uint8_t> drops_;
  RecordWriter<std::uint8_t> attested_;
};

/// Reads the entries of an order front to back. One thread; `counts` must outlive it.
class EntryReader {
 public:
  explicit EntryReader(const OrderCounts& counts)
      : entries_(counts.entries), large_(counts.large_counts) {}
  std::uint64_t remaining() const noexcept { return entries_.remaining(); }
  CountedEntry get() {
    const std::uint32_t code = entries_.get();
    const std::uint32_t count = code >> kCountShift;
    return {code & ((1U << kCountShift) - 1), count == kLargeCount ? large_.get() : count};
  }
  Status status() const {
    TERCET_TRY(entries_.status());
    return large_.status();
  }

 private:
  RecordReader<std::uint32_t> entries_;
  RecordReader<std::uint32_t> large_;
};

/// Reads the children of an order front to back. One thread; `counts` must outlive it.
class ChildrenReader {
 public:
  explicit ChildrenReader(const OrderCounts& counts)
      : children_(counts.children), large_(counts.large_children), dropped_(counts.dropped) {}
  std::uint64_t remaining() const noexcept { return children_.remaining(); }
  Children get() {
    const std::uint8_t code = children_.get();
    Children out;
    out.kept = code & kLargeChildren;
    if (out.kept == kLargeChildren) out.kept = large_.get();
    if ((code & kHasDropped) != 0) out.dropped = dropped_.get();
    return out;
  }
  Status status() const {
    TERCET_TRY(children_.status());
    TERCET_TRY(large_.status());
    return dropped_.status();
  }

 private:
  RecordReader<std::uint8_t> children_;
  RecordReader<std::uint32_t> large_;
  RecordReader<DroppedSuccessors> dropped_;
};

/// Reads n-gram by n-gram, dropped ones too, whether it was kept. After a failed read, or past the
/// end, every one was, so that looking for a kept one ends. One thread; `counts` must outlive it.
class KeptReader {
 public:
  explicit KeptReader(const OrderCounts& counts)
      : drops_(counts.drops), all_(counts.drops.size() == 0) {}
  bool get() { return all_ || drops_.get() == 0; }
  Status status() const { return drops_.status(); }

 private:
  RecordReader<std::uint8_t> drops_;
  bool all_;
};

/// Reads n-gram by n-gram, dropped ones too, the distinct words before it. One thread; `counts`
/// must outlive it.
class PredecessorReader {
 public:
  explicit PredecessorReader(const OrderCounts& counts)
      : codes_(counts.predecessors), next_(codes_.get()) {}
  /// Calls visit(WordCode) for each word before the next n-gram; once with kNoWord if there is
  /// none.
  template <class Visit>
  void get(Visit&& visit) {
    do {
      visit(next_ & ~kFurtherPredecessor);
      next_ = codes_.get();  // 0 at the end.
    } while ((next_ & kFurtherPredecessor) != 0);
  }
  Status status() const { return codes_.status(); }

 private:
  RecordReader<std::uint32_t> codes_;
  std::uint32_t next_;
};

}  // namespace tercet::train

#endif  // TERCET_TRAIN_COUNTS_H_
