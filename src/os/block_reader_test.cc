#include "os/block_reader.h"

#include <vector>

#include "os/testing.h"

namespace tercet::os {
namespace {

using testing::TemporaryDirectory;

std::vector<std::string> blocks_of(const std::filesystem::path& path, std::size_t block_bytes) {
  std::vector<std::string> blocks;
  auto input = InputFile::open(path);
  if (!input.ok()) return {"ERROR " + input.error().message};
  BlockReader reader(**input, block_bytes);
  std::string block = "what was there before";
  for (;;) {
    const auto more = reader.next(block);
    if (!more.ok()) return {"ERROR " + more.error().message};
    if (!*more) break;
    blocks.push_back(block);
  }
  EXPECT_TRUE(block.empty());
  return blocks;
}

TEST(BlockReader, EveryBlockEndsAtALineEnd) {
  const TemporaryDirectory directory;
  std::string text;
  for (int i = 0; i < 2000; ++i) text += std::string(static_cast<std::size_t>(i) % 37, 'x') + "\n";
  const auto path = directory.write("text", text);
  for (const std::size_t size : {1U, 2U, 7U, 100U, 1000U, 1'000'000U}) {
    const auto blocks = blocks_of(path, size);
    std::string joined;
    for (const std::string& block : blocks) {
      EXPECT_EQ(block.back(), '\n');
      joined += block;
    }
    EXPECT_EQ(joined, text) << size;
  }
  EXPECT_EQ(blocks_of(path, 1'000'000).size(), 1U);
}

TEST(BlockReader, KeepsTheLastLineWithoutALineEnd) {
  const TemporaryDirectory directory;
  const std::vector<std::string> expected{"one\r\n", "two"};
  EXPECT_EQ(blocks_of(directory.write("text", "one\r\ntwo"), 1), expected);
}

TEST(BlockReader, OfAnEmptyFileHasNoBlocks) {
  const TemporaryDirectory directory;
  EXPECT_TRUE(blocks_of(directory.write("text", ""), 10).empty());
}

TEST(BlockReader, ALineLongerThanTheBlockIsWhole) {
  const TemporaryDirectory directory;
  std::string line;
  line.resize(100'000'000, 'x');
  const auto path = directory.write("text.zst", testing::zstd("first\n" + line + "\nlast\n"));
  const auto blocks = blocks_of(path, 65536);
  ASSERT_GE(blocks.size(), 1U);
  std::string joined;
  for (const std::string& block : blocks) {
    EXPECT_EQ(block.back(), '\n');
    joined += block;
  }
  EXPECT_TRUE(joined == "first\n" + line + "\nlast\n");
}

TEST(BlockReader, PassesOnErrors) {
  const TemporaryDirectory directory;
  std::string packed = testing::zstd("some text\nthat ends\nbefore its end\n");
  packed.pop_back();
  const auto blocks = blocks_of(directory.write("text.zst", packed), 100);
  ASSERT_EQ(blocks.size(), 1U);
  EXPECT_TRUE(blocks[0].starts_with("ERROR ")) << blocks[0];
}

}  // namespace
}  // namespace tercet::os
