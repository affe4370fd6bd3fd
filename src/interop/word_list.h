// The 1-grams of an ARPA file while they are read, and the three special words among them.
#ifndef TERCET_INTEROP_WORD_LIST_H_
#define TERCET_INTEROP_WORD_LIST_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "interop/arpa_model.h"
#include "interop/line_reader.h"
#include "model/layout.h"
#include "tercet/error.h"
#include "tercet/model.h"

namespace tercet::interop {

using model::kSpecialWords;

/// The numbers of one line, in bits.
struct Values {
  float cost = 0;
  float backoff = 0;
};

/// Knows the special words, also in capitals unless told to be strict.
class SpecialWords {
 public:
  void be_strict() noexcept { strict_ = true; }
  /// Its id; kFirstWord for any other word.
  WordId find(std::string_view word) noexcept;
  /// Says which capitals were met.
  void add_warnings(std::vector<std::string>& warnings) const;

 private:
  bool strict_ = false;
  std::array<bool, kFirstWord> capitals_{};
};

/// Collects words and gives them their ids: `add* finish`.
class WordList {
 public:
  /// `lines` stands at the word's line. kResource: more words than a model holds.
  Status add(std::string_view word, WordId special, const Values& values, const LineReader& lines);

  /// Makes the vocabulary and order 1; special words that are missing get probability 0 and a
  /// warning. kCorrupt: a word twice. The list is empty afterwards.
  Status finish(bool with_backoffs, const LineReader& lines, ArpaModel& model);

 private:
  struct Word {
    std::size_t offset;  // In bytes_.
    std::uint32_t size;
    WordId special;  // Or kFirstWord.
    std::uint64_t line;
    Values values;
  };
  std::string_view text_of(const Word& word) const noexcept {
    return std::string_view(bytes_).substr(word.offset, word.size);
  }
  Status sort(const LineReader& lines);

  std::string bytes_;
  std::vector<Word> words_;
};

}  // namespace tercet::interop

#endif  // TERCET_INTEROP_WORD_LIST_H_
