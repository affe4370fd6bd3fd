#include "train/adjust.h"

#include "model/attested.h"

namespace tercet::train {

/// Kneser-Ney counts raw where there is nothing before: at the highest order and after `<s>`.
/// `<s>` itself is never predicted, so as a unigram it counts nothing.
std::uint32_t Adjuster::value_of(const Group& group, std::uint32_t depth) const noexcept {
  const bool begins_sentence = groups_[0].word == kSentenceBegin;
  if (depth == 0 && begins_sentence) return 0;
  const bool raw = !options_.continuation_counts || depth + 1 == shape_.order() || begins_sentence;
  return raw ? static_cast<std::uint32_t>(group.raw) : group.distinct;
}

void Adjuster::close(std::uint32_t depth) {
  const Group& group = groups_[depth];
  const std::uint32_t value = value_of(group, depth);
  ++counts_.statistics[depth].types;
  if (value < kCountsOfCounts) ++counts_.statistics[depth].counts_of_counts[value];
  const bool kept = depth == 0 || group.raw > options_.prune[depth];
  if (depth > 0) {
    Group& parent = groups_[depth - 1];
    parent.raw += group.raw;
    if (kept) {
      ++parent.children.kept;
    } else {
      parent.children.dropped.count += value;
      ++parent.children.dropped.types;
    }
  }
  if (options_.prune[depth] != 0) writers_[depth].put_drop(!kept);
  if (kept) write(group, depth, value);
}

void Adjuster::write(const Group& group, std::uint32_t depth, std::uint32_t value) {
  CountWriter& writer = writers_[depth];
  writer.put(CountedEntry{group.word, value});
  const std::uint32_t n = depth + 1;
  if (options_.attested && n >= model::kFirstAttested && n <= model::kLastAttested)
    writer.put_attested(model::encode_attested(group.raw));
  OrderStatistics& statistics = counts_.statistics[depth];
  ++statistics.kept;
  if (n == shape_.order()) return;
  writer.put(group.children);
  if (group.children.kept != 0) ++statistics.contexts;
}

void Adjuster::fill_unigrams(WordCode end) {
  for (; next_unigram_ < end; ++next_unigram_) {
    if (shape_.order() > 1) writers_[0].put_predecessor(kNoWord, false);
    ++counts_.statistics[0].types;
    write({next_unigram_ - 1, 0, 0, 0, {}}, 0, 0);
  }
  next_unigram_ = end + 1;
}

Result<ShardCounts> Adjuster::finish(WordCode end) {
  close_down_to(0);
  fill_unigrams(end);
  for (std::uint32_t i = 0; i < shape_.order(); ++i) {
    auto order = writers_[i].finish();
    if (!order) return std::move(order).error();
    counts_.orders[i] = std::move(*order);
  }
  return std::move(counts_);
}

}  // namespace tercet::train
