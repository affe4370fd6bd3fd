// The progress bar of long commands.
#ifndef TERCET_APPS_CLI_PROGRESS_H_
#define TERCET_APPS_CLI_PROGRESS_H_

#include <chrono>
#include <cstddef>
#include <cstdio>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace tercet::cli {

/// What one drawing of the bar shows.
struct ProgressLine {
  std::string_view phase;
  double fraction;  ///< Of the phase, 0..1.
  std::chrono::seconds elapsed;
  std::optional<std::chrono::seconds> remaining;
};

/// "count      [#######-------------]  36%  1:05, 1:55 left", at most `width` columns.
std::string format_progress(const ProgressLine& line, std::size_t width);

struct ProgressOptions {
  using Clock = std::chrono::steady_clock;

  std::FILE* stream = stderr;
  bool terminal = false;  ///< Draw the bar; commonly os::is_terminal(2).
  std::size_t width = 80;
  Clock::time_point (*now)() = Clock::now;
};

/// Shows how far a command is: phases one after the other, each from 0 to 1. Without a terminal
/// nothing is drawn. Nothing is left behind. Redrawn at most 10 times a second,
/// so `update` may be called as often as is handy, and from any thread.
///
/// The remaining time is that of the current phase, as if it went on at its average speed so far:
/// elapsed * (1 - fraction) / fraction. It is shown after two seconds, when it begins to mean
/// something. Later phases are not guessed at.
class ProgressBar {
 public:
  /// For stderr as it is now.
  ProgressBar();
  explicit ProgressBar(const ProgressOptions& options) : options_(options) {}
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;
  ~ProgressBar() { finish(); }

  /// Phase `phase` is at `fraction` (cut to 0..1). Another name than before finishes that phase.
  void update(std::string_view phase, double fraction);

  /// Erases the bar; call it before printing anything else to the terminal. A later update() goes
  /// on with a new phase.
  void finish();

 private:
  using Clock = ProgressOptions::Clock;

  void finish_phase();
  void draw(double fraction, Clock::time_point now);
  void erase();

  std::mutex mutex_;  // Guards all below.
  ProgressOptions options_;
  std::string phase_;  // Empty between phases.
  Clock::time_point phase_start_;
  Clock::time_point next_drawing_;
  bool drawn_ = false;
};

}  // namespace tercet::cli

#endif  // TERCET_APPS_CLI_PROGRESS_H_
