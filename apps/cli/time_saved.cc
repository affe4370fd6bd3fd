#include "time_saved.h"

#include <limits>

namespace tercet::cli {
namespace {

Reading reading(const Figures& figures, const Measured& ksr, const Measured& looks_per_word) {
  const double looks = looks_per_word.value * static_cast<double>(figures.words);
  return {ksr.value / 100, looks / static_cast<double>(figures.characters)};
}

}  // namespace

Reading reading_every_list(const Figures& figures, const SlotFigures& of) {
  return reading(figures, of.ksr, of.looks);
}

Reading reading_late_lists(const Figures& figures, const SlotFigures& of) {
  return reading(figures, of.late_ksr, of.late_looks);
}

double time_saved_percent(const Reading& reading, double key_seconds, double scan_seconds) {
  return 100 * (reading.saved - reading.looks * scan_seconds / key_seconds);
}

double keys_saved_per_look(const Reading& reading) {
  return reading.looks == 0 ? 0 : reading.saved / reading.looks;
}

double break_even_key_seconds(const Reading& reading, double scan_seconds) {
  return reading.saved > 0 ? reading.looks * scan_seconds / reading.saved
                           : std::numeric_limits<double>::infinity();
}

}  // namespace tercet::cli
