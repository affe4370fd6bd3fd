#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <filesystem>
#include <memory>
#include <numeric>
#include <string>
#include <string_view>

#include "columns.h"
#include "command.h"
#include "json/writer.h"
#include "model_file.h"
#include "tercet/model.h"
#include "units.h"

namespace tercet::cli {
namespace {

constexpr const char* kFooter =
    "Examples:\n"
    "  tercet inspect en.tct\n"
    "  tercet inspect --json en.tct | python3 -m json.tool";

struct Command {
  std::filesystem::path model;
  bool json = false;
};

constexpr std::string_view kDiscounts = "discounts of order ";

std::string_view note(const ModelInfo& info, std::string_view key) {
  for (const auto& [name, value] : info.notes) {
    if (name == key) return value;
  }
  return {};
}

// "0.5 1.1 1.4" as an array of numbers.
void write_numbers(std::string_view text, json::Writer& json) {
  json.begin_array();
  const char* end = text.data() + text.size();
  for (const char* at = text.data(); at < end;) {
    double number = 0;
    const auto [rest, error] = std::from_chars(at, end, number);
    if (error == std::errc()) json.value(number);
    at = error == std::errc() ? rest : at + 1;
  }
  json.end_array();
}

void write_sections(const ModelInfo& info, json::Writer& json) {
  json.key("sections").begin_array();
  for (const auto& section : info.sections) {
    json.begin_object().field("name", section.name).field("order", section.order);
    json.field("bytes", section.bytes).end_object();
  }
  json.end_array();
}

void write_notes(const ModelInfo& info, json::Writer& json) {
  json.field("smoothing", note(info, "smoothing")).key("discounts").begin_object();
  for (const auto& [key, value] : info.notes) {
    if (!key.starts_with(kDiscounts)) continue;
    json.key(std::string_view(key).substr(kDiscounts.size()));
    write_numbers(value, json);
  }
  json.end_object().key("sources").begin_array();
  for (const auto& [key, value] : info.notes) {
    if (key == "source") json.value(value);
  }
  json.end_array().key("notes").begin_array();
  for (const auto& [key, value] : info.notes) {
    json.begin_object().field("key", key).field("value", value).end_object();
  }
  json.end_array();
}

void print_json(const Model& model) {
  const ModelInfo info = model.info();
  json::Writer json;
  json.begin_object().field("order", info.order).field("vocabulary", model.vocabulary_size());
  json.key("ngrams").begin_array();
  for (const auto count : info.ngrams) json.value(count);
  json.end_array().field("language", info.language).field("plain_tokens", info.plain_tokens);
  json.field("lanes", info.lanes);
  json.field("interpolated", info.interpolated).field("normalised", info.normalised);
  json.field("file_bytes", info.file_bytes).field("bytes_per_ngram", info.bytes_per_ngram);
  write_notes(info, json);
  write_sections(info, json);
  json.end_object();
  fmt::print("{}\n", json.text());
}

void print_sections(const ModelInfo& info) {
  fmt::print("\n{:<22}{:>7}{:>14}{:>9}\n", "section", "order", "bytes", "share");
  for (const auto& section : info.sections) {
    const double share =
        100 * static_cast<double>(section.bytes) / static_cast<double>(info.file_bytes);
    fmt::print("{:<22}{:>7}{:>14}{:>8.1f}%\n", section.name,
               section.order == 0 ? "-" : std::to_string(section.order), section.bytes, share);
  }
}

void print_text(const Model& model) {
  const ModelInfo info = model.info();
  std::string counts;
  for (std::size_t i = 0; i < info.ngrams.size(); ++i) {
    counts += fmt::format("{}{}: {}", i == 0 ? "" : "  ", i + 1, info.ngrams[i]);
  }
  const auto total = std::accumulate(info.ngrams.begin(), info.ngrams.end(), std::uint64_t{0});
  fmt::print("{:<22}{}\n", "order", info.order);
  fmt::print("{:<22}{}\n", "n-grams", counts);
  fmt::print("{:<22}{} vocabulary entries, 3 of them special\n", "words", model.vocabulary_size());
  fmt::print("{:<22}{}\n", "reads", info.plain_tokens ? "plain tokens" : "running text");
  fmt::print("{:<22}{}\n", "lanes", info.lanes ? "yes" : "no: see tercet train --lanes");
  fmt::print("{:<22}{}, {:.2f} bytes for each of {} n-grams\n", "size",
             format_bytes(info.file_bytes), info.bytes_per_ngram, total);
  fmt::print("{:<22}{}, {}\n", "probabilities", info.interpolated ? "interpolated" : "back-off",
             info.normalised ? "add up to one" : "scores that do not add up to one");
  for (const auto& [key, value] : info.notes) {
    fmt::print("{:<22}{}\n", printable(key), printable(value));
  }
  print_sections(info);
}

int run(const Command& command) {
  const auto model = Model::open(command.model);
  if (!model) return fail(model.error());
  command.json ? print_json(*model) : print_text(*model);
  return kSuccess;
}

}  // namespace

void add_inspect(CLI::App& app, Action& action) {
  auto command = std::make_shared<Command>();
  CLI::App* parser = app.add_subcommand("inspect", "Shows what a model holds and how it was made");
  parser->add_flag("--json", command->json, "Print JSON");
  add_model_argument(*parser, command->model);
  parser->footer(kFooter);
  parser->callback([command, &action] { action = [command] { return run(*command); }; });
}

}  // namespace tercet::cli
