#include "interop/arpa_model.h"

#include <algorithm>
#include <cstddef>

namespace tercet::interop {
namespace {

/// Puts values[i] before the element that is at positions[i] now; positions ascend.
template <class T>
void insert_at(std::vector<T>& elements, std::span<const std::uint32_t> positions,
               const std::vector<T>& values) {
  std::size_t from = elements.size();
  elements.resize(from + positions.size());
  std::size_t to = elements.size();
  for (std::size_t i = positions.size(); i-- > 0;) {
    while (from > positions[i]) elements[--to] = elements[--from];
    elements[--to] = values[i];
  }
}

}  // namespace

std::uint32_t ArpaModel::find(std::uint32_t n, model::EntryRange range,
                              WordId word) const noexcept {
  const auto begin = orders[n - 1].words.begin();
  const auto last = begin + range.end;
  const auto found = std::lower_bound(begin + range.begin, last, word);
  if (found == last || *found != word) return model::kNoEntry;
  return static_cast<std::uint32_t>(found - begin);
}

std::uint32_t ArpaModel::find(std::span<const WordId> ngram) const noexcept {
  std::uint32_t entry = ngram.front();
  for (std::uint32_t k = 1; k < ngram.size() && entry != model::kNoEntry; ++k)
    entry = find(k + 1, orders[k - 1].children(entry), ngram[k]);
  return entry;
}

std::vector<std::uint32_t> ArpaModel::fill_in(std::uint32_t n, std::span<const Key> keys) {
  ArpaOrder& lower = orders[n - 2];
  ArpaOrder& order = orders[n - 1];
  std::vector<std::uint32_t> positions;
  std::vector<WordId> words;
  std::vector<std::uint32_t> first_child;
  for (const Key& key : keys) {
    const model::EntryRange siblings = lower.children(key.context);
    const auto begin = order.words.begin();
    const auto position =
        std::lower_bound(begin + siblings.begin, begin + siblings.end, key.word) - begin;
    positions.push_back(static_cast<std::uint32_t>(position));
    words.push_back(key.word);
    if (!order.first_child.empty()) first_child.push_back(order.first_child[positions.back()]);
  }
  insert_at(order.words, positions, words);
  insert_at(order.costs, positions, std::vector<float>(keys.size(), kFilledIn));
  insert_at(order.backoffs, positions, std::vector<float>(keys.size(), 0));
  if (!order.first_child.empty()) insert_at(order.first_child, positions, first_child);

  std::uint32_t added = 0;
  for (std::uint32_t context = 0; context <= lower.size(); ++context) {
    lower.first_child[context] += added;
    while (added < keys.size() && keys[added].context == context) ++added;
  }
  return positions;
}

}  // namespace tercet::interop
