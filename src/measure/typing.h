// A simulated person who types one word and takes it as soon as it is listed.
#ifndef TERCET_MEASURE_TYPING_H_
#define TERCET_MEASURE_TYPING_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "text/utf8.h"

namespace tercet::measure {

/// What a word took with a list of so many slots. A pick is one key and types the space after the
/// word; a word of n characters typed to its end is n + 1 keys.
struct TypedWord {
  bool hit = false;                ///< It was in the first list, before any character.
  std::uint32_t keys = 0;          ///< No word was offered twice.
  std::uint32_t keys_reoffer = 0;  ///< Ignored words were offered again.
  bool offered = false;            ///< It was in a list, without re-offers.
  std::uint32_t looks = 0;         ///< Lists looked at, the one with the word among them.
  std::uint32_t late_keys = 0;     ///< As `keys` and `looks`, of somebody who looks at no list
  std::uint32_t late_looks = 0;    ///< before the first letter.
};

/// Types words with several numbers of slots at once. One thread; buffers are reused.
class Typist {
 public:
  explicit Typist(std::span<const std::uint32_t> slots) {
    for (const std::uint32_t count : slots) lists_.push_back({count, {}, {}, {}, false});
    most_slots_ = slots.empty() ? 0 : *std::max_element(slots.begin(), slots.end());
  }

  /// `list(prefix, count)` gives the best `count` words that begin with `prefix`, best first, as
  /// string views that live until the word is done. `word` is valid UTF-8, not empty.
  template <class List>
  void type(std::string_view word, List&& list) {
    begin(word);
    std::size_t typed = 0;
    for (std::uint32_t characters = 0; typed < word.size() && open_ > 0; ++characters) {
      // Each earlier list took at most as many words out of this one.
      const std::size_t count = std::size_t{most_slots_} * (characters + 1);
      look(list(word.substr(0, typed), count), word, characters);
      text::next_code_point(word, typed);
    }
  }

  /// Of a word that no list can hold.
  void type_unaided(std::string_view word) { begin(word); }

  /// Of the last word typed, for each number of slots.
  const TypedWord& result(std::size_t i) const noexcept { return lists_[i].result; }

 private:
  /// Somebody who is not offered again what was ignored.
  struct Reader {
    std::vector<std::string_view> ignored;  ///< Listed earlier while typing this word.
    bool done = false;

    /// Whether this list of `slots` words has the word; if not, its words are ignored from now on.
    bool finds(std::span<const std::string_view> best, std::string_view word, std::uint32_t slots);
  };
  struct SlotList {
    std::uint32_t slots;
    TypedWord result;
    Reader early;
    Reader late;
    bool done_reoffer;
  };

  void begin(std::string_view word);
  void look(std::span<const std::string_view> best, std::string_view word,
            std::uint32_t characters);

  std::vector<SlotList> lists_;
  std::uint32_t most_slots_ = 0;
  std::size_t open_ = 0;  ///< Counts still undecided, three for each list.
};

}  // namespace tercet::measure

#endif  // TERCET_MEASURE_TYPING_H_
