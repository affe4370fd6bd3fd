// Stores in files and on disks that fail: a clear error, never a crash, never a silent loss.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "core/error.h"
#include "os/testing.h"
#include "store/testing.h"
#include "tercet/store.h"

namespace tercet::store::testing {
namespace {

// Thousands of files: in memory, where a sync costs nothing.
[[maybe_unused]] const int kTemporary = ::setenv("TMPDIR", "/dev/shm", 0);

namespace fs = std::filesystem;
using os::testing::read_file;

constexpr std::size_t kPage = 4096;

std::string message_of(const Result<Store>& store) {
  return store.ok() ? "" : store.error().message;
}

/// A store of a few pages, closed, so that all of it is in one file.
std::string any_store(const fs::path& path) {
  {
    Store store = open(path);
    for (int i = 0; i < 60; ++i) {
      std::string text = "sentence number";
      for (int k = 0; k < 10; ++k) text += " w" + std::to_string(i * 10 + k);
      learn(store, text, 1000 + i, i % 2 == 0 ? "page" : "prompt");
    }
    EXPECT_TRUE(store.forget_word("w15", 2000).ok());
    EXPECT_TRUE(store.forget_word("w16", 2001).ok());
    EXPECT_TRUE(store.add_evidence({{"teh", 1, 1}}, 3000).ok());
    EXPECT_TRUE(store.set_block({"x", "en", Blocking::kNeverSuggest}, 3000).ok());
  }
  EXPECT_FALSE(fs::exists(path.native() + "-wal"));
  return read_file(path);
}

void write(const fs::path& path, const std::string& bytes) {
  for (const char* suffix : {"-wal", "-shm"}) fs::remove(path.native() + suffix);
  std::ofstream(path, std::ios::binary) << bytes;
}

struct Seen {
  std::vector<std::string> sentences;
  std::size_t evidence = 0;
  std::size_t blocks = 0;
  friend bool operator==(const Seen&, const Seen&) = default;
};

/// Everything that the store shows, or the first error.
Result<Seen> look(const fs::path& path) {
  auto store = Store::open(path);
  if (!store) return std::move(store).error();
  Shown visitor;
  TERCET_TRY(store->visit(visitor));
  const auto evidence = store->evidence();
  if (!evidence) return evidence.error();
  const auto blocks = store->blocks();
  if (!blocks) return blocks.error();
  return Seen{visitor.lines, evidence->size(), blocks->size()};
}

/// How many sentences can be saved by an export and an import, as the error advises.
std::size_t saved(const fs::path& path, const fs::path& fresh) {
  const auto store = Store::open(path, {.read_only = true});
  if (!store) return 0;
  std::string text;
  const auto report = store->export_text([&text](std::string_view line) {
    text += line;
    return Status{};
  });
  EXPECT_TRUE(report.ok());
  if (!report.ok()) return 0;
  for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(fresh.native() + suffix);
  Store copy = open(fresh);
  const Status status = copy.import_text(text, "saved.txt");
  EXPECT_TRUE(status.ok()) << status.error().message;
  return shown(copy).size();
}

TEST(StoreFault, AFlippedBitIsNoticedOrDoesNotMatter) {
  const TemporaryDirectory directory;
  const fs::path path = directory.path() / "s";
  const std::string bytes = any_store(path);
  const auto expected = look(path);
  ASSERT_TRUE(expected.ok());
  ASSERT_EQ(expected->sentences.size(), 60U);
  std::size_t noticed = 0;
  for (std::size_t at = 0; at < bytes.size(); at += 11) {
    std::string flipped = bytes;
    flipped[at] = static_cast<char>(flipped[at] ^ (1 << (at % 8)));
    write(path, flipped);
    const auto seen = look(path);
    if (seen.ok()) {
      ASSERT_EQ(*seen, *expected) << "byte " << at;
    } else {
      ++noticed;
      ASSERT_NE(seen.error().message.find(path.native()), std::string::npos)
          << seen.error().message;
      ASSERT_NE(seen.error().message.find(';'), std::string::npos) << seen.error().message;
    }
  }
  EXPECT_GT(noticed, 500U);
}

TEST(StoreFault, WhatCanBeReadOfADamagedStoreIsSaved) {
  const TemporaryDirectory directory;
  const fs::path path = directory.path() / "s";
  const std::string bytes = any_store(path);
  const std::size_t at = bytes.find("w300");
  ASSERT_NE(at, std::string::npos);
  std::string changed = bytes;
  changed.replace(at, 4, "w999");
  write(path, changed);
  const auto seen = look(path);
  ASSERT_FALSE(seen.ok());
  EXPECT_EQ(seen.error().code, ErrorCode::kCorrupt);
  EXPECT_NE(seen.error().message.find("export saved.txt"), std::string::npos);
  EXPECT_EQ(saved(path, directory.path() / "new"), 59U);
  // A whole page of sentences: those on both sides of it are saved.
  changed = bytes;
  changed.replace(at / kPage * kPage, kPage, std::string(kPage, '\x55'));
  write(path, changed);
  EXPECT_FALSE(look(path).ok());
  EXPECT_GT(saved(path, directory.path() / "new"), 5U);
}

/// Where in the file a table begins.
std::size_t page_of(const fs::path& path, const std::string& table) {
  sqlite3* database = nullptr;
  sqlite3_stmt* statement = nullptr;
  EXPECT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
  const std::string sql = "SELECT rootpage FROM sqlite_schema WHERE name = '" + table + "'";
  EXPECT_EQ(sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr), SQLITE_OK);
  EXPECT_EQ(sqlite3_step(statement), SQLITE_ROW);
  const auto page = static_cast<std::size_t>(sqlite3_column_int64(statement, 0));
  sqlite3_finalize(statement);
  sqlite3_close(database);
  return (page - 1) * kPage;
}

TEST(StoreFault, WhereOneTableIsDamagedTheOthersAreSaved) {
  const TemporaryDirectory directory;
  const fs::path path = directory.path() / "s";
  const std::string bytes = any_store(path);
  const auto replace = [&](std::size_t at, const std::string& with) {
    std::string changed = bytes;
    changed.replace(at, with.size(), with);
    write(path, changed);
    EXPECT_FALSE(look(path).ok());
  };
  replace(page_of(path, "total"), std::string(kPage, '\x55'));
  EXPECT_EQ(saved(path, directory.path() / "new"), 60U);
  replace(bytes.find("meaning TEXT"), "moaning TEXT");
  EXPECT_EQ(saved(path, directory.path() / "new"), 60U);
  replace(bytes.find("CREATE TABLE lesson"), "CREATE TABLO lesson");
  const auto store = Store::open(path);
  ASSERT_FALSE(store.ok());
  EXPECT_EQ(store.error().code, ErrorCode::kCorrupt);
  EXPECT_NE(store.error().message.find("too damaged to be opened"), std::string::npos)
      << store.error().message;
}

TEST(StoreFault, ADamagedClockStopsNobody) {
  const TemporaryDirectory directory;
  for (const char* stamp : {"9223372036854775807", "-9223372036854775808"}) {
    const fs::path path = directory.path() / stamp;
    any_store(path);
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
    const std::string sql = std::string("UPDATE clock SET stamp = ") + stamp;
    ASSERT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(database);
    Store store = open(path);
    learn(store, "more", 5000);
    EXPECT_EQ(shown(store).back(), "prompt|en|5000: more");
    EXPECT_EQ(*store.forget_word("more", 6000), 1);
  }
}

TEST(StoreFault, AMissingRecordIsNoticed) {
  const TemporaryDirectory directory;
  const fs::path path = directory.path() / "s";
  const std::string bytes = any_store(path);
  for (const std::string table : {"lesson", "sentence", "statement", "evidence", "block"}) {
    write(path, bytes);
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
    const std::string sql =
        "DELETE FROM " + table + " WHERE stamp = (SELECT max(stamp) FROM " + table + ")";
    ASSERT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(database);
    const auto seen = look(path);
    ASSERT_FALSE(seen.ok()) << table;
    EXPECT_NE(seen.error().message.find("a " + table + " is missing"), std::string::npos)
        << seen.error().message;
  }
}

TEST(StoreFault, ATruncatedFileIsNoticed) {
  const TemporaryDirectory directory;
  const fs::path path = directory.path() / "s";
  const std::string bytes = any_store(path);
  for (std::size_t size = 0; size < bytes.size(); size += 509) {
    write(path, bytes.substr(0, size));
    const auto seen = look(path);
    ASSERT_FALSE(seen.ok()) << size;
    EXPECT_EQ(seen.error().code, ErrorCode::kCorrupt) << seen.error().message;
  }
}

TEST(StoreFault, OtherFilesAreRefusedAndLeftAsTheyAre) {
  const TemporaryDirectory directory;
  const fs::path text = directory.write("text", std::string(5000, 'x'));
  EXPECT_NE(message_of(Store::open(text, {.create = true})).find("not a tercet store"),
            std::string::npos);
  EXPECT_EQ(read_file(text), std::string(5000, 'x'));
  const fs::path foreign = directory.path() / "foreign";
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(foreign.c_str(), &database), SQLITE_OK);
  sqlite3_exec(database, "CREATE TABLE t(x)", nullptr, nullptr, nullptr);
  sqlite3_close(database);
  const std::string before = read_file(foreign);
  EXPECT_NE(message_of(Store::open(foreign, {.create = true})).find("not a tercet store"),
            std::string::npos);
  EXPECT_EQ(read_file(foreign), before);
}

