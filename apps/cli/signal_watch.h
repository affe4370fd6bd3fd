// Signals as calls of a function, on a thread where anything may be done.
#ifndef TERCET_APPS_CLI_SIGNAL_WATCH_H_
#define TERCET_APPS_CLI_SIGNAL_WATCH_H_

#include <functional>
#include <thread>

namespace tercet::cli {

/// Takes SIGINT, SIGTERM and SIGHUP away from this thread and all that it starts afterwards. A
/// second SIGINT or SIGTERM ends the process at once.
class SignalWatch {
 public:
  explicit SignalWatch(std::function<void(int signal)> heard);
  ~SignalWatch();
  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;

 private:
  void watch();

  std::function<void(int)> heard_;
  std::thread thread_;
};

}  // namespace tercet::cli

#endif  // TERCET_APPS_CLI_SIGNAL_WATCH_H_
