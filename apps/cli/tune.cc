#include "tercet/tune.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "command.h"
#include "model_file.h"
#include "os/interrupt.h"
#include "output_file.h"
#include "progress.h"
#include "tercet/evaluate.h"
#include "tercet/model.h"
#include "text_lines.h"

namespace tercet::cli {
namespace {

constexpr const char* kFooter =
    "Expectation maximisation: each iteration makes the text more probable, until the gain is\n"
    "less than 1e-4 of the log-likelihood. Each document begins with nothing learnt. Tune on text\n"
    "that the model was not trained on and that nothing is measured with. The perplexities are\n"
    "those of weights that stay as they are; while a person writes, they go on learning.\n"
    "tercet eval and tercet prompt use the file with --weights.\n"
    "Examples:\n"
    "  tercet tune en.tct --text dev.txt --index dev.index.tsv --output en.weights\n"
    "  tercet tune en.tct --text my-mails.txt --own --iterations 5\n"
    "  tercet eval en.tct --text test.txt --index test.index.tsv --weights en.weights";

struct Command {
  std::filesystem::path model;
  std::filesystem::path text;
  std::filesystem::path index;
  std::filesystem::path output;
  EvaluateOptions options;
  unsigned iterations = 20;
};

Result<Weights> fit(Command& command, const Model& model) {
  const auto text = read_text(command.text);
  if (!text) return text.error();
  const auto index = read_optional_text(command.index);
  if (!index) return index.error();
  command.options.text = *text;
  command.options.index = *index;
  ProgressBar bar;
  unsigned iteration = 0;
  command.options.progress = [&](double fraction) {
    bar.update(iteration == 0 ? "measure" : fmt::format("iteration {}", iteration), fraction);
  };
  command.options.stop = os::interrupt_token();
  return tune(model, command.options, command.iterations, [&](double perplexity) {
    bar.finish();
    fmt::print("iteration {:<3} perplexity {:.4f}\n", iteration++, perplexity);
  });
}

int run(Command& command) {
  const auto model = Model::open(command.model);
  if (!model) return fail(model.error());
  auto output = open_output(command.output, "# How much");
  if (!output) return fail(output.error());
  const auto weights = fit(command, *model);
  if (!weights) return fail_or_stop(weights.error(), "nothing was written");
  const std::string text = print_weights(*weights);
  fmt::print("{}", text);
  if (std::optional<os::OutputFile>& file = *output; file) {
    Status written = file->append(text);
    if (written.ok()) written = file->commit();
    if (!written.ok()) return fail(written.error());
  }
  return kSuccess;
}

}  // namespace

void add_tune(CLI::App& app, Action& action) {
  auto command = std::make_shared<Command>();
  CLI::App* parser = app.add_subcommand("tune", "Fits the weights of what is learnt to a text");
  parser->add_option("--text", command->text, "Text to fit them to; - is standard input")
      ->required()
      ->type_name("FILE");
  parser->add_option("--index", command->index, "Which lines make a document [every 50]")
      ->type_name("FILE");
  parser->add_flag("--own", command->options.own,
                   "Remember the first half of each document, fit to the rest");
  parser->add_option("--iterations", command->iterations, "Stop after so many")
      ->capture_default_str()
      ->check(between(0, 1000))
      ->type_name("N");
  parser->add_option("--output", command->output, "Write the weights to this file")
      ->type_name("WEIGHTS");
  add_model_argument(*parser, command->model);
  parser->footer(kFooter);
  parser->callback([command, &action] { action = [command] { return run(*command); }; });
}

}  // namespace tercet::cli
