// What `tercet eval` has measured, as a person, a program or a picture has it.
#ifndef TERCET_APPS_CLI_EVAL_REPORT_H_
#define TERCET_APPS_CLI_EVAL_REPORT_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "json/writer.h"
#include "tercet/evaluate.h"
#include "tercet/evaluate_lanes.h"
#include "time_saved.h"

namespace tercet::cli {

/// The settings measured, the reference first; the last is the one that is reported.
using Settings = std::span<const Compared>;

/// "document n-grams + recent words"
std::string name_of(const Additions& additions);

/// "12.30 [11.20, 13.40]"; "-" where there was nothing to measure.
std::string with_interval(const Measured& measured);

/// The hits and keystroke saving rates of each number of slots.
void put_rates(json::Writer& json, const Rates& rates);

/// "NAME": {"value": 12.3, "low": 11.2, "high": 13.4}
void put(json::Writer& json, std::string_view name, const Measured& measured);

struct ReportOptions {
  TimeOptions time;
  std::string_view learning;  ///< What was learnt.
  bool details = false;       ///< Calibration, time and learning curve in full.
  bool comparison = false;    ///< All settings.
};

void print_text(Settings settings, const ReportOptions& options);
void print_json(Settings settings, const ReportOptions& options);

void print_text(const TextReport& report);
void print_json(const TextReport& report);

/// What was measured of the lanes, and, if it was, what typing takes with lists ranked by p and by
/// p'.
void print_text(const LanesReport& report, std::uint64_t seed, Settings typed);
void print_json(const LanesReport& report, std::uint64_t seed, Settings typed);

/// An SVG of the last setting and, if there are several, the first. The title may hold any bytes.
std::string draw_plot(Settings settings, std::string_view title);

/// The slots that a figure about one length of the list is about: 3, or the nearest below, or the
/// first.
std::size_t middle_slots(const Figures& figures);

}  // namespace tercet::cli

#endif  // TERCET_APPS_CLI_EVAL_REPORT_H_
