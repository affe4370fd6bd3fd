#include "os/mapped_file.h"

#include <sys/stat.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "os/testing.h"

namespace tercet::os {
namespace {

using testing::TemporaryDirectory;

TEST(MappedFile, ShowsTheBytesOfTheFile) {
  const TemporaryDirectory directory;
  auto file = MappedFile::open(directory.write("model", "three words here"));
  ASSERT_TRUE(file.ok()) << file.error().message;
  EXPECT_EQ(testing::text_of(file->bytes()), "three words here");
  const MappedFile moved = std::move(*file);
  EXPECT_EQ(testing::text_of(moved.bytes()), "three words here");
  EXPECT_TRUE(file->bytes().empty());
}

void expect_error(const std::filesystem::path& path, ErrorCode code, const char* reason) {
  const auto file = MappedFile::open(path);
  ASSERT_FALSE(file.ok());
  EXPECT_EQ(file.error().code, code);
  EXPECT_TRUE(file.error().message.starts_with(path.native() + ": ")) << file.error().message;
  EXPECT_NE(file.error().message.find(reason), std::string::npos) << file.error().message;
}

TEST(MappedFile, NamesWhatCannotBeMapped) {
  const TemporaryDirectory directory;
  expect_error(directory.path() / "none", ErrorCode::kIo, "no such file or directory; check");
  expect_error(directory.path(), ErrorCode::kIo, "is a directory; name a file in it");
  expect_error(directory.write("empty", ""), ErrorCode::kCorrupt, "is empty; make");
  expect_error(directory.write("f", "x") / "below", ErrorCode::kIo, "not a directory; check");
  expect_error("/dev/null", ErrorCode::kIo, "not a regular file; copy");
}

TEST(MappedFile, RefusesANamedPipeWithoutWaiting) {
  const TemporaryDirectory directory;
  const std::filesystem::path pipe = directory.path() / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  expect_error(pipe, ErrorCode::kIo, "not a regular file");
}

TEST(MappedFile, NamesAnUnreadableFile) {
  const TemporaryDirectory directory;
  const std::filesystem::path path = directory.write("secret", "x");
  ASSERT_EQ(::chmod(directory.path().c_str(), 0711), 0);
  ASSERT_EQ(::chmod(path.c_str(), 0), 0);
  const int status = testing::in_child([&] {
    // Root reads everything, so the child becomes nobody.
    if (::geteuid() == 0 && ::setuid(65534) != 0) return testing::kSkipped;
    expect_error(path, ErrorCode::kIo, "permission denied; check the permissions");
    return 0;
  });
  if (status == testing::kSkipped) GTEST_SKIP() << "cannot give up root's rights here";
  EXPECT_EQ(status, 0);
}

}  // namespace
}  // namespace tercet::os
