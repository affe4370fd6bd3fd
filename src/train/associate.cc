#include "train/associate.h"

#include <algorithm>
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
      : rows_(rows), cells_(cells), near_(classes), totals_(classes, 0) {}

  void add(LaneToken token) noexcept {
    std::size_t count = 0;
    for (const std::uint16_t other : near_.add(token)) {
      const std::size_t row = std::max(token.word, other);
      mine_[count] = {cells_before(row) - cells_before(rows_.begin) + std::min(token.word, other),
                      other};
      count += row - rows_.begin < rows_.size() ? 1 : 0;
    }
    totals_[token.word] += count;
    for (std::size_t i = 0; i < count; ++i) {
      std::uint8_t& cell = cells_[mine_[i].cell];
      cell = static_cast<std::uint8_t>(cell + (cell != model::kMostCounted ? 1 : 0));
      ++totals_[mine_[i].other];
    }
  }
  /// What the thread's pairs add to each class.
  const std::vector<std::uint64_t>& totals() const noexcept { return totals_; }

 private:
  struct Increment {
    std::size_t cell;
    std::uint16_t other;
  };
  RowRange rows_;
  std::uint8_t* cells_;
  NearClasses near_;
  std::vector<std::uint64_t> totals_;
  std::array<Increment, kNearWords + 1> mine_{};
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
        neighbours_(occurrences.size(), 0),
        kept_(context.scratch()) {}

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
    const auto cells = memory->as<std::uint8_t>();
    const std::vector<RowRange> shares = share_out(rows);
    std::vector<std::vector<std::uint64_t>> totals(shares.size());
    const auto count_share = [&](std::uint32_t i) -> Status {
      RowCounter counter(shares[i], cells.data() + (cells_before(shares[i].begin) - first),
                         occurrences_.size());
      TERCET_TRY(scan(counter));
      totals[i] = counter.totals();
      return {};
    };
    TERCET_TRY(context_.run(static_cast<std::uint32_t>(shares.size()), count_share));
    for (const auto& of_share : totals) {
      for (std::size_t c = 0; c < of_share.size(); ++c) totals_[c] += of_share[c];
    }
    for (std::size_t row = rows.begin; row < rows.end; ++row)
      keep(row, cells.subspan(cells_before(row) - first, row));
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

  void keep(std::size_t row, std::span<const std::uint8_t> cells) {
    for (std::size_t column = 0; column < cells.size(); ++column) {
      if (cells[column] < least_count_) continue;
      kept_.put(
          {static_cast<std::uint16_t>(row), static_cast<std::uint16_t>(column), cells[column]});
      ++neighbours_[row];
      ++neighbours_[column];
    }
  }

  /// Makes whole rows of the kept pairs. They come row by row, so each class meets its neighbours
  /// in their order: those before it in its own row, the others in theirs.
  Status write_rows(Associations& out) {
    Records<KeptPair> kept;
    TERCET_TRY(kept_.finish(kept));
    out.pairs = kept.size();
    auto memory = context_.allocate(2 * out.pairs * sizeof(Neighbour));
    if (!memory) return std::move(memory).error();
    const auto all = memory->as<Neighbour>();
    std::vector<std::uint64_t> ends;  // Of what is known of each class's neighbours so far.
    std::uint64_t begin = 0;
    for (const std::uint32_t count : neighbours_)
      ends.push_back(std::exchange(begin, begin + count));
    RecordReader<KeptPair> reader(kept);
    while (reader.remaining() != 0) {
      const KeptPair pair = reader.get();
      all[ends[pair.row]++] = {pair.column, pair.count};
      all[ends[pair.column]++] = {pair.row, pair.count};
    }
    TERCET_TRY(reader.status());
    return encode(all, out);
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
  RecordWriter<KeptPair> kept_;
  std::uint64_t scans_ = 1;
};

}  // namespace

Result<Associations> associate(std::span<const Records<LaneToken>> text,
                               std::span<const std::uint64_t> occurrences,
                               std::uint32_t least_count, const TrainContext& context) {
  return Associator(text, occurrences, least_count, context).run();
}

}  // namespace tercet::train
