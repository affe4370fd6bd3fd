#include "http/rate_limit.h"

#include <algorithm>

namespace tercet::http {

RateLimiter::RateLimiter(double per_second, double burst, std::size_t callers)
    : per_second_(per_second), burst_(burst), buckets_(callers, Bucket{burst, {}}) {}

std::chrono::duration<double> RateLimiter::ask(std::size_t caller, Clock::time_point now) {
  using Seconds = std::chrono::duration<double>;
  if (per_second_ <= 0) return Seconds::zero();
  const std::lock_guard lock(mutex_);
  Bucket& bucket = buckets_[caller];
  // Threads may come here in another order than they looked at the clock.
  const Seconds passed = std::max(now, bucket.filled) - bucket.filled;
  bucket.tokens = std::min(burst_, bucket.tokens + passed.count() * per_second_);
  bucket.filled = std::max(now, bucket.filled);
  if (bucket.tokens < 1) return Seconds((1 - bucket.tokens) / per_second_);
  bucket.tokens -= 1;
  return Seconds::zero();
}

}  // namespace tercet::http
