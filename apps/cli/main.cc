// The one binary: parses the command line and runs the chosen subcommand.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstdio>
#include <exception>
#include <memory>
#include <new>
#include <string>

#include "command.h"
#include "os/file_descriptor.h"
#include "os/system.h"

namespace tercet::cli {
namespace {

constexpr const char* kPurpose = "Predictive text: the machine proposes cheaply, the human picks.";
constexpr const char* kFooter =
    "Examples:\n"
    "  tercet train --language en --output en.tct corpus.txt.zst\n"
    "  tercet suggest en.tct \"I want to \"\n"
    "  tercet prompt en.tct ru.tct\n"
    "`tercet help COMMAND` explains a command. Exit status: 0 success, 1 failure, 2 wrong usage,\n"
    "128 + N stopped by signal N.";

int explain(const CLI::App& app, const std::string& name) {
  if (name.empty()) {
    // Not app.help(), which explains the command that is being run.
    fmt::print("{}", app.get_formatter()->make_help(&app, "tercet", CLI::AppFormatMode::Normal));
    return kSuccess;
  }
  const auto topics =
      app.get_subcommands([&name](const CLI::App* command) { return command->get_name() == name; });
  if (topics.empty())
    return refuse(fmt::format("there is no command '{}'; see: tercet --help", name));
  fmt::print("{}", topics.front()->help("tercet"));
  return kSuccess;
}

void add_help(CLI::App& app, Action& action) {
  auto name = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("help", "Explains tercet or one of its commands");
  command->add_option("command", *name, "The command to explain")->type_name("COMMAND");
  command->footer("Examples:\n  tercet help\n  tercet help train");
  command->callback(
      [&app, &action, name] { action = [&app, name] { return explain(app, *name); }; });
}

std::string usage_message(const CLI::App& app, const CLI::ParseError& error) {
  const auto chosen = app.get_subcommands();
  if (!chosen.empty()) {
    return fmt::format("{}\ntercet: see: tercet {} --help", error.what(),
                       chosen.front()->get_name());
  }
  const auto unknown = app.remaining();
  if (unknown.empty()) return "a command is needed; see: tercet --help";
  return fmt::format("there is no command or option '{}'; see: tercet --help", unknown.front());
}

int parse_and_run(int argument_count, char** arguments) {
  CLI::App app(kPurpose, "tercet");
  app.footer(kFooter);
  app.set_version_flag("--version", "tercet " TERCET_VERSION, "Print the version and exit");
  app.require_subcommand(1);
  Action action;
  for (const auto add : {add_train, add_suggest, add_prompt, add_score, add_perplexity, add_eval,
                         add_lanes, add_inspect, add_tune, add_verify, add_convert, add_learn,
                         add_ledger, add_serve, add_help}) {
    add(app, action);
  }
  try {
    app.parse(argument_count, arguments);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help and --version.
    return refuse(usage_message(app, error));
  }
  return action();
}

// A full disk or a closed pipe must not look like success.
int flush_output(int status) {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return status;
  complain("cannot write to standard output: " + os::reason_of(errno));
  return status == kSuccess ? kFailure : status;
}

int guarded_main(int argument_count, char** arguments) {
  try {
    return flush_output(parse_and_run(argument_count, arguments));
  } catch (const std::bad_alloc&) {
    std::fputs("tercet: out of memory\n", stderr);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "tercet: %s\n", error.what());
  }
  return kFailure;
}

}  // namespace
}  // namespace tercet::cli

int main(int argument_count, char** arguments) {
  tercet::os::prepare_process();
  return tercet::cli::guarded_main(argument_count, arguments);
}
