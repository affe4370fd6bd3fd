#include "model/pack.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "core/bytes.h"
#include "core/error.h"
#include "model/costs.h"

namespace tercet::model {
namespace {

using format::SectionKind;

constexpr std::size_t kBufferBytes = std::size_t{1} << 18;

/// Streams one section: buffers, adds up the checksum, remembers the first error.
class SectionWriter {
 public:
  SectionWriter(core::Sink& sink, std::uint64_t offset) : sink_(sink), offset_(offset) {
    buffer_.resize(kBufferBytes);
  }

  /// The low `kBytes` bytes of a little-endian number.
  template <std::size_t kBytes, class T>
  void put(T value) {
    static_assert(kBytes <= sizeof(T));
    if (used_ + sizeof(T) > buffer_.size()) flush();
    core::store(buffer_.data() + used_, value);
    used_ += kBytes;
  }
  template <class T>
  void put(T value) {
    put<sizeof(T)>(value);
  }
  void flush() {
    const std::span<const std::byte> bytes(buffer_.data(), used_);
    checksummer_.add(bytes);
    if (status_.ok()) status_ = sink_.write_at(offset_, bytes);
    offset_ += used_;
    used_ = 0;
  }
  std::uint64_t checksum() const noexcept { return checksummer_.value(); }
  const Status& status() const noexcept { return status_; }

 private:
  core::Sink& sink_;
  std::uint64_t offset_;
  std::vector<std::byte> buffer_;
  std::size_t used_ = 0;
  core::Checksummer checksummer_;
  Status status_;
};

/// Streams the minimum of every `per_block` values.
class MinimaWriter {
 public:
  MinimaWriter(SectionWriter& out, std::uint32_t per_block) : out_(out), per_block_(per_block) {}
  void add(std::uint16_t value) {
    minimum_ = std::min(minimum_, value);
    if (++in_block_ == per_block_) close();
  }
  void finish() {
    if (in_block_ != 0) close();
  }

 private:
  void close() {
    out_.put(minimum_);
    minimum_ = kNeverCost;
    in_block_ = 0;
  }
  SectionWriter& out_;
  std::uint32_t per_block_;
  std::uint32_t in_block_ = 0;
  std::uint16_t minimum_ = kNeverCost;
};

constexpr bool is_attested(std::uint32_t n) noexcept {
  return n >= kFirstAttested && n <= kLastAttested;
}

std::vector<format::SectionEntry> plan(const Parameters& parameters,
                                       std::span<const std::uint64_t> contexts,
                                       const VocabularyImage& vocabulary, std::size_t notes_bytes,
                                       const LaneImage* lanes) {
  std::vector<format::SectionEntry> sections;
  const auto add = [&](SectionKind kind, std::uint32_t order, std::uint64_t bytes) {
    sections.push_back({kind, order, 0, bytes, 0});
  };
  add(SectionKind::kParameters, 0, sizeof(Parameters));
  add(SectionKind::kNotes, 0, notes_bytes);
  add(SectionKind::kWordOffsets, 0, std::as_bytes(std::span(vocabulary.word_offsets)).size());
  add(SectionKind::kWordBytes, 0, vocabulary.word_bytes.size());
  add(SectionKind::kWordClasses, 0, vocabulary.classes.size());
  if (!vocabulary.form_offsets.empty()) {
    add(SectionKind::kFormOffsets, 0, std::as_bytes(std::span(vocabulary.form_offsets)).size());
    add(SectionKind::kFormBytes, 0, vocabulary.form_bytes.size());
  }
  for (std::uint32_t n = 1; n <= parameters.order; ++n) {
    const std::uint64_t entries = parameters.ngrams[n - 1];
    if (n > 1) add(SectionKind::kWords, n, core::kBytesPerWordId * entries);
    add(SectionKind::kCosts, n, 2 * entries);
    add(SectionKind::kBlockMinima, n, 2 * divide_up(entries, kEntriesPerBlock));
    add(SectionKind::kSuperblockMinima, n, 2 * divide_up(entries, kEntriesPerSuperblock));
    if (n == parameters.order) break;
    add(SectionKind::kContextMarks, n, sizeof(ContextMark) * divide_up(entries, kEntriesPerMark));
    add(SectionKind::kContexts, n, kContextBytes * (contexts[n - 1] + 1));
  }
  if (lanes == nullptr) return sections;
  add(SectionKind::kLaneParameters, 0, sizeof(LaneParameters));
  add(SectionKind::kLaneWordClasses, 0, std::as_bytes(std::span(lanes->word_classes)).size());
  add(SectionKind::kLaneRowOffsets, 0, std::as_bytes(std::span(lanes->row_offsets)).size());
  add(SectionKind::kLaneRows, 0, lanes->rows.size());
  add(SectionKind::kLaneTotals, 0, std::as_bytes(std::span(lanes->totals)).size());
  add(SectionKind::kLaneBands, 0, lanes->bands.size());
  add(SectionKind::kLaneNull, 0, sizeof(float) * kBands * kNullQuantiles);
  for (std::uint32_t n = kFirstAttested; n <= std::min(kLastAttested, parameters.order); ++n)
    add(SectionKind::kLaneAttested, n, parameters.ngrams[n - 1]);
  return sections;
}

}  // namespace

void VocabularyImage::add(std::string_view word, WordClass word_class) {
  word_bytes += word;
  word_offsets.push_back(static_cast<std::uint32_t>(word_bytes.size()));
  classes.push_back(static_cast<std::uint8_t>(word_class));
}

void VocabularyImage::add_forms(std::string_view blob) {
  if (form_offsets.empty()) form_offsets.push_back(0);
  form_bytes += blob;
  form_offsets.push_back(static_cast<std::uint32_t>(form_bytes.size()));
}

bool VocabularyImage::fits() const noexcept {
  return std::max(word_bytes.size(), form_bytes.size()) <=
         std::numeric_limits<std::uint32_t>::max();
}

/// The open sections of the order being written.
struct Packer::OrderWriters {
  OrderWriters(Packer& packer, std::uint32_t order)
      : n(order),
        highest(order == packer.parameters_.order),
        words(open(packer, SectionKind::kWords, order > 1)),
        costs(open(packer, SectionKind::kCosts, true)),
        blocks(open(packer, SectionKind::kBlockMinima, true)),
        superblocks(open(packer, SectionKind::kSuperblockMinima, true)),
        marks(open(packer, SectionKind::kContextMarks, !highest)),
        contexts(open(packer, SectionKind::kContexts, !highest)),
        attested(open(packer, SectionKind::kLaneAttested, packer.has_lanes_ && is_attested(order))),
        block_minima(*blocks, kEntriesPerBlock),
        superblock_minima(*superblocks, kEntriesPerSuperblock) {}

