#include "tercet/train.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "command.h"
#include "os/interrupt.h"
#include "progress.h"
#include "tercet/model.h"
#include "train_report.h"
#include "units.h"

namespace tercet::cli {
namespace {

constexpr const char* kFooter =
    "Examples:\n"
    "  tercet train --language en --lanes --output en.tct corpus.txt.zst\n"
    "  zcat *.gz | tercet train --language ru --order 4 --prune 0,0,1,2 --output ru.tct -\n"
    "  tercet train --tokens --smoothing witten-bell --memory 500M --threads 2 \\\n"
    "      --output code.tct tokens.txt";

// Every smoothing that has a name, for the help and for errors.
std::vector<Smoothing> smoothings() {
  std::vector<Smoothing> all;
  for (unsigned i = 0; i <= static_cast<unsigned>(Smoothing::kStupidBackoff); ++i) {
    all.push_back(static_cast<Smoothing>(i));
  }
  return all;
}

std::string smoothing_names() {
  std::string names;
  for (const Smoothing each : smoothings()) {
    if (!names.empty()) names += ", ";
    names += name_of(each);
  }
  return names;
}

struct Command {
  TrainOptions options;
  std::vector<std::filesystem::path> inputs;
  std::filesystem::path output;
  bool json = false;
  bool quiet = false;
};

// CLI11 reports what its callbacks throw as a usage error.
template <class T>
T value_or_throw(const char* option, Result<T> result) {
  if (!result) throw CLI::ValidationError(option, result.error().message);
  return std::move(*result);
}

int run(Command& command) {
  ProgressBar bar;
  if (!command.quiet) {
    command.options.progress = [&bar](const TrainProgress& progress) {
      bar.update(progress.phase, progress.fraction);
    };
  }
  command.options.stop = os::interrupt_token();
  command.options.notes.emplace_back("made by", "tercet " TERCET_VERSION);
  const auto report = train_model(command.inputs, command.output, command.options);
  bar.finish();
  if (!report) {
    return fail_or_stop(report.error(), "nothing was written, the old model is untouched");
  }
  if (command.json) {
    print_train_json(*report, command.options, command.output);
  } else if (!command.quiet) {
    print_train_report(*report, command.output);
  }
  return kSuccess;
}

void add_text_options(CLI::App& app, Command& command) {
  CLI::Option* language =
      app.add_option("--language", command.options.language,
                     "Word rules and case folding: en, ru; other tags get general rules");
  language->capture_default_str()->type_name("TAG");
  app.add_flag("--tokens", command.options.plain_tokens,
               "Read white-space separated tokens as they stand, one sentence per line")
      ->excludes(language);
}

void add_model_options(CLI::App& app, Command& command) {
  TrainOptions& options = command.options;
  app.add_option("--order", options.order, "Words of the longest n-gram")
      ->capture_default_str()
      ->check(between(1, kMaxOrder))
      ->type_name(fmt::format("1..{}", kMaxOrder));
  const auto set_smoothing = [&options](const std::string& name) {
    const auto smoothing = smoothing_by_name(name);
    if (!smoothing) {
      throw CLI::ValidationError("--smoothing",
                                 fmt::format("'{}' is none of {}", name, smoothing_names()));
    }
    options.smoothing = *smoothing;
  };
  app.add_option_function<std::string>("--smoothing", set_smoothing, "One of " + smoothing_names())
      ->default_str(std::string(name_of(options.smoothing)))
      ->type_name("NAME");
  app.add_option("--delta", options.additive_delta, "What additive smoothing adds to each count")
      ->capture_default_str()
      ->check(between(1e-9, 1e9))
      ->type_name("X");
}

void add_size_options(CLI::App& app, Command& command) {
  TrainOptions& options = command.options;
  const auto set_prune = [&options](const std::string& text) {
    options.prune_counts = value_or_throw("--prune", parse_prune_counts(text));
  };
  app.add_option_function<std::string>(
         "--prune", set_prune,
         "Per order: drop n-grams that occur at most that often; the last number holds for all "
         "higher orders; words are never dropped")
      ->default_str("0,0,1")
      ->type_name("COUNTS");
  app.add_option("--prune-entropy", options.prune_entropy,
                 "Drop n-grams whose loss raises perplexity by less than this ratio (1e-8 is "
                 "mild); 0 keeps all")
      ->capture_default_str()
      ->check(between(0, 1))
      ->type_name("X");
  app.add_option("--vocabulary-limit", options.vocabulary_limit,
                 "Keep this many most frequent words; 0 keeps all")
      ->capture_default_str()
      ->type_name("N");
}

void add_lane_options(CLI::App& app, Command& command) {
  TrainOptions& options = command.options;
  CLI::Option* lanes = app.add_flag(
      "--lanes", options.lanes,
      "Also count which words stand near each other in a document, for the lanes of suggestions; "
      "X.index.tsv beside X.txt says where documents begin");
  lanes->excludes(app.get_option("--tokens"));
  app.add_option("--lane-least", options.lane_least_count,
                 "Drop pairs of words that stand near each other less often")
      ->needs(lanes)
      ->capture_default_str()
      ->check(between(1, 255))
      ->type_name("N");
}

void add_machine_options(CLI::App& app, Command& command) {
  TrainOptions& options = command.options;
  const auto set_memory = [&options](const std::string& text) {
    options.memory = value_or_throw("--memory", parse_bytes(text));
    if (options.memory < kLeastTrainMemory)
      throw CLI::ValidationError("--memory", "must be at least 16M");
  };
  app.add_option_function<std::string>(
         "--memory", set_memory,
         "Bytes for the large arrays (K, M, G: binary units); beyond it, temporary files are used")
      ->default_str("2G")
      ->type_name("SIZE");
  app.add_option("--threads", options.threads, "Threads; 0 takes all processors")
      ->capture_default_str()
      ->check(between(0, 1024))
      ->type_name("N");
  app.add_option("--temporary", options.temporary,
                 "Directory for temporary files [beside the output]")
      ->type_name("DIR");
}

}  // namespace

void add_train(CLI::App& app, Action& action) {
  auto command = std::make_shared<Command>();
  CLI::App* parser = app.add_subcommand("train", "Trains a model on text files");
  add_text_options(*parser, *command);
  add_model_options(*parser, *command);
  add_size_options(*parser, *command);
  add_lane_options(*parser, *command);
  add_machine_options(*parser, *command);
  parser->add_option("-o,--output", command->output, "The model file (.tct) to write")
      ->required()
      ->type_name("MODEL");
  parser->add_flag("--json", command->json, "Print the report as JSON");
  parser->add_flag("--quiet", command->quiet, "No progress bar and no report; errors only");
  parser
      ->add_option("files", command->inputs,
                   "Texts: plain, .gz or .zst, known by content; - is standard input")
      ->required()
      ->type_name("FILE");
  parser->footer(kFooter);
  parser->callback([command, &action] { action = [command] { return run(*command); }; });
}

}  // namespace tercet::cli
