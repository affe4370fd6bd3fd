#include "os/scratch_file.h"

#include <cstring>
#include <numeric>
#include <thread>
#include <utility>

#include "os/testing.h"

namespace tercet::os {
namespace {

using testing::bytes_of;
using testing::TemporaryDirectory;
using testing::text_of;

ScratchFile scratch_file(const TemporaryDirectory& directory) {
  auto file = ScratchFile::create(directory.path());
  EXPECT_TRUE(file.ok()) << file.error().message;
  return std::move(*file);
}

// The numbers from 0, eight bytes each.
void append_numbers(ScratchFile& file, std::uint64_t count) {
  std::vector<std::uint64_t> numbers(count);
  std::iota(numbers.begin(), numbers.end(), std::uint64_t{0});
  const auto half = std::span(numbers).first(count / 2);
  ASSERT_TRUE(file.append(std::as_bytes(half)).ok());
  ASSERT_TRUE(file.append(std::as_bytes(std::span(numbers).subspan(half.size()))).ok());
}

bool holds_numbers(ScratchReader reader, std::uint64_t begin, std::uint64_t end) {
  for (std::uint64_t i = begin; i < end; ++i) {
    const auto bytes = reader.take(sizeof i);
    if (!bytes.ok() || bytes->size() != sizeof i) return false;
    if (std::memcmp(bytes->data(), &i, sizeof i) != 0) return false;
  }
  return reader.remaining() == 0 && reader.take(1)->empty();
}

TEST(ScratchFile, HasNoName) {
  const TemporaryDirectory directory;
  auto file = scratch_file(directory);
  append_numbers(file, 10);
  EXPECT_EQ(directory.count(), 0);
}

TEST(ScratchFile, GivesBackWhatWasAppended) {
  const TemporaryDirectory directory;
  auto file = scratch_file(directory);
  constexpr std::uint64_t count = 400'000;  // More than one read buffer.
  append_numbers(file, count);
  EXPECT_EQ(file.size(), count * 8);
  const ScratchFile moved = std::move(file);
  EXPECT_TRUE(holds_numbers(ScratchReader(moved, 0, moved.size()), 0, count));
  EXPECT_TRUE(holds_numbers(ScratchReader(moved, 0, moved.size(), 24), 0, count));
  EXPECT_TRUE(holds_numbers(ScratchReader(moved, 0, moved.size(), 13), 0, count));
  EXPECT_TRUE(holds_numbers(ScratchReader(moved, 800, 1600, 64), 100, 200));
}

TEST(ScratchFile, TakesPiecesOfAnySize) {
  const TemporaryDirectory directory;
  auto file = scratch_file(directory);
  std::string text;
  for (const std::size_t size : {1U, 5'000'000U, 0U, 1'048'575U, 2U, 1'048'576U}) {
    text += std::string(size, static_cast<char>('a' + text.size() % 7));
    ASSERT_TRUE(file.append(bytes_of(std::string_view(text).substr(text.size() - size))).ok());
  }
  EXPECT_EQ(file.size(), text.size());
  ScratchReader reader(file, 0, file.size(), 1000);
  std::string copy;
  for (std::size_t size = 1; reader.remaining() != 0; size = size * 3 + 1) {
    const auto piece = reader.take(size);
    ASSERT_TRUE(piece.ok());
    copy += text_of(*piece);
  }
  EXPECT_TRUE(copy == text);
  EXPECT_EQ(ScratchReader(file, 0, file.size(), 10).take(text.size() + 5)->size(), text.size());
}

TEST(ScratchFile, MayBeEmpty) {
  const TemporaryDirectory directory;
  const auto file = scratch_file(directory);
  EXPECT_EQ(file.size(), 0U);
  ScratchReader reader(file, 0, 0);
  EXPECT_TRUE(reader.take(8)->empty());
}

TEST(ScratchFile, HasManyReadersAtOnce) {
  const TemporaryDirectory directory;
  auto file = scratch_file(directory);
  append_numbers(file, 100'000);
  std::vector<std::thread> threads;
  threads.reserve(4);
  for (std::size_t i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] {
      EXPECT_TRUE(holds_numbers(ScratchReader(file, 0, file.size(), 100 + i), 0, 100'000));
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST(ScratchFile, NamesTheDirectoryItCannotUse) {
  const auto file = ScratchFile::create("/nowhere");
  ASSERT_FALSE(file.ok());
  EXPECT_EQ(file.error().message,
            "/nowhere: cannot make a temporary file in it: no such file or directory; choose "
            "another directory with --temporary DIR");
}

int fill_disk(const TemporaryDirectory& directory, const char* reason) {
  auto file = scratch_file(directory);
  const std::string piece(300'000, 'x');
  Status status;
  for (int i = 0; i < 10 && status.ok(); ++i) status = file.append(bytes_of(piece));
  EXPECT_FALSE(status.ok());
  const std::string expected = directory.path().native() + ": " + reason + " after ";
  EXPECT_TRUE(status.error().message.starts_with(expected)) << status.error().message;
  EXPECT_TRUE(status.error().message.ends_with("--temporary DIR")) << status.error().message;
  return 0;
}

TEST(ScratchFile, SaysWhenTheDiskIsFull) {
  const TemporaryDirectory directory;
  const int status = testing::with_small_disk(
      directory.path(), [&] { return fill_disk(directory, "no space left on device"); });
  if (status == testing::kSkipped) GTEST_SKIP() << "may not mount a small disk here";
  EXPECT_EQ(status, 0);
}

TEST(ScratchFile, SaysWhenTheFileSizeLimitIsReached) {
  const TemporaryDirectory directory;
  EXPECT_EQ(
      testing::with_file_limit(1'000'000, [&] { return fill_disk(directory, "file too large"); }),
      0);
}

}  // namespace
}  // namespace tercet::os
