// Do stated probabilities come true as often as they say?
#ifndef TERCET_MEASURE_CALIBRATION_H_
#define TERCET_MEASURE_CALIBRATION_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "tercet/evaluate.h"

namespace tercet::measure {

/// Sums of statements by their probability.
class CalibrationSums {
 public:
  /// A word was listed with this probability, as the first of its list or not, and came or not.
  void add(double probability, bool first, bool came);
  void operator+=(const CalibrationSums& other);
  Calibration figures() const;

 private:
  /// Tenths, as Guo et al. (2017) have bins of one width; the lowest, where most listed words lie,
  /// is divided further. Dividing a bin never makes the expected error smaller.
  static constexpr std::array kBegins{0.0, 0.003, 0.01, 0.03, 0.1, 0.2, 0.3,
                                      0.4, 0.5,   0.6,  0.7,  0.8, 0.9};
  struct Bin {
    std::uint64_t listed = 0;
    std::uint64_t came = 0;
    double stated = 0;
  };
  using Bins = std::array<Bin, kBegins.size()>;
  static double expected_error(const Bins& bins);

  Bins all_{};
  Bins first_{};
};

}  // namespace tercet::measure

#endif  // TERCET_MEASURE_CALIBRATION_H_
