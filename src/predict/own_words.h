// Words of a person that the model does not know.
#ifndef TERCET_PREDICT_OWN_WORDS_H_
#define TERCET_PREDICT_OWN_WORDS_H_

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "tercet/model.h"

namespace tercet::predict {

/// Numbers them from the model's vocabulary size on, in the order in which they are met. One
/// thread.
class OwnWords {
 public:
  explicit OwnWords(std::uint32_t vocabulary_size) : first_(vocabulary_size) {}

  /// The word's number, or kUnknown if it has none.
  WordId find(const std::string& word) const {
    const auto found = ids_.find(word);
    return found == ids_.end() ? kUnknown : found->second;
  }
  /// The same, but a new number for a word that has none; with_prefix() does not find `foreign`
  /// ones.
  WordId add(const std::string& word, bool foreign = false) {
    if (const WordId known = find(word); known != kUnknown) return known;
    const auto id = static_cast<WordId>(first_ + words_.size());
    const std::string& kept = ids_.emplace(word, id).first->first;
    words_.push_back({&kept, foreign});
    if (!foreign) by_text_.emplace(kept, id);
    return id;
  }
  /// Lives as long as this object. `id` is one that add() gave.
  std::string_view word(WordId id) const noexcept { return *words_[id - first_].text; }
  bool is_foreign(WordId id) const noexcept { return words_[id - first_].is_foreign; }
  /// Behind the last number.
  WordId end() const noexcept { return first_ + static_cast<WordId>(words_.size()); }
  bool contains(WordId id) const noexcept { return id >= first_ && id - first_ < words_.size(); }

  /// Calls `visit` with each word that begins with `prefix`.
  template <class Visit>
  void with_prefix(std::string_view prefix, Visit&& visit) const {
    for (auto at = by_text_.lower_bound(prefix);
         at != by_text_.end() && at->first.starts_with(prefix); ++at)
      visit(at->second);
  }

 private:
  struct Word {
    const std::string* text;
    bool is_foreign;
  };
  std::uint32_t first_;
  std::unordered_map<std::string, WordId> ids_;  // Its keys stay where they are.
  std::vector<Word> words_;
  std::map<std::string_view, WordId> by_text_;
};

}  // namespace tercet::predict

#endif  // TERCET_PREDICT_OWN_WORDS_H_
