#include "os/interrupt.h"

#include <chrono>
#include <stop_token>
#include <thread>

#include "os/testing.h"

namespace tercet::os {
namespace {

bool triggered_soon(const std::stop_token& token) {
  for (int i = 0; i < 1000 && !token.stop_requested(); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return token.stop_requested();
}

// Each in a child: handlers are for the life of the process.
int after_signal(int signal) {
  return testing::in_child([signal] {
    const std::stop_token token = interrupt_token();
    EXPECT_FALSE(token.stop_requested());
    EXPECT_EQ(interrupt_signal(), 0);
    ::raise(signal);
    EXPECT_TRUE(triggered_soon(token));
    EXPECT_TRUE(triggered_soon(interrupt_token()));
    EXPECT_EQ(interrupt_signal(), signal);
    return 0;
  });
}

TEST(Interrupt, TriggersTheToken) {
  EXPECT_EQ(after_signal(SIGINT), 0);
  EXPECT_EQ(after_signal(SIGTERM), 0);
}

TEST(Interrupt, TheSecondSignalKills) {
  const int status = testing::in_child([] {
    const std::stop_token token = interrupt_token();
    ::raise(SIGINT);
    EXPECT_TRUE(triggered_soon(token));
    ::raise(SIGINT);
    return 0;
  });
  EXPECT_EQ(status, 128 + SIGINT);
}

TEST(Interrupt, AnIgnoredSignalStaysIgnored) {
  const int status = testing::in_child([] {
    ::signal(SIGINT, SIG_IGN);
    const std::stop_token token = interrupt_token();
    ::raise(SIGINT);
    EXPECT_EQ(interrupt_signal(), 0);
    ::raise(SIGTERM);
    EXPECT_TRUE(triggered_soon(token));
    ::raise(SIGINT);
    return 0;
  });
  EXPECT_EQ(status, 0);
}

}  // namespace
}  // namespace tercet::os
