// Where a person's text repeats itself word for word, and how it went on there.
#ifndef TERCET_PREDICT_REPEATS_H_
#define TERCET_PREDICT_REPEATS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "tercet/model.h"

namespace tercet::predict {

/// The text as written, word by word, with the place of its latest earlier match.
class Repeats {
 public:
  /// Words that must agree before a match counts: more than the n-grams can see.
  static constexpr std::uint32_t kShortest = 5;

  /// An earlier place whose last `length` words equal the text's last ones. More may agree: where
  /// a match is found, no more than kShortest words are compared.
  struct Match {
    std::uint32_t length = 0;  ///< 0: there is none.
    std::uint32_t next = 0;    ///< Position of the word that followed there.
  };

  void add(WordId word);
  /// Takes back the latest add().
  void remove();

  const std::vector<WordId>& text() const noexcept { return text_; }
  Match match() const noexcept { return matches_.empty() ? Match{} : matches_.back(); }
  /// The match if `word` came next, without adding it; `match` is match() or what follow() gave.
  Match follow(const Match& match, WordId word) const noexcept;

 private:
  std::size_t slot_of(std::size_t end) const noexcept;
  void grow();

  std::vector<WordId> text_;
  std::vector<Match> matches_;            // After each word.
  std::vector<std::uint32_t> displaced_;  // What its slot held before each word.
  // Open addressing: where the latest run of kShortest words ends, for each different run; 0: free.
  // What was added last goes first, so a freed slot never lies before another run on its way.
  std::vector<std::uint32_t> slots_;
};

}  // namespace tercet::predict

#endif  // TERCET_PREDICT_REPEATS_H_