TEST(StoreFault, ANewerVersionIsRefused) {
  const TemporaryDirectory directory;
  const fs::path path = directory.path() / "s";
  std::string bytes = any_store(path);
  bytes[63] = 2;  // user_version, big-endian at byte 60.
  write(path, bytes);
  const auto store = Store::open(path);
  ASSERT_FALSE(store.ok());
  EXPECT_EQ(store.error().code, ErrorCode::kUnsupported);
  EXPECT_NE(store.error().message.find("use a newer tercet"), std::string::npos);
}

TEST(StoreFault, MissingPlaces) {
  const TemporaryDirectory directory;
  const fs::path path = directory.path() / "s";
  EXPECT_NE(message_of(Store::open(path)).find("tercet learn"), std::string::npos);
  EXPECT_FALSE(fs::exists(path));
  EXPECT_FALSE(Store::open(path, {.create = true, .read_only = true}).ok());
  EXPECT_FALSE(fs::exists(path));
  const auto nowhere = Store::open(directory.path() / "no" / "s", {.create = true});
  ASSERT_FALSE(nowhere.ok());
  EXPECT_NE(nowhere.error().message.find("no such"), std::string::npos) << nowhere.error().message;
  EXPECT_NE(message_of(Store::open(directory.path(), {.create = true})).find("directory"),
            std::string::npos);
}

