// Words of a person that the model does not know.
#ifndef TERCET_PREDICT_OWN_WORDS_H_
#define TERCET_PREDICT_OWN_WORDS_H_

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tercet/model.h"

namespace tercet::predict {

/// Numbers them from the model's vocabulary size on, in the order in which they are met. One
/// thread.
class OwnWords {
 public:
  explicit OwnWords(std::uint32_t vocabulary_size) : first_(vocabulary_size) {}

  /// The word's number; a new one if it has none.
  WordId add(std::string_view word) {
    const auto found = ids_.find(word);
    if (found != ids_.end()) return found->second;
    const auto id = static_cast<WordId>(first_ + words_.size());
    words_.push_back(&ids_.emplace(word, id).first->first);
    return id;
  }
  /// Lives as long as this object. `id` is one that add() gave.
  std::string_view word(WordId id) const noexcept { return *words_[id - first_]; }
  /// Behind the last number.
  WordId end() const noexcept { return first_ + static_cast<WordId>(words_.size()); }
  bool contains(WordId id) const noexcept { return id >= first_ && id - first_ < words_.size(); }

 private:
  std::uint32_t first_;
  std::map<std::string, WordId, std::less<>> ids_;  // Its keys stay where they are.
  std::vector<const std::string*> words_;
};

}  // namespace tercet::predict

#endif  // TERCET_PREDICT_OWN_WORDS_H_
