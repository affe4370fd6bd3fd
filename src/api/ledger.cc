#include "tercet/ledger.h"

#include <algorithm>
#include <span>

#include "text/fold.h"
#include "text/language.h"

namespace tercet {

void LedgerList::sentence(const LearntSentence& sentence) {
  if (sentence.time < filter_.since || sentence.time >= filter_.until) return;
  if (!filter_.source.empty() && sentence.source != filter_.source) return;
  const text::Language& language = text::language(sentence.language);
  std::size_t length = 0;
  const auto flush = [&] {
    count_run(std::span(run_).first(length), sentence);
    length = 0;
  };
  for (const std::string_view word : sentence.words) {
    if (word.empty()) {
      flush();
      continue;
    }
    if (length == run_.size()) run_.emplace_back();
    text::fold(word, language, run_[length++]);
  }
  flush();
}

void LedgerList::count_run(std::span<const std::string> run, const LearntSentence& sentence) {
  for (std::size_t first = 0; first < run.size(); ++first) {
    const std::size_t most = std::min(filter_.most_order, run.size() - first);
    bool wanted = filter_.word.empty();
    ngram_.clear();
    for (std::size_t n = 1; n <= most; ++n) {
      const std::string& word = run[first + n - 1];
      if (n > 1) ngram_ += ' ';
      ngram_ += word;
      wanted = wanted || word == filter_.word;
      if (wanted && n >= filter_.least_order) count(ngram_, sentence);
    }
  }
}

void LedgerList::count(const std::string& ngram, const LearntSentence& sentence) {
  LedgerEntry& entry = entries_[ngram];
  ++entry.count;
  entry.first = std::min(entry.first, sentence.time);
  entry.last = std::max(entry.last, sentence.time);
  entry.sources.emplace(sentence.source);
}

std::vector<LedgerList::Row> LedgerList::sorted() const {
  std::vector<Row> rows;
  rows.reserve(entries_.size());
  for (const auto& [ngram, entry] : entries_) rows.emplace_back(ngram, &entry);
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    return a.second->count != b.second->count ? a.second->count > b.second->count
                                              : a.first < b.first;
  });
  return rows;
}

void SourceList::sentence(const LearntSentence& sentence) {
  SourceEntry& entry = entries_[std::string(sentence.source)];
  ++entry.sentences;
  for (const std::string_view word : sentence.words) entry.words += word.empty() ? 0 : 1;
  entry.first = std::min(entry.first, sentence.time);
  entry.last = std::max(entry.last, sentence.time);
}

}  // namespace tercet
