#include "tercet/verify.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <string>

#include "columns.h"
#include "command.h"
#include "json.h"
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
    "best suggestions are exactly those which brute force over all words finds. Exit status 1 on\n"
    "any mismatch.\n"
    "Examples:\n"
    "  tercet verify en.tct\n"
    "  tercet verify en.tct --text test.txt.zst --queries 200000";

struct Command {
  std::filesystem::path model;
  std::filesystem::path text;
  VerifyOptions options;
  bool json = false;
};

void print_json(const VerifyReport& report) {
  JsonWriter json;
  json.begin_object().field("ok", report.ok()).field("queries", report.queries);
  json.field("prefixed_queries", report.prefixed_queries);
  json.field("mismatches", report.mismatches).field("sums", report.sums);
  json.field("sums_out_of_tolerance", report.sums_out_of_tolerance);
  json.field("greatest_deviation", report.greatest_deviation).key("examples").begin_array();
  for (const std::string& example : report.examples) json.value(example);
  json.end_array().end_object();
  fmt::print("{}\n", json.text());
}

void print_text(const VerifyReport& report, const VerifyOptions& options, const ModelInfo& info) {
  fmt::print("checksums   correct: {} in {} sections\n", format_bytes(info.file_bytes),
             info.sections.size());
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

int run(Command& command) {
  const auto model = Model::open(command.model);
  if (!model) return fail(model.error());
  std::string text;
  if (!command.text.empty()) {
    auto read = read_text(command.text);
    if (!read) return fail(read.error());
    text = std::move(*read);
    command.options.text = text;
  }
  ProgressBar bar;
  command.options.progress = [&bar](double fraction) { bar.update("verify", fraction); };
  command.options.stop = os::interrupt_token();
  const auto report = verify(*model, command.options);
  bar.finish();
  if (!report) return fail_or_stop(report.error(), "the model was not fully checked");
  command.json ? print_json(*report) : print_text(*report, command.options, model->info());
  if (report->ok()) return kSuccess;
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
  parser->add_flag("--json", command->json, "Print JSON");
  add_model_argument(*parser, command->model);
  parser->footer(kFooter);
  parser->callback([command, &action] { action = [command] { return run(*command); }; });
}

}  // namespace tercet::cli
