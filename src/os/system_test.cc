#include "os/system.h"

#include <vector>

#include "os/testing.h"

namespace tercet::os {
namespace {

TEST(System, KnowsTheMachine) {
  EXPECT_GE(cpu_count(), 1U);
  EXPECT_LE(cpu_count(), 4096U);
  EXPECT_GT(total_memory(), std::uint64_t{16} << 20);
  EXPECT_GT(peak_resident_bytes(), std::uint64_t{1} << 20);
}

TEST(System, PeakMemoryGrowsWithUse) {
  const std::uint64_t before = peak_resident_bytes();
  const std::vector<char> memory(before + (std::size_t{64} << 20), 'x');
  EXPECT_EQ(memory.back(), 'x');
  EXPECT_GE(peak_resident_bytes(), before + (std::uint64_t{32} << 20));
}

TEST(System, RespectsTheAffinityMask) {
  EXPECT_EQ(testing::in_child([] {
              cpu_set_t set;
              CPU_ZERO(&set);
              CPU_SET(static_cast<std::size_t>(::sched_getcpu()), &set);
              EXPECT_EQ(::sched_setaffinity(0, sizeof set, &set), 0);
              EXPECT_EQ(cpu_count(), 1U);
              return 0;
            }),
            0);
}

TEST(System, AFileIsNoTerminal) {
  const int descriptor = ::open("/dev/null", O_RDONLY);
  EXPECT_FALSE(is_terminal(descriptor));
  EXPECT_EQ(terminal_width(descriptor), 80U);
  ::close(descriptor);
}

TEST(System, KnowsATerminal) {
  const int terminal = ::posix_openpt(O_RDWR | O_NOCTTY);
  if (terminal < 0) GTEST_SKIP() << "no pseudo-terminals here";
  EXPECT_TRUE(is_terminal(terminal));
  EXPECT_EQ(terminal_width(terminal), 80U);
  ::close(terminal);
}

TEST(System, ReadsCgroupLimits) {
  EXPECT_EQ(parse_cpu_quota("max 100000"), std::nullopt);
  EXPECT_EQ(parse_cpu_quota("200000 100000"), 2U);
  EXPECT_EQ(parse_cpu_quota("150000 100000"), 2U);
  EXPECT_EQ(parse_cpu_quota("1000 100000"), 1U);
  EXPECT_EQ(parse_cpu_quota("1000 0"), std::nullopt);
  EXPECT_EQ(parse_cpu_quota("nonsense"), std::nullopt);
  EXPECT_EQ(parse_memory_limit("1073741824"), 1'073'741'824U);
  EXPECT_EQ(parse_memory_limit("max"), std::nullopt);
}

}  // namespace
}  // namespace tercet::os
