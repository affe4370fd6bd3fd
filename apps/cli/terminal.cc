#include "terminal.h"

#include <poll.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <utility>

#include "core/error.h"
#include "os/system.h"

namespace tercet::cli {
namespace {

constexpr std::string_view kPasteOn = "\x1b[?2004h";
constexpr std::string_view kPasteOff = "\x1b[?2004l";

sigset_t watched_signals() {
  sigset_t set;
  ::sigemptyset(&set);
  for (const int each : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH, SIGCONT}) {
    ::sigaddset(&set, each);
  }
  return set;
}

}  // namespace

bool Terminal::usable() {
  const char* kind = std::getenv("TERM");
  return os::is_terminal(STDIN_FILENO) && os::is_terminal(STDOUT_FILENO) && kind != nullptr &&
         std::string_view(kind) != "dumb";
}

Result<std::unique_ptr<Terminal>> Terminal::open() {
  termios saved{};
  if (::tcgetattr(STDIN_FILENO, &saved) != 0) return os::error_of("the terminal", errno);
  const sigset_t watched = watched_signals();
  sigset_t saved_signals;
  ::pthread_sigmask(SIG_BLOCK, &watched, &saved_signals);
  os::FileDescriptor signals(::signalfd(-1, &watched, SFD_CLOEXEC | SFD_NONBLOCK));
  if (!signals.ok()) {
    const int error_number = errno;
    ::pthread_sigmask(SIG_SETMASK, &saved_signals, nullptr);
    return os::error_of("the terminal", error_number);
  }
  // Not make_unique: the constructor is private.
  return std::unique_ptr<Terminal>(new Terminal(saved, saved_signals, std::move(signals)));
}

Terminal::Terminal(const termios& saved, const sigset_t& saved_signals, os::FileDescriptor signals)
    : saved_(saved), saved_signals_(saved_signals), signals_(std::move(signals)) {
  enter_raw_mode();
  write(kPasteOn);
}

Terminal::~Terminal() {
  write(kPasteOff);
  ::tcsetattr(STDIN_FILENO, TCSADRAIN, &saved_);
  // Signals that came meanwhile were asked for and answered; they shall not strike now.
  while (read_signal() == Event::kSignal) {
  }
  ::pthread_sigmask(SIG_SETMASK, &saved_signals_, nullptr);
}

void Terminal::enter_raw_mode() const {
  termios raw = saved_;
  raw.c_iflag &= ~static_cast<tcflag_t>(ICRNL | INLCR | IGNCR | ISTRIP | IXON | BRKINT | PARMRK);
  raw.c_lflag &= ~static_cast<tcflag_t>(ECHO | ECHONL | ICANON | IEXTEN | ISIG);
  raw.c_cflag |= CS8;
  raw.c_cc[VMIN] = 1;
  raw.c_cc[VTIME] = 0;
  ::tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
}

Terminal::Event Terminal::wait(int timeout_milliseconds, std::string& bytes) {
  std::array<pollfd, 2> sources{pollfd{STDIN_FILENO, POLLIN, 0}, pollfd{signals_.get(), POLLIN, 0}};
  const int ready = ::poll(sources.data(), sources.size(), timeout_milliseconds);
  if (ready == 0) return Event::kTimeout;
  if (ready < 0) return errno == EINTR ? Event::kRedraw : Event::kHangUp;
  return sources[1].revents != 0 ? read_signal() : read_input(bytes);
}

Terminal::Event Terminal::read_signal() {
  signalfd_siginfo info{};
  if (::read(signals_.get(), &info, sizeof info) != sizeof info) return Event::kTimeout;
  const int signal = static_cast<int>(info.ssi_signo);
  if (signal == SIGWINCH) return Event::kRedraw;
  if (signal == SIGCONT) {
    enter_raw_mode();  // The shell may have put its own mode meanwhile.
    return Event::kRedraw;
  }
  signal_ = signal;
  return Event::kSignal;
}

Terminal::Event Terminal::read_input(std::string& bytes) {
  std::array<char, 4096> buffer;
  const ssize_t got = ::read(STDIN_FILENO, buffer.data(), buffer.size());
  if (got > 0) {
    bytes.append(buffer.data(), static_cast<std::size_t>(got));
    return Event::kInput;
  }
  return got < 0 && (errno == EINTR || errno == EAGAIN) ? Event::kTimeout : Event::kHangUp;
}

ScreenSize Terminal::size() const {
  winsize window{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) != 0 || window.ws_col == 0) return {};
  return {window.ws_col, window.ws_row == 0 ? ScreenSize{}.rows : window.ws_row};
}

void Terminal::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace tercet::cli
