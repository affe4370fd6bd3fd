#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "command.h"
#include "eval_report.h"
#include "model_file.h"
#include "os/interrupt.h"
#include "output_file.h"
#include "progress.h"
#include "tercet/evaluate.h"
#include "tercet/evaluate_lanes.h"
#include "tercet/model.h"
#include "tercet/store.h"
#include "text_lines.h"
#include "weights_file.h"

namespace tercet::cli {
namespace {

constexpr const char* kFooter =
    "A simulated person types the text and takes each word as soon as it is listed. KSR, "
    "keystroke\n"
    "saving rate, is 100 - 100 x keys / (characters + one space per word), over words; a pick is "
    "one\n"
    "key and types the space. Hits are words listed before any character is typed. Intervals hold\n"
    "95 % of 1000 resamplings of the documents. docs/METRIC.md defines every figure.\n"
    "With --protocol text every character of the text counts, capitals, signs and spaces too; "
    "words\n"
    "must fit as they stand, and phrases are measured beside them.\n"
    "Examples:\n"
    "  tercet eval en.tct --text test.txt.zst --index test.index.tsv\n"
    "  tercet eval en.tct --text chapter.txt --slots 3 --json\n"
    "  tercet eval en.tct --text test.txt --index test.index.tsv --compare --plot figures.svg\n"
    "  tercet eval en.tct --text chapter.txt --details --scan-seconds 1.35\n"
    "  tercet eval en.tct ru.tct --text mail.txt --protocol text --initials\n"
    "  tercet eval en.tct --text mail.txt --store mine.tcs\n"
    "  tercet eval en.tct --text mail.txt --weights mine.weights\n"
    "  tercet eval en.tct --text test.txt --index test.index.tsv --lanes";

// About as much work as the rest.
constexpr std::uint64_t kInitialsEvery = 20;

struct Command {
  std::vector<std::filesystem::path> models;
  std::filesystem::path text;
  std::filesystem::path index;
  std::filesystem::path plot;
  std::filesystem::path store;
  std::filesystem::path weights;
  EvaluateOptions options;
  ReportOptions report;
  EvaluateLanesOptions lane_options;
  LaneOverrides overrides;
  bool lanes = false;
  bool text_protocol = false;
  bool initials = false;
  bool background_only = false;
  bool tokens = false;
  bool json = false;
};

/// The sentences of a person's store, oldest first.
class Sentences final : public SentenceVisitor {
 public:
  void sentence(const LearntSentence& sentence) override {
    all.emplace_back(sentence.words.begin(), sentence.words.end());
  }
  std::vector<std::vector<std::string>> all;
};

Result<std::vector<std::vector<std::string>>> sentences_of(const std::filesystem::path& path) {
  const auto store = Store::open(path, {.read_only = true});
  if (!store) return store.error();
  Sentences visitor;
  TERCET_TRY(store->visit(visitor));
  return std::move(visitor.all);
}

std::string_view learning_of(const Command& command) {
  if (!command.store.empty())
    return command.options.own ? "the store, the first half of each document, then the rest"
                               : "the store, then each document as it is typed";
  if (command.background_only) return "nothing: the model as trained";
  return command.options.own ? "the first half of each document, then the rest as it is typed"
                             : "each document as it is typed, forgotten at its end";
}

/// The last setting is the one reported; what it is compared with comes before it.
std::vector<Additions> settings_of(const Command& command) {
  if (command.background_only) return {kNoAdditions};
  std::vector<Additions> settings;
  if (command.report.comparison || !command.plot.empty()) settings.push_back(kNoAdditions);
  const auto add = [&](const NamedAddition& each) {
    const bool idle = each.member == &Additions::person_ngrams && !command.options.own &&
                      command.options.remembered.empty();
    if (idle) return;
    settings.push_back(each.stands_alone ? kNoAdditions : Additions{});
    settings.back().*each.member = each.stands_alone;
  };
  if (command.report.comparison) std::for_each(kAdditions.begin(), kAdditions.end(), add);
  settings.push_back(Additions{});
  return settings;
}

Status write_plot(os::OutputFile& file, const Command& command, Settings settings) {
  const std::string text =
      command.text == "-" ? "standard input" : command.text.filename().string();
  const std::string title =
      "Keystrokes that " + command.models.front().filename().string() + " saves in " + text;
  TERCET_TRY(file.append(draw_plot(settings, title)));
  return file.commit();
}

/// What the options point to.
struct Material {
  std::string text;
  std::string index;
  std::vector<std::vector<std::string>> remembered;
  std::optional<Weights> weights;
};

Result<Material> read_material(const Command& command) {
  Material out;
  auto text = read_text(command.text);
  if (!text) return std::move(text).error();
  out.text = std::move(*text);
  auto index = read_optional_text(command.index);
  if (!index) return std::move(index).error();
  out.index = std::move(*index);
  if (!command.store.empty()) {
    auto remembered = sentences_of(command.store);
    if (!remembered) return std::move(remembered).error();
    out.remembered = std::move(*remembered);
  }
  auto weights = read_weights(command.weights);
  if (!weights) return std::move(weights).error();
  out.weights = *weights;
  return out;
}

int run_words(Command& command, const Model& model) {
  auto plot = open_output(command.plot, "<svg");
  if (!plot) return fail(plot.error());
  const auto settings = compare(model, command.options, settings_of(command));
  if (!settings) return fail_or_stop(settings.error(), "nothing was measured");
  command.report.learning = learning_of(command);
  command.json ? print_json(*settings, command.report) : print_text(*settings, command.report);
  if (std::optional<os::OutputFile>& file = *plot; file) {
    const Status written = write_plot(*file, command, *settings);
    if (!written.ok()) return fail(written.error());
  }
  return kSuccess;
}

int run_text(const Command& command, std::vector<Model> models) {
  const auto report = evaluate_text(std::move(models), command.options);
  if (!report) return fail_or_stop(report.error(), "nothing was measured");
  command.json ? print_json(*report) : print_text(*report);
  return kSuccess;
}

int run_lanes(Command& command, const Model& model, ProgressBar& bar) {
  const auto report = evaluate_lanes(model, command.options, command.lane_options);
  if (!report) return fail_or_stop(report.error(), "nothing was measured");
  bar.finish();
  std::vector<Compared> typed;
  if (command.report.comparison) {
    Additions fitting = command.options.additions;
    fitting.fit = true;
    const std::array settings{command.options.additions, fitting};
    auto compared = compare(model, command.options, settings);
    if (!compared) return fail_or_stop(compared.error(), "nothing was measured");
    typed = std::move(*compared);
    bar.finish();
  }
  const std::uint64_t seed = command.lane_options.seed;
  command.json ? print_json(*report, seed, typed) : print_text(*report, seed, typed);
  return kSuccess;
}

/// Options that mean nothing together; nothing if all is well.
std::optional<std::string> contradiction(const Command& command) {
  const bool of_words = command.report.details || !command.plot.empty();
  if (command.lanes && (command.text_protocol || command.options.own || !command.store.empty()))
    return "--lanes reads each document by itself; leave out --own, --store and --protocol";
  if (command.lanes && of_words) return "--details and --plot are not of --lanes";
  if (command.background_only && command.report.comparison)
    return "--background-only leaves nothing to compare; leave out one of the two";
  if (command.background_only && !command.store.empty())
    return "--background-only learns nothing, not from --store either; leave out one of the two";
  if (command.background_only && !command.weights.empty())
    return "--background-only leaves nothing for --weights to weigh; leave out one of the two";
  if (!command.text_protocol && command.models.size() > 1)
    return "several models need --protocol text";
  if (!command.text_protocol && command.initials) return "--initials needs --protocol text";
  const bool words_only = command.background_only || command.report.comparison || of_words;
  if (command.text_protocol && words_only)
    return "--background-only, --compare, --details and --plot are of --protocol words";
  return std::nullopt;
}

int run(Command& command) {
  if (const auto problem = contradiction(command)) return refuse(*problem);
  auto models = open_models(command.models);
  if (!models) return fail(models.error());
  for (std::size_t i = 0; i < models->size(); ++i) {
    if (const auto problem = tokens_problem((*models)[i], command.models[i], command.tokens))
      return refuse(*problem);
  }
  const auto material = read_material(command);
  if (!material) return fail(material.error());
  command.options.text = material->text;
  command.options.index = material->index;
  command.options.remembered = material->remembered;
  const std::optional<Weights>& weights = material->weights;
  command.options.weights = weights ? &*weights : nullptr;
  command.options.initials_every = command.initials ? kInitialsEvery : 0;
  command.options.lanes = &command.overrides;
  if (command.lanes && command.background_only) command.options.additions = kNoAdditions;
  command.options.stop = os::interrupt_token();
  ProgressBar bar;
  command.options.progress = [&bar](double fraction) { bar.update("type", fraction); };
  if (command.lanes) return run_lanes(command, models->front(), bar);
  return command.text_protocol ? run_text(command, std::move(*models))
                               : run_words(command, models->front());
}

void add_time_options(CLI::App& parser, TimeOptions& time) {
  parser.add_option("--key-seconds", time.key_seconds, "What a key may take, in --details")
      ->delimiter(',')
      ->capture_default_str()
      ->check(between(0.001, 1000))
      ->type_name("S,S,...");
  parser.add_option("--scan-seconds", time.scan_seconds, "What a look at a list takes")
      ->capture_default_str()
      ->check(between(0, 1000))
      ->type_name("S");
}

void add_lane_options(CLI::App& parser, Command& command) {
  CLI::Option* lanes =
      parser.add_flag("--lanes", command.lanes,
                      "Measure the lanes instead; with --compare, lists ranked by their fit, too");
  const auto add = [&](const char* name, auto& value, const char* what, double least, double most) {
    return parser.add_option(name, value, what)->needs(lanes)->check(between(least, most));
  };
  constexpr double kMost = 1e12;
  add("--seed", command.lane_options.seed, "Of all that --lanes draws", 0, kMost)
      ->capture_default_str()
      ->type_name("N");
  add("--positions", command.lane_options.most_positions,
      "In --lanes, stop after so many words [all]", 1, kMost)
      ->type_name("N");
  add("--lane-strength", command.overrides.strength, "b of --lanes, in halves [the model's]", 0.5,
      8)
      ->type_name("B");
  add("--lane-smoothing", command.overrides.smoothing, "mu of --lanes [the model's]", 1, 1e9)
      ->type_name("MU");
  add("--lane-decay", command.overrides.decay, "Its exponent of distance [the model's]", 0, 4)
      ->type_name("E");
}

}  // namespace

void add_eval(CLI::App& app, Action& action) {
  auto command = std::make_shared<Command>();
  CLI::App* parser = app.add_subcommand("eval", "Measures the keystrokes that suggestions save");
  parser->add_option("MODEL", command->models, "The models; --protocol words takes one")
      ->required()
      ->type_name("");
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
  parser
      ->add_option_function<std::string>(
          "--protocol",
          [command](const std::string& name) { command->text_protocol = name == "text"; },
          "What is typed: words, or the text as it stands [words]")
      ->check(CLI::IsMember({"words", "text"}))
      ->type_name("NAME");
  parser->add_flag("--initials", command->initials, "Measure phrases found by their initials, too");
  parser->add_option("--store", command->store, "Begin with what this person taught")
      ->type_name("FILE");
  add_weights_option(*parser, command->weights);
  parser->add_flag("--background-only", command->background_only,
                   "Learn nothing from the text while it is typed");
  parser->add_flag("--own", command->options.own,
                   "Learn the first half of each document, measure the second");
  parser->add_flag("--compare", command->report.comparison,
                   "Measure each addition to the model alone, too");
  parser->add_flag("--details", command->report.details,
                   "Print calibration, time saved and learning curve");
  add_time_options(*parser, command->report.time);
  parser->add_option("--plot", command->plot, "Draw what was measured")->type_name("FILE.svg");
  add_lane_options(*parser, *command);
  parser->add_flag("--tokens", command->tokens, "Fail unless the model is one of plain tokens");
  parser->add_flag("--json", command->json, "Print JSON");
  parser->footer(kFooter);
  parser->callback([command, &action] { action = [command] { return run(*command); }; });
}

}  // namespace tercet::cli
