// How far figures would vary with other documents.
#ifndef TERCET_MEASURE_BOOTSTRAP_H_
#define TERCET_MEASURE_BOOTSTRAP_H_

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include "tercet/evaluate.h"

namespace tercet::measure {

inline constexpr std::size_t kResamples = 1000;
inline constexpr std::uint64_t kSeed = 1;

/// A ratio of sums, as a figure without an interval. NaN where there is nothing to divide by.
Measured ratio(double a, double b);
inline Measured ratio(std::uint64_t a, std::uint64_t b) {
  return ratio(static_cast<double>(a), static_cast<double>(b));
}
inline Measured percent(std::uint64_t a, std::uint64_t b) {
  const double rate = 100 * ratio(a, b).value;
  return {rate, rate, rate};
}
inline Measured percent_saved(std::uint64_t keys, std::uint64_t characters) {
  const double rate = 100 - 100 * ratio(keys, characters).value;
  return {rate, rate, rate};
}

/// What stands in the middle 95 % of the resamples in which there was something to measure.
void set_interval(Measured& figure, std::vector<double>& column);

/// `drawn(picks)` gives the figures of the documents at these places, `all_of(figures)` points to
/// every one in an order of its own, so that one resampling serves them all. Percentile bootstrap
/// (Efron 1979); the same documents give the same intervals.
template <class Drawn, class AllOf>
auto with_intervals(std::size_t documents, const Drawn& drawn, const AllOf& all_of) {
  std::vector<std::size_t> picks(documents);
  for (std::size_t i = 0; i < documents; ++i) picks[i] = i;
  auto out = drawn(picks);
  const std::vector<Measured*> figures = all_of(out);
  std::vector<std::vector<double>> columns(figures.size());
  std::mt19937_64 random(kSeed);
  for (std::size_t round = 0; round < kResamples; ++round) {
    for (std::size_t& pick : picks) pick = random() % documents;
    auto again = drawn(picks);
    const std::vector<Measured*> values = all_of(again);
    for (std::size_t i = 0; i < values.size(); ++i) columns[i].push_back(values[i]->value);
  }
  for (std::size_t i = 0; i < figures.size(); ++i) set_interval(*figures[i], columns[i]);
  return out;
}

}  // namespace tercet::measure

#endif  // TERCET_MEASURE_BOOTSTRAP_H_
