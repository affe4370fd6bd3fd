#include "measure/bootstrap.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tercet::measure {

Measured ratio(double a, double b) {
  const double value = b == 0 ? std::numeric_limits<double>::quiet_NaN() : a / b;
  return {value, value, value};
}

void set_interval(Measured& figure, std::vector<double>& column) {
  std::erase_if(column, [](double each) { return std::isnan(each); });
  if (column.empty()) return;
  std::sort(column.begin(), column.end());
  figure.low = column[column.size() * 25 / 1000];
  figure.high = column[std::max<std::size_t>(column.size() * 975 / 1000, 1) - 1];
}

}  // namespace tercet::measure
