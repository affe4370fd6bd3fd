#include "progress.h"

#include <fmt/format.h>

#include <algorithm>

#include "os/system.h"

namespace tercet::cli {
namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr milliseconds kInterval{100};
constexpr seconds kTooEarlyToTell{2};
constexpr std::size_t kPhaseColumns = 10;
// Kept free for the times, so that the bar does not change its length as they do.
constexpr std::size_t kTimeColumns = 28;
constexpr std::size_t kWidestBar = 30;
constexpr std::size_t kNarrowestBar = 5;
constexpr int kStderr = 2;

// "1:05" or "2:03:09".
std::string format_time(seconds time) {
  const auto total = time.count();
  if (total < 3600) return fmt::format("{}:{:02}", total / 60, total % 60);
  return fmt::format("{}:{:02}:{:02}", total / 3600, total / 60 % 60, total % 60);
}

}  // namespace

std::string format_progress(const ProgressLine& line, std::size_t width) {
  std::string left = fmt::format("{:<{}} ", line.phase, kPhaseColumns);
  std::string right = fmt::format(" {:3.0f}%  {}", line.fraction * 100, format_time(line.elapsed));
  if (line.remaining) right += fmt::format(", {} left", format_time(*line.remaining));
  const std::size_t used = left.size() + std::max(right.size(), kTimeColumns) + 2;
  if (used + kNarrowestBar <= width) {
    const std::size_t columns = std::min(width - used, kWidestBar);
    const auto done = static_cast<std::size_t>(line.fraction * static_cast<double>(columns));
    left += '[' + std::string(done, '#') + std::string(columns - done, '-') + ']';
  }
  left += right;
  left.resize(std::min(left.size(), width));
  return left;
}

ProgressBar::ProgressBar()
    : ProgressBar(ProgressOptions{.terminal = os::is_terminal(kStderr),
                                  // The last column stays free: some terminals wrap after it.
                                  .width = os::terminal_width(kStderr) - std::size_t{1}}) {}

void ProgressBar::update(std::string_view phase, double fraction) {
  const std::lock_guard lock(mutex_);
  const Clock::time_point now = options_.now();
  if (phase != phase_) {
    finish_phase();
    phase_ = phase;
    phase_start_ = next_drawing_ = now;
  }
  if (options_.terminal && now >= next_drawing_) draw(std::clamp(fraction, 0.0, 1.0), now);
}

void ProgressBar::finish() {
  const std::lock_guard lock(mutex_);
  finish_phase();
}

void ProgressBar::finish_phase() {
  if (phase_.empty()) return;
  erase();
  phase_.clear();
}

void ProgressBar::draw(double fraction, Clock::time_point now) {
  const auto elapsed = now - phase_start_;
  std::optional<seconds> remaining;
  if (elapsed >= kTooEarlyToTell && fraction > 0) {
    remaining = duration_cast<seconds>(elapsed * ((1 - fraction) / fraction));
  }
  const std::string text = format_progress(
      {phase_, fraction, duration_cast<seconds>(elapsed), remaining}, options_.width);
  // To the first column, the text, and clear what a longer one left behind it.
  fmt::print(options_.stream, "\r{}\x1b[K", text);
  std::fflush(options_.stream);
  drawn_ = true;
  next_drawing_ = now + kInterval;
}

void ProgressBar::erase() {
  if (!drawn_) return;
  std::fputs("\r\x1b[K", options_.stream);
  std::fflush(options_.stream);
  drawn_ = false;
}

}  // namespace tercet::cli
