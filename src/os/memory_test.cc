#include "os/memory.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "os/testing.h"

namespace tercet::os {
namespace {

using testing::TemporaryDirectory;

void expect_zeroed_and_writable(Memory array) {
  ASSERT_EQ(array.bytes().size(), 1'000'004U);
  const std::span<std::uint64_t> numbers = array.as<std::uint64_t>();
  ASSERT_EQ(numbers.size(), 125'000U);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(numbers.data()) % 4096, 0U);
  EXPECT_TRUE(std::ranges::all_of(numbers, [](std::uint64_t n) { return n == 0; }));
  numbers.back() = 7;
  const Memory moved = std::move(array);
  EXPECT_EQ(moved.as<std::uint64_t>().back(), 7U);
}

TEST(Memory, IsZeroedAndWritable) {
  auto memory = Memory::plain(1'000'004);
  ASSERT_TRUE(memory.ok()) << memory.error().message;
  expect_zeroed_and_writable(std::move(*memory));
  const TemporaryDirectory directory;
  auto file = Memory::in_file(1'000'004, directory.path());
  ASSERT_TRUE(file.ok()) << file.error().message;
  EXPECT_EQ(directory.count(), 0) << "the file has no name";
  expect_zeroed_and_writable(std::move(*file));
}

TEST(Memory, OfNothingIsEmpty) {
  const TemporaryDirectory directory;
  EXPECT_TRUE(Memory::plain(0)->bytes().empty());
  EXPECT_TRUE(Memory::in_file(0, directory.path())->bytes().empty());
}

TEST(Memory, NamesWhatCannotBeHad) {
  const auto memory = Memory::plain(std::numeric_limits<std::size_t>::max() / 2);
  ASSERT_FALSE(memory.ok());
  EXPECT_EQ(memory.error().code, ErrorCode::kResource);
  const auto file = Memory::in_file(8, "/nowhere");
  ASSERT_FALSE(file.ok());
  EXPECT_NE(file.error().message.find("--temporary DIR"), std::string::npos);
}

int expect_full_disk(const TemporaryDirectory& directory, const char* reason) {
  const auto array = Memory::in_file(4'000'000, directory.path());
  EXPECT_FALSE(array.ok());
  const std::string expected = directory.path().native() +
                               ": cannot reserve 4000000 bytes for temporary data: " + reason + ";";
  EXPECT_TRUE(array.error().message.starts_with(expected)) << array.error().message;
  return 0;
}

TEST(Memory, AFullDiskIsAnErrorAtOnce) {
  const TemporaryDirectory directory;
  const int status = testing::with_small_disk(
      directory.path(), [&] { return expect_full_disk(directory, "no space left on device"); });
  if (status == testing::kSkipped) GTEST_SKIP() << "may not mount a small disk here";
  EXPECT_EQ(status, 0);
}

TEST(Memory, TheFileSizeLimitIsAnErrorAtOnce) {
  const TemporaryDirectory directory;
  EXPECT_EQ(testing::with_file_limit(1'000'000,
                                     [&] { return expect_full_disk(directory, "file too large"); }),
            0);
}

}  // namespace
}  // namespace tercet::os
