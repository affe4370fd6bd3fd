#include "train/associate.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <numeric>
#include <utility>

#include "core/error.h"

namespace tercet::train {
namespace {

/// Rows of the table, [begin, end). Row r has the pairs of class r with the classes before it.
struct RowRange {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t size() const noexcept { return end - begin; }
};

/// Cells of all rows before `row`.
constexpr std::size_t cells_before(std::size_t row) noexcept {
  return row * (std::max<std::size_t>(row, 1) - 1) / 2;
}

/// Counts the rows of one thread.
class RowCounter {
 public:
  /// `cells` are those of `rows`, all zero.
  RowCounter(RowRange rows, std::uint8_t* cells, std::size_t classes)
      : rows_(rows),
        cells_(cells),
        first_(cells_before(rows.begin)),
        near_(classes),
        totals_(classes, 0) {}

  void add(LaneToken token) noexcept {
    const auto near = near_.add(token);
    if (waiting_ + near.size() > kMostWaiting) flush();
    const std::uint32_t before = waiting_;
    for (const std::uint16_t other : near) {
      // The greater and the lesser of the two, without a branch: nobody could guess it.
      const auto both = static_cast<std::uint32_t>(token.word ^ other);
      const std::uint32_t greater = other ^ (both & (0U - std::uint32_t{other < token.word}));
      const auto cell =
          static_cast<std::uint32_t>(cells_before(greater) - first_) + (both ^ greater);
      cell_of_[waiting_] = cell;
      other_of_[waiting_] = other;
      const bool is_mine = other != token.word && greater - rows_.begin < rows_.size();
      if (is_mine) __builtin_prefetch(cells_ + cell, 1);
      waiting_ += is_mine ? 1 : 0;
    }
    totals_[token.word] += waiting_ - before;
  }
  /// What the thread's pairs add to each class. Ends the counting.
  const std::vector<std::uint64_t>& totals() noexcept {
    flush();
    return totals_;
  }

 private:
  /// So many cells are on their way to the cache at once.
  static constexpr std::size_t kMostWaiting = 256;

  void flush() noexcept {
    for (std::uint32_t i = 0; i < waiting_; ++i) {
      std::uint8_t& cell = cells_[cell_of_[i]];
      cell = static_cast<std::uint8_t>(cell + (cell != model::kMostCounted ? 1 : 0));
      ++totals_[other_of_[i]];
    }
    waiting_ = 0;
  }

  RowRange rows_;
  std::uint8_t* cells_;
  std::size_t first_;  // Cells of all rows before the own ones.
  NearClasses near_;
  std::vector<std::uint64_t> totals_;
  std::uint32_t waiting_ = 0;
  std::array<std::uint32_t, kMostWaiting + 1> cell_of_{};
  std::array<std::uint16_t, kMostWaiting + 1> other_of_{};
};

class Associator {
 public:
  Associator(std::span<const Records<LaneToken>> text, std::span<const std::uint64_t> occurrences,
             std::uint32_t least_count, const TrainContext& context)
      : text_(text),
        occurrences_(occurrences),
        least_count_(least_count),
        context_(context),
        totals_(occurrences.size(), 0),
        neighbours_(occurrences.size(), 0) {}

  Result<Associations> run() {
    const std::vector<RowRange> blocks = cut_blocks();
    scans_ = blocks.size() * context_.threads();
    for (const RowRange& rows : blocks) TERCET_TRY(count_rows(rows));
    Associations out;
    for (const std::uint64_t total : totals_) {
      out.totals.push_back(static_cast<std::uint32_t>(
          std::min<std::uint64_t>(total, std::numeric_limits<std::uint32_t>::max())));
    }
    TERCET_TRY(write_rows(out));
    return out;
  }

 private:
  /// A pair of classes that was counted often enough.
  struct KeptPair {
    std::uint16_t row;
    std::uint16_t column;  ///< Less than the row.
    std::uint16_t count;
  };
  struct Neighbour {
    std::uint16_t other;
    std::uint16_t count;
  };
  static constexpr std::size_t kCellsPerLook = 32;

  std::vector<RowRange> cut_blocks() const {
    const auto most = static_cast<std::size_t>(context_.memory() / 2);
    std::vector<RowRange> blocks;
    for (std::size_t row = 0; row < occurrences_.size(); ++row) {
      const bool full =
          !blocks.empty() && cells_before(row + 1) - cells_before(blocks.back().begin) > most;
      if (blocks.empty() || full) blocks.push_back({row, row});
      blocks.back().end = row + 1;
    }
    return blocks;
  }

  /// One pass over the text.
  Status count_rows(RowRange rows) {
    const std::size_t first = cells_before(rows.begin);
    auto memory = os::Memory::plain(cells_before(rows.end) - first);
    if (!memory) return std::move(memory).error();
    const std::vector<RowRange> shares = share_out(rows);
    std::vector<std::vector<std::uint64_t>> totals(shares.size());
    std::vector<Records<KeptPair>> kept(shares.size());
    const auto count_share = [&](std::uint32_t i) -> Status {
      std::uint8_t* const cells =
          memory->as<std::uint8_t>().data() + (cells_before(shares[i].begin) - first);
      RowCounter counter(shares[i], cells, occurrences_.size());
      TERCET_TRY(scan(counter));
      totals[i] = counter.totals();
      return keep(shares[i], cells, kept[i]);
    };
    TERCET_TRY(context_.run(static_cast<std::uint32_t>(shares.size()), count_share));
    for (const auto& of_share : totals) {
      for (std::size_t c = 0; c < of_share.size(); ++c) totals_[c] += of_share[c];
    }
    std::move(kept.begin(), kept.end(), std::back_inserter(kept_));
    return {};
  }

