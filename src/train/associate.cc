#include "train/associate.h"

#include <algorithm>
#include <utility>

#include "core/error.h"
#include "train/lane_text.h"

namespace tercet::train {
namespace {

/// Rows of the table, [begin, end).
struct RowRange {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t size() const noexcept { return end - begin; }
};

/// An element of section kLaneRows.
struct LanePair {
  std::uint8_t step;
  std::uint8_t count;
};
static_assert(sizeof(LanePair) == model::kLanePairBytes);

/// Counts the rows of one thread.
class RowCounter {
 public:
  /// `cells` has a row of all classes for each of `rows`, all zero.
  RowCounter(RowRange rows, std::span<std::uint8_t> cells, std::span<std::uint64_t> totals)
      : rows_(rows), cells_(cells), totals_(totals), near_(totals.size()) {}

  void add(std::uint16_t word) noexcept {
    if (word == kTextBreak) return near_.clear();
    const auto near = near_.add(word);
    if (is_mine(word)) {
      std::uint8_t* const row = row_of(word);
      for (const std::uint16_t other : near) count(row[other]);
      totals_[word] += near.size();
    }
    for (const std::uint16_t other : near) {
      if (!is_mine(other)) continue;
      count(row_of(other)[word]);
      ++totals_[other];
    }
  }

 private:
  bool is_mine(std::uint16_t row) const noexcept { return row - rows_.begin < rows_.size(); }
  std::uint8_t* row_of(std::uint16_t row) const noexcept {
    return cells_.data() + (row - rows_.begin) * totals_.size();
  }
  /// No further than it can be stored.
  static void count(std::uint8_t& cell) noexcept {
    if (cell != model::kMostCounted) ++cell;
  }

  RowRange rows_;
  std::span<std::uint8_t> cells_;
  std::span<std::uint64_t> totals_;  // Of all classes; only the own rows' are touched.
  NearClasses near_;
};

class Associator {
 public:
  Associator(std::span<const Records<std::uint16_t>> text,
             std::span<const std::uint64_t> occurrences, std::uint32_t least_count,
             const TrainContext& context)
      : text_(text),
        occurrences_(occurrences),
        least_count_(least_count),
        context_(context),
        totals_(occurrences.size(), 0),
        pairs_(context.scratch()) {}

  Result<Associations> run() {
    const std::size_t classes = occurrences_.size();
    const auto most = static_cast<std::size_t>(context_.memory() / 2);
    const std::size_t height = std::clamp<std::size_t>(most / classes, 1, classes);
    scans_ = (classes + height - 1) / height * context_.threads();
    out_.row_offsets.push_back(0);
    for (std::size_t begin = 0; begin < classes; begin += height)
      TERCET_TRY(count_rows({begin, std::min(begin + height, classes)}));
    for (const std::uint64_t total : totals_) {
      out_.totals.push_back(static_cast<std::uint32_t>(
          std::min<std::uint64_t>(total, std::numeric_limits<std::uint32_t>::max())));
    }
    TERCET_TRY(keep_rows());
    return std::move(out_);
  }

 private:
  /// One pass over the text.
  Status count_rows(RowRange rows) {
    const std::size_t classes = occurrences_.size();
    auto memory = os::Memory::plain(rows.size() * classes);
    if (!memory) return std::move(memory).error();
    const auto cells = memory->as<std::uint8_t>();
    const std::vector<RowRange> shares = share_out(rows);
    const auto count = static_cast<std::uint32_t>(shares.size());
    const auto count_share = [&](std::uint32_t i) {
      const std::size_t first = (shares[i].begin - rows.begin) * classes;
      RowCounter counter(shares[i], cells.subspan(first, shares[i].size() * classes), totals_);
      return scan(counter);
    };
    TERCET_TRY(context_.run(count, count_share));
    for (std::size_t row = rows.begin; row < rows.end; ++row)
      write(row, cells.subspan((row - rows.begin) * classes, classes));
    return {};
  }

  /// Ranges of about equal work: a row's is as great as its class is frequent.
  std::vector<RowRange> share_out(RowRange rows) const {
    std::uint64_t total = 0;
    for (std::size_t row = rows.begin; row < rows.end; ++row) total += occurrences_[row];
    std::vector<RowRange> shares;
    std::size_t begin = rows.begin;
    std::uint64_t seen = 0;
    for (std::size_t row = rows.begin; row < rows.end; ++row) {
      seen += occurrences_[row];
      const bool full = seen * context_.threads() >= total * (shares.size() + 1);
      if (!full && row + 1 != rows.end) continue;
      shares.push_back({begin, row + 1});
      begin = row + 1;
    }
    return shares;
  }

  Status scan(RowCounter& counter) const {
    for (const auto& part : text_) {
      counter.add(kTextBreak);
      RecordReader<std::uint16_t> reader(part);
      for (std::uint64_t at = 0; reader.remaining() != 0; ++at) {
        counter.add(reader.get());
        if (at % kRecordsPerBatch != 0) continue;
        context_.step(kRecordsPerBatch / scans_);
        if (context_.stopped()) return core::cancelled();
      }
      TERCET_TRY(reader.status());
    }
    return {};
  }

  void write(std::size_t row, std::span<const std::uint8_t> cells) {
    std::size_t next = 0;  // One past the class that was written last.
    for (std::size_t other = 0; other < cells.size(); ++other) {
      if (cells[other] < least_count_) continue;
      std::size_t step = other + 1 - next;
      for (; step > model::kLongestStep; step -= model::kLongestStep) put({model::kLongestStep, 0});
      put({static_cast<std::uint8_t>(step), cells[other]});
      next = other + 1;
      out_.pairs += other > row ? 1 : 0;
    }
    out_.row_offsets.push_back(size_);
  }
  void put(LanePair pair) {
    pairs_.put(pair);
    ++size_;
  }

  Status keep_rows() {
    Records<LanePair> pairs;
    TERCET_TRY(pairs_.finish(pairs));
    auto rows = context_.allocate(pairs.size() * sizeof(LanePair));
    if (!rows) return std::move(rows).error();
    RecordReader<LanePair> reader(pairs);
    for (LanePair& pair : rows->as<LanePair>()) pair = reader.get();
    out_.rows = std::move(*rows);
    return reader.status();
  }

  std::span<const Records<std::uint16_t>> text_;
  std::span<const std::uint64_t> occurrences_;
  std::uint32_t least_count_;
  const TrainContext& context_;
  std::vector<std::uint64_t> totals_;
  RecordWriter<LanePair> pairs_;
  std::uint32_t size_ = 0;
  std::uint64_t scans_ = 1;
  Associations out_;
};

}  // namespace

Result<Associations> associate(std::span<const Records<std::uint16_t>> text,
                               std::span<const std::uint64_t> occurrences,
                               std::uint32_t least_count, const TrainContext& context) {
  return Associator(text, occurrences, least_count, context).run();
}

}  // namespace tercet::train
