#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "columns.h"
#include "command.h"
#include "json/writer.h"
#include "lane_list.h"
#include "model_file.h"
#include "serve/lanes_json.h"
#include "tercet/lane_reader.h"
#include "text_lines.h"

namespace tercet::cli {
namespace {

constexpr const char* kFooter =
    "Each word of a text is typical (among the words that have 90 % of the probability), rare\n"
    "(beyond them, but it has followed the two words before), genius (beyond them, it has "
    "followed\n"
    "the word before, and the text as a whole supports it), or in no lane. U is the probability "
    "of\n"
    "all that is more probable, D how many bits of surprise the text takes back, V the share of\n"
    "random words that it would support less. Of the text, 'typical' is the mean of 1 - U, 'rare'\n"
    "of U (1 - V), 'genius' of U V; 'supported' is the share of its rare words of meaning (U > "
    "0.9)\n"
    "with V > 0.95: one in twenty would be chance. docs/LANES.md says what that is worth.\n"
    "--words prints word, lane, bits, U, D and V first, between them tabs. An index has a line "
    "for\n"
    "each document: first line, lines, genre, name, between them tabs.\n"
    "Examples:\n"
    "  tercet lanes en.tct chapter.txt\n"
    "  tercet lanes en.tct --words --gate 0.95 - < poem.txt\n"
    "  tercet lanes ru.tct stories.txt.zst --index stories.index.tsv --json";

struct Command {
  std::filesystem::path model;
  std::filesystem::path file;
  std::filesystem::path index;
  double gate = kBoldGate;
  bool words = false;
  bool json = false;
};

void print_word(const LaneReader& reader, const LanedWord& word) {
  const LaneMeasure& measure = word.measure;
  const std::string_view text =
      std::string_view(reader.text()).substr(word.begin, word.end - word.begin);
  fmt::print("{}\t{}\t{:.1f}\t{:.3f}\t{:.1f}\t{:.2f}\n", printable(text),
             serve::name_of(measure.lane), word.surprise_bits, measure.unusual,
             measure.support_bits, measure.fit);
}

void print_row(std::string_view name, double supported, double mean_fit) {
  fmt::print("{:<22}{:>9.1f} %{:>12.3f}\n", name, 100 * supported, mean_fit);
}

void print_profile(const LaneProfile& profile) {
  fmt::print("{:<22}{:>9}\n", "words", profile.words);
  fmt::print("{:<22}{:>9.1f} %\n", "typical", 100 * profile.typical);
  fmt::print("{:<22}{:>9.1f} %\n", "rare", 100 * profile.rare);
  fmt::print("{:<22}{:>9.1f} %\n", "genius", 100 * profile.genius);
  fmt::print("{:<22}{:>9}\n", "rare words", profile.rare_words);
}

void print_documents(const LaneReader& reader) {
  fmt::print("\n{:<22}{:>9}{:>10}{:>8}{:>9}{:>12}{:>11}{:>10}\n", "document", "words", "typical",
             "rare", "genius", "rare words", "supported", "mean fit");
  int number = 0;
  for (const auto& [genre, profile] : reader.documents()) {
    fmt::print("{:<22}{:>9}{:>8.1f} %{:>6.1f} %{:>7.1f} %{:>12}{:>9.1f} %{:>10.3f}\n",
               fmt::format("{} {}", ++number, printable(genre)), profile.words,
               100 * profile.typical, 100 * profile.rare, 100 * profile.genius, profile.rare_words,
               100 * profile.supported, profile.mean_fit);
  }
}

void print_text(LaneReader& reader, const Command& command) {
  while (const auto word = reader.next()) {
    if (command.words) print_word(reader, *word);
  }
  if (command.words) fmt::print("\n");
  const LaneProfile profile = reader.profile();
  print_profile(profile);
  fmt::print("\n{:<22}{:>11}{:>12}\n", "of rare words", "supported", "mean fit");
  print_row("this text", profile.supported, profile.mean_fit);
  for (const LaneReference& each : lane_references(reader.language())) {
    std::string name(each.name);
    for (char& c : name) c = c == '_' ? ' ' : c;
    print_row(name, each.supported, each.mean_fit);
  }
  if (!command.index.empty()) print_documents(reader);
}

void print_json(LaneReader& reader, const Command& command) {
  json::Writer json;
  json.begin_object().field("language", reader.language());
  if (command.words) json.key("words").begin_array();
  while (const auto word = reader.next()) {
    if (command.words) serve::put(json, *word);
  }
  if (command.words) json.end_array();
  serve::put(json.key("profile"), reader.profile());
  if (!command.index.empty()) {
    json.key("documents").begin_array();
    for (const auto& [genre, profile] : reader.documents()) {
      serve::put(json.begin_object().field("genre", genre).key("profile"), profile);
      json.end_object();
    }
    json.end_array();
  }
  serve::put_references(json.key("references"), reader.language());
  fmt::print("{}\n", json.end_object().text());
}

Result<LaneReader> open_reader(const Command& command) {
  auto model = Model::open(command.model);
  if (!model) return std::move(model).error();
  auto text = read_text(command.file);
  if (!text) return std::move(text).error();
  const auto index = read_optional_text(command.index);
  if (!index) return index.error();
  const auto repertoire = Repertoire::make({std::move(*model)});
  if (!repertoire) return repertoire.error();
  return LaneReader::open(*repertoire, std::move(*text), {{}, *index, command.gate});
}

int run(const Command& command) {
  auto reader = open_reader(command);
  if (!reader) return fail(reader.error());
  command.json ? print_json(*reader, command) : print_text(*reader, command);
  return kSuccess;
}

}  // namespace

void add_lanes(CLI::App& app, Action& action) {
  auto command = std::make_shared<Command>();
  CLI::App* parser =
      app.add_subcommand("lanes", "Says of a text how typical, rare and genius its words are");
  parser->add_option("--index", command->index, "Its documents, each read for itself")
      ->type_name("FILE");
  add_gate_option(*parser, command->gate);
  parser->add_flag("--words", command->words, "Print each word, too");
  parser->add_flag("--json", command->json, "Print JSON");
  add_model_argument(*parser, command->model);
  add_text_argument(*parser, command->file);
  parser->footer(kFooter);
  parser->callback([command, &action] { action = [command] { return run(*command); }; });
}

}  // namespace tercet::cli
