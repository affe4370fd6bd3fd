// Makes the checksums of a damaged model right again, so that only the damage is left to find.
#ifndef TERCET_TESTS_FAULT_RESEAL_H_
#define TERCET_TESTS_FAULT_RESEAL_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "core/bytes.h"
#include "core/checksum.h"
#include "format/container.h"

namespace tercet::testing {

/// Any bytes: what the header and the table say is used as far as it lies within the file.
inline void reseal(std::span<std::byte> file) {
  using format::FileHeader;
  using format::SectionEntry;
  if (file.size() < sizeof(FileHeader)) return;
  auto header = core::load<FileHeader>(file.data());
  const std::uint64_t room = (file.size() - sizeof(FileHeader)) / sizeof(SectionEntry);
  const auto sections =
      static_cast<std::size_t>(std::min<std::uint64_t>(header.section_count, room));
  for (std::size_t i = 0; i < sections; ++i) {
    std::byte* const at = file.data() + sizeof(FileHeader) + i * sizeof(SectionEntry);
    auto entry = core::load<SectionEntry>(at);
    if (entry.offset > file.size() || entry.bytes > file.size() - entry.offset) continue;
    entry.checksum = core::checksum(file.subspan(entry.offset, entry.bytes));
    core::store(at, entry);
  }
  header.magic = format::kMagic;
  header.version = format::kVersion;
  header.state = format::kFinished;
  header.file_bytes = file.size();
  header.table_checksum =
      core::checksum(file.subspan(sizeof(FileHeader), sections * sizeof(SectionEntry)));
  header.header_checksum = core::checksum(core::bytes_of(header).first(40));
  core::store(file.data(), header);
}

}  // namespace tercet::testing

#endif  // TERCET_TESTS_FAULT_RESEAL_H_
