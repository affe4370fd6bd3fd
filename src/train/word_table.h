// Strings to dense ids, in order of first sight.
#ifndef TERCET_TRAIN_WORD_TABLE_H_
#define TERCET_TRAIN_WORD_TABLE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tercet::train {

/// Open addressing with linear probing over (hash, id) pairs; the strings lie in one arena. Ids are
/// 0, 1, 2, ... Not thread-safe.
class WordTable {
 public:
  WordTable();

  /// The id of `word`, a new one if it is seen for the first time.
  std::uint32_t find_or_add(std::string_view word);
  std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(offsets_.size() - 1); }
  /// Valid until the next find_or_add.
  std::string_view word(std::uint32_t id) const noexcept {
    return std::string_view(arena_).substr(offsets_[id], offsets_[id + 1] - offsets_[id]);
  }

 private:
  struct Slot {
    std::uint32_t tag;          ///< Upper half of the hash.
    std::uint32_t id_plus_one;  ///< 0: free.
  };
  void grow();

  std::vector<Slot> slots_;
  std::vector<std::uint64_t> offsets_{0};
  std::string arena_;
};

}  // namespace tercet::train

#endif  // TERCET_TRAIN_WORD_TABLE_H_
