// What time it is.
#ifndef TERCET_SERVE_CLOCK_H_
#define TERCET_SERVE_CLOCK_H_

#include <chrono>
#include <cstdint>

namespace tercet::serve {

/// Unix milliseconds, as stores have it.
inline std::int64_t now() {
  const auto time = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
}

/// As OpenAI's clients are told it.
inline std::int64_t unix_seconds() { return now() / 1000; }

}  // namespace tercet::serve

#endif  // TERCET_SERVE_CLOCK_H_
