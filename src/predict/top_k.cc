#include "predict/top_k.h"

#include <algorithm>
#include <array>

namespace tercet::predict {
namespace {

using model::EntryRange;
using model::kEntriesPerBlock;
using model::kEntriesPerSuperblock;
using model::Ngrams;
using model::Order;

bool better(const Candidate& a, const Candidate& b) noexcept {
  return a.cost != b.cost ? a.cost < b.cost : a.word < b.word;
}

/// The part of `entries` whose words lie in `range`. Without a prefix only the special words, which
/// come first, have to go: no search.
EntryRange clip(const Order& order, EntryRange entries, WordRange range,
                std::uint32_t vocabulary) noexcept {
  if (range.begin <= kFirstWord) {
    while (!entries.empty() && order.word(entries.begin) < range.begin) ++entries.begin;
  } else {
    entries.begin = order.lower_bound(entries, range.begin);
  }
  if (range.end < vocabulary) entries.end = order.lower_bound(entries, range.end);
  return entries;
}

}  // namespace

std::span<const Candidate> TopK::search(const Ngrams& ngrams, const State& state,
                                        const WordFilter& filter, std::size_t count) {
  count_ = std::min<std::size_t>(count, ngrams.at(1).entries());
  best_.clear();
  if (best_.capacity() < count_ + 1) best_.reserve(count_ + 1);
  if (count == 0 || filter.range.empty()) return {};
  open_lists(ngrams, state, filter.range);
  for (std::size_t list = 0; list < list_count_; ++list) scan(ngrams, list, filter);
  return best_;
}

/// Longest context first. All records are fetched before the first is read, then all the lists'
/// first entries: the misses overlap.
void TopK::open_lists(const Ngrams& ngrams, const State& state, WordRange range) {
  const std::uint32_t longest = std::min(state.length, ngrams.order() - 1);
  for (std::uint32_t m = longest; m > 0; --m) {
    const std::uint32_t index = state.context[m - 1];
    if (index != State::kAbsent) ngrams.at(m).prefetch_context(index);
  }
  list_count_ = 0;
  std::int32_t backoff = 0;
  for (std::uint32_t m = longest; m > 0; --m) {
    const model::Context context = ngrams.context(m, state.context[m - 1]);
    if (!context.children.empty()) {
      ngrams.at(m + 1).prefetch_entries(context.children);
      lists_[list_count_++] = {context.children, backoff, static_cast<std::uint8_t>(m + 1)};
    }
    backoff += context.backoff;
  }
  lists_[list_count_++] = {{0, ngrams.at(1).entries()}, backoff, 1};
  for (std::size_t i = 0; i < list_count_; ++i) {
    lists_[i].entries =
        clip(ngrams.at(lists_[i].order), lists_[i].entries, range, ngrams.at(1).entries());
  }
}

void TopK::scan(const Ngrams& ngrams, std::size_t list, const WordFilter& filter) {
  if (ngrams.interpolated()) {
    scan_entries<true>(ngrams, list, filter);
  } else {
    scan_entries<false>(ngrams, list, filter);
  }
}

std::int32_t TopK::limit(const List& list) const noexcept {
  const std::int32_t worst = best_.size() < count_ ? model::kImpossible : best_.back().cost;
  return std::min<std::int32_t>(worst - list.backoff, std::int32_t{model::kMaxCost});
}

template <bool kInterpolated>
void TopK::scan_entries(const Ngrams& ngrams, std::size_t list, const WordFilter& filter) {
  const List& at = lists_[list];
  const Order& order = ngrams.at(at.order);
  std::int32_t limit = this->limit(at);
  // A short list is in the cache already; its minima would be one more miss.
  const bool use_minima = at.entries.size() > kEntriesPerBlock;
  std::uint32_t entry = at.entries.begin;
  while (entry < at.entries.end && limit >= 0) {
    if (use_minima && entry % kEntriesPerSuperblock == 0 &&
        order.superblock_minimum(entry / kEntriesPerSuperblock) > limit) {
      entry += kEntriesPerSuperblock;
      continue;
    }
    const std::uint32_t block = entry / kEntriesPerBlock;
    const std::uint32_t block_end = std::min((block + 1) * kEntriesPerBlock, at.entries.end);
    if (use_minima && order.block_minimum(block) > limit) {
      entry = block_end;
      continue;
    }
    for (; entry < block_end; ++entry) {
      const std::int32_t cost = order.cost(entry);
      if (cost > limit) continue;
      const Candidate candidate{at.backoff + cost, order.word(entry), at.order};
      if (best_.size() == count_ && !better(candidate, best_.back())) continue;
      if (filter.hidden != nullptr && filter.hidden->contains(candidate.word)) continue;
      if (kInterpolated ? found(candidate.word) : in_longer_list(ngrams, list, candidate.word))
        continue;
      insert(candidate);
      limit = this->limit(at);
    }
  }
}

bool TopK::in_longer_list(const Ngrams& ngrams, std::size_t list, WordId word) const noexcept {
  for (std::size_t i = 0; i < list; ++i) {
    if (ngrams.at(lists_[i].order).find(lists_[i].entries, word) != model::kNoEntry) return true;
  }
  return false;
}

bool TopK::found(WordId word) const noexcept {
  return std::any_of(best_.begin(), best_.end(),
                     [word](const Candidate& candidate) { return candidate.word == word; });
}

void TopK::insert(const Candidate& candidate) noexcept {
  const auto at = std::upper_bound(best_.begin(), best_.end(), candidate, better);
  best_.insert(at, candidate);
  if (best_.size() > count_) best_.pop_back();
}

}  // namespace tercet::predict
