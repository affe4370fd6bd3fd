// From sorted windows to the counts of every order, in one pass and O(V) memory.
#ifndef TERCET_TRAIN_ADJUST_H_
#define TERCET_TRAIN_ADJUST_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <utility>
#include <vector>

#include "core/error.h"
#include "tercet/error.h"
#include "train/counts.h"
#include "train/records.h"
#include "train/windows.h"

namespace tercet::train {

struct AdjustOptions {
  bool continuation_counts = true;  ///< Kneser-Ney below the highest order; else raw counts.
  /// Element n - 1: raw counts up to this are dropped.
  std::array<std::uint64_t, kMaxOrder> prune{};
  bool attested = false;  ///< Raw counts are wanted too, of orders kFirstAttested to kLastAttested.
};

/// Consumes the windows of a shard in ascending order. An n-gram of order n is a run of windows
/// that share n words ("group"); groups nest, so N counters suffice.
///
/// Continuation counts: the distinct words before an n-gram are found while its windows pass. A
/// word has been met in the current group of order n exactly if it was last met after that group's
/// start; `last_met_` holds one position per word.
class Adjuster {
 public:
  /// Unigrams begin with the code `first`; temporary files go to `directory`.
  Adjuster(const WindowShape& shape, const AdjustOptions& options, WordCode first,
           const std::filesystem::path& directory)
      : shape_(shape),
        options_(options),
        last_met_(std::size_t{1} << shape.bits(), 0),
        next_unigram_(first) {
    for (std::uint32_t n = 1; n <= shape.order(); ++n) writers_.emplace_back(directory);
  }

  template <class AnyWindow>
  void add(const AnyWindow& window, std::uint64_t count) {
    // Equal windows that end early share their "no word" codes too: these are no groups.
    const std::uint32_t shared = std::min(open_, shape_.shared(window, previous_));
    close_down_to(shared);
    ++position_;
    std::uint32_t length = shared;
    for (; length < shape_.order(); ++length) {
      const WordCode code = shape_.code(window, length);
      if (code == kNoWord) break;
      open(length, code);
    }
    meet(shape_.code(window, shape_.order()), length);
    groups_[length - 1].raw += count;
    open_ = length;
    std::copy(window.begin(), window.end(), previous_.begin());
  }

  /// Every word below `end` that had no window becomes a unigram of count 0; returns the counts.
  Result<ShardCounts> finish(WordCode end);

 private:
  struct Group {
    std::uint32_t word = 0;
    std::uint32_t start = 0;
    std::uint64_t raw = 0;
    std::uint32_t distinct = 0;
    Children children;
  };

  void open(std::uint32_t depth, WordCode code) {
    if (depth == 0) fill_unigrams(code);
    groups_[depth] = {code - 1, position_, 0, 0, {}};
  }
  /// The word before the open n-grams, up to `length` words long.
  void meet(WordCode before, std::uint32_t length) {
    const std::uint32_t last = last_met_[before];
    for (std::uint32_t depth = std::min(length, shape_.order() - 1);
         depth > 0 && groups_[depth - 1].start > last; --depth)
      writers_[depth - 1].put_predecessor(before, groups_[depth - 1].distinct++ != 0);
    last_met_[before] = position_;
  }
  void close_down_to(std::uint32_t depth) {
    while (open_ > depth) close(--open_);
  }
  void close(std::uint32_t depth);
  std::uint32_t value_of(const Group& group, std::uint32_t depth) const noexcept;
  void write(const Group& group, std::uint32_t depth, std::uint32_t value);
  void fill_unigrams(WordCode end);

  WindowShape shape_;
  AdjustOptions options_;
  std::vector<CountWriter> writers_;
  ShardCounts counts_;
  std::vector<std::uint32_t> last_met_;
  std::array<Group, kMaxOrder> groups_{};
  std::array<std::uint64_t, kMaxLimbs> previous_{};
  std::uint32_t open_ = 0;      // Groups that are open: orders 1..open_.
  std::uint32_t position_ = 0;  // 1 is the first window; 0 in last_met_ is "never".
  WordCode next_unigram_;
};

}  // namespace tercet::train

#endif  // TERCET_TRAIN_ADJUST_H_
