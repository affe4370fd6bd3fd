// A vocabulary as a tree of code points, with its upper branches in memory: the first letters of a
// word are found in a few cache lines instead of by halving the whole vocabulary.
#ifndef TERCET_PREDICT_PREFIX_TREE_H_
#define TERCET_PREDICT_PREFIX_TREE_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "model/vocabulary.h"
#include "tercet/model.h"

namespace tercet::predict {

/// Immutable; thread-safe; about 2 MB for half a million words. Words that are not UTF-8 may be
/// missed.
class PrefixTree {
 public:
  /// `vocabulary` must outlive the tree.
  explicit PrefixTree(const model::Vocabulary& vocabulary);

  /// The words that share their first `depth` bytes.
  struct Node {
    WordRange words;
    std::uint32_t depth = 0;
    std::uint32_t branch = kNoBranch;
  };
  Node root() const noexcept { return node(0); }

  /// Those of the node's words that go on with `text`, valid UTF-8.
  Node descend(Node from, std::string_view text) const noexcept;

  /// A set of code points in 32 bits: what is not in it may seem to be, not the other way round.
  using LetterSet = std::uint32_t;
  /// Of the first code point of `text`, or of all if there is none.
  static LetterSet first_letter_set(std::string_view text) noexcept;

  /// Calls `visit(child)` for each code point that words of the node go on with; may leave out
  /// children of which no word goes on with a letter of `wanted`.
  template <class Visit>
  void for_each_child(const Node& parent, LetterSet wanted, Visit&& visit) const;

  /// The code point that leads to `child` of `parent`.
  std::string_view letter(const Node& parent, const Node& child) const noexcept {
    return rest(child.words.begin, parent.depth).substr(0, child.depth - parent.depth);
  }

 private:
  static constexpr std::uint32_t kNoBranch = 0xFFFF'FFFF;
  static constexpr LetterSet kAllLetters = 0xFFFF'FFFF;

  struct Branch {
    WordRange words;
    std::uint32_t depth;
    std::uint32_t letter;       ///< Its last code point, as packed() gives it.
    LetterSet next;             ///< The code points that follow.
    std::uint32_t first_child;  ///< Index of a Branch; the others follow.
    std::uint32_t children;     ///< None in a branch of few words.
  };

  void grow(std::uint32_t branch);
  Node node(std::uint32_t branch) const noexcept {
    return {branches_[branch].words, branches_[branch].depth, branch};
  }
  Node child_branch(const Branch& parent, std::string_view letter) const noexcept;
  /// The child that the first of `words` belongs to, found without branches.
  Node first_child(WordRange words, std::uint32_t depth) const noexcept;
  Node narrow(WordRange words, std::uint32_t depth, std::string_view text) const noexcept;
  std::string_view rest(WordId word, std::uint32_t depth) const noexcept;

  const model::Vocabulary& vocabulary_;
  std::vector<Branch> branches_;  // Level by level; the root first.
};

template <class Visit>
void PrefixTree::for_each_child(const Node& parent, LetterSet wanted, Visit&& visit) const {
  if (parent.branch != kNoBranch && branches_[parent.branch].children > 0) {
    const std::uint32_t begin = branches_[parent.branch].first_child;
    const std::uint32_t end = begin + branches_[parent.branch].children;
    for (std::uint32_t child = begin; child < end; ++child) {
      if (wanted == kAllLetters || (branches_[child].next & wanted) != 0) visit(node(child));
    }
    return;
  }
  for (Node child = first_child(parent.words, parent.depth); !child.words.empty();
       child = first_child({child.words.end, parent.words.end}, parent.depth)) {
    visit(child);
  }
}

}  // namespace tercet::predict

#endif  // TERCET_PREDICT_PREFIX_TREE_H_
