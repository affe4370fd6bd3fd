#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>

#include "eval_report.h"
#include "json/writer.h"

namespace tercet::cli {
namespace {

using cli::put;

using Figure = Measured SlotFigures::*;

/// {"1": 34.1, "3": 47.1}
void put_by_slots(json::Writer& json, std::string_view name, const Rates& rates, Figure figure) {
  json.key(name).begin_object();
  for (const SlotFigures& of : rates.slots)
    json.field(std::to_string(of.slots), (of.*figure).value);
  json.end_object();
}

void put_intervals(json::Writer& json, std::string_view name, const Rates& rates, Figure figure) {
  json.key(name).begin_object();
  for (const SlotFigures& of : rates.slots) put(json, std::to_string(of.slots), of.*figure);
  json.end_object();
}

constexpr std::pair<std::string_view, Figure> kFigures[] = {
    {"hit", &SlotFigures::hit},
    {"ksr", &SlotFigures::ksr},
    {"ksr_reoffer", &SlotFigures::ksr_reoffer},
    {"looks", &SlotFigures::looks},
    {"late_ksr", &SlotFigures::late_ksr},
    {"late_looks", &SlotFigures::late_looks},
    {"unoffered", &SlotFigures::unoffered},
    {"unoffered_known", &SlotFigures::unoffered_known},
    {"unoffered_oov", &SlotFigures::unoffered_oov}};

void put(json::Writer& json, const Rates& rates) {
  json.field("perplexity", rates.perplexity.value);
  json.field("perplexity_known", rates.perplexity_known.value);
  for (const auto& [name, figure] : kFigures) put_by_slots(json, name, rates, figure);
  json.key("intervals").begin_object();
  put(json, "perplexity", rates.perplexity);
  put(json, "perplexity_known", rates.perplexity_known);
  for (const auto& [name, figure] : kFigures) put_intervals(json, name, rates, figure);
  json.end_object().key("curve").begin_array();
  for (const CurvePoint& point : rates.curve) {
    json.begin_object().field("words_before", point.begin).key("ksr").begin_object();
    for (std::size_t i = 0; i < point.ksr.size(); ++i)
      put(json, std::to_string(rates.slots[i].slots), point.ksr[i]);
    json.end_object().end_object();
  }
  json.end_array();
}

void put(json::Writer& json, const Figures& figures) {
  json.field("documents", figures.documents).field("words", figures.words);
  json.field("oov", figures.oov).field("characters", figures.characters);
  put(json, static_cast<const Rates&>(figures));
}

void put(json::Writer& json, const Calibration& calibration) {
  json.begin_object().field("expected_error", calibration.error);
  json.field("expected_error_first", calibration.first_error).key("bins").begin_array();
  for (const CalibrationBin& bin : calibration.bins) {
    json.begin_object().field("from", bin.begin).field("to", bin.end);
    json.field("listed", bin.listed).field("stated", bin.stated);
    json.field("came_true", bin.came_true).end_object();
  }
  json.end_array().end_object();
}

void put(json::Writer& json, const Reading& reading, const TimeOptions& time) {
  const double worth = keys_saved_per_look(reading);
  json.begin_object().field("keys_saved_per_look", worth);
  json.field("break_even_key_seconds", break_even_key_seconds(reading, time.scan_seconds));
  json.key("by_key_seconds").begin_array();
  for (const double key : time.key_seconds) {
    json.begin_object().field("key_seconds", key);
    json.field("saved_percent", time_saved_percent(reading, key, time.scan_seconds));
    json.field("break_even_scan_seconds", worth * key).end_object();
  }
  json.end_array().end_object();
}

constexpr std::pair<std::string_view, Reading (*)(const Figures&, const SlotFigures&)> kReadings[] =
    {{"every_list", reading_every_list}, {"after_first_letter", reading_late_lists}};

void put(json::Writer& json, const Figures& figures, const TimeOptions& time) {
  json.begin_object().field("scan_seconds", time.scan_seconds);
  for (const auto& [name, reading] : kReadings) {
    json.key(name).begin_object();
    for (const SlotFigures& of : figures.slots) {
      json.key(std::to_string(of.slots));
      put(json, reading(figures, of), time);
    }
    json.end_object();
  }
  json.end_object();
}

template <class T>
void put_genres(json::Writer& json, std::string_view name, const T& genres) {
  json.key(name).begin_object();
  for (const auto& [genre, figures] : genres) {
    json.key(genre).begin_object();
    put(json, figures);
    json.end_object();
  }
  json.end_object();
}

void put_comparison(json::Writer& json, Settings settings) {
  json.key("compared").begin_array();
  for (const Compared& setting : settings) {
    json.begin_object().field("setting", name_of(setting.additions));
    json.key("figures").begin_object();
    put(json, setting.report.all);
    json.end_object();
    if (&setting != settings.data()) {
      json.key("gain").begin_object();
      put(json, setting.gain);
      json.end_object();
      put_genres(json, "genre_gains", setting.genre_gains);
    }
    json.end_object();
  }
  json.end_array();
}

}  // namespace

void put(json::Writer& json, std::string_view name, const Measured& measured) {
  json.key(name).begin_object().field("value", measured.value).field("low", measured.low);
  json.field("high", measured.high).end_object();
}

void put_rates(json::Writer& json, const Rates& rates) {
  put_intervals(json, "hit", rates, &SlotFigures::hit);
  put_intervals(json, "ksr", rates, &SlotFigures::ksr);
}

void print_json(Settings settings, const ReportOptions& options) {
  const EvaluateReport& report = settings.back().report;
  json::Writer json;
  json.begin_object();
  put(json, report.all);
  put_genres(json, "genres", report.genres);
  json.key("calibration");
  put(json, report.calibration);
  json.key("time");
  put(json, report.all, options.time);
  if (settings.size() > 1) put_comparison(json, settings);
  json.key("microseconds").begin_object();
  json.field("median", report.median_microseconds).field("p99", report.p99_microseconds);
  json.end_object().end_object();
  fmt::print("{}\n", json.text());
}

}  // namespace tercet::cli
