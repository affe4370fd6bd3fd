#include "os/scratch_directory.h"

#include <utility>

#include "os/testing.h"

namespace tercet::os {
namespace {

using testing::TemporaryDirectory;

TEST(ScratchDirectory, IsRemovedWithItsContent) {
  const TemporaryDirectory parent;
  {
    auto scratch = ScratchDirectory::create(parent.path(), "en.tct");
    ASSERT_TRUE(scratch.ok()) << scratch.error().message;
    EXPECT_EQ(scratch->path().filename().native(),
              ".en.tct." + std::to_string(::getpid()) + ".tercet-scratch");
    std::filesystem::create_directories(scratch->path() / "deep" / "er");
    std::ofstream(scratch->path() / "deep" / "file") << "x";
    EXPECT_EQ(parent.count(), 1);
  }
  EXPECT_EQ(parent.count(), 0);
}

TEST(ScratchDirectory, SeveralMayLiveAtOnceAndMove) {
  const TemporaryDirectory parent;
  auto first = ScratchDirectory::create(parent.path(), "en.tct");
  auto second = ScratchDirectory::create(parent.path(), "en.tct");
  ASSERT_TRUE(first.ok() && second.ok());
  EXPECT_NE(first->path(), second->path());
  const std::filesystem::path kept = second->path();
  *first = std::move(*second);
  EXPECT_EQ(first->path(), kept);
  EXPECT_EQ(parent.count(), 1);
  EXPECT_TRUE(std::filesystem::exists(kept));
}

TEST(ScratchDirectory, NamesAParentThatCannotBeUsed) {
  const auto scratch = ScratchDirectory::create("/nowhere/at/all", "en.tct");
  ASSERT_FALSE(scratch.ok());
  EXPECT_EQ(scratch.error().message,
            "/nowhere/at/all: cannot make a temporary directory in it: no such file or directory; "
            "choose another with --temporary DIR");
}

TEST(ScratchDirectory, RemovesWhatKilledProcessesLeft) {
  const TemporaryDirectory parent;
  const int status = testing::in_child([&] {
    const auto scratch = ScratchDirectory::create(parent.path(), "en.tct");
    std::ofstream(scratch->path() / "data") << "x";
    ::raise(SIGKILL);
    return 0;
  });
  EXPECT_EQ(status, 128 + SIGKILL);
  std::filesystem::create_directory(parent.path() / ".en.tct.5.tercet-scratch");  // No lock yet.
  std::filesystem::create_directory(parent.path() / ".ru.tct.5.tercet-scratch");
  parent.write(".en.tct.6-2.tmp", "of an AtomicFile");
  EXPECT_EQ(parent.count(), 4);
  const auto scratch = ScratchDirectory::create(parent.path(), "en.tct");
  ASSERT_TRUE(scratch.ok());
  EXPECT_EQ(parent.count(), 2);
  EXPECT_TRUE(std::filesystem::exists(parent.path() / ".ru.tct.5.tercet-scratch"));
}

TEST(ScratchDirectory, SparesThatOfALivingProcess) {
  const TemporaryDirectory parent;
  const auto mine = ScratchDirectory::create(parent.path(), "en.tct");
  ASSERT_TRUE(mine.ok());
  EXPECT_EQ(testing::in_child([&] {
              const auto other = ScratchDirectory::create(parent.path(), "en.tct");
              EXPECT_TRUE(other.ok());
              return 0;
            }),
            0);
  EXPECT_TRUE(std::filesystem::exists(mine->path() / "lock"));
}

}  // namespace
}  // namespace tercet::os
