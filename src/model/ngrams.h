// The n-grams of a model as mapped from its file: the one seam behind which the storage may change.
//
// Order n holds its entries sorted by context, then word. An entry that is itself a context (it has
// children in order n + 1, or a backoff weight other than 1) owns a context record, found by rank
// over the marks. Nothing read from the bytes is trusted: ranges are clipped where they are used.
#ifndef TERCET_MODEL_NGRAMS_H_
#define TERCET_MODEL_NGRAMS_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "core/bytes.h"
#include "format/container.h"
#include "model/costs.h"
#include "model/layout.h"
#include "tercet/error.h"
#include "tercet/model.h"

namespace tercet::model {

inline constexpr std::uint32_t kNoEntry = 0xFFFF'FFFF;

struct EntryRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t size() const noexcept { return end - begin; }
  bool empty() const noexcept { return begin == end; }
};

/// One context: its successors in the next order, and the cost of leaving it.
struct Context {
  EntryRange children;
  std::int32_t backoff = 0;
};

/// Entries of one order.
class Order {
 public:
  Order() = default;
  /// Order `n` of `container`, of a model of so many words; sizes are checked against `entries`.
  static Result<Order> parse(const format::Container& container, std::uint32_t n,
                             std::uint32_t entries, std::uint32_t vocabulary, bool highest,
                             std::string_view name);

  std::uint32_t entries() const noexcept { return entries_; }
  std::uint32_t contexts() const noexcept { return contexts_; }

  WordId word(std::uint32_t entry) const noexcept {
    return words_ == nullptr ? entry : core::load_u24(words_ + std::size_t{3} * entry);
  }
  std::uint16_t cost(std::uint32_t entry) const noexcept { return load16(costs_, entry); }
  std::uint16_t block_minimum(std::uint32_t block) const noexcept {
    return load16(block_minima_, block);
  }
  std::uint16_t superblock_minimum(std::uint32_t superblock) const noexcept {
    return load16(superblock_minima_, superblock);
  }

  /// The first entry in `range` whose word is at least `word`; range.end if there is none.
  std::uint32_t lower_bound(EntryRange range, WordId word) const noexcept;
  /// The entry for `word` among the siblings `range`, or kNoEntry.
  std::uint32_t find(EntryRange range, WordId word) const noexcept {
    const std::uint32_t entry = lower_bound(range, word);
    return entry < range.end && this->word(entry) == word ? entry : kNoEntry;
  }

  /// Index of the entry's context record, or State::kAbsent.
  std::uint32_t context_of(std::uint32_t entry) const noexcept {
    const auto mark =
        core::load<ContextMark>(marks_ + entry / kEntriesPerMark * sizeof(ContextMark));
    const std::uint32_t bit = 1U << (entry % kEntriesPerMark);
    if ((mark.bits & bit) == 0) return State::kAbsent;
    const std::uint32_t index =
        mark.contexts_before + static_cast<std::uint32_t>(std::popcount(mark.bits & (bit - 1)));
    return index < contexts_ ? index : State::kAbsent;
  }

  std::uint32_t first_child(std::uint32_t context) const noexcept {
    return core::load<std::uint32_t>(context_records_ + kContextBytes * context);
  }
  std::uint16_t stored_backoff(std::uint32_t context) const noexcept {
    return core::load<std::uint16_t>(context_records_ + kContextBytes * context +
                                     kContextBackoffOffset);
  }

  void prefetch_context(std::uint32_t context) const noexcept {
    __builtin_prefetch(context_records_ + kContextBytes * context);
  }
  /// What is read of an entry that was found.
  void prefetch_entry(std::uint32_t entry) const noexcept {
    __builtin_prefetch(costs_ + std::size_t{2} * entry);
    if (marks_ != nullptr)
      __builtin_prefetch(marks_ + entry / kEntriesPerMark * sizeof(ContextMark));
  }
  /// What find() in `range` reads first.
  void prefetch_search(EntryRange range, WordId word) const noexcept {
    if (words_ == nullptr) return;
    const std::uint32_t first =
        range.size() > kGuessedRange ? guess(range, word) : range.begin + range.size() / 2;
    __builtin_prefetch(words_ + std::size_t{3} * first);
  }
  /// What a scan of `range` reads first.
  void prefetch_entries(EntryRange range) const noexcept {
    __builtin_prefetch(costs_ + std::size_t{2} * range.begin);
    if (words_ != nullptr) __builtin_prefetch(words_ + std::size_t{3} * range.begin);
    if (range.size() > kEntriesPerBlock)
      __builtin_prefetch(block_minima_ + std::size_t{2} * (range.begin / kEntriesPerBlock));
  }

