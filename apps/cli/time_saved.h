// When do lists save time, and when are they better hidden? The keystroke-level model (Card, Moran
// and Newell 1980) with one more act, searching a list, as Koester and Levine (1994) have it.
#ifndef TERCET_APPS_CLI_TIME_SAVED_H_
#define TERCET_APPS_CLI_TIME_SAVED_H_

#include <vector>

#include "tercet/evaluate.h"

namespace tercet::cli {

/// Each key takes as long as any other, a pick too, and each list as long as any other.
struct TimeOptions {
  /// Of a good typist, an average skilled one, an average one who is no secretary; of random
  /// letters, complex codes, the worst typist (Card, Moran and Newell 1980). Three seconds are
  /// assumed for somebody to whom keys are hard to reach.
  std::vector<double> key_seconds{0.12, 0.2, 0.28, 0.5, 0.75, 1.2, 3};
  /// Trnka et al. (2009): 33 people took 2.23 s a key without lists and 2.92 s with good lists of
  /// five words.
  double scan_seconds = 0.69;
};

/// What somebody saves, and looks at for it, per key of the text without lists.
struct Reading {
  double saved = 0;
  double looks = 0;
};

Reading reading_every_list(const Figures& figures, const SlotFigures& of);
/// Of somebody who looks at no list before the first letter.
Reading reading_late_lists(const Figures& figures, const SlotFigures& of);

/// Below 0, lists cost more time than they save.
double time_saved_percent(const Reading& reading, double key_seconds, double scan_seconds);

/// A look that takes longer than so many keys does not pay.
double keys_saved_per_look(const Reading& reading);

/// The time of a key above which lists save time; infinite if they save no keys.
double break_even_key_seconds(const Reading& reading, double scan_seconds);

}  // namespace tercet::cli

#endif  // TERCET_APPS_CLI_TIME_SAVED_H_
