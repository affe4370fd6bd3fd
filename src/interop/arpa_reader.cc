#include "interop/arpa_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "core/error.h"
#include "interop/arpa_header.h"
#include "interop/line_reader.h"
#include "interop/word_index.h"
#include "interop/word_list.h"

namespace tercet::interop {
namespace {

/// log10 p may exceed 0 by this much: rounding in the program that wrote the file.
constexpr double kRounding = 1e-4;
/// Weights beyond are no weights but rubbish.
constexpr double kMostLog10Backoff = 99;
/// Elements made room for on the header's word alone.
constexpr std::uint64_t kMostReserved = std::uint64_t{1} << 20;

struct RawNgram {
  ArpaModel::Key key;
  std::uint32_t line;  // After the section's first.
  Values values;
};

/// An n-gram whose context is missing.
struct Orphan {
  std::array<WordId, kMaxOrder> words;
  RawNgram ngram;
};

std::string counted(std::uint64_t count, std::string_view thing) {
  return fmt::format("{} {}{}", count, thing, count == 1 ? "" : "s");
}

class ArpaParser {
 public:
  ArpaParser(TextSource& source, std::string_view name) : lines_(source, name) {}

  Result<ArpaModel> run() {
    auto header = read_header(lines_);
    if (!header) return std::move(header).error();
    header_ = std::move(*header);
    model_.mark = header_.mark;
    // A file of our own may have <UNK> as a word of its own.
    if (header_.mark) specials_.be_strict();
    TERCET_TRY(read_unigrams());
    const WordIndex index(model_.vocabulary);
    index_ = &index;
    const auto order = static_cast<std::uint32_t>(header_.counts.size());
    for (std::uint32_t n = 2; n <= order; ++n) {
      TERCET_TRY(expect_section(n));
      TERCET_TRY(read_ngrams(n));
    }
    for (std::uint32_t i = 1; i <= header_.empty_orders; ++i) TERCET_TRY(expect_section(order + i));
    TERCET_TRY(read_end());
    add_warnings();
    return std::move(model_);
  }

 private:
  // Lines.
  Status expect_section(std::uint32_t n);
  Status read_end();
  template <class Add>
  Status read_section(std::uint32_t n, Add&& add);
  Result<Values> parse_values(std::span<const std::string_view> fields, std::uint32_t n);
  Result<float> parse_backoff(std::string_view field);

  Status read_unigrams();

  // Higher orders.
  Status read_ngrams(std::uint32_t n);
  Status add_ngram(std::span<const std::string_view> words, const Values& values);
  Status look_up(std::span<const std::string_view> words, std::size_t& same);
  Status adopt_orphans(std::uint32_t n);
  Status finish_ngrams(std::uint32_t n);
  void fill_order(std::uint32_t n);

  Error too_many_ngrams(std::uint32_t n) const;
  void add_warnings();

  LineReader lines_;
  ArpaHeader header_;
  ArpaModel model_;
  SpecialWords specials_;
  const WordIndex* index_ = nullptr;
  std::string_view line_;  // The one at hand.
  std::uint64_t section_line_ = 0;