 private:
  /// Shorter ranges are halved from their middle on.
  static constexpr std::uint32_t kGuessedRange = 64;

  /// Where the word is in a range whose words are spread evenly over all ids.
  std::uint32_t guess(EntryRange range, WordId word) const noexcept {
    return range.begin + static_cast<std::uint32_t>(std::uint64_t{range.size() - 1} *
                                                    std::min(word, vocabulary_) / vocabulary_);
  }
  std::uint32_t near(EntryRange range, WordId word) const noexcept;
  EntryRange around(EntryRange range, WordId word) const noexcept;

  static std::uint16_t load16(const std::byte* base, std::uint32_t index) noexcept {
    return core::load<std::uint16_t>(base + std::size_t{2} * index);
  }

  std::uint32_t entries_ = 0;
  std::uint32_t contexts_ = 0;
  std::uint32_t vocabulary_ = 1;      ///< Words of the model.
  const std::byte* words_ = nullptr;  ///< Null for order 1, where a word is its own index.
  const std::byte* costs_ = nullptr;
  const std::byte* block_minima_ = nullptr;
  const std::byte* superblock_minima_ = nullptr;
  const std::byte* marks_ = nullptr;
  const std::byte* context_records_ = nullptr;
};

/// One word further.
struct Step {
  std::int32_t cost = 0;   ///< As Ngrams::cost() gives it.
  std::uint8_t order = 1;  ///< Likewise.
  State next;
};

/// All orders of a model, and the arithmetic on states.
class Ngrams {
 public:
  static Result<Ngrams> parse(const format::Container& container, const Parameters& parameters,
                              std::string_view name);

  std::uint32_t order() const noexcept { return order_; }
  const CostScale& scale() const noexcept { return scale_; }
  bool interpolated() const noexcept { return interpolated_; }
  /// Entries of order n, 1..order().
  const Order& at(std::uint32_t n) const noexcept { return orders_[n - 1]; }

  /// Context record `index` of length m, 1..order() - 1. An absent one backs off for nothing.
  Context context(std::uint32_t m, std::uint32_t index) const noexcept;
  /// The stored context of length m of `state`; m = 0 is the empty one, whose children are all
  /// words.
  Context context(const State& state, std::uint32_t m) const noexcept;

  /// Cost of `word` after `state`, summed over the backoffs taken. `order` is set to the length of
  /// the n-gram found. kImpossible when the word cannot occur.
  std::int32_t cost(const State& state, WordId word, std::uint8_t& order) const noexcept;
  State advance(const State& state, WordId word) const noexcept;
  /// Both, for less than each costs alone when nothing is in the cache.
  Step step(const State& state, WordId word) const noexcept;
  /// Fetches into the cache what a step from `state` reads first.
  void prefetch(const State& state) const noexcept {
    for (std::uint32_t m = std::min(state.length, order_ - 1); m > 0; --m)
      at(m).prefetch_context(state.context[m - 1]);
  }
  /// And what a step with `word` reads, where its contexts' records have come already.
  void prefetch(const State& state, WordId word) const noexcept {
    at(1).prefetch_entry(word);
    for (std::uint32_t m = std::min(state.length, order_ - 1); m > 0; --m)
      at(m + 1).prefetch_search(context(m, state.context[m - 1]).children, word);
  }

 private:
  std::uint32_t order_ = 0;
  CostScale scale_;
  bool interpolated_ = false;
  std::array<Order, kMaxOrder> orders_;
};

}  // namespace tercet::model

#endif  // TERCET_MODEL_NGRAMS_H_
