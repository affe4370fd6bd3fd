#include "format/container.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "core/bytes.h"
#include "core/checksum.h"
#include "core/error.h"

namespace tercet::format {
namespace {

constexpr std::size_t kChecksummedHeaderBytes = 40;

std::uint64_t align_up(std::uint64_t offset) noexcept {
  return (offset + kSectionAlignment - 1) / kSectionAlignment * kSectionAlignment;
}

bool all_zero(std::span<const std::byte> bytes) noexcept {
  return std::all_of(bytes.begin(), bytes.end(), [](std::byte b) { return b == std::byte{0}; });
}

std::string describe(const SectionEntry& section) {
  std::string text(name_of(section.kind));
  if (section.order != 0) text += " of order " + std::to_string(section.order);
  return text + " (byte " + std::to_string(section.offset) + ", " + std::to_string(section.bytes) +
         " bytes)";
}

/// What a file that is not ours may be, and what to do with it.
std::string guess_format(std::span<const std::byte> bytes) {
  const auto starts_with = [&](std::string_view text) {
    return bytes.size() >= text.size() && std::memcmp(bytes.data(), text.data(), text.size()) == 0;
  };
  if (starts_with("mmap lm "))
    return "; it is a KenLM binary: give `tercet convert` the ARPA file that it was built from";
  if (starts_with("\\data\\") || starts_with("\n\\data\\"))
    return "; it is an ARPA file: run `tercet convert FILE.arpa FILE.tct`";
  if (starts_with("\x28\xb5\x2f\xfd") || starts_with("\x1f\x8b"))
    return "; it is compressed: unpack it first (zstd -d, gunzip), or train from it";
  return "; make one from text with `tercet train`";
}

Status check_header(const FileHeader& header, std::span<const std::byte> bytes,
                    std::string_view name) {
  if (header.magic != kMagic) {
    return core::corrupt(std::string(name) + ": not a tercet model (magic at byte 0)" +
                         guess_format(bytes));
  }
  if (core::checksum(bytes.first(kChecksummedHeaderBytes)) != header.header_checksum)
    return core::damaged(name, "wrong checksum of the header (byte 0)");
  if (header.version != kVersion) {
    return core::unsupported(std::string(name) + ": format version " +
                             std::to_string(header.version) + ", this program reads version " +
                             std::to_string(kVersion) +
                             ": use a tercet that matches, or train again");
  }
  if (header.state != kFinished) {
    return core::corrupt(
        std::string(name) +
        ": the model was not finished (its training was interrupted): train again");
  }
  if (header.file_bytes != bytes.size()) {
    return core::damaged(name, "has " + std::to_string(bytes.size()) + " bytes, its header says " +
                                   std::to_string(header.file_bytes));
  }
  return {};
}

}  // namespace

std::string_view name_of(SectionKind kind) noexcept {
  switch (kind) {
    case SectionKind::kParameters:
      return "parameters";
    case SectionKind::kNotes:
      return "notes";
    case SectionKind::kWordOffsets:
      return "word offsets";
    case SectionKind::kWordBytes:
      return "word bytes";
    case SectionKind::kWordClasses:
      return "word classes";
    case SectionKind::kFormOffsets:
      return "form offsets";
    case SectionKind::kFormBytes:
      return "form bytes";
    case SectionKind::kWords:
      return "words";
    case SectionKind::kCosts:
      return "costs";
    case SectionKind::kBlockMinima:
      return "block minima";
    case SectionKind::kSuperblockMinima:
      return "superblock minima";
    case SectionKind::kContextMarks:
      return "context marks";
    case SectionKind::kContexts:
      return "contexts";
    case SectionKind::kLaneParameters:
      return "lane parameters";
    case SectionKind::kLaneWordClasses:
      return "lane word classes";
    case SectionKind::kLaneRowOffsets:
      return "lane row offsets";
    case SectionKind::kLaneRows:
      return "lane rows";
    case SectionKind::kLaneTotals:
      return "lane totals";
    case SectionKind::kLaneBands:
      return "lane bands";
    case SectionKind::kLaneNull:
      return "lane null";
    case SectionKind::kLaneAttested:
      return "lane attested counts";
  }
  return "unknown section";
}

Layout::Layout(std::vector<SectionEntry> sections) : sections_(std::move(sections)) {
  std::uint64_t offset = sizeof(FileHeader) + sections_.size() * sizeof(SectionEntry);
  for (SectionEntry& section : sections_) {
    offset = align_up(offset);
    section.offset = offset;
    offset += section.bytes;
  }
  file_bytes_ = align_up(offset) + kTailPadding;
}

std::vector<std::byte> Layout::encode(std::span<const std::uint64_t> checksums,
                                      std::uint32_t state) const {
  const std::size_t table_bytes = sections_.size() * sizeof(SectionEntry);
  std::vector<std::byte> out(sizeof(FileHeader) + table_bytes);
  std::byte* const table = out.data() + sizeof(FileHeader);
  for (std::size_t i = 0; i < sections_.size(); ++i) {
    SectionEntry entry = sections_[i];
    if (i < checksums.size()) entry.checksum = checksums[i];
    core::store(table + i * sizeof entry, entry);
  }
  FileHeader header;
  header.state = state;
  header.file_bytes = file_bytes_;
  header.section_count = static_cast<std::uint32_t>(sections_.size());
  header.table_checksum = core::checksum({table, table_bytes});
  header.header_checksum = core::checksum(core::bytes_of(header).first(kChecksummedHeaderBytes));
  core::store(out.data(), header);
  return out;
}

std::vector<std::byte> Layout::header(std::span<const std::uint64_t> checksums) const {
  return encode(checksums, kFinished);
}

std::vector<std::byte> Layout::unfinished_header() const { return encode({}, kUnfinished); }

Result<Container> Container::parse(std::span<const std::byte> bytes, std::string_view name,
                                   bool verify) {
  if (bytes.size() < sizeof(FileHeader) + kTailPadding) {
    return core::corrupt(std::string(name) + ": " + std::to_string(bytes.size()) +
                         " bytes are too few for a tercet model" + guess_format(bytes));
  }
  const auto header = core::load<FileHeader>(bytes.data());
  TERCET_TRY(check_header(header, bytes, name));
  const std::uint64_t table_bytes = std::uint64_t{header.section_count} * sizeof(SectionEntry);
  if (header.section_count > kMaxSections || table_bytes > bytes.size() - sizeof(FileHeader))
    return core::damaged(name, "impossible section count " + std::to_string(header.section_count));
  const auto table = bytes.subspan(sizeof(FileHeader), table_bytes);
  if (core::checksum(table) != header.table_checksum)
    return core::damaged(name, "wrong checksum of the section table (byte 48)");

  Container container;
  container.bytes_ = bytes;
  std::uint64_t previous_end = sizeof(FileHeader) + table_bytes;
  for (std::uint32_t i = 0; i < header.section_count; ++i) {
    const auto entry = core::load<SectionEntry>(table.data() + i * sizeof(SectionEntry));
    const std::uint64_t limit = bytes.size() - kTailPadding;
    if (entry.offset % kSectionAlignment != 0 || entry.offset < previous_end ||
        entry.offset > limit || entry.bytes > limit - entry.offset)
      return core::damaged(name, "section outside the file: " + describe(entry));
    if (verify && !all_zero(bytes.subspan(previous_end, entry.offset - previous_end)))
      return core::damaged(name, "padding is not zero before section " + describe(entry));
    previous_end = entry.offset + entry.bytes;
    if (verify && core::checksum(bytes.subspan(entry.offset, entry.bytes)) != entry.checksum)
      return core::damaged(name, "wrong checksum of section " + describe(entry));
    container.sections_.push_back(entry);
  }
  if (verify && !all_zero(bytes.subspan(previous_end)))
    return core::damaged(name, "padding is not zero after the last section");
  return container;
}

std::span<const std::byte> Container::find(SectionKind kind, std::uint32_t order) const noexcept {
  for (const SectionEntry& section : sections_) {
    if (section.kind == kind && section.order == order)
      return bytes_.subspan(section.offset, section.bytes);
  }
  return {};
}

}  // namespace tercet::format