  /// Ranges of about equal work. That of a row: its class is frequent, and those before it are.
  std::vector<RowRange> share_out(RowRange rows) const {
    std::vector<double> work;
    double before = 0;
    double total = 0;
    for (std::size_t row = 0; row < rows.end; ++row) {
      const auto own = static_cast<double>(occurrences_[row]);
      if (row >= rows.begin) work.push_back(total += own * before);
      before += own;
    }
    std::vector<RowRange> shares;
    std::size_t begin = rows.begin;
    for (std::size_t row = rows.begin; row < rows.end; ++row) {
      const auto next = static_cast<double>(shares.size() + 1);
      const bool full = work[row - rows.begin] * context_.threads() >= total * next;
      if (!full && row + 1 != rows.end) continue;
      shares.push_back({begin, row + 1});
      begin = row + 1;
    }
    return shares;
  }

  Status scan(RowCounter& counter) const {
    for (const auto& part : text_) {
      RecordReader<LaneToken> reader(part);
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

  /// Writes down what was counted often enough.
  Status keep(RowRange rows, const std::uint8_t* cells, Records<KeptPair>& kept) const {
    RecordWriter<KeptPair> writer(context_.scratch());
    for (std::size_t row = rows.begin; row < rows.end; cells += row++) {
      for (std::size_t begin = 0; begin < row; begin += kCellsPerLook) {
        const std::size_t end = std::min(begin + kCellsPerLook, row);
        // Most cells hold next to nothing: a glance at many at once passes over them.
        if (*std::max_element(cells + begin, cells + end) < least_count_) continue;
        for (std::size_t column = begin; column < end; ++column) {
          if (cells[column] < least_count_) continue;
          writer.put(
              {static_cast<std::uint16_t>(row), static_cast<std::uint16_t>(column), cells[column]});
        }
      }
    }
    return writer.finish(kept);
  }

  /// Makes whole rows of the kept pairs. They come row by row, so each class meets its neighbours
  /// in their order: those before it in its own row, the others in theirs.
  Status write_rows(Associations& out) {
    TERCET_TRY(for_each_kept([&](const KeptPair& pair) {
      ++neighbours_[pair.row];
      ++neighbours_[pair.column];
      ++out.pairs;
    }));
    auto memory = context_.allocate(2 * out.pairs * sizeof(Neighbour));
    if (!memory) return std::move(memory).error();
    const auto all = memory->as<Neighbour>();
    std::vector<std::uint64_t> ends(neighbours_.size());  // Of what is known of each class so far.
    std::exclusive_scan(neighbours_.begin(), neighbours_.end(), ends.begin(), std::uint64_t{0});
    TERCET_TRY(for_each_kept([&](const KeptPair& pair) {
      all[ends[pair.row]++] = {pair.column, pair.count};
      all[ends[pair.column]++] = {pair.row, pair.count};
    }));
    return encode(all, out);
  }

  template <class Visit>
  Status for_each_kept(Visit&& visit) const {
    for (const auto& kept : kept_) {
      RecordReader<KeptPair> reader(kept);
      while (reader.remaining() != 0) visit(reader.get());
      TERCET_TRY(reader.status());
    }
    return {};
  }

  Status encode(std::span<const Neighbour> all, Associations& out) const {
    out.row_offsets.push_back(0);
    std::size_t size = 0;
    for_each_row(all, [&](std::span<const Neighbour> row) {
      for_each_pair(row, [&](std::size_t, std::size_t) { ++size; });
      out.row_offsets.push_back(static_cast<std::uint32_t>(size));
    });
    auto rows = context_.allocate(size * model::kLanePairBytes);
    if (!rows) return std::move(rows).error();
    std::byte* to = rows->bytes().data();
    for_each_row(all, [&](std::span<const Neighbour> row) {
      for_each_pair(row, [&](std::size_t step, std::size_t count) {
        *to++ = static_cast<std::byte>(step);
        *to++ = static_cast<std::byte>(count);
      });
    });
    out.rows = std::move(*rows);
    return {};
  }

  template <class Visit>
  void for_each_row(std::span<const Neighbour> all, Visit&& visit) const {
    for (const std::uint32_t count : neighbours_) {
      visit(all.first(count));
      all = all.subspan(count);
    }
  }

  /// Calls pair(step, count) for each element of section kLaneRows.
  template <class Pair>
  static void for_each_pair(std::span<const Neighbour> row, Pair&& pair) {
    std::size_t next = 0;  // One past the class that was written last.
    for (const Neighbour& neighbour : row) {
      std::size_t step = neighbour.other + std::size_t{1} - next;
      for (; step > model::kLongestStep; step -= model::kLongestStep) pair(model::kLongestStep, 0);
      pair(step, neighbour.count);
      next = neighbour.other + std::size_t{1};
    }
  }

  std::span<const Records<LaneToken>> text_;
  std::span<const std::uint64_t> occurrences_;
  std::uint32_t least_count_;
  const TrainContext& context_;
  std::vector<std::uint64_t> totals_;
  std::vector<std::uint32_t> neighbours_;  // How many each class has.
  std::vector<Records<KeptPair>> kept_;    // Row by row.
  std::uint64_t scans_ = 1;
};

}  // namespace

Result<Associations> associate(std::span<const Records<LaneToken>> text,
                               std::span<const std::uint64_t> occurrences,
                               std::uint32_t least_count, const TrainContext& context) {
  return Associator(text, occurrences, least_count, context).run();
}

}  // namespace tercet::train
