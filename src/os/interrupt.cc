#include "os/interrupt.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <functional>
#include <thread>

namespace tercet::os {
namespace {

// A signal handler can reach nothing but globals; these are written before it is installed.
std::atomic<int> g_pipe_end{-1};
std::atomic<int> g_signal{0};
// Ctrl-C, kill, and a terminal that was closed.
constexpr std::array kSignals{SIGINT, SIGTERM, SIGHUP};
static_assert(std::atomic<int>::is_always_lock_free, "the handler may only touch such atomics");

void set_handler(int signal, void (*handler)(int)) noexcept {
  struct sigaction action{};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  ::sigaction(signal, &action, nullptr);
}

// A signal that was ignored from the start (nohup, `command &` in a script) stays ignored.
bool is_ignored(int signal) noexcept {
  struct sigaction action{};
  return ::sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

extern "C" void on_signal(int signal) {
  const int saved = errno;
  for (const int each : kSignals) {
    if (!is_ignored(each)) set_handler(each, SIG_DFL);
  }
  g_signal = signal;
  const char byte = 0;
  // Nobody could be told of a failure; and an empty pipe has room for a byte.
  [[maybe_unused]] const ssize_t written = ::write(g_pipe_end, &byte, 1);
  errno = saved;
}

void wait_for_signal(int pipe_end, std::stop_source& source) {
  char byte = 0;
  while (::read(pipe_end, &byte, 1) < 0 && errno == EINTR) {
  }
  source.request_stop();
}

// Never destroyed: the thread may outlive main().
std::stop_source& install() {
  auto& source = *new std::stop_source;
  std::array<int, 2> ends{};
  // Without a pipe Ctrl-C keeps its default meaning, which is no reason not to work at all.
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return source;
  g_pipe_end = ends[1];
  std::thread(wait_for_signal, ends[0], std::ref(source)).detach();
  for (const int signal : kSignals) {
    if (!is_ignored(signal)) set_handler(signal, on_signal);
  }
  return source;
}

}  // namespace

std::stop_token interrupt_token() {
  static const std::stop_source& source = install();
  return source.get_token();
}

int interrupt_signal() noexcept { return g_signal; }

}  // namespace tercet::os
