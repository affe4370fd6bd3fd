// The ledger: what a store's sentences come to, as words, n-grams and sources with their counts.
//
//   tercet::LedgerList list({.most_order = 2, .word = "cat"});  // Folded, as the list shows words.
//   if (const auto status = store.visit(list); !status.ok()) return fail(status.error().message);
//   for (const auto& [ngram, entry] : list.sorted()) show(ngram, entry->count);
#ifndef TERCET_LEDGER_H_
#define TERCET_LEDGER_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "tercet/store.h"

namespace tercet {

struct LedgerFilter {
  std::size_t least_order = 1;  ///< Words of an n-gram.
  std::size_t most_order = 1;
  std::string word;    ///< Only n-grams that hold it, folded; empty: all.
  std::string source;  ///< Only what was learnt from it; empty: all.
  std::int64_t since = 0;
  std::int64_t until = std::numeric_limits<std::int64_t>::max();
};

/// Times are Unix milliseconds, of the lessons' beginnings.
struct LedgerEntry {
  std::uint64_t count = 0;
  std::int64_t first = std::numeric_limits<std::int64_t>::max();
  std::int64_t last = 0;
  std::set<std::string> sources;
};

/// Counts folded n-grams while a store is visited. None spans a gap or two sentences. One thread.
class LedgerList final : public SentenceVisitor {
 public:
  explicit LedgerList(LedgerFilter filter) : filter_(std::move(filter)) {}

  void sentence(const LearntSentence& sentence) override;

  using Row = std::pair<std::string_view, const LedgerEntry*>;
  /// Most frequent first, then by bytes. They live as long as the list and until its next sentence.
  std::vector<Row> sorted() const;

 private:
  void count_run(std::span<const std::string> run, const LearntSentence& sentence);
  void count(const std::string& ngram, const LearntSentence& sentence);

  LedgerFilter filter_;
  std::unordered_map<std::string, LedgerEntry> entries_;
  std::vector<std::string> run_;  // Words between two gaps.
  std::string ngram_;
};

struct SourceEntry {
  std::uint64_t sentences = 0;
  std::uint64_t words = 0;
  std::int64_t first = std::numeric_limits<std::int64_t>::max();
  std::int64_t last = 0;
};

/// Counts what each source has taught. One thread.
class SourceList final : public SentenceVisitor {
 public:
  void sentence(const LearntSentence& sentence) override;
  const std::map<std::string, SourceEntry, std::less<>>& entries() const noexcept {
    return entries_;
  }

 private:
  std::map<std::string, SourceEntry, std::less<>> entries_;
};

}  // namespace tercet

#endif  // TERCET_LEDGER_H_
