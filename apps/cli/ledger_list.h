// What a store's sentences come to: words, n-grams and sources with their counts.
#ifndef TERCET_APPS_CLI_LEDGER_LIST_H_
#define TERCET_APPS_CLI_LEDGER_LIST_H_

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "tercet/store.h"

namespace tercet::cli {

inline constexpr std::size_t kMostLedgerOrder = 5;

struct LedgerFilter {
  std::size_t least_order = 1;  ///< Words of an n-gram.
  std::size_t most_order = 1;
  std::string word;    ///< Only n-grams that hold it; empty: all.
  std::string source;  ///< Only what was learnt from it; empty: all.
  std::int64_t since = 0;
  std::int64_t until = std::numeric_limits<std::int64_t>::max();
};

struct LedgerEntry {
  std::uint64_t count = 0;
  std::int64_t first = std::numeric_limits<std::int64_t>::max();
  std::int64_t last = 0;
  std::set<std::string> sources;
};

/// Counts folded n-grams while a store is visited. None spans a gap or two sentences.
class LedgerList final : public SentenceVisitor {
 public:
  explicit LedgerList(LedgerFilter filter) : filter_(std::move(filter)) {}

  void sentence(const LearntSentence& sentence) override;

  using Row = std::pair<std::string_view, const LedgerEntry*>;
  /// Most frequent first, then by bytes.
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

class SourceList final : public SentenceVisitor {
 public:
  void sentence(const LearntSentence& sentence) override;
  const std::map<std::string, SourceEntry, std::less<>>& entries() const noexcept {
    return entries_;
  }

 private:
  std::map<std::string, SourceEntry, std::less<>> entries_;
};

}  // namespace tercet::cli

#endif  // TERCET_APPS_CLI_LEDGER_LIST_H_
