#include "train/records.h"

#include <gtest/gtest.h>

#include <cstdint>

#include "os/testing.h"
#include "train/counts.h"

namespace tercet::train {
namespace {

/// 12 bytes: batches do not divide the read buffer evenly.
struct Triple {
  std::uint32_t a, b, c;
  friend bool operator==(const Triple&, const Triple&) = default;
};
Triple triple(std::uint64_t i) {
  const auto a = static_cast<std::uint32_t>(i);
  return {a, a * 3 + 1, ~a};
}

Records<Triple> write(std::uint64_t count, const std::filesystem::path& directory) {
  RecordWriter<Triple> writer(directory);
  for (std::uint64_t i = 0; i < count; ++i) writer.put(triple(i));
  Records<Triple> records;
  EXPECT_TRUE(writer.finish(records).ok());
  EXPECT_EQ(records.size(), count);
  return records;
}

TEST(Records, ComeBackFromAnyStart) {
  const os::testing::TemporaryDirectory directory;
  for (const std::uint64_t count :
       {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{kRecordsPerBatch - 1},
        std::uint64_t{kRecordsPerBatch}, std::uint64_t{3 * kRecordsPerBatch + 7}}) {
    const Records<Triple> records = write(count, directory.path());
    for (const std::uint64_t begin : {std::uint64_t{0}, count / 2, count}) {
      RecordReader<Triple> reader(records, begin);
      for (std::uint64_t i = begin; i < count; ++i) {
        ASSERT_EQ(reader.remaining(), count - i);
        ASSERT_EQ(reader.get(), triple(i));
      }
      EXPECT_EQ(reader.remaining(), 0U);
      EXPECT_EQ(reader.get(), (Triple{0, 0, 0}));
      EXPECT_TRUE(reader.status().ok());
    }
  }
}

TEST(Records, SeveralReadersDoNotDisturbOneAnother) {
  const os::testing::TemporaryDirectory directory;
  const Records<Triple> records = write(40'000, directory.path());
  RecordReader<Triple> a(records);
  RecordReader<Triple> b(records, 20'000);
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    ASSERT_EQ(a.get(), triple(i));
    ASSERT_EQ(b.get(), triple(20'000 + i));
  }
}

TEST(Records, NoneAtAll) {
  const Records<Triple> none;
  RecordReader<Triple> reader(none);
  EXPECT_EQ(reader.remaining(), 0U);
  EXPECT_EQ(reader.get(), (Triple{0, 0, 0}));
}

TEST(Records, MissingDirectoryIsAnError) {
  RecordWriter<Triple> writer("/nowhere/at/all");
  for (std::uint64_t i = 0; i <= 2 * kRecordsPerBatch; ++i) writer.put(triple(i));
  Records<Triple> records;
  const Status status = writer.finish(records);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, ErrorCode::kIo);
  EXPECT_EQ(records.size(), 0U);
}

TEST(Counts, SmallAndLargeOnesComeBack) {
  const os::testing::TemporaryDirectory directory;
  CountWriter writer(directory.path());
  const std::uint32_t values[] = {0, 1, 126, 127, 128, 254, 255, 256, 0x7FFF'FFFF, 0xFFFF'FFFE};
  for (const std::uint32_t value : values) {
    writer.put(CountedEntry{0xFF'FFFF, value});
    writer.put(Children{value, {value + std::uint64_t{5}, value % 2}});
  }
  auto counts = writer.finish();
  ASSERT_TRUE(counts.ok());
  EntryReader entries(*counts);
  ChildrenReader children(*counts);
  for (const std::uint32_t value : values) {
    const CountedEntry entry = entries.get();
    EXPECT_EQ(entry.word, 0xFF'FFFFU);
    EXPECT_EQ(entry.count, value);
    const Children child = children.get();
    EXPECT_EQ(child.kept, value);
    EXPECT_EQ(child.dropped.types, value % 2);
    EXPECT_EQ(child.dropped.count, value % 2 == 0 ? 0 : value + std::uint64_t{5});
  }
  EXPECT_EQ(entries.remaining(), 0U);
  EXPECT_EQ(children.remaining(), 0U);
  EXPECT_TRUE(entries.status().ok());
  EXPECT_TRUE(children.status().ok());
}

}  // namespace
}  // namespace tercet::train
