// Words that a person does not want to be offered.
#ifndef TERCET_SESSION_BLOCK_LIST_H_
#define TERCET_SESSION_BLOCK_LIST_H_

#include <string>
#include <string_view>
#include <vector>

#include "model/vocabulary.h"
#include "predict/top_k.h"
#include "tercet/error.h"
#include "tercet/session.h"
#include "text/language.h"

namespace tercet::session {

/// The words of one vocabulary that a list hides.
struct BlockedWords {
  predict::WordSet unprompted;  ///< Where nothing of the word has been typed: both kinds.
  predict::WordSet always;      ///< Those never to be completed.
};

/// Entries in the order in which they were laid down, each a word or all words with a prefix. The
/// last one that matches a word counts.
class BlockList {
 public:
  /// `language` folds the words; it must outlive the list, as those that language() gives do.
  explicit BlockList(const text::Language& language) : language_(&language) {}

  /// Lays the entries of `text` over those that are there already. One entry a line:
  ///   never-suggest | never-complete | allow, a tab, a word, * behind it for all that begin so
  /// Lines without text and lines that begin with # mean nothing. On kInvalidArgument, which names
  /// the line of `name`, nothing has changed.
  Status lay_over(std::string_view text, std::string_view name);

  /// For any word, in the vocabulary or not.
  Blocking blocking(std::string_view folded) const noexcept;

  /// The same for all words of a vocabulary at once.
  BlockedWords compile(const model::Vocabulary& vocabulary) const;

 private:
  struct Entry {
    std::string word;
    bool is_prefix;
    Blocking blocking;
    bool matches(std::string_view folded) const noexcept {
      return is_prefix ? folded.starts_with(word) : folded == word;
    }
  };
  Result<Entry> parse(std::string_view line) const;

  const text::Language* language_;
  std::vector<Entry> entries_;
};

/// The list that tercet ships for a language (data/block.*.txt), for BlockList::lay_over(); empty
/// where there is none.
std::string_view shipped_block_list(const text::Language& language) noexcept;

}  // namespace tercet::session

#endif  // TERCET_SESSION_BLOCK_LIST_H_
