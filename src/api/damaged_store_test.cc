// A person writes, and the store is damaged or the disk is full: suggestions go on, and every error
// says what to do.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "api/testing.h"

namespace tercet::api::testing {
namespace {

// Hundreds of stores: in memory, where a sync costs nothing.
[[maybe_unused]] const int kTemporary = ::setenv("TMPDIR", "/dev/shm", 0);

namespace fs = std::filesystem;

constexpr std::int64_t kNow = 1'700'000'000'000;

void expect_helpful(const Error& error, const fs::path& path) {
  EXPECT_NE(error.message.find(path.native()), std::string::npos) << error.message;
  EXPECT_NE(error.message.find(';'), std::string::npos) << error.message;
}

/// Whether it went well; if not, that the error names the file and the remedy.
template <class Outcome>
bool succeeds(const Outcome& outcome, const fs::path& path) {
  if (!outcome.ok()) expect_helpful(outcome.error(), path);
  return outcome.ok();
}

/// As the error of a damaged store advises: a new one, of what can be read of the old one.
void expect_saved(const Store& store, const fs::path& fresh) {
  std::string text;
  const auto report = store.export_text([&text](std::string_view line) {
    text += line;
    return Status{};
  });
  ASSERT_TRUE(report.ok()) << report.error().message;
  auto saved = Store::open(fresh, {.create = true});
  ASSERT_TRUE(saved.ok()) << saved.error().message;
  const Status status = saved->import_text(text, "saved.txt");
  ASSERT_TRUE(status.ok()) << status.error().message;
}

/// Everything that can be done to a store.
bool use(Store& store, const fs::path& path, const fs::path& fresh) {
  expect_saved(store, fresh);
  auto other = Store::open(fresh, {.create = true});
  bool good = succeeds(other, fresh) && succeeds(other->merge(path), path);
  good = succeeds(store.merge(fresh), path) && good;
  good = succeeds(store.stats(), path) && good;
  good = succeeds(store.forget_word("house", kNow + 1), path) && good;
  good = succeeds(store.undo(), path) && good;
  good = succeeds(store.set_block({"x", "en", Blocking::kAllow}, kNow), path) && good;
  good = succeeds(store.add_evidence({{"teh", 1, 0}}, kNow), path) && good;
  good = succeeds(store.forget_source("none", kNow, true), path) && good;
  return succeeds(store.purge(), path) && good;
}

/// A day's writing with that store. Returns whether nothing was found to be wrong.
bool write(const fs::path& path, const fs::path& fresh) {
  auto store = Store::open(path);
  if (!succeeds(store, path)) return false;
  bool good = true;
  {
    Recorder recorder(*store, "test", [] { return kNow; });
    Session session(english_only(), {.observer = &recorder});
    good = succeeds(remember(*store, session), path);
    type(session, "we saw the house again. we ");
    EXPECT_FALSE(session.suggest().words.empty());
    good = succeeds(recorder.status(), path) && good;
  }
  return use(*store, path, fresh) && good;
}

void fill(const fs::path& path, int sentences) {
  auto store = Store::open(path, {.create = true});
  ASSERT_TRUE(store.ok());
  Recorder recorder(*store, "test", [] { return kNow; });
  Session session(english_only(), {.observer = &recorder});
  for (int i = 0; i < sentences; ++i)
    type(session, "they wrote number" + std::to_string(i) + " to zorp and teh. ");
  session.update(session.text_before() + "helo ");
  session.update(session.text_before().substr(0, session.text_before().size() - 3) + "p ");
  ASSERT_TRUE(recorder.status().ok());
  ASSERT_TRUE(store->forget_word("zorp", kNow).ok());
  ASSERT_TRUE(store->set_block({"damn", "", Blocking::kNeverSuggest}, kNow).ok());
}

/// A store's file and its log of writes.
struct Files {
  std::string store;
  std::string log;
};

Files read_files(const fs::path& path) {
  return {os::testing::read_file(path), os::testing::read_file(path.native() + "-wal")};
}

void write_files(const fs::path& path, const Files& files) {
  fs::remove(path.native() + "-shm");
  std::ofstream(path, std::ios::binary) << files.store;
  std::ofstream(path.native() + "-wal", std::ios::binary) << files.log;
}

/// Writes with a store in which a bit is flipped, in every `step`th byte of that file. Returns how
/// often something was found to be wrong.
std::size_t flip_bits(const Files& files, std::string Files::* part, std::size_t step) {
  std::size_t noticed = 0;
  for (std::size_t at = 0; at < (files.*part).size(); at += step) {
    SCOPED_TRACE("byte " + std::to_string(at));
    const TemporaryDirectory directory;
    const fs::path path = directory.path() / "store";
    Files flipped = files;
    char& byte = (flipped.*part)[at];
    byte = static_cast<char>(byte ^ (1 << (at % 8)));
    write_files(path, flipped);
    noticed += write(path, directory.path() / "fresh") ? 0 : 1;
  }
  return noticed;
}

TEST(DamagedStore, SaysWhatToDoAndSuggestionsGoOn) {
  const TemporaryDirectory directory;
  const fs::path path = directory.path() / "store";
  fill(path, 40);
  const Files files = read_files(path);
  ASSERT_TRUE(files.log.empty());
  EXPECT_GT(flip_bits(files, &Files::store, 131), 25U);
  EXPECT_TRUE(write(path, directory.path() / "fresh")) << "the store itself is whole";
}

TEST(DamagedStore, SoDoesOneWhoseNewestWritesAreDamaged) {
  const TemporaryDirectory directory;
  const fs::path path = directory.path() / "store";
  fill(path, 10);
  auto store = Store::open(path);  // It keeps the log from being emptied.
  ASSERT_TRUE(store.ok());
  fill(path, 10);
  const Files files = read_files(path);
  ASSERT_FALSE(files.log.empty());
  flip_bits(files, &Files::log, 4001);
}

TEST(FullDisk, AStoreOpensOrSaysWhatToDo) {
  const TemporaryDirectory directory;
  const int status = os::testing::with_small_disk(directory.path(), [&] {
    const fs::path path = directory.path() / "store";
    fill(path, 10);
    directory.write("ballast", std::string(2'000'000, 'x'));
    const auto made = Store::open(directory.path() / "new", {.create = true});
    EXPECT_FALSE(succeeds(made, directory.path() / "new"));
    EXPECT_FALSE(write(path, directory.path() / "fresh"));
    fs::remove(directory.path() / "ballast");
    for (const char* name : {"new", "new-wal", "new-shm"}) fs::remove(directory.path() / name);
    EXPECT_TRUE(write(path, directory.path() / "fresh"));
    return 0;
  });
  if (status == os::testing::kSkipped) GTEST_SKIP() << "mounting is not allowed here";
  EXPECT_EQ(status, 0);
}

}  // namespace
}  // namespace tercet::api::testing
