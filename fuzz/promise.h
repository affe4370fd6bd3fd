// What the fuzzers do where a promise is broken, and what they all look at.
#ifndef TERCET_FUZZ_PROMISE_H_
#define TERCET_FUZZ_PROMISE_H_

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "text/utf8.h"

namespace tercet::fuzz {

inline void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken promise: %s\n", what);
  std::abort();
}

/// The same for a Status or a Result, with its error.
template <class Outcome>
void require_ok(const Outcome& outcome, const char* what) {
  if (!outcome.ok()) std::fprintf(stderr, "%s\n", outcome.error().message.c_str());
  require(outcome.ok(), what);
}

inline bool is_valid(std::string_view utf8) {
  for (std::size_t at = 0; at < utf8.size();) {
    const text::CodePoint point = text::decode(utf8, at);
    if (!point.valid) return false;
    at += point.size;
  }
  return true;
}

}  // namespace tercet::fuzz

#endif  // TERCET_FUZZ_PROMISE_H_
