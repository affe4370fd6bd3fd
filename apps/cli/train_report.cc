#include "train_report.h"

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <system_error>

#include "command.h"
#include "json/writer.h"
#include "os/system.h"
#include "units.h"

namespace tercet::cli {
namespace {

std::uint64_t bytes_of(const std::filesystem::path& path) {
  std::error_code error;
  const auto bytes = std::filesystem::file_size(path, error);
  return error ? 0 : bytes;
}

double total_seconds(const TrainReport& report) {
  double total = 0;
  for (const auto& [phase, seconds] : report.seconds) total += seconds;
  return total;
}

/// What told the documents apart.
std::string indexes_of(const LaneReport& lanes) {
  return lanes.indexes.empty() ? "number of lines"
                               : fmt::format("{}", fmt::join(lanes.indexes, ", "));
}

void write_lanes(const TrainReport& report, json::Writer& json) {
  json.key("lanes");
  if (!report.lanes) {
    json.null();
    return;
  }
  json.begin_object().field("documents", report.lanes->documents).key("indexes").begin_array();
  for (const std::string& index : report.lanes->indexes) json.value(index);
  json.end_array().field("classes", report.lanes->classes).field("pairs", report.lanes->pairs);
  json.field("bytes", report.lanes->bytes).end_object();
}

}  // namespace

void print_train_report(const TrainReport& report, const std::filesystem::path& output) {
  fmt::print("text        {} tokens in {} sentences, {} vocabulary entries\n", report.tokens,
             report.sentences, report.vocabulary);
  std::string ngrams;
  for (std::size_t i = 0; i < report.ngrams.size(); ++i) {
    ngrams += fmt::format("{}{}: {}", i == 0 ? "" : "  ", i + 1, report.ngrams[i]);
  }
  fmt::print("n-grams     {}\n", ngrams);
  if (report.lanes) {
    fmt::print("lanes       {} pairs of {} classes of words, {}; {} documents by {}\n",
               report.lanes->pairs, report.lanes->classes, format_bytes(report.lanes->bytes),
               report.lanes->documents, indexes_of(*report.lanes));
  }
  std::string phases;
  for (const auto& [phase, seconds] : report.seconds) {
    phases += fmt::format("{}{} {:.2f}", phases.empty() ? "" : ", ", phase, seconds);
  }
  fmt::print("time        {:.2f} s: {}\n", total_seconds(report), phases);
  fmt::print("memory      {} at its peak\n", format_bytes(os::peak_resident_bytes()));
  fmt::print("model       {}, {}\n", output.native(), format_bytes(bytes_of(output)));
  for (const std::string& warning : report.warnings) warn(warning);
  if (report.invalid_sequences > 0) {
    warn(fmt::format("{} invalid UTF-8 sequences were read as U+FFFD; the first is in {}",
                     report.invalid_sequences, report.first_invalid));
  }
}

void print_train_json(const TrainReport& report, const TrainOptions& options,
                      const std::filesystem::path& output) {
  json::Writer json;
  json.begin_object().field("output", output.native());
  json.field("language", options.plain_tokens ? "" : options.language);
  json.field("order", options.order).field("smoothing", name_of(options.smoothing));
  json.field("tokens", report.tokens).field("sentences", report.sentences);
  json.field("vocabulary", report.vocabulary).key("ngrams").begin_array();
  for (const std::uint64_t count : report.ngrams) json.value(count);
  json.end_array();
  write_lanes(report, json);
  json.key("warnings").begin_array();
  for (const std::string& warning : report.warnings) json.value(warning);
  json.end_array().field("invalid_utf8", report.invalid_sequences);
  json.field("first_invalid_utf8", report.first_invalid).key("seconds").begin_object();
  for (const auto& [phase, seconds] : report.seconds) json.field(phase, seconds);
  json.end_object().field("total_seconds", total_seconds(report));
  json.field("peak_memory_bytes", os::peak_resident_bytes());
  json.field("file_bytes", bytes_of(output)).end_object();
  fmt::print("{}\n", json.text());
}

}  // namespace tercet::cli
