#include "os/atomic_file.h"

#include <sys/stat.h>

#include <memory>
#include <utility>

#include "os/leftovers.h"
#include "os/testing.h"

namespace tercet::os {
namespace {

using testing::bytes_of;
using testing::read_file;
using testing::TemporaryDirectory;

std::string message_of(const Status& status) {
  return status.ok() ? "no error" : status.error().message;
}

std::string message_of_create(const std::filesystem::path& target) {
  const auto file = AtomicFile::create(target);
  return file.ok() ? "no error" : file.error().message;
}

TEST(AtomicFile, AppearsOnCommit) {
  const TemporaryDirectory directory;
  const auto target = directory.path() / "model";
  auto file = AtomicFile::create(target);
  ASSERT_TRUE(file.ok()) << file.error().message;
  ASSERT_TRUE(file->append(bytes_of("....tail")).ok());
  ASSERT_TRUE(file->write_at(0, bytes_of("head")).ok());
  EXPECT_EQ(file->size(), 8U);
  EXPECT_FALSE(std::filesystem::exists(target));
  ASSERT_TRUE(file->commit().ok());
  EXPECT_EQ(read_file(target), "headtail");
  EXPECT_EQ(directory.count(), 1);
}

TEST(AtomicFile, ReplacesTheOldFileOnlyOnCommit) {
  const TemporaryDirectory directory;
  const auto target = directory.write("model", "old");
  {
    auto file = AtomicFile::create(target);
    ASSERT_TRUE(file.ok());
    ASSERT_TRUE(file->append(bytes_of("never finished")).ok());
  }
  EXPECT_EQ(read_file(target), "old");
  EXPECT_EQ(directory.count(), 1);
  auto file = AtomicFile::create(target);
  ASSERT_TRUE(file.ok());
  ASSERT_TRUE(file->append(bytes_of("new")).ok());
  EXPECT_EQ(read_file(target), "old");
  ASSERT_TRUE(file->commit().ok());
  EXPECT_EQ(read_file(target), "new");
}

TEST(AtomicFile, MovesWithItsTemporary) {
  const TemporaryDirectory directory;
  auto first = AtomicFile::create(directory.path() / "a");
  auto second = AtomicFile::create(directory.path() / "a");  // Both under way in one process.
  ASSERT_TRUE(first.ok() && second.ok());
  EXPECT_EQ(directory.count(), 2);
  *first = std::move(*second);
  EXPECT_EQ(directory.count(), 1);
  ASSERT_TRUE(first->append(bytes_of("x")).ok());
  EXPECT_TRUE(first->commit().ok());
  EXPECT_EQ(directory.count(), 1);
}

TEST(AtomicFile, TakesABareNameInTheCurrentDirectory) {
  const TemporaryDirectory directory;
  EXPECT_EQ(testing::in_child([&] {
              std::filesystem::current_path(directory.path());
              auto file = AtomicFile::create("bare");
              EXPECT_TRUE(file.ok() && file->append(bytes_of("x")).ok() && file->commit().ok());
              return 0;
            }),
            0);
  EXPECT_EQ(read_file(directory.path() / "bare"), "x");
}

TEST(AtomicFile, RefusesImpossibleTargetsAtOnce) {
  const TemporaryDirectory directory;
  EXPECT_NE(message_of_create(directory.path()).find("is a directory; add a file name to --output"),
            std::string::npos);
  EXPECT_NE(message_of_create(directory.path() / "new/").find("is a directory"), std::string::npos);
  EXPECT_NE(message_of_create("/dev/null").find("/dev/null: is not a regular file; choose"),
            std::string::npos);
  const auto missing = directory.path() / "missing";
  EXPECT_NE(message_of_create(missing / "model").find("make it with: mkdir -p " + missing.native()),
            std::string::npos);
  EXPECT_NE(message_of_create(directory.write("f", "") / "model").find("cannot write in"),
            std::string::npos);
}

TEST(AtomicFile, ASymbolicLinkStaysOne) {
  const TemporaryDirectory directory;
  const auto real = directory.write("real", "old");
  const auto link = directory.path() / "link";
  std::filesystem::create_symlink("real", link);
  auto file = AtomicFile::create(link);
  ASSERT_TRUE(file.ok()) << file.error().message;
  ASSERT_TRUE(file->append(testing::bytes_of("new")).ok());
  ASSERT_TRUE(file->commit().ok());
  EXPECT_TRUE(std::filesystem::is_symlink(link));
  EXPECT_EQ(testing::read_file(real), "new");
  EXPECT_EQ(directory.count(), 2);
}

TEST(AtomicFile, RefusesTheNamesOfDevices) {
  for (const char* target : {"/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "/dev/../dev/new"}) {
    const auto file = AtomicFile::create(target);
    ASSERT_FALSE(file.ok()) << target;
    EXPECT_EQ(file.error().code, ErrorCode::kInvalidArgument);
  }
}

TEST(CheckReplaces, SparesWhatIsNoneOfOurs) {
  const TemporaryDirectory directory;
  const auto magic = testing::bytes_of("MAGIC");
  EXPECT_TRUE(check_replaces(directory.path() / "nothing", magic).ok());
  EXPECT_TRUE(check_replaces(directory.write("empty", ""), magic).ok());
  EXPECT_TRUE(check_replaces(directory.write("ours", "MAGIC and more"), magic).ok());
  for (const char* text : {"a text of mine", "MAG"}) {
    const Status status = check_replaces(directory.write("text", text), magic);
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().code, ErrorCode::kInvalidArgument);
  }
}

TEST(AtomicFile, RefusesADirectoryThatMayNotBeWritten) {
  const TemporaryDirectory directory;
  ASSERT_EQ(::chmod(directory.path().c_str(), 0555), 0);
  const int status = testing::in_child([&] {
    if (::geteuid() == 0 && ::setuid(65534) != 0) return testing::kSkipped;
    EXPECT_NE(message_of_create(directory.path() / "model").find("permission denied; choose"),
              std::string::npos);
    return 0;
  });
  if (status == testing::kSkipped) GTEST_SKIP() << "cannot give up root's rights here";
  EXPECT_EQ(status, 0);
}

// Fills the disk through `target` and checks what is said and left.
int fill_disk(const TemporaryDirectory& directory, const char* reason) {
  const auto target = directory.path() / "model";
  {
    auto file = AtomicFile::create(target);
    EXPECT_TRUE(file.ok());
    const std::string piece(300'000, 'x');
    Status status;
    for (int i = 0; i < 10 && status.ok(); ++i) status = file->append(bytes_of(piece));
    const std::string expected = target.native() + ": " + reason + " after " +
                                 std::to_string(file->size()) +
                                 " bytes; free some space or choose another --output";
    EXPECT_EQ(message_of(status), expected);
    EXPECT_GT(file->size(), 600'000U);
  }
  EXPECT_EQ(directory.count(), 0);
  return 0;
}

TEST(AtomicFile, SaysWhenTheDiskIsFull) {
  const TemporaryDirectory directory;
  const int status = testing::with_small_disk(
      directory.path(), [&] { return fill_disk(directory, "no space left on device"); });
  if (status == testing::kSkipped) GTEST_SKIP() << "may not mount a small disk here";
  EXPECT_EQ(status, 0);
}

TEST(AtomicFile, SaysWhenTheFileSizeLimitIsReached) {
  const TemporaryDirectory directory;
  EXPECT_EQ(
      testing::with_file_limit(1'000'000, [&] { return fill_disk(directory, "file too large"); }),
      0);
}

TEST(AtomicFile, ACommitThatFailsLeavesNothing) {
  const TemporaryDirectory directory;
  const auto target = directory.path() / "model";
  auto file = AtomicFile::create(target);
  ASSERT_TRUE(file.ok());
  std::filesystem::create_directories(target / "now a directory");
  EXPECT_FALSE(file->commit().ok());
  EXPECT_EQ(directory.count(), 1);
}

TEST(AtomicFile, RemovesWhatAKilledProcessLeft) {
  const TemporaryDirectory directory;
  const auto target = directory.path() / "model";
  const int status = testing::in_child([&] {
    const auto file = AtomicFile::create(target);
    ::raise(SIGKILL);
    return 0;
  });
  EXPECT_EQ(status, 128 + SIGKILL);
  EXPECT_EQ(directory.count(), 1);
  directory.write(".model.4.tmp.mine", "not ours");
  directory.write(".other.4.tmp", "not of this target");
  {
    const auto file = AtomicFile::create(target);
  }
  EXPECT_EQ(directory.count(), 2);
}

TEST(AtomicFile, SparesTheTemporaryOfALivingProcess) {
  const TemporaryDirectory directory;
  const auto target = directory.path() / "model";
  auto mine = AtomicFile::create(target);
  ASSERT_TRUE(mine.ok() && mine->append(bytes_of("mine")).ok());
  EXPECT_EQ(testing::in_child([&] {
              auto other = AtomicFile::create(target);
              EXPECT_TRUE(other.ok() && other->append(bytes_of("other")).ok());
              EXPECT_TRUE(other->commit().ok());
              return 0;
            }),
            0);
  EXPECT_EQ(read_file(target), "other");
  EXPECT_TRUE(mine->commit().ok());
  EXPECT_EQ(read_file(target), "mine");
}

TEST(Leftovers, NamesAreRecognisedExactly) {
  for (const int attempt : {1, 2, 30}) {
    const std::string name = temporary_name("en.tct", kFileSuffix, attempt);
    EXPECT_TRUE(is_temporary_name(name, "en.tct", kFileSuffix)) << name;
    EXPECT_FALSE(is_temporary_name(name, "en", kFileSuffix)) << name;
    EXPECT_FALSE(is_temporary_name(name, "en.tct", kDirectorySuffix)) << name;
  }
  EXPECT_FALSE(is_temporary_name(".en.tct..tmp", "en.tct", kFileSuffix));
  EXPECT_FALSE(is_temporary_name(".en.tct.tmp", "en.tct", kFileSuffix));
  EXPECT_FALSE(is_temporary_name(".en.tct.x.tmp", "en.tct", kFileSuffix));
}

}  // namespace
}  // namespace tercet::os
