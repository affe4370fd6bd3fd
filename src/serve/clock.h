// What time it is, as clients are told it.
#ifndef TERCET_SERVE_CLOCK_H_
#define TERCET_SERVE_CLOCK_H_

#include <chrono>
#include <cstdint>

namespace tercet::serve {

inline std::int64_t unix_seconds() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(now).count();
}

}  // namespace tercet::serve

#endif  // TERCET_SERVE_CLOCK_H_
