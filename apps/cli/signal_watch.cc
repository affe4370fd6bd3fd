#include "signal_watch.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <utility>

#include "command.h"

namespace tercet::cli {
namespace {

/// Sent by the destructor.
constexpr int kEnd = SIGUSR1;

sigset_t watched() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, kEnd}) sigaddset(&set, signal);
  return set;
}

}  // namespace

SignalWatch::SignalWatch(std::function<void(int signal)> heard) : heard_(std::move(heard)) {
  const sigset_t set = watched();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  thread_ = std::thread([this] { watch(); });
}

SignalWatch::~SignalWatch() {
  pthread_kill(thread_.native_handle(), kEnd);
  thread_.join();
}

void SignalWatch::watch() {
  const sigset_t set = watched();
  bool ending = false;
  for (int signal = 0; sigwait(&set, &signal) == 0 && signal != kEnd;) {
    if (ending && signal != SIGHUP) _exit(kSignalled + signal);
    ending = ending || signal != SIGHUP;
    heard_(signal);
  }
}

}  // namespace tercet::cli
