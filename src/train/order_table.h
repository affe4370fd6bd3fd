// One order's probabilities for random access while the next order is estimated.
#ifndef TERCET_TRAIN_ORDER_TABLE_H_
#define TERCET_TRAIN_ORDER_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <utility>

#include "core/bytes.h"
#include "os/scratch_array.h"
#include "tercet/error.h"
#include "train/context.h"

namespace tercet::train {

/// Entries of 10 bytes (u32 word, f32 probability, u16 cost), and where each entry's children begin
/// in the next order. Any number of threads may write disjoint entries.
class OrderTable {
 public:
  static constexpr std::size_t kEntryBytes = 10;

  OrderTable() = default;
  /// `with_children`: false where no order above the next one will be estimated.
  static Result<OrderTable> create(std::uint64_t entries, bool with_children,
                                   const TrainContext& context) {
    auto table = context.allocate(entries * kEntryBytes);
    if (!table) return std::move(table).error();
    OrderTable out;
    out.entries_ = std::move(*table);
    if (!with_children) return out;
    auto children = context.allocate((entries + 1) * sizeof(std::uint32_t));
    if (!children) return std::move(children).error();
    out.first_children_ = std::move(*children);
    return out;
  }
  /// Keeps the children only.
  void release_entries() noexcept { entries_ = {}; }

  void set(std::uint32_t entry, std::uint32_t word, float probability,
           std::uint16_t cost) const noexcept {
    std::byte* const at = address(entry);
    core::store(at, word);
    core::store(at + 4, probability);
    core::store(at + 8, cost);
  }
  std::uint32_t word(std::uint32_t entry) const noexcept {
    return core::load<std::uint32_t>(address(entry));
  }
  float probability(std::uint32_t entry) const noexcept {
    return core::load<float>(address(entry) + 4);
  }
  std::uint16_t cost(std::uint32_t entry) const noexcept {
    return core::load<std::uint16_t>(address(entry) + 8);
  }

  /// Entry `entry`'s children are [first_child(entry), first_child(entry + 1)) of the next order.
  std::uint32_t first_child(std::uint32_t entry) const noexcept {
    return first_children_.as<std::uint32_t>()[entry];
  }
  /// Does nothing in a table made without children.
  void set_first_child(std::uint64_t entry, std::uint32_t child) const noexcept {
    if (!first_children_.bytes().empty()) first_children_.as<std::uint32_t>()[entry] = child;
  }

  void prefetch_entry(std::uint32_t entry) const noexcept { __builtin_prefetch(address(entry)); }
  void prefetch_children(std::uint32_t entry) const noexcept {
    __builtin_prefetch(first_children_.as<std::uint32_t>().data() + entry);
  }

 private:
  std::byte* address(std::uint32_t entry) const noexcept {
    return entries_.bytes().data() + kEntryBytes * entry;
  }

  os::ScratchArray entries_;
  os::ScratchArray first_children_;
};

}  // namespace tercet::train

#endif  // TERCET_TRAIN_ORDER_TABLE_H_
