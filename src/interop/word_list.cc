#include "interop/word_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "core/error.h"

namespace tercet::interop {
namespace {

constexpr std::array<std::string_view, kFirstWord> kCapitals = {"<UNK>", "<S>", "</S>"};

void append(WordId special, std::string_view text, const Values& values, bool with_backoffs,
            ArpaModel& model) {
  ArpaOrder& order = model.orders.front();
  order.words.push_back(order.size());
  order.costs.push_back(values.cost);
  if (with_backoffs) order.backoffs.push_back(values.backoff);
  model.vocabulary.add(
      text, special < kFirstWord ? model::WordClass::kSpecial : model::WordClass::kToken);
}

void append_missing(WordId special, bool with_backoffs, ArpaModel& model) {
  append(special, kSpecialWords[special], {kNever, 0}, with_backoffs, model);
  model.warnings.push_back(fmt::format("no {} among the 1-grams: added with probability 0{}",
                                       kSpecialWords[special],
                                       special == kUnknown ? ", which unknown words get" : ""));
}

}  // namespace

WordId SpecialWords::find(std::string_view word) noexcept {
  if (word.front() != '<') return kFirstWord;
  for (WordId id = 0; id < kFirstWord; ++id) {
    if (word == kSpecialWords[id]) return id;
    if (word != kCapitals[id] || strict_) continue;
    capitals_[id] = true;
    return id;
  }
  return kFirstWord;
}

void SpecialWords::add_warnings(std::vector<std::string>& warnings) const {
  for (WordId id = 0; id < kFirstWord; ++id) {
    if (capitals_[id])
      warnings.push_back(fmt::format("{} read as {}", kCapitals[id], kSpecialWords[id]));
  }
}

Status WordList::add(std::string_view word, WordId special, const Values& values,
                     const LineReader& lines) {
  if (words_.size() >= model::kMaxVocabulary - kFirstWord ||
      bytes_.size() + word.size() > std::numeric_limits<std::uint32_t>::max()) {
    return lines.error(fmt::format("more than {} words, the most that a model holds: write the "
                                   "ARPA file anew with a smaller vocabulary",
                                   words_.size()),
                       ErrorCode::kResource);
  }
  if (special < kFirstWord) word = kSpecialWords[special];
  words_.push_back(
      {bytes_.size(), static_cast<std::uint32_t>(word.size()), special, lines.number(), values});
  if (special == kSentenceBegin) words_.back().values.cost = kNever;  // KenLM writes 0 for it.
  bytes_ += word;
  return {};
}

Status WordList::sort(const LineReader& lines) {
  std::sort(words_.begin(), words_.end(), [this](const Word& a, const Word& b) {
    if (a.special != b.special) return a.special < b.special;
    const int order = text_of(a).compare(text_of(b));
    return order != 0 ? order < 0 : a.line < b.line;
  });
  const auto again =
      std::adjacent_find(words_.begin(), words_.end(),
                         [this](const Word& a, const Word& b) { return text_of(a) == text_of(b); });
  if (again == words_.end()) return {};
  return lines.error_at((again + 1)->line, fmt::format("the word {} again; it was in line {}",
                                                       quoted(text_of(*again)), again->line));
}

Status WordList::finish(bool with_backoffs, const LineReader& lines, ArpaModel& model) {
  TERCET_TRY(sort(lines));
  model.orders.emplace_back();
  WordId expected = 0;
  for (const Word& word : words_) {
    while (expected < word.special) append_missing(expected++, with_backoffs, model);
    append(word.special, text_of(word), word.values, with_backoffs, model);
    expected = std::min(word.special + 1, kFirstWord);
  }
  while (expected < kFirstWord) append_missing(expected++, with_backoffs, model);
  release(words_);
  release(bytes_);
  return {};
}

}  // namespace tercet::interop
