#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <string>

#include "command.h"
#include "json.h"
#include "model_file.h"
#include "os/interrupt.h"
#include "progress.h"
#include "tercet/evaluate.h"
#include "tercet/model.h"
#include "text_lines.h"

namespace tercet::cli {
namespace {

constexpr const char* kFooter =
    "A simulated person types the text and takes each word as soon as it is listed. KSR, "
    "keystroke\n"
    "saving rate, is 100 - 100 x keys / (characters + one space per word), over words; a pick is "
    "one\n"
    "key and types the space. Hits are words listed before any character is typed. Intervals hold\n"
    "95 % of 1000 resamplings of the documents. docs/METRIC.md defines every figure.\n"
    "Examples:\n"
    "  tercet eval en.tct --text test.txt.zst --index test.index.tsv\n"
    "  tercet eval en.tct --text chapter.txt --slots 3 --json";

struct Command {
  std::filesystem::path model;
  std::filesystem::path text;
  std::filesystem::path index;
  EvaluateOptions options;
  bool tokens = false;
  bool json = false;
};

void put(JsonWriter& json, const Measured& measured) {
  json.begin_object().field("value", measured.value).field("low", measured.low);
  json.field("high", measured.high).end_object();
}

/// {"1": 34.1, "3": 47.1}
void put_by_slots(JsonWriter& json, std::string_view name, const Figures& figures,
                  Measured SlotFigures::* figure) {
  json.key(name).begin_object();
  for (const SlotFigures& of : figures.slots)
    json.field(std::to_string(of.slots), (of.*figure).value);
  json.end_object();
}

void put(JsonWriter& json, const Figures& figures) {
  json.field("documents", figures.documents).field("words", figures.words);
  json.field("oov", figures.oov).field("characters", figures.characters);
  json.field("perplexity", figures.perplexity.value);
  json.field("perplexity_known", figures.perplexity_known.value);
  put_by_slots(json, "hit", figures, &SlotFigures::hit);
  put_by_slots(json, "ksr", figures, &SlotFigures::ksr);
  put_by_slots(json, "ksr_reoffer", figures, &SlotFigures::ksr_reoffer);
  json.key("intervals").begin_object().key("perplexity");
  put(json, figures.perplexity);
  json.key("ksr").begin_object();
  for (const SlotFigures& of : figures.slots) {
    json.key(std::to_string(of.slots));
    put(json, of.ksr);
  }
  json.end_object().end_object();
}

void print_json(const EvaluateReport& report) {
  JsonWriter json;
  json.begin_object();
  put(json, report.all);
  json.key("genres").begin_object();
  for (const auto& [genre, figures] : report.genres) {
    json.key(genre).begin_object();
    put(json, figures);
    json.end_object();
  }
  json.end_object().key("microseconds").begin_object();
  json.field("median", report.median_microseconds).field("p99", report.p99_microseconds);
  json.end_object().end_object();
  fmt::print("{}\n", json.text());
}

std::string with_interval(const Measured& measured) {
  return fmt::format("{:6.2f} [{:5.2f}, {:5.2f}]", measured.value, measured.low, measured.high);
}

void print_genres(const EvaluateReport& report) {
  if (report.genres.empty()) return;
  fmt::print("\n{:<14}{:>6}{:>9}{:>8}{:>12}", "genre", "docs", "words", "oov %", "perplexity");
  for (const SlotFigures& of : report.all.slots)
    fmt::print("{:>8}", fmt::format("KSR@{}", of.slots));
  fmt::print("\n");
  for (const auto& [genre, figures] : report.genres) {
    fmt::print("{:<14}{:>6}{:>9}{:>8.2f}{:>12.1f}", genre, figures.documents, figures.words,
               100 * static_cast<double>(figures.oov) / static_cast<double>(figures.words),
               figures.perplexity.value);
    for (const SlotFigures& of : figures.slots) fmt::print("{:>8.2f}", of.ksr.value);
    fmt::print("\n");
  }
}

std::string_view learning_of(const EvaluateOptions& options) {
  if (options.background_only) return "nothing: the model as trained";
  return options.own ? "the first half of each document, then the rest as it is typed"
                     : "each document as it is typed, forgotten at its end";
}

void print_text(const EvaluateReport& report, const EvaluateOptions& options) {
  const Figures& all = report.all;
  fmt::print("learnt      {}\n", learning_of(options));
  fmt::print("words       {} in {} documents, {} characters with spaces\n", all.words,
             all.documents, all.characters);
  fmt::print("OOV         {} words ({:.3f} %)\n", all.oov,
             100 * static_cast<double>(all.oov) / static_cast<double>(all.words));
  fmt::print("perplexity  {:.2f} [{:.2f}, {:.2f}], known tokens {:.2f}\n", all.perplexity.value,
             all.perplexity.low, all.perplexity.high, all.perplexity_known.value);
  fmt::print("list        median {:.1f} us, 99 % below {:.1f} us\n\n", report.median_microseconds,
             report.p99_microseconds);
  fmt::print("{:<7}{:>23}{:>23}{:>23}\n", "slots", "hit %", "KSR %", "KSR % with re-offers");
  for (const SlotFigures& of : all.slots) {
    fmt::print("{:<7}{:>23}{:>23}{:>23}\n", of.slots, with_interval(of.hit), with_interval(of.ksr),
               with_interval(of.ksr_reoffer));
  }
  print_genres(report);
}

int run(Command& command) {
  const auto model = Model::open(command.model);
  if (!model) return fail(model.error());
  if (const auto problem = tokens_problem(*model, command.model, command.tokens))
    return refuse(*problem);
  const auto text = read_text(command.text);
  if (!text) return fail(text.error());
  std::string index;
  if (!command.index.empty()) {
    auto read = read_text(command.index);
    if (!read) return fail(read.error());
    index = std::move(*read);
  }
  command.options.text = *text;
  command.options.index = index;
  ProgressBar bar;
  command.options.progress = [&bar](double fraction) { bar.update("type", fraction); };
  command.options.stop = os::interrupt_token();
  const auto report = evaluate(*model, command.options);
  bar.finish();
  if (!report) return fail_or_stop(report.error(), "nothing was measured");
  command.json ? print_json(*report) : print_text(*report, command.options);
  return kSuccess;
}

}  // namespace

void add_eval(CLI::App& app, Action& action) {
  auto command = std::make_shared<Command>();
  CLI::App* parser = app.add_subcommand("eval", "Measures the keystrokes that suggestions save");
  add_model_argument(*parser, command->model);
  parser->add_option("--text", command->text, "The text to type (.txt, .gz, .zst; - for stdin)")
      ->required()
      ->type_name("FILE");
  parser->add_option("--index", command->index, "Its documents: FIRST-LINE, LINES, GENRE, NAME")
      ->type_name("FILE.tsv");
  parser->add_option("--slots", command->options.slots, "Lengths of the list")
      ->delimiter(',')
      ->capture_default_str()
      ->check(between(1, 100))
      ->type_name("N,N,...");
  parser->add_option("--words", command->options.most_words, "Stop after so many words [all]")
      ->check(between(1, 1e12))
      ->type_name("N");
  parser->add_option("--threads", command->options.threads, "Threads [one per core]")
      ->check(between(1, 4096))
      ->type_name("N");
  parser->add_flag("--background-only", command->options.background_only,
                   "Learn nothing from the text while it is typed");
  parser->add_flag("--own", command->options.own,
                   "Learn the first half of each document, measure the second");
  parser->add_flag("--tokens", command->tokens, "Fail unless the model is one of plain tokens");
  parser->add_flag("--json", command->json, "Print JSON");
  parser->footer(kFooter);
  parser->callback([command, &action] { action = [command] { return run(*command); }; });
}

}  // namespace tercet::cli
