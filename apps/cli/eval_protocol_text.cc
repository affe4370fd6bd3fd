// The report of `tercet eval --protocol text`.
#include <fmt/format.h>

#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "columns.h"
#include "eval_report.h"
#include "json/writer.h"

namespace tercet::cli {
namespace {

using cli::put;

/// By KeyUse.
constexpr std::array<std::string_view, 6> kUses{"letters", "picks",    "spaces",
                                                "signs",   "capitals", "corrections"};

constexpr std::pair<std::string_view, Measured TextSlotFigures::*> kFigures[] = {
    {"ksr", &TextSlotFigures::ksr},
    {"ksr_phrases", &TextSlotFigures::ksr_phrases},
    {"phrases_per_100_words", &TextSlotFigures::shown},
    {"phrases_whole", &TextSlotFigures::whole},
    {"phrases_part", &TextSlotFigures::part},
    {"keys_saved_per_phrase", &TextSlotFigures::saved}};

void print_slots(const TextFigures& all) {
  fmt::print("\n{:<7}{:>23}{:>23}{:>12}{:>10}\n", "slots", "KSR %", "KSR % with phrases",
             "median us", "99 % us");
  for (const TextSlotFigures& of : all.slots) {
    fmt::print("{:<7}{:>23}{:>23}{:>12.1f}{:>10.1f}\n", of.slots, with_interval(of.ksr),
               with_interval(of.ksr_phrases), of.microseconds, of.p99);
  }
  fmt::print("\nkeys without phrases, %\n{:<7}", "slots");
  for (const std::string_view use : kUses) fmt::print("{:>12}", use);
  for (const TextSlotFigures& of : all.slots) {
    fmt::print("\n{:<7}", of.slots);
    for (const double share : of.keys) fmt::print("{:>12.2f}", share);
  }
  fmt::print("\n\nphrases\n{:<7}{:>23}{:>23}{:>23}{:>23}\n", "slots", "shown per 100 words",
             "right in whole, %", "in part, %", "keys saved by each");
  for (const TextSlotFigures& of : all.slots) {
    fmt::print("{:<7}{:>23}{:>23}{:>23}{:>23}\n", of.slots, with_interval(of.shown),
               with_interval(of.whole), with_interval(of.part), with_interval(of.saved));
  }
}

void print_initials(const TextFigures& all) {
  if (all.initials.front().tried == 0) return;
  fmt::print("\ninitials\n{:<7}{:>8}{:>23}{:>23}{:>23}\n", "words", "tried", "first, %",
             "among three, %", "keys saved if found");
  for (const InitialsFigures& of : all.initials) {
    fmt::print("{:<7}{:>8}{:>23}{:>23}{:>23}\n", of.words, of.tried, with_interval(of.first),
               with_interval(of.third), with_interval(of.saved));
  }
}

void print_genres(const TextReport& report) {
  if (report.genres.empty()) return;
  fmt::print("\n{:<14}{:>6}{:>9}", "genre", "docs", "words");
  for (const TextSlotFigures& of : report.slots)
    fmt::print("{:>8}", fmt::format("KSR@{}", of.slots));
  for (const TextSlotFigures& of : report.slots)
    fmt::print("{:>12}", fmt::format("phrases@{}", of.slots));
  for (const auto& [genre, figures] : report.genres) {
    fmt::print("\n{:<14}{:>6}{:>9}", printable(genre), figures.documents, figures.words);
    for (const TextSlotFigures& of : figures.slots) fmt::print("{:>8.2f}", of.ksr.value);
    for (const TextSlotFigures& of : figures.slots) fmt::print("{:>12.2f}", of.ksr_phrases.value);
  }
  fmt::print("\n");
}

void put(json::Writer& json, const TextSlotFigures& of) {
  json.begin_object();
  for (const auto& [name, figure] : kFigures) put(json, name, of.*figure);
  json.key("keys").begin_object();
  for (std::size_t i = 0; i < kUses.size(); ++i) json.field(kUses[i], of.keys[i]);
  json.end_object().end_object();
}

void put(json::Writer& json, const TextFigures& figures) {
  json.field("documents", figures.documents).field("words", figures.words);
  json.field("characters", figures.characters).key("slots").begin_object();
  for (const TextSlotFigures& of : figures.slots) {
    json.key(std::to_string(of.slots));
    put(json, of);
  }
  json.end_object();
}

void put_initials(json::Writer& json, const TextFigures& all) {
  json.key("initials").begin_object();
  for (const InitialsFigures& of : all.initials) {
    json.key(std::to_string(of.words)).begin_object().field("tried", of.tried);
    put(json, "first", of.first);
    put(json, "third", of.third);
    put(json, "keys_saved", of.saved);
    json.end_object();
  }
  json.end_object();
}

void put_times(json::Writer& json, const TextFigures& all) {
  json.key("microseconds").begin_object();
  for (const TextSlotFigures& of : all.slots) {
    json.key(std::to_string(of.slots)).begin_object().field("median", of.microseconds);
    json.field("p99", of.p99).end_object();
  }
  json.end_object();
}

}  // namespace

void print_text(const TextReport& report) {
  fmt::print("words       {} in {} documents, {} characters\n", report.words, report.documents,
             report.characters);
  print_slots(report);
  print_initials(report);
  print_genres(report);
}

void print_json(const TextReport& report) {
  json::Writer json;
  json.begin_object().key("text").begin_object();
  put(json, report);
  put_initials(json, report);
  put_times(json, report);
  json.key("genres").begin_object();
  for (const auto& [genre, figures] : report.genres) {
    json.key(genre).begin_object();
    put(json, figures);
    json.end_object();
  }
  json.end_object().end_object().end_object();
  fmt::print("{}\n", json.text());
}

}  // namespace tercet::cli
