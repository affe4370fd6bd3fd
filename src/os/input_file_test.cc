#include "os/input_file.h"

#include <array>
#include <random>
#include <thread>

#include "os/testing.h"

namespace tercet::os {
namespace {

using testing::gzip;
using testing::TemporaryDirectory;
using testing::zstd;

// All that is in the file, read in pieces of the given size.
Result<std::string> slurp(const std::filesystem::path& path, std::size_t piece = 1000) {
  auto input = InputFile::open(path);
  if (!input.ok()) return std::move(input).error();
  std::string text;
  std::string buffer(piece, '\0');
  for (;;) {
    const auto got = (*input)->read(buffer);
    if (!got.ok()) return got.error();
    if (*got == 0) return text;
    text.append(buffer, 0, *got);
  }
}

std::string slurped(const std::filesystem::path& path, std::size_t piece = 1000) {
  auto text = slurp(path, piece);
  return text.ok() ? std::move(*text) : "ERROR " + text.error().message;
}

std::string error_of_reading(const std::filesystem::path& path) {
  const auto text = slurp(path);
  return text.ok() ? "no error" : text.error().message;
}

// Text that does not pack to nothing, several buffers long.
std::string long_text() {
  std::mt19937 random(1);
  std::string text(1'500'000, '\0');
  for (char& c : text) c = static_cast<char>('a' + random() % 26);
  return text;
}

TEST(InputFile, ReadsEveryKindByItsContentNotItsName) {
  const TemporaryDirectory directory;
  const std::string text = long_text();
  EXPECT_EQ(slurped(directory.write("plain.gz", text)), text);
  EXPECT_EQ(slurped(directory.write("zstd.txt", zstd(text))), text);
  EXPECT_EQ(slurped(directory.write("gzip.txt", gzip(text))), text);
  EXPECT_EQ(slurped(directory.write("one.zst", zstd("abc")), 1), "abc");
  EXPECT_EQ(slurped(directory.write("one.gz", gzip("abc")), 1), "abc");
}

TEST(InputFile, AnEmptyOrVeryShortFileIsNoError) {
  const TemporaryDirectory directory;
  EXPECT_EQ(slurped(directory.write("empty", "")), "");
  EXPECT_EQ(slurped(directory.write("short", "a")), "a");
  EXPECT_EQ(slurped(directory.write("empty.zst", zstd(""))), "");
  EXPECT_EQ(slurped(directory.write("empty.gz", gzip(""))), "");
}

TEST(InputFile, ReadsConcatenatedFramesAndMembersAsOneText) {
  const TemporaryDirectory directory;
  const std::string text = long_text();
  EXPECT_EQ(slurped(directory.write("z", zstd("one\n") + zstd("") + zstd(text))), "one\n" + text);
  EXPECT_EQ(slurped(directory.write("g", gzip("one\n") + gzip("") + gzip(text))), "one\n" + text);
}

TEST(InputFile, SkipsSkippableZstdFrames) {
  using std::string_literals::operator""s;
  const TemporaryDirectory directory;
  EXPECT_EQ(slurped(directory.write("z", "\x50\x2A\x4D\x18\x02\0\0\0xy"s + zstd("text"))), "text");
}

TEST(InputFile, CountsTheCompressedBytes) {
  const TemporaryDirectory directory;
  const std::string packed = zstd(long_text());
  auto input = InputFile::open(directory.write("z", packed));
  ASSERT_TRUE(input.ok());
  EXPECT_EQ((*input)->size(), packed.size());
  EXPECT_EQ((*input)->consumed(), 0U);
  std::string buffer(4096, '\0');
  while (*(*input)->read(buffer) > 0) EXPECT_LE((*input)->consumed(), packed.size());
  EXPECT_EQ((*input)->consumed(), packed.size());
  EXPECT_EQ(*(*input)->read(buffer), 0U);
}

TEST(InputFile, SaysWhereATruncatedFileEnds) {
  const TemporaryDirectory directory;
  for (const std::string& packed : {zstd(long_text()), gzip(long_text())}) {
    for (const std::size_t size : {std::size_t{6}, packed.size() / 2, packed.size() - 1}) {
      const auto path = directory.write("cut", std::string_view(packed).substr(0, size));
      const std::string message = error_of_reading(path);
      EXPECT_TRUE(message.starts_with(path.native() + ": damaged ")) << message;
      EXPECT_NE(message.find("near byte " + std::to_string(size) + ": the file ends too early"),
                std::string::npos)
          << message;
    }
  }
}

TEST(InputFile, SaysWhenTheSecondFrameIsTruncated) {
  const TemporaryDirectory directory;
  const std::string first = zstd("one\n");
  const std::string second = zstd(long_text());
  const auto path = directory.write("cut", first + second.substr(0, second.size() - 3));
  EXPECT_NE(error_of_reading(path).find("ends too early"), std::string::npos);
}

TEST(InputFile, SaysWhereDataIsCorrupt) {
  const TemporaryDirectory directory;
  std::string checksum = gzip("some text that is checked");
  checksum[checksum.size() - 6] ^= 1;
  EXPECT_NE(error_of_reading(directory.write("crc", checksum)).find("incorrect data check"),
            std::string::npos);
  const std::string garbage = error_of_reading(directory.write("tail", gzip("a") + "garbage"));
  EXPECT_NE(garbage.find("damaged gzip data near byte 21: incorrect header check"),
            std::string::npos)
      << garbage;
  const std::string second = error_of_reading(directory.write("tail", zstd("a") + "garbage"));
  EXPECT_NE(second.find("damaged zstd data near byte "), std::string::npos) << second;
}

TEST(InputFile, NamesWhatCannotBeOpened) {
  const TemporaryDirectory directory;
  EXPECT_NE(error_of_reading(directory.path()).find(": is a directory; name the text files"),
            std::string::npos);
  EXPECT_NE(error_of_reading("/nowhere/x").find("/nowhere/x: no such file or directory; check"),
            std::string::npos);
}

TEST(InputFile, TellsHowToUnpackOtherCompressors) {
  using std::string_literals::operator""s;
  const TemporaryDirectory directory;
  EXPECT_NE(error_of_reading(directory.write("x", "\xFD\x37zXZ\0rest"s)).find("xz -d"),
            std::string::npos);
  EXPECT_NE(error_of_reading(directory.write("b", "BZh91AY")).find("bzip2 -d"), std::string::npos);
  const auto zip = slurp(directory.write("p", "PK\x03\x04rest"));
  ASSERT_FALSE(zip.ok());
  EXPECT_EQ(zip.error().code, ErrorCode::kUnsupported);
}

TEST(InputFile, ReadsStandardInputFromAPipeInSmallPieces) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  std::thread writer([end = ends[1]] {
    for (const char c : zstd("from a pipe\n")) EXPECT_EQ(::write(end, &c, 1), 1);
    ::close(end);
  });
  const int saved = ::dup(0);
  ::dup2(ends[0], 0);
  auto input = InputFile::open("-");
  std::string text(100, '\0');
  ASSERT_TRUE(input.ok());
  EXPECT_EQ((*input)->name(), "standard input");
  EXPECT_EQ((*input)->size(), 0U);
  std::size_t got = 0;
  while (const std::size_t piece = *(*input)->read(std::span(text).subspan(got))) got += piece;
  EXPECT_EQ(text.substr(0, got), "from a pipe\n");
  writer.join();
  ::dup2(saved, 0);
  ::close(saved);
  ::close(ends[0]);
}

}  // namespace
}  // namespace tercet::os
