#include "train/adjust.h"

namespace tercet::train {

Result<Adjuster> Adjuster::create(const WindowShape& shape, const AdjustOptions& options,
                                  const std::filesystem::path& directory) {
  Adjuster adjuster(shape, options);
  for (std::uint32_t n = 1; n <= shape.order(); ++n) {
    auto entries = RecordWriter<CountedEntry>::create(directory);
    if (!entries) return std::move(entries).error();
    Writers writers{std::move(*entries), {}, {}};
    if (n < shape.order()) {
      auto children = RecordWriter<std::uint32_t>::create(directory);
      if (!children) return std::move(children).error();
      writers.children.emplace(std::move(*children));
      auto dropped = RecordWriter<DroppedSuccessors>::create(directory);
      if (!dropped) return std::move(dropped).error();
      writers.dropped.emplace(std::move(*dropped));
    }
    adjuster.writers_.push_back(std::move(writers));
  }
  return adjuster;
}

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
  if (value < kCountsOfCounts) ++counts_.statistics[depth].counts_of_counts[value];
  const bool kept = depth == 0 || group.raw > options_.prune[depth];
  if (depth > 0) {
    Group& parent = groups_[depth - 1];
    parent.raw += group.raw;
    if (kept) {
      ++parent.children;
    } else {
      parent.dropped.count += value;
      ++parent.dropped.types;
    }
  }
  if (kept) write(group, depth, value);
}

void Adjuster::write(const Group& group, std::uint32_t depth, std::uint32_t value) {
  Writers& writers = writers_[depth];
  writers.entries.put({group.word, value});
  OrderStatistics& statistics = counts_.statistics[depth];
  ++statistics.kept;
  if (!writers.children) return;
  const bool dropped = group.dropped.types != 0;
  writers.children->put(group.children | (dropped ? kHasDropped : 0));
  if (dropped) writers.dropped->put(group.dropped);
  if (group.children != 0) ++statistics.contexts;
}

void Adjuster::fill_unigrams(WordCode end) {
  for (; next_unigram_ < end; ++next_unigram_) write({next_unigram_ - 1, 0, 0, 0, 0, {0, 0}}, 0, 0);
  next_unigram_ = end + 1;
}

Result<ShardCounts> Adjuster::finish(WordCode end) {
  close_down_to(0);
  fill_unigrams(end);
  for (std::uint32_t i = 0; i < shape_.order(); ++i) {
    OrderCounts& order = counts_.orders[i];
    auto entries = writers_[i].entries.finish();
    if (!entries) return std::move(entries).error();
    order.entries = std::move(*entries);
    if (!writers_[i].children) continue;
    auto children = writers_[i].children->finish();
    if (!children) return std::move(children).error();
    order.children = std::move(*children);
    auto dropped = writers_[i].dropped->finish();
    if (!dropped) return std::move(dropped).error();
    order.dropped = std::move(*dropped);
  }
  return std::move(counts_);
}

}  // namespace tercet::train
