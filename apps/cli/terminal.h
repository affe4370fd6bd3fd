// The terminal in raw mode.
#ifndef TERCET_APPS_CLI_TERMINAL_H_
#define TERCET_APPS_CLI_TERMINAL_H_

#include <termios.h>

#include <csignal>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "os/file_descriptor.h"
#include "screen.h"
#include "tercet/error.h"

namespace tercet::cli {

/// Keys come one by one, unechoed; the destructor puts everything back. Signals that would end the
/// process (SIGINT, SIGTERM, SIGHUP, SIGQUIT) are blocked meanwhile and read like input, so that
/// the terminal is put back after them too. One at a time, on the main thread.
class Terminal {
 public:
  /// True when stdin and stdout are terminals that understand escape sequences.
  static bool usable();

  static Result<std::unique_ptr<Terminal>> open();

  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;
  ~Terminal();

  enum class Event : std::uint8_t {
    kInput,
    kTimeout,
    kRedraw,  ///< Another size, or continued after a stop.
    kHangUp,  ///< The terminal is gone, or its input ended.
    kSignal,  ///< Asked to end: see signal().
  };
  /// Waits; appends what was typed to `bytes`. No timeout if negative.
  Event wait(int timeout_milliseconds, std::string& bytes);

  int signal() const noexcept { return signal_; }

  ScreenSize size() const;

  /// What cannot be written is lost: wait() will say that the terminal is gone.
  void write(std::string_view bytes);

 private:
  Terminal(const termios& saved, const sigset_t& saved_signals, os::FileDescriptor signals);

  void enter_raw_mode() const;
  Event read_signal();
  static Event read_input(std::string& bytes);

  termios saved_;
  sigset_t saved_signals_;
  os::FileDescriptor signals_;
  int signal_ = 0;
};

}  // namespace tercet::cli

#endif  // TERCET_APPS_CLI_TERMINAL_H_
