#include "os/workers.h"

#include <sys/resource.h>

#include <atomic>
#include <new>
#include <set>
#include <thread>

#include "os/testing.h"

namespace tercet::os {
namespace {

TEST(Workers, ShareTheWork) {
  for (const unsigned count : {0U, 1U, 2U, 7U}) {
    std::atomic<int> next{0};
    std::atomic<int> calls{0};
    std::array<std::atomic<int>, 1000> done{};
    ASSERT_TRUE(run_workers(count, [&] {
                  ++calls;
                  for (int i = next++; i < 1000; i = next++) ++done[static_cast<std::size_t>(i)];
                }).ok());
    for (const auto& times : done) EXPECT_EQ(times, 1);
    EXPECT_EQ(calls, static_cast<int>(std::max(count, 1U)));
  }
}

TEST(Workers, OutOfMemoryIsAnError) {
  std::atomic<bool> first{true};
  const Status status = run_workers(4, [&] {
    if (first.exchange(false)) throw std::bad_alloc();
  });
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, ErrorCode::kResource);
}

TEST(Workers, FewerThreadsThanAskedForDoAsWell) {
  const int result = testing::in_child([] {
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_NPROC, &none);
    if (::geteuid() == 0 && ::setuid(65534) != 0) return testing::kSkipped;
    std::atomic<int> next{0};
    const Status status = run_workers(3, [&] {
      while (next++ < 100) {
      }
    });
    return status.ok() && next >= 100 ? 0 : 1;
  });
  if (result == testing::kSkipped) GTEST_SKIP() << "cannot give up root's rights here";
  EXPECT_EQ(result, 0);
}

}  // namespace
}  // namespace tercet::os
