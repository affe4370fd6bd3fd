// How often each caller may ask.
#ifndef TERCET_HTTP_RATE_LIMIT_H_
#define TERCET_HTTP_RATE_LIMIT_H_

#include <chrono>
#include <cstddef>
#include <mutex>
#include <vector>

namespace tercet::http {

/// A token bucket for each caller. Any thread.
class RateLimiter {
 public:
  using Clock = std::chrono::steady_clock;

  /// So many requests per second in the long run, 0: no limit; `burst` >= 1 of them at once.
  RateLimiter(double per_second, double burst, std::size_t callers);

  /// Zero: `caller` may ask now, which counts. Else the time until it may. `caller` < callers.
  std::chrono::duration<double> ask(std::size_t caller, Clock::time_point now);

 private:
  struct Bucket {
    double tokens;
    Clock::time_point filled;
  };

  double per_second_;
  double burst_;
  std::mutex mutex_;
  std::vector<Bucket> buckets_;
};

}  // namespace tercet::http

#endif  // TERCET_HTTP_RATE_LIMIT_H_
