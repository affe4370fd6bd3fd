#include "measure/calibration.h"

#include <algorithm>
#include <cmath>

namespace tercet::measure {

void CalibrationSums::add(double probability, bool first, bool came) {
  const auto above = std::upper_bound(kBegins.begin() + 1, kBegins.end(), probability);
  const auto at = static_cast<std::size_t>(above - kBegins.begin() - 1);
  for (Bins* bins : {&all_, &first_}) {
    if (bins == &first_ && !first) break;
    Bin& bin = (*bins)[at];
    ++bin.listed;
    bin.came += came ? 1 : 0;
    bin.stated += probability;
  }
}

void CalibrationSums::operator+=(const CalibrationSums& other) {
  const auto add_bins = [](Bins& to, const Bins& from) {
    for (std::size_t i = 0; i < to.size(); ++i) {
      to[i].listed += from[i].listed;
      to[i].came += from[i].came;
      to[i].stated += from[i].stated;
    }
  };
  add_bins(all_, other.all_);
  add_bins(first_, other.first_);
}

/// Sum over bins of share x |share that came true - mean stated|.
double CalibrationSums::expected_error(const Bins& bins) {
  double sum = 0;
  std::uint64_t listed = 0;
  for (const Bin& bin : bins) {
    sum += std::abs(static_cast<double>(bin.came) - bin.stated);
    listed += bin.listed;
  }
  return sum / static_cast<double>(std::max<std::uint64_t>(listed, 1));
}

Calibration CalibrationSums::figures() const {
  Calibration out;
  for (std::size_t i = 0; i < kBegins.size(); ++i) {
    const Bin& bin = all_[i];
    if (bin.listed == 0) continue;
    const auto listed = static_cast<double>(bin.listed);
    out.bins.push_back({kBegins[i], i + 1 < kBegins.size() ? kBegins[i + 1] : 1, bin.listed,
                        bin.stated / listed, static_cast<double>(bin.came) / listed});
  }
  out.error = expected_error(all_);
  out.first_error = expected_error(first_);
  return out;
}

}  // namespace tercet::measure
