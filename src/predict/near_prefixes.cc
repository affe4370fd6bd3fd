#include "predict/near_prefixes.h"

#include <algorithm>

#include "text/utf8.h"

namespace tercet::predict {
namespace {

constexpr int kExact = -1;

}  // namespace

std::span<const NearRange> NearPrefixes::find(const PrefixTree& tree, std::string_view prefix,
                                              const text::KeyboardLayout& keyboard) {
  tree_ = &tree;
  keyboard_ = &keyboard;
  prefix_ = prefix;
  letters_.clear();
  found_.clear();
  ranges_.clear();
  for (std::size_t at = 0; at < prefix.size(); text::next_code_point(prefix, at))
    letters_.push_back(at);
  letters_.push_back(prefix.size());
  const std::size_t count = letters_.size() - 1;
  if (count < kLeastCodePoints) return ranges_;
  Node node = tree.root();
  for (std::size_t i = 0; i < count && !node.words.empty(); ++i) {
    edit_at(i, node);
    node = tree.descend(node, letter(i));
  }
  if (!node.words.empty()) found_.push_back({node.words, kExact});
  merge();
  return ranges_;
}

// All edits that leave the letters before the i-th as typed and change something there. `node`
// holds the words that begin with those letters.
void NearPrefixes::edit_at(std::size_t i, const Node& node) {
  const std::string_view typed = letter(i);
  const bool doubled = i > 0 && typed == letter(i - 1);
  add(tree_->descend(node, from(i + 1)), doubled ? Slip::kDoubling : Slip::kOther);
  if (i + 2 < letters_.size() && typed != letter(i + 1)) {
    const Node swapped = tree_->descend(tree_->descend(node, letter(i + 1)), typed);
    add(tree_->descend(swapped, from(i + 2)), Slip::kTransposition);
  }
  const auto wanted =
      PrefixTree::first_letter_set(typed) | PrefixTree::first_letter_set(from(i + 1));
  tree_->for_each_child(node, wanted, [&](const Node& child) {
    add(tree_->descend(child, from(i)), Slip::kOmission);
    const Node substituted = tree_->descend(child, from(i + 1));
    if (substituted.words.empty()) return;
    const std::string_view meant = tree_->letter(node, child);
    if (meant != typed) add(substituted, substitution(meant, typed));
  });
}

Slip NearPrefixes::substitution(std::string_view meant, std::string_view typed) const noexcept {
  const bool neighbours =
      text::are_neighbours(text::decode(meant, 0).value, text::decode(typed, 0).value, *keyboard_);
  return neighbours ? Slip::kNeighbour : Slip::kOther;
}

std::string_view NearPrefixes::letter(std::size_t i) const noexcept {
  return prefix_.substr(letters_[i], letters_[i + 1] - letters_[i]);
}

void NearPrefixes::add(const Node& node, Slip slip) {
  if (!node.words.empty()) found_.push_back({node.words, static_cast<int>(slip)});
}

// Ranges of prefixes lie inside one another or apart, never across: one sweep with a stack.
void NearPrefixes::merge() {
  std::sort(found_.begin(), found_.end(), [](const Found& a, const Found& b) {
    return a.words.begin != b.words.begin ? a.words.begin < b.words.begin
                                          : a.words.end > b.words.end;
  });
  open_.clear();
  WordId at = 0;
  const auto close_until = [&](WordId limit) {
    while (!open_.empty() && open_.back().words.end <= limit) {
      emit(at, open_.back().words.end, open_.back().rank);
      at = std::max(at, open_.back().words.end);
      open_.pop_back();
    }
  };
  for (const Found& found : found_) {
    close_until(found.words.begin);
    if (!open_.empty()) emit(at, found.words.begin, open_.back().rank);
    at = std::max(at, found.words.begin);
    open_.push_back(
        {found.words, open_.empty() ? found.rank : std::min(found.rank, open_.back().rank)});
  }
  close_until(0xFFFF'FFFF);
}

void NearPrefixes::emit(WordId begin, WordId end, int rank) {
  if (begin >= end || rank == kExact) return;
  const auto slip = static_cast<Slip>(rank);
  if (!ranges_.empty() && ranges_.back().words.end == begin && ranges_.back().slip == slip) {
    ranges_.back().words.end = end;
  } else {
    ranges_.push_back({{begin, end}, slip});
  }
}

}  // namespace tercet::predict
