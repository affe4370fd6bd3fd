#include <fmt/format.h>

#include <cmath>
#include <string>

#include "eval_report.h"

namespace tercet::cli {
namespace {

double percent(std::uint64_t part, std::uint64_t whole) {
  return 100 * static_cast<double>(part) / static_cast<double>(whole);
}

std::string gain(const Measured& measured) {
  if (std::isnan(measured.value)) return "-";
  return fmt::format("{:+.2f} [{:+.2f}, {:+.2f}]", measured.value, measured.low, measured.high);
}

void print_slot_titles(const Rates& rates, std::string_view name, int width) {
  for (const SlotFigures& of : rates.slots)
    fmt::print("{:>{}}", fmt::format("{}@{}", name, of.slots), width);
}

void print_summary(const EvaluateReport& report, const ReportOptions& options) {
  const Figures& all = report.all;
  fmt::print("learnt      {}\n", options.learning);
  fmt::print("words       {} in {} documents, {} characters with spaces\n", all.words,
             all.documents, all.characters);
  fmt::print("OOV         {} words ({:.3f} %)\n", all.oov, percent(all.oov, all.words));
  fmt::print("perplexity  {:.2f} [{:.2f}, {:.2f}], known tokens {:.2f}\n", all.perplexity.value,
             all.perplexity.low, all.perplexity.high, all.perplexity_known.value);
  fmt::print("calibration expected error {:.4f}, of first words {:.4f}\n", report.calibration.error,
             report.calibration.first_error);
  const SlotFigures& of = all.slots[middle_slots(all)];
  fmt::print(
      "time        {} slots save time where a key takes more than {:.2f} s, a look {:.2f} s\n",
      of.slots, break_even_key_seconds(reading_every_list(all, of), options.time.scan_seconds),
      options.time.scan_seconds);
  fmt::print("list        median {:.1f} us, 99 % below {:.1f} us\n", report.median_microseconds,
             report.p99_microseconds);
}

void print_slots(const Figures& all) {
  fmt::print("\n{:<7}{:>23}{:>23}{:>23}\n", "slots", "hit %", "KSR %", "KSR % with re-offers");
  for (const SlotFigures& of : all.slots) {
    fmt::print("{:<7}{:>23}{:>23}{:>23}\n", of.slots, with_interval(of.hit), with_interval(of.ksr),
               with_interval(of.ksr_reoffer));
  }
  fmt::print("\nnever listed before the word's end, %\n{:<7}{:>23}{:>23}{:>23}\n", "slots",
             "of all words", "of known words", "of OOV words");
  for (const SlotFigures& of : all.slots) {
    fmt::print("{:<7}{:>23}{:>23}{:>23}\n", of.slots, with_interval(of.unoffered),
               with_interval(of.unoffered_known), with_interval(of.unoffered_oov));
  }
}

void print_genres(const EvaluateReport& report) {
  if (report.genres.empty()) return;
  const std::size_t middle = middle_slots(report.all);
  fmt::print("\n{:<14}{:>6}{:>9}{:>8}{:>12}", "genre", "docs", "words", "oov %", "perplexity");
  print_slot_titles(report.all, "KSR", 8);
  fmt::print("{:>10}\n", fmt::format("never@{}", report.all.slots[middle].slots));
  for (const auto& [genre, figures] : report.genres) {
    fmt::print("{:<14}{:>6}{:>9}{:>8.2f}{:>12.1f}", genre, figures.documents, figures.words,
               percent(figures.oov, figures.words), figures.perplexity.value);
    for (const SlotFigures& of : figures.slots) fmt::print("{:>8.2f}", of.ksr.value);
    fmt::print("{:>10.2f}\n", figures.slots[middle].unoffered.value);
  }
}

void print_calibration(const Calibration& calibration) {
  fmt::print("\ncalibration of the longest list, before each token\n{:<16}{:>10}{:>14}{:>12}\n",
             "stated", "listed", "mean stated", "came true");
  for (const CalibrationBin& bin : calibration.bins) {
    fmt::print("{:<16}{:>10}{:>14.4f}{:>12.4f}\n", fmt::format("{} to {}", bin.begin, bin.end),
               bin.listed, bin.stated, bin.came_true);
  }
}

void print_reading(std::string_view lists, const SlotFigures& of, double looks,
                   const Reading& reading, const TimeOptions& time) {
  fmt::print("{:<16}{:>5}{:>14.2f}{:>13.2f}{:>8.2f} s", lists, of.slots, looks,
             keys_saved_per_look(reading), break_even_key_seconds(reading, time.scan_seconds));
  for (const double key : time.key_seconds)
    fmt::print("{:>8.1f}", time_saved_percent(reading, key, time.scan_seconds));
  fmt::print("\n");
}

void print_time(const Figures& all, const TimeOptions& time) {
  fmt::print(
      "\ntime saved, %, if a look at a list takes {} s; below 0, lists are better hidden\n"
      "{:<16}{:>5}{:>14}{:>13}{:>10}",
      time.scan_seconds, "lists looked at", "slots", "looks a word", "keys a look", "even at");
  for (const double key : time.key_seconds) fmt::print("{:>8}", fmt::format("{} s", key));
  fmt::print("\n");
  for (const SlotFigures& of : all.slots)
    print_reading("all", of, of.looks.value, reading_every_list(all, of), time);
  for (const SlotFigures& of : all.slots)
    print_reading("after a letter", of, of.late_looks.value, reading_late_lists(all, of), time);
}

void print_curve(const Figures& all) {
  fmt::print("\n{:<15}", "words before");
  print_slot_titles(all, "KSR", 23);
  fmt::print("\n");
  for (std::size_t i = 0; i < all.curve.size(); ++i) {
    const CurvePoint& point = all.curve[i];
    const std::string end =
        i + 1 < all.curve.size() ? fmt::format(" to {}", all.curve[i + 1].begin) : " and more";
    fmt::print("{:<15}", std::to_string(point.begin) + end);
    for (const Measured& ksr : point.ksr) fmt::print("{:>23}", with_interval(ksr));
    fmt::print("\n");
  }
}

void print_values(Settings settings) {
  const Figures& first = settings.front().report.all;
  fmt::print("\n{:<32}{:>12}", "compared", "perplexity");
  print_slot_titles(first, "hit", 8);
  print_slot_titles(first, "KSR", 8);
  fmt::print("\n");
  for (const Compared& setting : settings) {
    const Figures& all = setting.report.all;
    fmt::print("{:<32}{:>12.1f}", name_of(setting.additions), all.perplexity.value);
    for (const SlotFigures& of : all.slots) fmt::print("{:>8.2f}", of.hit.value);
    for (const SlotFigures& of : all.slots) fmt::print("{:>8.2f}", of.ksr.value);
    fmt::print("\n");
  }
}

void print_gain(const Rates& rates) {
  for (const SlotFigures& of : rates.slots) fmt::print("{:>23}", gain(of.ksr));
  fmt::print("\n");
}

bool loses(const Rates& gain) {
  for (const SlotFigures& of : gain.slots) {
    if (of.ksr.value < 0) return true;
  }
  return false;
}

/// An addition that helps on the whole and harms in one place is not averaged away.
void print_losses(Settings settings) {
  fmt::print("\ngenres on which an addition loses keystrokes\n");
  bool any = false;
  for (const Compared& setting : settings) {
    for (const auto& [genre, rates] : setting.genre_gains) {
      if (!loses(rates)) continue;
      fmt::print("{:<46}", fmt::format("{:<13} {}", genre, name_of(setting.additions)));
      print_gain(rates);
      any = true;
    }
  }
  if (!any) fmt::print("none\n");
}

void print_comparison(Settings settings) {
  print_values(settings);
  const Settings additions = settings.subspan(1);
  fmt::print("\n{:<46}", "gained, points");
  print_slot_titles(settings.front().report.all, "KSR", 23);
  fmt::print("\n");
  for (const Compared& setting : additions) {
    fmt::print("{:<46}", name_of(setting.additions));
    print_gain(setting.gain);
  }
  if (additions.front().genre_gains.empty()) return;
  print_losses(additions);
}

}  // namespace

std::string with_interval(const Measured& measured) {
  if (std::isnan(measured.value)) return "-";
  return fmt::format("{:6.2f} [{:5.2f}, {:5.2f}]", measured.value, measured.low, measured.high);
}

std::string name_of(const Additions& additions) {
  std::string present;
  std::string absent;
  for (const NamedAddition& each : kAdditions) {
    std::string& names = additions.*each.member ? present : absent;
    names.append(names.empty() ? "" : " + ").append(each.name);
  }
  if (present.empty()) return "background only";
  if (absent.empty()) return "all together";
  return additions.document_ngrams && additions.recent_words ? "all but " + absent : present;
}

std::size_t middle_slots(const Figures& figures) {
  constexpr std::uint32_t kMiddle = 3;
  std::size_t best = 0;
  for (std::size_t i = 0; i < figures.slots.size(); ++i) {
    const std::uint32_t slots = figures.slots[i].slots;
    const std::uint32_t least = figures.slots[best].slots;
    if (slots <= kMiddle && (least > kMiddle || slots > least)) best = i;
  }
  return best;
}

void print_text(Settings settings, const ReportOptions& options) {
  const EvaluateReport& report = settings.back().report;
  print_summary(report, options);
  print_slots(report.all);
  print_genres(report);
  if (options.details) {
    print_calibration(report.calibration);
    print_time(report.all, options.time);
    print_curve(report.all);
  }
  if (options.comparison) print_comparison(settings);
}

}  // namespace tercet::cli
