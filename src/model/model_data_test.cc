#include "model/model_data.h"

#include <gtest/gtest.h>

#include <string>

#include "core/bytes.h"
#include "core/checksum.h"
#include "model/testing.h"

namespace tercet::internal {
namespace {

using format::SectionKind;

/// Packs a trie with these parameters in the file whatever the truth is, all checksums right.
template <class Change>
Result<std::shared_ptr<const ModelData>> parse_with(Change&& change) {
  model::testing::TrieShape shape;
  shape.ngrams = {0, 30, 30};
  static thread_local std::vector<std::byte> bytes;
  bytes = model::testing::pack(model::testing::random_trie(shape, 3));
  auto container = format::Container::parse(bytes, "x", true);
  EXPECT_TRUE(container.ok());
  for (std::size_t i = 0; i < container->sections().size(); ++i) {
    format::SectionEntry section = container->sections()[i];
    if (section.kind != SectionKind::kParameters) continue;
    auto parameters = core::load<model::Parameters>(bytes.data() + section.offset);
    change(parameters);
    core::store(bytes.data() + section.offset, parameters);
    section.checksum = core::checksum(core::bytes_of(parameters));
    core::store(bytes.data() + sizeof(format::FileHeader) + i * sizeof section, section);
  }
  auto header = core::load<format::FileHeader>(bytes.data());
  header.table_checksum = core::checksum(std::span<const std::byte>(bytes).subspan(
      sizeof header, header.section_count * sizeof(format::SectionEntry)));
  header.header_checksum = core::checksum(core::bytes_of(header).first(40));
  core::store(bytes.data(), header);
  return ModelData::parse(bytes, "x", true, nullptr);
}

TEST(ModelData, ParametersAreChecked) {
  using P = model::Parameters;
  EXPECT_TRUE(parse_with([](P&) {}).ok());
  const auto expect_corrupt = [](auto change) {
    auto parsed = parse_with(change);
    ASSERT_FALSE(parsed.ok());
    EXPECT_EQ(parsed.error().code, ErrorCode::kCorrupt);
  };
  expect_corrupt([](P& p) { p.order = 0; });
  expect_corrupt([](P& p) { p.order = 9; });
  expect_corrupt([](P& p) { p.order = 4; });
  expect_corrupt([](P& p) { p.vocabulary_size = 2; });
  expect_corrupt([](P& p) { p.vocabulary_size = p.vocabulary_size + 1; });
  expect_corrupt([](P& p) { p.vocabulary_size = (1U << 24) + 1; });
  expect_corrupt([](P& p) { p.units_per_bit = 0; });
  expect_corrupt([](P& p) { p.units_per_bit = 65537; });
  expect_corrupt([](P& p) { p.backoff_bias = 65535; });
  expect_corrupt([](P& p) { p.ngrams[1] += 1; });
  expect_corrupt([](P& p) { p.ngrams[2] = 0xFFFF'FFFFU; });
  expect_corrupt([](P& p) { p.ngrams[2] = ~std::uint64_t{0}; });
  expect_corrupt([](P& p) { p.ngrams[2] = (std::uint64_t{1} << 32) + p.ngrams[2]; });
}

TEST(ModelData, Info) {
  model::testing::TrieShape shape;
  shape.ngrams = {0, 30, 30};
  const auto trie = model::testing::random_trie(shape, 4);
  const auto bytes = model::testing::pack(trie, {{"language", "en"}});
  const ModelInfo info = model::testing::parse(bytes)->info();
  EXPECT_EQ(info.order, 3U);
  ASSERT_EQ(info.ngrams.size(), 3U);
  std::uint64_t total = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(info.ngrams[i], trie.levels[i].size());
    total += info.ngrams[i];
  }
  EXPECT_EQ(info.file_bytes, bytes.size());
  EXPECT_DOUBLE_EQ(info.bytes_per_ngram,
                   static_cast<double>(bytes.size()) / static_cast<double>(total));
  EXPECT_TRUE(info.interpolated);
  EXPECT_FALSE(info.normalised);
  EXPECT_TRUE(info.plain_tokens);
  EXPECT_TRUE(info.language.empty());  // Of plain tokens, whatever its notes say.
}

}  // namespace
}  // namespace tercet::internal
