// What a server has done, for Prometheus.
#ifndef TERCET_SERVE_METRICS_H_
#define TERCET_SERVE_METRICS_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace tercet::serve {

/// Durations in buckets. Any thread.
class Histogram {
 public:
  /// Upper bounds in seconds; what is longer has a bucket of its own.
  static constexpr std::array<double, 12> kBounds = {25e-6,  50e-6, 100e-6, 250e-6, 500e-6, 1e-3,
                                                     2.5e-3, 5e-3,  10e-3,  25e-3,  50e-3,  100e-3};

  void add(double seconds) noexcept;
  /// Appends its lines in Prometheus's text format; `labels` without braces, may be empty.
  void print(std::string_view name, std::string_view labels, std::string& out) const;

 private:
  std::array<std::atomic<std::uint64_t>, kBounds.size() + 1> counts_{};
  std::atomic<std::uint64_t> nanoseconds_ = 0;
};

/// Any thread.
class Metrics {
 public:
  Histogram suggestions;                    ///< Time to make an offers object.
  std::atomic<std::uint64_t> sessions = 0;  ///< Typing sessions begun.
  std::atomic<std::uint64_t> picks = 0;
  std::atomic<std::uint64_t> words_learnt = 0;
  std::atomic<std::uint64_t> store_troubles = 0;  ///< Told to clients as "trouble".
  std::atomic<std::uint64_t> tokens_generated = 0;
  std::atomic<std::uint64_t> generations = 0;  ///< Continuations that are being made now.

  /// A request was answered; `route` is one of few, empty if there is none.
  void count(std::string_view route, unsigned status);
  /// In text format 0.0.4.
  std::string print() const;

 private:
  mutable std::mutex mutex_;
  std::map<std::pair<std::string, unsigned>, std::uint64_t, std::less<>> requests_;
};

}  // namespace tercet::serve

#endif  // TERCET_SERVE_METRICS_H_
