// Words whose beginning the person may have meant, one slip of the fingers away from what is typed.
#ifndef TERCET_PREDICT_NEAR_PREFIXES_H_
#define TERCET_PREDICT_NEAR_PREFIXES_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "predict/prefix_tree.h"
#include "tercet/model.h"
#include "text/keyboard_layout.h"

namespace tercet::predict {

/// What went wrong, likeliest first.
enum class Slip : std::uint8_t {
  kOmission,       ///< A letter was left out.
  kTransposition,  ///< Two letters changed places.
  kDoubling,       ///< A letter was typed twice.
  kNeighbour,      ///< The key beside the right one was hit.
  kOther,          ///< Another wrong letter, or one too many.
};

/// How likely each slip is, given that there is one somewhere in the word and that it leads to just
/// this string: to be multiplied with the word's probability.
///
/// Guesses in round numbers, not fitted to any data. Behind them: in typing, wrong letters make up
/// about half of the errors, omissions a quarter (Dhakal et al. 2018); about six in ten wrong
/// letters lie beside the right one (Grudin 1983, by Kukich 1992), where a key has six neighbours;
/// most insertions double a letter (Pollock and Zamora 1983); transpositions are an eighth.
inline constexpr std::array<double, 5> kSlipWeight = {0.25, 0.12, 0.12, 0.05, 0.01};

struct NearRange {
  WordRange words;
  Slip slip;
  friend bool operator==(const NearRange& a, const NearRange& b) noexcept {
    return a.words.begin == b.words.begin && a.words.end == b.words.end && a.slip == b.slip;
  }
};

/// The search and its memory: one object per thread. After the first queries it allocates nothing.
class NearPrefixes {
 public:
  /// In shorter prefixes a slip could stand for nearly any word.
  static constexpr std::size_t kLeastCodePoints = 3;

  /// All words that do not begin with `prefix` (valid UTF-8, folded) but with a string at
  /// Damerau-Levenshtein distance one from it: one code point substituted, inserted or deleted, or
  /// two neighbours swapped. Disjoint ranges by id, each with the likeliest slip that explains it.
  /// Empty if `prefix` has fewer than kLeastCodePoints. Valid until the next call.
  std::span<const NearRange> find(const PrefixTree& tree, std::string_view prefix,
                                  const text::KeyboardLayout& keyboard);

 private:
  using Node = PrefixTree::Node;
  struct Found {
    WordRange words;
    int rank;  ///< The slip; kExact for the prefix itself.
  };

  void edit_at(std::size_t i, const Node& node);
  Slip substitution(std::string_view meant, std::string_view typed) const noexcept;
  std::string_view letter(std::size_t i) const noexcept;
  std::string_view from(std::size_t i) const noexcept { return prefix_.substr(letters_[i]); }
  void add(const Node& node, Slip slip);
  void merge();
  void emit(WordId begin, WordId end, int rank);

  const PrefixTree* tree_ = nullptr;
  const text::KeyboardLayout* keyboard_ = nullptr;
  std::string_view prefix_;
  std::vector<std::size_t> letters_;  // Offset of each code point of the prefix, and its size.
  std::vector<Found> found_;
  std::vector<Found> open_;  // While merging: those around the place at hand, innermost last.
  std::vector<NearRange> ranges_;
};

}  // namespace tercet::predict

#endif  // TERCET_PREDICT_NEAR_PREFIXES_H_
