#include "predict/personal_words.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace tercet::predict {
namespace {

constexpr double kGreatestWeight = 1e100;

bool before(const PersonalWords::Entry& entry, WordId word) noexcept { return entry.word < word; }

/// The last block that begins at or before the word, or the first one.
template <class Blocks>
auto block_of(Blocks& blocks, WordId word) noexcept {
  const auto next = std::upper_bound(
      blocks.begin(), blocks.end(), word,
      [](WordId w, const PersonalWords::Block& block) { return w < block.entries.front().word; });
  return next == blocks.begin() ? next : std::prev(next);
}

void measure(PersonalWords::Block& block) noexcept {
  block.most_count = 0;
  block.most_weight = 0;
  for (const PersonalWords::Entry& entry : block.entries) {
    block.most_count = std::max(block.most_count, entry.count);
    block.most_weight = std::max(block.most_weight, entry.weight);
  }
}

}  // namespace

void PersonalWords::add(WordId word, bool counts) {
  Block& block = block_with_room(word);
  auto at = std::lower_bound(block.entries.begin(), block.entries.end(), word, before);
  if (at == block.entries.end() || at->word != word) {
    at = block.entries.insert(at, {word, 0, 0});
    ++size_;
  }
  at->count += counts ? 1 : 0;
  at->weight += next_weight_;
  block.most_count = std::max(block.most_count, at->count);
  block.most_weight = std::max(block.most_weight, at->weight);
  most_count_ = std::max(most_count_, at->count);
  most_weight_ = std::max(most_weight_, at->weight);
  total_count_ += counts ? 1 : 0;
  total_weight_ += next_weight_;
  next_weight_ *= std::exp2(1 / kHalfLife);
  if (next_weight_ > kGreatestWeight) rescale();
}

/// The block that the word belongs to; a full one is cut in two first.
PersonalWords::Block& PersonalWords::block_with_room(WordId word) {
  if (blocks_.empty()) return blocks_.emplace_back();
  const auto found = block_of(blocks_, word);
  if (found->entries.size() < kMostEntries) return *found;
  Block upper;
  const auto half = found->entries.begin() + kMostEntries / 2;
  upper.entries.assign(half, found->entries.end());
  found->entries.erase(half, found->entries.end());
  measure(*found);
  measure(upper);
  blocks_.insert(std::next(found), std::move(upper));
  return *block_of(blocks_, word);
}

const PersonalWords::Entry* PersonalWords::find(WordId word) const noexcept {
  if (blocks_.empty()) return nullptr;
  const Block& block = *block_of(blocks_, word);
  const auto at = std::lower_bound(block.entries.begin(), block.entries.end(), word, before);
  return at != block.entries.end() && at->word == word ? &*at : nullptr;
}

void PersonalWords::rescale() {
  for (Block& block : blocks_) {
    block.most_weight /= next_weight_;
    for (Entry& entry : block.entries) entry.weight /= next_weight_;
  }
  total_weight_ /= next_weight_;
  most_weight_ /= next_weight_;
  next_weight_ = 1;
}

}  // namespace tercet::predict
