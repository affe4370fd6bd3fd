#include "os/output_file.h"

#include "os/input_file.h"
#include "os/testing.h"

namespace tercet::os {
namespace {

using testing::TemporaryDirectory;

std::string unpacked(const std::filesystem::path& path) {
  auto input = InputFile::open(path);
  if (!input.ok()) return "ERROR " + input.error().message;
  std::string text;
  std::vector<char> buffer(10'000);
  for (;;) {
    auto got = (*input)->read(buffer);
    if (!got.ok()) return "ERROR " + got.error().message;
    if (*got == 0) return text;
    text.append(buffer.data(), *got);
  }
}

TEST(OutputFile, PacksAsTheNameSays) {
  const TemporaryDirectory directory;
  std::string text;
  for (std::int64_t i = 0; i < 400'000; ++i) text += std::to_string(i * 7919 % 100'003) + "\n";
  const std::pair<const char*, std::string_view> cases[] = {
      {"plain.arpa", "0\n79"}, {"a.arpa.gz", "\x1F\x8B"}, {"a.arpa.zst", "\x28\xB5\x2F\xFD"}};
  for (const auto& [name, magic] : cases) {
    const auto path = directory.path() / name;
    auto file = OutputFile::create(path);
    ASSERT_TRUE(file.ok()) << file.error().message;
    for (std::size_t at = 0; at < text.size(); at += 12'345)
      ASSERT_TRUE(file->append(std::string_view(text).substr(at, 12'345)).ok());
    ASSERT_TRUE(file->commit().ok());
    EXPECT_TRUE(testing::read_file(path).starts_with(magic)) << name;
    EXPECT_EQ(unpacked(path), text) << name;
  }
  EXPECT_EQ(directory.count(), 3);
}

TEST(OutputFile, AnEmptyTextIsAFileThatUnpacksToNothing) {
  const TemporaryDirectory directory;
  for (const char* name : {"plain", "a.gz", "a.zst"}) {
    auto file = OutputFile::create(directory.path() / name);
    ASSERT_TRUE(file.ok());
    ASSERT_TRUE(file->commit().ok());
    EXPECT_EQ(unpacked(directory.path() / name), "") << name;
  }
}

TEST(OutputFile, LeavesNothingWithoutACommit) {
  const TemporaryDirectory directory;
  {
    auto file = OutputFile::create(directory.path() / "a.zst");
    ASSERT_TRUE(file.ok());
    ASSERT_TRUE(file->append("text").ok());
  }
  EXPECT_EQ(directory.count(), 0);
  EXPECT_EQ(OutputFile::create(directory.path() / "none" / "a.gz").error().code, ErrorCode::kIo);
}

}  // namespace
}  // namespace tercet::os
