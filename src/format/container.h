// The container of a `.tct` file: a header, a table of sections, and the sections. It knows nothing
// of what the sections mean (src/model does). Byte layout: docs/FORMAT.md.
#ifndef TERCET_FORMAT_CONTAINER_H_
#define TERCET_FORMAT_CONTAINER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tercet/error.h"

namespace tercet::format {

/// As PNG's: not text, and damaged by any transfer that translates line ends or strips bit 7.
inline constexpr std::array<unsigned char, 8> kMagic = {0x89, 'T',  'C',  'T',
                                                        '\r', '\n', 0x1a, '\n'};
inline constexpr std::uint32_t kVersion = 1;
inline constexpr std::uint32_t kUnfinished = 0;
inline constexpr std::uint32_t kFinished = 0x454E'4F44;  // "DONE"
inline constexpr std::size_t kSectionAlignment = 64;
/// Zero bytes after the last section, so that a reader may load a few bytes past any element.
inline constexpr std::size_t kTailPadding = 64;
inline constexpr std::uint32_t kMaxSections = 256;

/// The numbers are part of the format: never reuse one.
enum class SectionKind : std::uint32_t {
  kParameters = 1,
  kNotes = 2,
  kWordOffsets = 3,
  kWordBytes = 4,
  kWordClasses = 5,
  kFormOffsets = 6,
  kFormBytes = 7,
  kWords = 16,
  kCosts = 17,
  kBlockMinima = 18,
  kSuperblockMinima = 19,
  kContextMarks = 20,
  kContexts = 21,
  kLaneParameters = 32,
  kLaneWordClasses = 33,
  kLaneRowOffsets = 34,
  kLaneRows = 35,
  kLaneTotals = 36,
  kLaneBands = 37,
  kLaneNull = 38,
  kLaneAttested = 39,
};

std::string_view name_of(SectionKind kind) noexcept;

struct FileHeader {
  std::array<unsigned char, 8> magic = kMagic;
  std::uint32_t version = kVersion;
  std::uint32_t state = kUnfinished;
  std::uint64_t file_bytes = 0;
  std::uint32_t section_count = 0;
  std::uint32_t reserved = 0;
  std::uint64_t table_checksum = 0;   ///< Of the section table.
  std::uint64_t header_checksum = 0;  ///< Of the 40 bytes before it.
};
static_assert(sizeof(FileHeader) == 48);

struct SectionEntry {
  SectionKind kind;
  std::uint32_t order;  ///< n-gram order that the section belongs to, 0 for none.
  std::uint64_t offset;
  std::uint64_t bytes;
  std::uint64_t checksum;
};
static_assert(sizeof(SectionEntry) == 32);

/// Fixes where every section of known size lies: header, table, then the sections in the given
/// order, each on a kSectionAlignment boundary.
class Layout {
 public:
  /// Sizes only: offsets are computed, checksums left 0.
  explicit Layout(std::vector<SectionEntry> sections);

  const std::vector<SectionEntry>& sections() const noexcept { return sections_; }
  std::uint64_t file_bytes() const noexcept { return file_bytes_; }
  /// Offset in the file of section `index` of the constructor's list.
  std::uint64_t offset(std::size_t index) const noexcept { return sections_[index].offset; }

  /// The first bytes of the finished file, header and table, for these section checksums.
  std::vector<std::byte> header(std::span<const std::uint64_t> checksums) const;
  /// The same for a file still being written; readers refuse it with a clear text.
  std::vector<std::byte> unfinished_header() const;

 private:
  std::vector<std::byte> encode(std::span<const std::uint64_t> checksums,
                                std::uint32_t state) const;
  std::vector<SectionEntry> sections_;
  std::uint64_t file_bytes_ = 0;
};

/// Reads a container. Every offset and size has been checked against `bytes` before it is used.
class Container {
 public:
  /// `name` is only for error texts. With `verify`, every section's checksum is compared.
  static Result<Container> parse(std::span<const std::byte> bytes, std::string_view name,
                                 bool verify);

  /// The section's bytes, empty when there is none.
  std::span<const std::byte> find(SectionKind kind, std::uint32_t order = 0) const noexcept;
  std::span<const SectionEntry> sections() const noexcept { return sections_; }
  std::uint64_t file_bytes() const noexcept { return bytes_.size(); }

 private:
  std::span<const std::byte> bytes_;
  std::vector<SectionEntry> sections_;
};

}  // namespace tercet::format

#endif  // TERCET_FORMAT_CONTAINER_H_
