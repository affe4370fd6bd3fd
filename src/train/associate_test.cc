#include "train/associate.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <optional>
#include <set>
#include <utility>

#include "os/testing.h"

namespace tercet::train {
namespace {

using Table = std::map<std::pair<std::size_t, std::size_t>, std::uint64_t>;
/// Tokens of one document; none: a word without a class.
using Document = std::vector<std::optional<std::uint16_t>>;

/// Word for word as lanes are defined.
Table naive_counts(const std::vector<Document>& documents) {
  Table counts;
  for (const Document& document : documents) {
    for (std::size_t at = 0; at < document.size(); ++at) {
      if (!document[at]) continue;
      std::set<std::uint16_t> near;
      for (std::size_t back = 2; back <= std::min<std::size_t>(at, 60); ++back)
        if (document[at - back]) near.insert(*document[at - back]);
      near.erase(*document[at]);
      for (const std::uint16_t other : near) {
        ++counts[{*document[at], other}];
        ++counts[{other, *document[at]}];
      }
    }
  }
  return counts;
}

std::vector<Document> any_documents(std::size_t classes) {
  const auto word = rc::gen::map(
      rc::gen::pair(rc::gen::inRange(0, 3), rc::gen::inRange<std::size_t>(0, classes)),
      [](const auto& drawn) {
        return drawn.first == 0 ? std::nullopt
                                : std::optional(static_cast<std::uint16_t>(drawn.second));
      });
  return *rc::gen::resize(30, rc::gen::container<std::vector<Document>>(
                                  rc::gen::resize(300, rc::gen::container<Document>(word))));
}

/// The documents, shared out to so many parts.
std::vector<Records<LaneToken>> text_of(const std::vector<Document>& documents, std::size_t parts,
                                        const std::filesystem::path& directory) {
  std::vector<RecordWriter<LaneToken>> writers;
  for (std::size_t i = 0; i < parts; ++i) writers.emplace_back(directory);
  for (std::size_t i = 0; i < documents.size(); ++i) {
    std::uint16_t gap = kFar;
    for (const auto& word : documents[i]) {
      if (gap != kFar) ++gap;
      if (!word) continue;
      writers[i % parts].put({*word, gap});
      gap = 0;
    }
  }
  std::vector<Records<LaneToken>> text(parts);
  for (std::size_t i = 0; i < parts; ++i) EXPECT_TRUE(writers[i].finish(text[i]).ok());
  return text;
}

Table decode(const Associations& table) {
  Table counts;
  const auto rows = table.rows.bytes();
  for (std::size_t row = 0; row + 1 < table.row_offsets.size(); ++row) {
    std::size_t other = static_cast<std::size_t>(-1);
    for (std::size_t i = table.row_offsets[row]; i < table.row_offsets[row + 1]; ++i) {
      other += static_cast<std::size_t>(rows[2 * i]);
      const auto count = static_cast<std::uint64_t>(rows[2 * i + 1]);
      if (count != 0) counts[{row, other}] = count;
    }
  }
  return counts;
}

RC_GTEST_PROP(Associate, CountsByDefinition, ()) {
  const os::testing::TemporaryDirectory directory;
  const auto classes = *rc::gen::element<std::size_t>(1, 2, 7, 40, 900);
  const auto documents = any_documents(classes);
  const auto least = *rc::gen::element(1U, 2U, 3U, 255U);
  const auto parts = *rc::gen::inRange<std::size_t>(1, 4);
  const std::vector<std::uint64_t> occurrences(classes, 20);
  TrainOptions options;
  options.memory = *rc::gen::element<std::uint64_t>(1, 100, 5'000, std::uint64_t{1} << 30);
  const TrainContext context(options, directory.path(), *rc::gen::inRange(1U, 5U));
  const auto text = text_of(documents, parts, directory.path());
  const auto table = associate(text, occurrences, least, context);
  RC_ASSERT(table.ok());

  const Table all = naive_counts(documents);
  Table kept;
  std::vector<std::uint32_t> totals(classes, 0);
  for (const auto& [pair, count] : all) {
    totals[pair.first] += static_cast<std::uint32_t>(count);
    if (count >= least) kept[pair] = std::min<std::uint64_t>(count, model::kMostCounted);
  }
  RC_ASSERT(decode(*table) == kept);
  RC_ASSERT(table->totals == totals);
  RC_ASSERT(2 * table->pairs == kept.size());
  RC_ASSERT(table->row_offsets.size() == classes + 1);
  RC_ASSERT(model::kLanePairBytes * table->row_offsets.back() == table->rows.bytes().size());
}

TEST(Associate, CountsAreCappedAndTotalsAreNot) {
  const os::testing::TemporaryDirectory directory;
  const TrainOptions options;
  const TrainContext context(options, directory.path(), 2);
  const std::vector<Document> documents(1000, Document{0, std::nullopt, 600});
  const auto text = text_of(documents, 1, directory.path());
  const auto table = associate(text, std::vector<std::uint64_t>(601, 1000), 255, context);
  ASSERT_TRUE(table.ok());
  EXPECT_EQ(decode(*table), (Table{{{0, 600}, 255}, {{600, 0}, 255}}));
  EXPECT_EQ(table->totals[0], 1000U);
  EXPECT_EQ(table->totals[600], 1000U);
  EXPECT_EQ(table->rows.bytes().size(), model::kLanePairBytes * 4);  // 255 + 255 + 91, and 1.
}

TEST(Associate, StopsWhenAskedTo) {
  const os::testing::TemporaryDirectory directory;
  std::stop_source stop;
  stop.request_stop();
  TrainOptions options;
  options.stop = stop.get_token();
  const TrainContext context(options, directory.path(), 2);
  const auto text = text_of({{0, 1, 0, 1}}, 1, directory.path());
  const auto table = associate(text, std::vector<std::uint64_t>(2, 2), 1, context);
  ASSERT_FALSE(table.ok());
  EXPECT_EQ(table.error().code, ErrorCode::kCancelled);
}

}  // namespace
}  // namespace tercet::train