TEST(StoreFault, NamesThatSqliteReadsOtherwiseAreFiles) {
  const TemporaryDirectory directory;
  const fs::path before = fs::current_path();
  fs::current_path(directory.path());
  for (const char* name : {":memory:", "file:x?mode=memory"}) {
    Store store = open(name);
    EXPECT_TRUE(fs::exists(directory.path() / name));
  }
  fs::current_path(before);
}

TEST(StoreFault, OnlyTheOwnerMayRead) {
  const TemporaryDirectory directory;
  const fs::path path = directory.path() / "s";
  Store store = open(path);
  learn(store, "mine", 1);
  for (const char* suffix : {"", "-wal", "-shm"}) {
    struct stat status{};
    ASSERT_EQ(::stat((path.native() + suffix).c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U) << suffix;
  }
}

TEST(StoreFault, ReadOnly) {
  const TemporaryDirectory directory;
  const fs::path path = directory.path() / "s";
  any_store(path);
  auto store = Store::open(path, {.read_only = true});
  ASSERT_TRUE(store.ok());
  EXPECT_EQ(shown(*store).size(), 60U);
  EXPECT_NE(store->forget_word("w", 1).error().message.find("for reading only"), std::string::npos);
  EXPECT_FALSE(store->purge().ok());
  EXPECT_FALSE(store->import_text("", "").ok());
}

TEST(StoreFault, AnUnwritableFileSystemIsReported) {
  const TemporaryDirectory directory;
  const int status = os::testing::with_small_disk(directory.path(), [&] {
    const fs::path path = directory.path() / "s";
    learn(*std::make_unique<Store>(open(path)), "mine", 1);
    if (::mount(nullptr, directory.path().c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr) != 0)
      return os::testing::kSkipped;
    const auto store = Store::open(path, {.create = true});
    EXPECT_FALSE(store.ok());
    EXPECT_NE(message_of(store).find("read"), std::string::npos) << message_of(store);
    return 0;
  });
  if (status == os::testing::kSkipped) GTEST_SKIP() << "mounting is not allowed here";
  EXPECT_EQ(status, 0);
}

/// Learns until the disk is full; what was acknowledged is there, then and afterwards.
void fill(const fs::path& path, std::size_t most) {
  Store store = open(path);
  std::vector<std::string> acknowledged;
  Status status;
  for (std::size_t i = 0; status.ok() && i < most; ++i) {
    const std::string text = "number " + std::to_string(i) + ' ' + std::string(2000, 'x');
    const auto lesson = store.begin_lesson("p", "en", 1000);
    ASSERT_TRUE(lesson.ok());
    status = store.put_sentence(*lesson, 0, words_of(text));
    if (status.ok()) acknowledged.push_back("p|en|1000: " + text);
  }
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, ErrorCode::kIo);
  EXPECT_NE(status.error().message.find("what was being written is not in the store"),
            std::string::npos)
      << status.error().message;
  EXPECT_GT(acknowledged.size(), 10U);
  EXPECT_EQ(shown(store), acknowledged);
  EXPECT_EQ(shown(*Store::open(path)), acknowledged);
}

