#include "predict/prefix_tree.h"

#include <algorithm>

#include "text/utf8.h"

namespace tercet::predict {
namespace {

// As few words as this are told apart by looking at them.
constexpr std::uint32_t kFewWords = 64;

// A code point's bytes as a number that orders as they do.
std::uint32_t packed(std::string_view letter) noexcept {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i)
    value = (value << 8U) | (i < letter.size() ? static_cast<unsigned char>(letter[i]) : 0U);
  return value;
}

std::string_view first_letter(std::string_view text) noexcept {
  return text.substr(0, text::decode(text, 0).size);
}

// The first id in `words` for which `holds` is false; it is true up to there. Looks near the
// beginning first: most of the ranges asked for are short.
template <class Holds>
WordId partition_point(WordRange words, Holds&& holds) noexcept {
  WordId low = words.begin;
  WordId high = words.end;
  for (WordId step = 1; step < high - low; step *= 2) {
    if (!holds(low + step - 1)) {
      high = low + step - 1;
      break;
    }
    low += step;
  }
  while (low < high) {
    const WordId middle = low + (high - low) / 2;
    if (holds(middle)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

}  // namespace

PrefixTree::LetterSet PrefixTree::first_letter_set(std::string_view text) noexcept {
  if (text.empty()) return kAllLetters;
  // The lowest bits tell all letters a to z apart, and all letters а to я.
  return 1U << (static_cast<unsigned char>(first_letter(text).back()) % 32U);
}

PrefixTree::PrefixTree(const model::Vocabulary& vocabulary) : vocabulary_(vocabulary) {
  branches_.push_back({{kFirstWord, std::max(vocabulary.size(), kFirstWord)}, 0, 0, 0, 0, 0});
  for (std::uint32_t branch = 0; branch < branches_.size(); ++branch) grow(branch);
}

void PrefixTree::grow(std::uint32_t branch) {
  const Node parent = node(branch);
  const bool few = parent.words.end - parent.words.begin <= kFewWords;
  const auto first = static_cast<std::uint32_t>(branches_.size());
  LetterSet next = 0;
  for_each_child(parent, kAllLetters, [&](const Node& child) {
    const std::string_view text = letter(parent, child);
    next |= first_letter_set(text);
    if (!few) branches_.push_back({child.words, child.depth, packed(text), 0, 0, 0});
  });
  branches_[branch].next = next;
  branches_[branch].first_child = first;
  branches_[branch].children = static_cast<std::uint32_t>(branches_.size()) - first;
}

PrefixTree::Node PrefixTree::descend(Node from, std::string_view text) const noexcept {
  while (from.branch != kNoBranch && !text.empty()) {
    const Branch& branch = branches_[from.branch];
    if ((branch.next & first_letter_set(text)) == 0) return {};
    if (branch.children == 0) break;
    const std::string_view letter = first_letter(text);
    from = child_branch(branch, letter);
    text.remove_prefix(letter.size());
  }
  return text.empty() ? from : narrow(from.words, from.depth, text);
}

PrefixTree::Node PrefixTree::child_branch(const Branch& parent,
                                          std::string_view letter) const noexcept {
  const auto begin = branches_.begin() + parent.first_child;
  const auto end = begin + parent.children;
  const std::uint32_t wanted = packed(letter);
  const auto at = std::lower_bound(begin, end, wanted, [](const Branch& branch, std::uint32_t key) {
    return branch.letter < key;
  });
  if (at == end || at->letter != wanted) return {};
  return node(static_cast<std::uint32_t>(at - branches_.begin()));
}

PrefixTree::Node PrefixTree::first_child(WordRange words, std::uint32_t depth) const noexcept {
  // The word that ends here comes before those that go on.
  if (!words.empty() && rest(words.begin, depth).empty()) ++words.begin;
  if (words.empty()) return {};
  return narrow(words, depth, first_letter(rest(words.begin, depth)));
}

PrefixTree::Node PrefixTree::narrow(WordRange words, std::uint32_t depth,
                                    std::string_view text) const noexcept {
  const WordId begin =
      partition_point(words, [&](WordId word) { return rest(word, depth) < text; });
  const WordId end = partition_point(
      {begin, words.end}, [&](WordId word) { return rest(word, depth).starts_with(text); });
  return {{begin, end}, depth + static_cast<std::uint32_t>(text.size())};
}

std::string_view PrefixTree::rest(WordId word, std::uint32_t depth) const noexcept {
  const std::string_view text = vocabulary_.word(word);
  return text.substr(std::min<std::size_t>(depth, text.size()));
}

}  // namespace tercet::predict
