#include "format/container.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/bytes.h"
#include "core/checksum.h"

namespace tercet::format {
namespace {

using Bytes = std::vector<std::byte>;

struct Section {
  SectionKind kind;
  std::uint32_t order;
  Bytes content;
};

Bytes bytes_from(std::string_view text) {
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

/// A container as a careful writer makes it.
Bytes build(const std::vector<Section>& sections) {
  std::vector<SectionEntry> entries;
  std::vector<std::uint64_t> checksums;
  for (const Section& section : sections) {
    entries.push_back({section.kind, section.order, 0, section.content.size(), 0});
    checksums.push_back(core::checksum(section.content));
  }
  const Layout layout(entries);
  Bytes file(layout.file_bytes());
  const Bytes header = layout.header(checksums);
  std::copy(header.begin(), header.end(), file.begin());
  for (std::size_t i = 0; i < sections.size(); ++i) {
    std::copy(sections[i].content.begin(), sections[i].content.end(),
              file.begin() + static_cast<std::ptrdiff_t>(layout.offset(i)));
  }
  return file;
}

Bytes example() {
  return build({{SectionKind::kParameters, 0, Bytes(88, std::byte{7})},
                {SectionKind::kWordBytes, 0, bytes_from("hello")},
                {SectionKind::kCosts, 2, {}},
                {SectionKind::kWords, 3, Bytes(64, std::byte{1})}});
}

/// Makes the header and table checksums right again after a change.
void seal(Bytes& file) {
  auto header = core::load<FileHeader>(file.data());
  const std::size_t table_bytes = std::min<std::size_t>(header.section_count * sizeof(SectionEntry),
                                                        file.size() - sizeof(FileHeader));
  header.table_checksum =
      core::checksum(std::span<const std::byte>(file).subspan(sizeof(FileHeader), table_bytes));
  header.header_checksum = core::checksum(core::bytes_of(header).first(40));
  core::store(file.data(), header);
}

template <class Change>
Bytes with_header(Bytes file, Change&& change) {
  auto header = core::load<FileHeader>(file.data());
  change(header);
  core::store(file.data(), header);
  seal(file);
  return file;
}

template <class Change>
Bytes with_entry(Bytes file, std::size_t index, Change&& change) {
  std::byte* const at = file.data() + sizeof(FileHeader) + index * sizeof(SectionEntry);
  auto entry = core::load<SectionEntry>(at);
  change(entry);
  core::store(at, entry);
  seal(file);
  return file;
}

/// The error, expected from both kinds of parsing.
Error error_of(const Bytes& file) {
  auto lenient = Container::parse(file, "x.tct", false);
  auto strict = Container::parse(file, "x.tct", true);
  EXPECT_FALSE(strict.ok());
  EXPECT_FALSE(lenient.ok());
  if (lenient.ok() || strict.ok()) return {ErrorCode::kIo, "no error"};
  EXPECT_EQ(lenient.error().message, strict.error().message);
  EXPECT_NE(strict.error().message.find("x.tct"), std::string::npos);
  return strict.error();
}

void expect_error(const Bytes& file, ErrorCode code, std::string_view part) {
  const Error error = error_of(file);
  EXPECT_EQ(error.code, code) << error.message;
  EXPECT_NE(error.message.find(part), std::string::npos) << error.message;
}

TEST(Layout, SectionsLieOnBoundariesInOrderWithoutOverlap) {
  const Layout layout({{SectionKind::kNotes, 0, 0, 1, 0},
                       {SectionKind::kCosts, 1, 0, 64, 0},
                       {SectionKind::kCosts, 2, 0, 0, 0},
                       {SectionKind::kCosts, 3, 0, 65, 0}});
  // 48 + 4 * 32 = 176 bytes of header; the next multiples of 64 are 192, 256, 320.
  EXPECT_EQ(layout.offset(0), 192U);
  EXPECT_EQ(layout.offset(1), 256U);
  EXPECT_EQ(layout.offset(2), 320U);
  EXPECT_EQ(layout.offset(3), 320U);
  EXPECT_EQ(layout.file_bytes(), 448 + kTailPadding);
}

RC_GTEST_PROP(Container, ReadsWhatWasWritten, ()) {
  const auto sizes = *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange(0UL, 300UL));
  std::vector<Section> sections;
  for (std::size_t i = 0; i < std::min<std::size_t>(sizes.size(), 30); ++i) {
    Bytes content(sizes[i]);
    for (auto& byte : content) byte = static_cast<std::byte>(*rc::gen::arbitrary<std::uint8_t>());
    sections.push_back({SectionKind::kWords, static_cast<std::uint32_t>(i), std::move(content)});
  }
  const Bytes file = build(sections);
  for (const bool verify : {false, true}) {
    auto container = Container::parse(file, "test", verify);
    RC_ASSERT(container.ok());
    RC_ASSERT(container->file_bytes() == file.size());
    RC_ASSERT(container->sections().size() == sections.size());
    for (const Section& section : sections)
      RC_ASSERT(std::ranges::equal(container->find(section.kind, section.order), section.content));
    RC_ASSERT(container->find(SectionKind::kNotes).empty());
    RC_ASSERT(container->find(SectionKind::kWords, 99).empty());
  }
}

TEST(Container, EveryFlippedBitOfHeaderAndTableIsRejected) {
  Bytes file = example();
  const std::size_t checked = sizeof(FileHeader) + 4 * sizeof(SectionEntry);
  for (std::size_t bit = 0; bit < 8 * checked; ++bit) {
    file[bit / 8] ^= static_cast<std::byte>(1U << (bit % 8));
    EXPECT_FALSE(Container::parse(file, "test", false).ok()) << "bit " << bit;
    file[bit / 8] ^= static_cast<std::byte>(1U << (bit % 8));
  }
  EXPECT_TRUE(Container::parse(file, "test", true).ok());
}

TEST(Container, EveryFlippedBitAnywhereIsRejectedWhenVerifying) {
  Bytes file = example();
  for (std::size_t bit = 0; bit < 8 * file.size(); ++bit) {
    file[bit / 8] ^= static_cast<std::byte>(1U << (bit % 8));
    auto container = Container::parse(file, "test", true);
    ASSERT_FALSE(container.ok()) << "bit " << bit;
    EXPECT_EQ(container.error().code, ErrorCode::kCorrupt);
    file[bit / 8] ^= static_cast<std::byte>(1U << (bit % 8));
  }
}

TEST(Container, EveryTruncationIsRejected) {
  const Bytes file = example();
  for (std::size_t size = 0; size < file.size(); ++size) {
    // A copy of exactly that size: AddressSanitizer sees any byte read behind it.
    const Bytes part(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(size));
    EXPECT_FALSE(Container::parse(part, "test", false).ok()) << size;
  }
  Bytes longer = file;
  longer.push_back({});
  EXPECT_FALSE(Container::parse(longer, "test", false).ok());
}

TEST(Container, PaddingMustBeZero) {
  const Bytes file = example();
  auto container = Container::parse(file, "test", true);
  ASSERT_TRUE(container.ok());
  std::vector<bool> owned(file.size());
  std::fill_n(owned.begin(), sizeof(FileHeader) + 4 * sizeof(SectionEntry), true);
  for (const SectionEntry& section : container->sections())
    std::fill_n(owned.begin() + static_cast<std::ptrdiff_t>(section.offset), section.bytes, true);
  int padding = 0;
  for (std::size_t i = 0; i < file.size(); ++i) {
    if (owned[i]) continue;
    ++padding;
    Bytes dirty = file;
    dirty[i] = std::byte{1};
    auto parsed = Container::parse(dirty, "test", true);
    ASSERT_FALSE(parsed.ok()) << i;
    EXPECT_NE(parsed.error().message.find("padding"), std::string::npos);
    EXPECT_TRUE(Container::parse(dirty, "test", false).ok());
  }
  EXPECT_GT(padding, 64);
}

TEST(Container, SaysWhatIsWrong) {
  const Bytes file = example();
  expect_error(with_header(file, [](FileHeader& h) { h.version = 2; }), ErrorCode::kUnsupported,
               "version 2");
  expect_error(with_header(file, [](FileHeader& h) { h.state = kUnfinished; }), ErrorCode::kCorrupt,
               "not finished");
  expect_error(with_header(file, [](FileHeader& h) { ++h.file_bytes; }), ErrorCode::kCorrupt,
               "its header says");
  expect_error(with_header(file, [](FileHeader& h) { h.magic[0] = 'X'; }), ErrorCode::kCorrupt,
               "not a tercet model");
  for (const std::uint32_t count : {257U, 0xFFFF'FFFFU, 8U}) {
    expect_error(with_header(file, [&](FileHeader& h) { h.section_count = count; }),
                 ErrorCode::kCorrupt, count == 8 ? "outside the file" : "section count");
  }
}

TEST(Container, SectionsOutsideTheFileAreRejected) {
  const Bytes file = example();
  const auto reject = [&](std::size_t index, auto change) {
    expect_error(with_entry(file, index, change), ErrorCode::kCorrupt, "outside the file");
  };
  reject(0, [](SectionEntry& s) { s.offset = 0; });
  reject(0, [](SectionEntry& s) { s.offset += 1; });
  reject(1, [](SectionEntry& s) { s.offset -= 64; });  // Overlaps the one before.
  reject(3, [&](SectionEntry& s) { s.bytes = file.size() - s.offset; });  // No tail padding left.
  reject(3, [](SectionEntry& s) { s.bytes = ~std::uint64_t{0}; });
  reject(3, [](SectionEntry& s) { s.offset = ~std::uint64_t{63}; });
  reject(3, [](SectionEntry& s) { s.offset = std::uint64_t{1} << 63; });
  reject(1, [&](SectionEntry& s) {  // One byte into the section behind it.
    s.bytes = 65;
    s.checksum = core::checksum(std::span(file).subspan(s.offset, s.bytes));
  });
}

TEST(Container, UnfinishedFilesAreRefused) {
  const Layout layout({{SectionKind::kNotes, 0, 0, 10, 0}});
  Bytes file(layout.file_bytes());
  const Bytes header = layout.unfinished_header();
  std::copy(header.begin(), header.end(), file.begin());
  expect_error(file, ErrorCode::kCorrupt, "not finished");
}

TEST(Container, NamesWhatTheFileIsInstead) {
  const auto message = [](std::string text) {
    text.resize(std::max<std::size_t>(text.size(), 200), ' ');
    return error_of(bytes_from(text)).message;
  };
  EXPECT_NE(message("mmap lm http://kheafield.com/code").find("KenLM"), std::string::npos);
  EXPECT_NE(message("\\data\\\nngram 1=3").find("tercet convert"), std::string::npos);
  EXPECT_NE(message("\x1f\x8b\x08").find("gunzip"), std::string::npos);
  EXPECT_NE(message("\x28\xb5\x2f\xfd").find("zstd -d"), std::string::npos);
  expect_error(bytes_from("\\data\\"), ErrorCode::kCorrupt, "ARPA");
  expect_error({}, ErrorCode::kCorrupt, "too few");
}

TEST(Container, EveryKindHasAName) {
  for (const SectionKind kind : {SectionKind::kParameters, SectionKind::kNotes,
                                 SectionKind::kWordOffsets, SectionKind::kContexts}) {
    EXPECT_NE(name_of(kind), "unknown section");
  }
  EXPECT_EQ(name_of(static_cast<SectionKind>(1000)), "unknown section");
}

}  // namespace
}  // namespace tercet::format
