// How the findings of several threads become one report.
#ifndef TERCET_API_VERIFY_REPORT_H_
#define TERCET_API_VERIFY_REPORT_H_

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "tercet/verify.h"

namespace tercet::api {

/// A few examples say enough.
inline void add_example(VerifyReport& report, std::string text) {
  constexpr std::size_t kMost = 5;
  if (report.examples.size() < kMost) report.examples.push_back(std::move(text));
}

inline void merge(VerifyReport& into, const VerifyReport& from) {
  into.queries += from.queries;
  into.prefixed_queries += from.prefixed_queries;
  into.mismatches += from.mismatches;
  into.sums += from.sums;
  into.sums_out_of_tolerance += from.sums_out_of_tolerance;
  into.greatest_deviation = std::max(into.greatest_deviation, from.greatest_deviation);
  for (const std::string& example : from.examples) add_example(into, example);
}

}  // namespace tercet::api

#endif  // TERCET_API_VERIFY_REPORT_H_