TEST(StoreFault, AFileLimitLosesNothing) {
  const TemporaryDirectory directory;
  EXPECT_EQ(os::testing::with_file_limit(400'000,
                                         [&] {
                                           fill(directory.path() / "s", 2000);
                                           return 0;
                                         }),
            0);
  EXPECT_GT(shown(open(directory.path() / "s")).size(), 10U);
}

TEST(StoreFault, AFullDiskLosesNothing) {
  const TemporaryDirectory directory;
  const int status = os::testing::with_small_disk(directory.path(), [&] {
    const fs::path path = directory.path() / "s";
    const fs::path ballast = directory.write("ballast", std::string(200'000, 'x'));
    fill(path, 2000);
    fs::remove(ballast);
    Store store = open(path);  // There is room again.
    const std::size_t before = shown(store).size();
    learn(store, "more", 1);
    EXPECT_EQ(shown(store).size(), before + 1);
    return 0;
  });
  if (status == os::testing::kSkipped) GTEST_SKIP() << "mounting is not allowed here";
  EXPECT_EQ(status, 0);
}

TEST(StoreFault, AStoreThatIsLockedIsReported) {
  const TemporaryDirectory directory;
  const fs::path path = directory.path() / "s";
  Store store = open(path);
  learn(store, "before", 1);
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &other), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
  EXPECT_EQ(shown(store).size(), 1U);  // Readers do not wait.
  const Status status = store.set_block({"x", "", Blocking::kAllow}, 2);
  ASSERT_FALSE(status.ok());
  EXPECT_NE(status.error().message.find("another program is writing"), std::string::npos);
  sqlite3_close(other);
  EXPECT_TRUE(store.set_block({"x", "", Blocking::kAllow}, 2).ok());
}

TEST(StoreFault, PurgeSaysWhenAReaderKeepsOldPages) {
  const TemporaryDirectory directory;
  const fs::path path = directory.path() / "s";
  Store store = open(path);
  learn(store, "xyzzyx", 1);
  sqlite3* reader = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &reader), SQLITE_OK);
  sqlite3_exec(reader, "BEGIN; SELECT * FROM lesson", nullptr, nullptr, nullptr);
  const auto gone = store.forget_word("xyzzyx", 2, true);
  ASSERT_FALSE(gone.ok());
  EXPECT_NE(gone.error().message.find("purge"), std::string::npos) << gone.error().message;
  sqlite3_close(reader);
  ASSERT_TRUE(store.purge().ok());
  EXPECT_EQ(raw_bytes(path).find("xyzzyx"), std::string::npos);
}

TEST(StoreFault, TwoWritersLoseNothing) {
  const TemporaryDirectory directory;
  const fs::path path = directory.path() / "s";
  constexpr int kEach = 100;
  const auto write_all = [&](const std::string& source) {
    Store store = open(path);  // Both may be the one that makes it.
    for (int i = 0; i < kEach; ++i) learn(store, "w" + std::to_string(i), 1000 + i, source);
  };
  std::thread one(write_all, "one");
  std::thread two(write_all, "two");
  one.join();
  two.join();
  const auto lines = shown(open(path));
  ASSERT_EQ(lines.size(), 2U * kEach);
  for (const char* source : {"one", "two"}) {
    int next = 0;  // Each writer's sentences are there in their order.
    for (const std::string& line : lines)
      if (line.starts_with(source)) {
        EXPECT_TRUE(line.ends_with(": w" + std::to_string(next))) << line;
        ++next;
      }
    EXPECT_EQ(next, kEach);
  }
}

}  // namespace
}  // namespace tercet::store::testing