  std::unique_ptr<SectionWriter> open(Packer& packer, SectionKind kind, bool wanted) const {
    if (!wanted) return nullptr;
    const std::size_t index = packer.section_index(kind, n);
    return std::make_unique<SectionWriter>(packer.sink_, packer.layout_->offset(index));
  }

  void add_context(const PackedEntry& entry) {
    if (entry.is_context) {
      mark.bits |= 1U << in_mark;
      put_context(entry.stored_backoff);
      ++context_count;
      children_before += entry.children;
    }
    if (++in_mark == kEntriesPerMark) close_mark();
  }
  void put_context(std::uint16_t stored_backoff) {
    contexts->put(children_before);
    contexts->put(stored_backoff);
  }
  void close_mark() {
    marks->put(mark);
    mark = {context_count, 0};
    in_mark = 0;
  }
  void finish() {
    block_minima.finish();
    superblock_minima.finish();
    if (highest) return;
    if (in_mark != 0) close_mark();
    put_context(0);
  }

  std::uint32_t n;
  bool highest;
  std::unique_ptr<SectionWriter> words, costs, blocks, superblocks, marks, contexts, attested;
  MinimaWriter block_minima, superblock_minima;
  ContextMark mark{0, 0};
  std::uint32_t in_mark = 0;
  std::uint32_t context_count = 0;
  std::uint32_t children_before = 0;
};

Packer::Packer(core::Sink& sink, const Parameters& parameters,
               std::span<const std::uint64_t> contexts, const VocabularyImage& vocabulary,
               const Notes& notes, const LaneImage* lanes)
    : sink_(sink), parameters_(parameters), has_lanes_(lanes != nullptr) {
  const std::string notes_text = encode_notes(notes);
  layout_ = std::make_unique<format::Layout>(
      plan(parameters, contexts, vocabulary, notes_text.size(), lanes));
  checksums_.resize(layout_->sections().size());
  status_ = sink_.write_at(0, layout_->unfinished_header());
  write_whole(SectionKind::kParameters, core::bytes_of(parameters_));
  write_whole(SectionKind::kNotes, std::as_bytes(std::span(notes_text)));
  write_whole(SectionKind::kWordOffsets, std::as_bytes(std::span(vocabulary.word_offsets)));
  write_whole(SectionKind::kWordBytes, std::as_bytes(std::span(vocabulary.word_bytes)));
  write_whole(SectionKind::kWordClasses, std::as_bytes(std::span(vocabulary.classes)));
  if (!vocabulary.form_offsets.empty()) {
    write_whole(SectionKind::kFormOffsets, std::as_bytes(std::span(vocabulary.form_offsets)));
    write_whole(SectionKind::kFormBytes, std::as_bytes(std::span(vocabulary.form_bytes)));
  }
  if (lanes != nullptr) write_lanes(*lanes);
}

void Packer::write_lanes(const LaneImage& lanes) {
  write_whole(SectionKind::kLaneParameters, core::bytes_of(lanes.parameters));
  write_whole(SectionKind::kLaneWordClasses, std::as_bytes(std::span(lanes.word_classes)));
  write_whole(SectionKind::kLaneRowOffsets, std::as_bytes(std::span(lanes.row_offsets)));
  write_whole(SectionKind::kLaneRows, lanes.rows);
  write_whole(SectionKind::kLaneTotals, std::as_bytes(std::span(lanes.totals)));
  write_whole(SectionKind::kLaneBands, std::as_bytes(std::span(lanes.bands)));
  const std::vector<std::byte> zeros(sizeof(float) * kBands * kNullQuantiles);
  write_whole(SectionKind::kLaneNull, zeros);
}

Packer::~Packer() = default;

std::size_t Packer::section_index(SectionKind kind, std::uint32_t order) const noexcept {
  const auto& sections = layout_->sections();
  const auto found = std::find_if(sections.begin(), sections.end(), [&](const auto& section) {
    return section.kind == kind && section.order == order;
  });
  return static_cast<std::size_t>(found - sections.begin());
}

void Packer::write_whole(SectionKind kind, std::span<const std::byte> bytes) {
  const std::size_t index = section_index(kind, 0);
  checksums_[index] = core::checksum(bytes);
  if (status_.ok()) status_ = sink_.write_at(layout_->offset(index), bytes);
}

void Packer::begin_order(std::uint32_t n) { order_ = std::make_unique<OrderWriters>(*this, n); }

void Packer::add(const PackedEntry& entry) {
  OrderWriters& order = *order_;
  if (order.words != nullptr) order.words->put<core::kBytesPerWordId>(entry.word);
  order.costs->put(entry.cost);
  order.block_minima.add(entry.cost);
  order.superblock_minima.add(entry.cost);
  if (order.attested != nullptr) order.attested->put(entry.attested);
  if (!order.highest) order.add_context(entry);
}

Status Packer::end_order() {
  order_->finish();
  const std::pair<SectionKind, SectionWriter*> writers[] = {
      {SectionKind::kWords, order_->words.get()},
      {SectionKind::kCosts, order_->costs.get()},
      {SectionKind::kBlockMinima, order_->blocks.get()},
      {SectionKind::kSuperblockMinima, order_->superblocks.get()},
      {SectionKind::kContextMarks, order_->marks.get()},
      {SectionKind::kContexts, order_->contexts.get()},
      {SectionKind::kLaneAttested, order_->attested.get()}};
  for (const auto& [kind, writer] : writers) {
    if (writer == nullptr) continue;
    writer->flush();
    checksums_[section_index(kind, order_->n)] = writer->checksum();
    if (status_.ok()) status_ = writer->status();
  }
  order_.reset();
  return status_;
}

Status Packer::finish() {
  // The padding after the last section reads as zero, whatever the sink does with gaps.
  const std::uint64_t last = layout_->file_bytes() - format::kTailPadding;
  const std::byte zeros[format::kTailPadding] = {};
  if (status_.ok()) status_ = sink_.write_at(last, zeros);
  if (status_.ok()) status_ = sink_.write_at(0, layout_->header(checksums_));
  return status_;
}

Status write_lane_null(const format::Container& container, std::span<const float> null,
                       core::Sink& sink) {
  const std::vector<format::SectionEntry> sections(container.sections().begin(),
                                                   container.sections().end());
  std::vector<std::uint64_t> checksums;
  checksums.reserve(sections.size());
  for (const format::SectionEntry& section : sections) {
    const bool is_null = section.kind == SectionKind::kLaneNull;
    checksums.push_back(is_null ? core::checksum(std::as_bytes(null)) : section.checksum);
    if (is_null) TERCET_TRY(sink.write_at(section.offset, std::as_bytes(null)));
  }
  return sink.write_at(0, format::Layout(sections).header(checksums));
}

}  // namespace tercet::model
