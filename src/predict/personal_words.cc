#include "predict/personal_words.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <utility>

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

/// Of the weight, from one word written to the next.
double growth() noexcept {
  static const double value = std::exp2(1 / PersonalWords::kHalfLife);
  return value;
}

void raise(LayerCounts& most, const LayerCounts& counts) noexcept {
  for (std::size_t layer = 0; layer < kLayers; ++layer)
    most[layer] = std::max(most[layer], counts[layer]);
}

void raise(PersonalWords::Block& block, const PersonalWords::Entry& entry) noexcept {
  if (entry.is_frequent) return;
  raise(block.most_counts, entry.counts);
  block.most_weight = std::max(block.most_weight, entry.weight);
}

void measure_block(PersonalWords::Block& block) noexcept {
  block.most_counts = {};
  block.most_weight = 0;
  for (const PersonalWords::Entry& entry : block.entries) raise(block, entry);
}

template <class Entries>
auto position_of(Entries& entries, WordId word) noexcept {
  return std::lower_bound(entries.begin(), entries.end(), word, before);
}

}  // namespace

void PersonalWords::add(WordId word, Layer layer, bool counts) {
  Block& block = block_with_room(word);
  auto at = position_of(block.entries, word);
  if (at == block.entries.end() || at->word != word)
    at = block.entries.insert(at, Entry{.word = word});
  const auto of = static_cast<std::size_t>(layer);
  if (counts) {
    types_[of] += at->counts[of] == 0 ? 1 : 0;
    ++at->counts[of];
    ++total_counts_[of];
  }
  ++at->written;
  at->weight += next_weight_;
  raise(block, *at);
  raise(most_counts_, block.most_counts);
  most_weight_ = std::max(most_weight_, block.most_weight);
  total_weight_ += next_weight_;
  next_weight_ *= growth();
  if (next_weight_ > kGreatestWeight) rescale();
  if (until_choice_-- == 0) choose_frequent();
}

/// Done after so many words that it costs each of them little.
void PersonalWords::choose_frequent() {
  std::vector<std::pair<std::uint32_t, WordId>> words;
  for (Block& block : blocks_) {
    for (Entry& entry : block.entries) {
      entry.is_frequent = false;
      words.emplace_back(entry.written, entry.word);
    }
  }
  const std::size_t most = std::min(words.size(), kMostFrequent);
  std::nth_element(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(most), words.end(),
                   std::greater<>());
  frequent_.clear();
  for (std::size_t i = 0; i < most; ++i) {
    frequent_.push_back(words[i].second);
    position_of(block_of(blocks_, words[i].second)->entries, words[i].second)->is_frequent = true;
  }
  measure();
  until_choice_ = 64 + words.size() / 4;
}

void PersonalWords::measure() {
  most_counts_ = {};
  most_weight_ = 0;
  for (Block& block : blocks_) {
    measure_block(block);
    raise(most_counts_, block.most_counts);
    most_weight_ = std::max(most_weight_, block.most_weight);
  }
}

void PersonalWords::remove(WordId word, Layer layer, bool counted) {
  const auto block = block_of(blocks_, word);
  const auto at = position_of(block->entries, word);
  const auto of = static_cast<std::size_t>(layer);
  next_weight_ /= growth();
  total_weight_ -= next_weight_;
  at->weight = std::max(0.0, at->weight - next_weight_);
  if (counted) {
    --total_counts_[of];
    if (--at->counts[of] == 0) --types_[of];
  }
  if (--at->written > 0) return;
  if (at->is_frequent) std::erase(frequent_, word);
  block->entries.erase(at);
  if (block->entries.empty()) blocks_.erase(block);
  if (blocks_.empty()) total_weight_ = 0;  // But for rounding it is.
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
  measure_block(*found);
  measure_block(upper);
  blocks_.insert(std::next(found), std::move(upper));
  return *block_of(blocks_, word);
}

const PersonalWords::Entry* PersonalWords::find(WordId word) const noexcept {
  if (blocks_.empty()) return nullptr;
  const Block& block = *block_of(blocks_, word);
  const auto at = position_of(block.entries, word);
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