  std::vector<RawNgram> raw_;
  std::vector<Orphan> orphans_;
  std::array<WordId, kMaxOrder> words_{};        // Of the line before.
  std::array<std::uint32_t, kMaxOrder> path_{};  // path_[k]: entry of its first k + 1 words.
  std::uint64_t filled_in_ = 0;
  std::uint64_t ignored_backoffs_ = 0;
};

// The section's first line has just been read. Leaves line_ at the first line behind the n-grams.
template <class Add>
Status ArpaParser::read_section(std::uint32_t n, Add&& add) {
  const std::uint64_t promised = header_.counts[n - 1];
  section_line_ = lines_.number();
  std::array<std::string_view, kMaxOrder + 3> fields;
  std::uint64_t count = 0;
  while (lines_.next(line_)) {
    const std::size_t found = split(line_, std::span(fields).first(n + 3));
    if (found == 0) continue;
    if (fields[0].front() == '\\') break;
    if (++count > promised) {
      return lines_.error(fmt::format(
          "one {}-gram more than the {} that the header promises; mend the line ngram {}=", n,
          promised, n));
    }
    if (found < n + 1 || found > n + 2) {
      return lines_.error(
          fmt::format("{}{} columns; a {}-gram is a log10 probability, {}, and "
                      "perhaps a backoff weight",
                      found > n + 2 ? "more than " : "", std::min<std::size_t>(found, n + 2), n,
                      counted(n, "word")));
    }
    auto values = parse_values(std::span(fields).first(found), n);
    if (!values) return std::move(values).error();
    TERCET_TRY(add(std::span<const std::string_view>(fields).subspan(1, n), *values));
  }
  TERCET_TRY(lines_.status());
  line_ = trim(line_);
  if (count == promised) return {};
  const std::string what = fmt::format("{} of {} {}-grams", count, promised, n);
  if (!line_.starts_with('\\')) return ends_early(lines_, "the rest of the n-grams (" + what + ")");
  return lines_.error("the section ends after " + what + "; the file is damaged: write it again");
}

Status ArpaParser::expect_section(std::uint32_t n) {
  if (line_.empty()) TERCET_TRY(next_item(lines_, section_line(n), line_));
  if (parse_section_line(line_) != n)
    return lines_.error(quoted(line_) + " where " + section_line(n) + " was expected");
  if (n > header_.counts.size()) line_ = {};  // Nothing in it: go on with the line behind.
  return {};
}

Status ArpaParser::read_end() {
  if (line_.empty()) TERCET_TRY(next_item(lines_, kEndLine, line_));
  if (line_ != kEndLine) return lines_.error(quoted(line_) + " where \\end\\ was expected");
  while (lines_.next(line_)) {
    if (!trim(line_).empty())
      return lines_.error("text after \\end\\; are these two files in one? import them apart");
  }
  return lines_.status();
}

Result<Values> ArpaParser::parse_values(std::span<const std::string_view> fields, std::uint32_t n) {
  const auto log10 = parse_number(fields[0]);
  if (!log10 || std::isnan(*log10)) {
    return lines_.error(quoted(fields[0]) + " where a log10 probability was expected");
  }
  if (*log10 > kRounding) {
    return lines_.error(fmt::format(
        "log10 probability {} is greater than 0; the program that wrote the file is at fault: "
        "write it anew with another one",
        fields[0]));
  }
  Values values;
  values.cost =
      *log10 <= kLogZero ? kNever : static_cast<float>(std::max(0.0, -*log10 * kBitsPerLog10));
  if (fields.size() <= n + 1) return values;
  auto backoff = parse_backoff(fields[n + 1]);
  if (!backoff) return std::move(backoff).error();
  values.backoff = *backoff;
  if (n == header_.counts.size() && values.backoff != 0) ++ignored_backoffs_;
  return values;
}

Result<float> ArpaParser::parse_backoff(std::string_view field) {
  const auto log10 = parse_number(field);
  if (!log10 || !(*log10 <= kMostLog10Backoff)) {
    return lines_.error(
        quoted(field) +
        " where the log10 of a backoff weight was expected (is there a word with a space in it?)");
  }
  return *log10 <= kLogZero ? kNever : static_cast<float>(-*log10 * kBitsPerLog10);
}

Status ArpaParser::read_unigrams() {
  WordList list;
  TERCET_TRY(read_section(1, [&](std::span<const std::string_view> words, const Values& values) {
    return list.add(words.front(), specials_.find(words.front()), values, lines_);
  }));
  return list.finish(header_.counts.size() > 1, lines_, model_);
}

Status ArpaParser::read_ngrams(std::uint32_t n) {
  raw_.reserve(std::min(header_.counts[n - 1], kMostReserved));
  words_.fill(kNoWord);
  TERCET_TRY(read_section(n, [this](std::span<const std::string_view> words, const Values& values) {
    return add_ngram(words, values);
  }));
  TERCET_TRY(adopt_orphans(n));
  return finish_ngrams(n);
}

/// Ids of the words, into words_. `same`: how many, from the first on, are as in the line before.
Status ArpaParser::look_up(std::span<const std::string_view> words, std::size_t& same) {
  same = words.size();
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (word_of(model_.vocabulary, words_[i]) == words[i]) continue;
    const WordId special = specials_.find(words[i]);
    const WordId id = special < kFirstWord ? special : index_->find(words[i]);
    if (id == kNoWord)
      return lines_.error("the word " + quoted(words[i]) + " is not among the 1-grams");
    if (id == words_[i]) continue;
    words_[i] = id;
    same = std::min(same, i);
  }
  return {};
}

Status ArpaParser::add_ngram(std::span<const std::string_view> words, const Values& values) {
  std::size_t same = 0;
  TERCET_TRY(look_up(words, same));
  const auto context_length = static_cast<std::uint32_t>(words.size() - 1);
  for (auto k = static_cast<std::uint32_t>(same); k < context_length; ++k) {
    if (k == 0) {
      path_[0] = words_[0];
    } else {
      path_[k] = path_[k - 1] == model::kNoEntry
                     ? model::kNoEntry
                     : model_.find(k + 1, model_.orders[k - 1].children(path_[k - 1]), words_[k]);
    }
  }
  if (raw_.size() + orphans_.size() >= model::kMaxEntries)
    return too_many_ngrams(context_length + 1);
  const RawNgram ngram{{path_[context_length - 1], words_[context_length]},
                       static_cast<std::uint32_t>(lines_.number() - section_line_),
                       values};
  if (ngram.key.context != model::kNoEntry) {
    raw_.push_back(ngram);
  } else {
    orphans_.push_back({words_, ngram});
  }
  return {};
}

/// Fills in the contexts that orphans need, the short ones first, and takes the orphans in.
Status ArpaParser::adopt_orphans(std::uint32_t n) {
  if (orphans_.empty()) return {};
  for (std::uint32_t k = 2; k < n; ++k) {
    std::vector<ArpaModel::Key> keys;
    for (const Orphan& orphan : orphans_) {
      const auto words = std::span(orphan.words).first(k);
      if (model_.find(words) == model::kNoEntry)
        keys.push_back({model_.find(words.first(k - 1)), words.back()});
    }
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    if (model_.orders[k - 1].size() + keys.size() > model::kMaxEntries) return too_many_ngrams(k);
    const std::vector<std::uint32_t> positions = model_.fill_in(k, keys);
    filled_in_ += keys.size();
    if (k + 1 < n) continue;
    for (RawNgram& ngram : raw_) {
      const auto before = std::upper_bound(positions.begin(), positions.end(), ngram.key.context);
      ngram.key.context += static_cast<std::uint32_t>(before - positions.begin());
    }
  }
  for (Orphan& orphan : orphans_) {
    orphan.ngram.key.context = model_.find(std::span(orphan.words).first(n - 1));
    raw_.push_back(orphan.ngram);
  }
  release(orphans_);
  return {};
}

Status ArpaParser::finish_ngrams(std::uint32_t n) {
  const auto before = [](const RawNgram& a, const RawNgram& b) {
    return a.key != b.key ? a.key < b.key : a.line < b.line;
  };
  if (!std::is_sorted(raw_.begin(), raw_.end(), before))
    std::sort(raw_.begin(), raw_.end(), before);
  const auto again =
      std::adjacent_find(raw_.begin(), raw_.end(),
                         [](const RawNgram& a, const RawNgram& b) { return a.key == b.key; });
  if (again != raw_.end()) {
    return lines_.error_at(
        section_line_ + (again + 1)->line,
        fmt::format("this {}-gram again; it was in line {}", n, section_line_ + again->line));
  }
  fill_order(n);
  return {};
}

/// From raw_ to the order's columns and its contexts' first_child.
void ArpaParser::fill_order(std::uint32_t n) {
  const bool highest = n == header_.counts.size();
  ArpaOrder order;
  order.words.reserve(raw_.size());
  order.costs.reserve(raw_.size());
  if (!highest) order.backoffs.reserve(raw_.size());
  ArpaOrder& lower = model_.orders.back();
  lower.first_child.assign(std::size_t{lower.size()} + 1, 0);
  for (const RawNgram& ngram : raw_) {
    order.words.push_back(ngram.key.word);
    order.costs.push_back(ngram.values.cost);
    if (!highest) order.backoffs.push_back(ngram.values.backoff);
    ++lower.first_child[ngram.key.context + 1];
  }
  for (std::size_t i = 1; i < lower.first_child.size(); ++i)
    lower.first_child[i] += lower.first_child[i - 1];
  release(raw_);
  model_.orders.push_back(std::move(order));
}

Error ArpaParser::too_many_ngrams(std::uint32_t n) const {
  return lines_.error(fmt::format("too many {}-grams; a model holds {}", n, model::kMaxEntries),
                      ErrorCode::kResource);
}

void ArpaParser::add_warnings() {
  specials_.add_warnings(model_.warnings);
  if (filled_in_ > 0) {
    model_.warnings.push_back(
        counted(filled_in_, "n-gram") +
        " added that longer ones begin with, with the probability that backing off gives");
  }
  if (ignored_backoffs_ > 0) {
    model_.warnings.push_back(counted(ignored_backoffs_, "backoff weight") +
                              " of the highest order ignored");
  }
  if (header_.empty_orders > 0) {
    model_.warnings.push_back(fmt::format("no n-grams beyond order {}: imported as a model of that",
                                          header_.counts.size()));
  }
}

}  // namespace

Result<ArpaModel> parse_arpa(TextSource& source, std::string_view name) {
  return ArpaParser(source, name).run();
}

}  // namespace tercet::interop
