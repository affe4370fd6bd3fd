#include "progress.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>

namespace tercet::cli {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

ProgressOptions::Clock::time_point g_now;

class ProgressBarTest : public ::testing::Test {
 protected:
  ProgressBarTest() : stream_(std::tmpfile()) {}
  ~ProgressBarTest() override { std::fclose(stream_); }

  ProgressOptions options(bool terminal) const {
    return {stream_, terminal, 60, [] { return g_now; }};
  }

  std::string written() const {
    EXPECT_EQ(std::fseek(stream_, 0, SEEK_SET), 0);
    std::array<char, 10'000> buffer{};
    return {buffer.data(), std::fread(buffer.data(), 1, buffer.size(), stream_)};
  }

 private:
  std::FILE* stream_;
};

TEST_F(ProgressBarTest, DrawsAndErases) {
  ProgressBar bar(options(true));
  bar.update("count", 0);
  g_now += seconds(65);
  bar.update("count", 0.25);
  bar.finish();
  bar.finish();
  EXPECT_EQ(written(),
            "\rcount      [-------------------]   0%  0:00\x1b[K"
            "\rcount      [####---------------]  25%  1:05, 3:15 left\x1b[K"
            "\r\x1b[K");
}

TEST_F(ProgressBarTest, DrawsAtMostTenTimesASecond) {
  {
    ProgressBar bar(options(true));
    for (int i = 0; i < 1000; ++i) {
      g_now += milliseconds(1);
      bar.update("count", i / 1000.0);
    }
  }
  EXPECT_EQ(std::ranges::count(written(), '\r'), 10 + 1);
}

TEST_F(ProgressBarTest, IsSilentWithoutATerminal) {
  {
    ProgressBar bar(options(false));
    bar.update("count", 0.5);
    bar.update("pack", 0.5);
  }
  EXPECT_EQ(written(), "");
}

TEST(FormatProgress, FitsAnyWidth) {
  const ProgressLine line{"a phase with a long name", 1, seconds(7384), seconds(0)};
  for (std::size_t width = 0; width < 100; ++width) {
    EXPECT_LE(format_progress(line, width).size(), width);
  }
  EXPECT_EQ(format_progress(line, 100),
            "a phase with a long name [##############################] 100%  2:03:04, 0:00 left");
}

}  // namespace
}  // namespace tercet::cli
