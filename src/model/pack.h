// Writes a `.tct` file from sorted n-grams, in one pass per order, in constant memory.
#ifndef TERCET_MODEL_PACK_H_
#define TERCET_MODEL_PACK_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/checksum.h"
#include "core/sink.h"
#include "format/container.h"
#include "model/lane_layout.h"
#include "model/layout.h"
#include "model/notes.h"
#include "tercet/error.h"

namespace tercet::model {

/// The vocabulary's sections, ready to be written. Offsets have one element more than there are
/// words; the form sections may be empty.
struct VocabularyImage {
  std::vector<std::uint32_t> word_offsets{0};
  std::string word_bytes;
  std::vector<std::uint8_t> classes;
  std::vector<std::uint32_t> form_offsets;
  std::string form_bytes;

  /// Appends the next word in id order.
  void add(std::string_view word, WordClass word_class);
  /// Appends the spellings of the next word in id order.
  void add_forms(std::string_view blob);
  /// Whether the bytes can be numbered: below 4 GiB of words, and of spellings.
  bool fits() const noexcept;
};

/// The lanes' sections, ready to be written (lane_layout.h). Not kLaneNull, which needs the
/// finished n-grams: write_lane_null(); nor kLaneAttested, which comes with them.
struct LaneImage {
  LaneParameters parameters;
  std::vector<std::uint16_t> word_classes;
  std::vector<std::uint32_t> row_offsets;
  std::span<const std::byte> rows;
  std::vector<std::uint32_t> totals;
  std::vector<std::uint8_t> bands;
};

/// An n-gram as the packer takes it.
struct PackedEntry {
  WordId word = 0;
  std::uint16_t cost = 0;
  std::uint16_t stored_backoff = 0;  ///< With the scale's bias; read only for contexts.
  std::uint32_t children = 0;        ///< Successors in the next order.
  bool is_context = false;           ///< Has children, or a backoff weight other than 1.
  std::uint8_t attested = 0;         ///< Code of attested.h; written for models with lanes.
};

/// Call order: (begin_order(1) add* end_order) ... (begin_order(N) add* end_order) finish.
/// Entries of an order come sorted by context, then word; exactly as many as announced.
/// After an error every later call returns it again.
class Packer {
 public:
  /// `contexts[n - 1]` = number of entries of order n with is_context. `sink` outlives the packer.
  /// A model without lanes has no image of them.
  Packer(core::Sink& sink, const Parameters& parameters, std::span<const std::uint64_t> contexts,
         const VocabularyImage& vocabulary, const Notes& notes, const LaneImage* lanes = nullptr);
  ~Packer();
  Packer(const Packer&) = delete;
  Packer& operator=(const Packer&) = delete;

  void begin_order(std::uint32_t n);
  void add(const PackedEntry& entry);
  Status end_order();
  /// Writes the finished header. The file is complete once this has succeeded.
  Status finish();

 private:
  struct OrderWriters;
  void write_whole(format::SectionKind kind, std::span<const std::byte> bytes);
  void write_lanes(const LaneImage& lanes);
  std::size_t section_index(format::SectionKind kind, std::uint32_t order) const noexcept;

  core::Sink& sink_;
  Parameters parameters_;
  bool has_lanes_;
  std::unique_ptr<format::Layout> layout_;
  std::vector<std::uint64_t> checksums_;
  std::unique_ptr<OrderWriters> order_;
  Status status_;
};

/// Puts section kLaneNull, which the packer left all zero, into the finished file that
/// `container` is and `sink` made; `null` is kBands x kNullQuantiles long.
Status write_lane_null(const format::Container& container, std::span<const float> null,
                       core::Sink& sink);

}  // namespace tercet::model

#endif  // TERCET_MODEL_PACK_H_
