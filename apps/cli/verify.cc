#include "tercet/verify.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "columns.h"
#include "command.h"
#include "json/writer.h"
#include "model_file.h"
#include "os/interrupt.h"
#include "progress.h"
#include "tercet/model.h"
#include "text_lines.h"
#include "units.h"

namespace tercet::cli {
namespace {

constexpr const char* kFooter =
    "Checks that every section has its checksum, that probabilities add up to one, and that the\n"
    "best suggestions are exactly those which brute force over all words finds; with --text, also\n"
    "while the text is learnt. Exit status 1 on any mismatch.\n"
    "Examples:\n"
    "  tercet verify en.tct\n"
    "  tercet verify en.tct --text test.txt.zst --queries 200000";

struct Command {
  std::filesystem::path model;
  std::filesystem::path text;
  VerifyOptions options;
  std::uint64_t learning_queries = 20'000;
  bool json = false;
};

void add_json(const VerifyReport& report, json::Writer& json) {
  json.begin_object().field("ok", report.ok()).field("queries", report.queries);
  json.field("prefixed_queries", report.prefixed_queries);
  json.field("mismatches", report.mismatches).field("sums", report.sums);
  json.field("sums_out_of_tolerance", report.sums_out_of_tolerance);
  json.field("greatest_deviation", report.greatest_deviation).key("examples").begin_array();
  for (const std::string& example : report.examples) json.value(example);
  json.end_array();
}

void print_json(const VerifyReport& report, const std::optional<VerifyReport>& learning) {
  json::Writer json;
  add_json(report, json);
  if (learning) {
    json.key("learning");
    add_json(*learning, json);
    json.end_object();
  }
  json.end_object();
  fmt::print("{}\n", json.text());
}

void print_text(const VerifyReport& report, const VerifyOptions& options, const ModelInfo& info) {
  if (info.normalised) {
    fmt::print("sums        {} contexts: {} do not add up to one; greatest deviation {:.2g}\n",
               report.sums, report.sums_out_of_tolerance, report.greatest_deviation);
  } else {
    fmt::print("sums        not checked: the scores of this model do not add up to one\n");
  }
  fmt::print("top {:<8}{} queries, {} with a typed prefix: {} differ from brute force\n",
             options.count, report.queries, report.prefixed_queries, report.mismatches);
  for (const std::string& example : report.examples) fmt::print("  {}\n", printable(example));
}

void print_text(const VerifyReport& report, const std::optional<VerifyReport>& learning,
                const VerifyOptions& options, const ModelInfo& info) {
  fmt::print("checksums   correct: {} in {} sections\n", format_bytes(info.file_bytes),
             info.sections.size());
  print_text(report, options, info);
  if (!learning) return;
  fmt::print("after learning:\n");
  print_text(*learning, options, info);
}

/// Nothing without a text to learn.
Result<std::optional<VerifyReport>> check_learning(const Command& command, const Model& model,
                                                   ProgressBar& bar) {
  if (command.text.empty()) return std::optional<VerifyReport>();
  VerifyOptions options = command.options;
  options.queries = command.learning_queries;
  options.progress = [&bar](double fraction) { bar.update("learn", fraction); };
  auto report = verify_learning(model, options);
  if (!report) return std::move(report).error();
  return std::optional(std::move(*report));
}

int run(Command& command) {
  const auto model = Model::open(command.model);
  if (!model) return fail(model.error());
  const auto text = read_optional_text(command.text);
  if (!text) return fail(text.error());
  command.options.text = *text;
  ProgressBar bar;
  command.options.progress = [&bar](double fraction) { bar.update("verify", fraction); };
  command.options.stop = os::interrupt_token();
  const auto report = verify(*model, command.options);
  if (!report) return fail_or_stop(report.error(), "the model was not fully checked");
  const auto learning = check_learning(command, *model, bar);
  bar.finish();
  if (!learning) return fail_or_stop(learning.error(), "the model was not fully checked");
  command.json ? print_json(*report, *learning)
               : print_text(*report, *learning, command.options, model->info());
  const auto& learnt = *learning;
  if (report->ok() && (!learnt || learnt->ok())) return kSuccess;
  complain(command.model.native() + ": does not do what it claims; train or convert it again");
  return kFailure;
}

}  // namespace

void add_verify(CLI::App& app, Action& action) {
  auto command = std::make_shared<Command>();
  CLI::App* parser = app.add_subcommand("verify", "Proves that a model does what it claims");
  parser->add_option("--text", command->text, "Take contexts from this text [the model itself]")
      ->type_name("FILE");
  parser->add_option("--queries", command->options.queries, "Queries compared with brute force")
      ->capture_default_str()
      ->check(between(0, 1e12))
      ->type_name("N");
  parser
      ->add_option("--learning-queries", command->learning_queries,
                   "Queries after learning --text, likewise")
      ->capture_default_str()
      ->check(between(0, 1e12))
      ->type_name("N");
  parser->add_flag("--json", command->json, "Print JSON");
  add_model_argument(*parser, command->model);
  parser->footer(kFooter);
  parser->callback([command, &action] { action = [command] { return run(*command); }; });
}

}  // namespace tercet::cli
