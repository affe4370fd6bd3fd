// A disk that fails while training reads its temporary files back: an error, never a model, never a
// loop. This program has a pread(2) of its own, which the engine linked into it calls.
#include <gtest/gtest.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <filesystem>
#include <string>

#include "tercet/train.h"
#include "training.h"

namespace {

std::atomic<long> reads{0};
std::atomic<long> failing_read{0};  // The number of the call that fails; 0: none.

}  // namespace

extern "C" ssize_t pread(int file, void* bytes, size_t count, off_t offset) {
  if (++reads == failing_read) {
    errno = EIO;
    return -1;
  }
  return ::syscall(SYS_pread64, file, bytes, count, offset);
}

namespace tercet::testing {
namespace {

namespace fs = std::filesystem;

std::string any_text(int tokens) {
  std::string text;
  std::uint32_t random = 1;
  for (int i = 0; i < tokens; ++i) {
    random = random * 1'664'525 + 1'013'904'223;
    text += "w" + std::to_string((random >> 16) % 300) + (i % 11 == 10 ? "\n" : " ");
  }
  return text + "\n";
}

/// Fails each read of a training in turn.
void fail_every_read(TrainOptions options, int tokens = 60'000) {
  options.plain_tokens = true;
  options.threads = 1;
  const TemporaryDirectory directory;
  const fs::path input = directory.write("in", any_text(tokens));
  const fs::path output = directory.path() / "out.tct";
  failing_read = 0;
  reads = 0;
  ASSERT_TRUE(train_model({&input, 1}, output, options).ok());
  const long all = reads;
  ASSERT_GT(all, 10);
  fs::remove(output);
  for (long i = 1; i <= all; ++i) {
    reads = 0;
    failing_read = i;
    const auto report = train_model({&input, 1}, output, options);
    ASSERT_FALSE(report.ok()) << "read " << i << " of " << all;
    EXPECT_EQ(report.error().code, ErrorCode::kIo);
    EXPECT_NE(report.error().message.find("input/output error"), std::string::npos)
        << report.error().message;
    EXPECT_FALSE(fs::exists(output));
  }
}

TEST(FailingRead, Pruned) {
  TrainOptions options;
  options.prune_counts = {0, 0, 1};
  fail_every_read(options);
}

TEST(FailingRead, Unpruned) {
  TrainOptions options;
  options.prune_counts = {0};
  fail_every_read(options);
}

/// More windows than fit into memory: sorted runs in files, merged.
TEST(FailingRead, Merged) {
  TrainOptions options;
  options.order = 3;
  options.memory = std::uint64_t{16} << 20;
  fail_every_read(options, 1'500'000);
}

TEST(FailingRead, JelinekMercer) {
  TrainOptions options;
  options.smoothing = Smoothing::kJelinekMercer;
  fail_every_read(options);
}

TEST(FailingRead, Katz) {
  TrainOptions options;
  options.smoothing = Smoothing::kKatz;
  fail_every_read(options);
}

}  // namespace
}  // namespace tercet::testing
