// What the subcommands share: how they are registered, how they end, what they say when they fail.
#ifndef TERCET_APPS_CLI_COMMAND_H_
#define TERCET_APPS_CLI_COMMAND_H_

#include <functional>
#include <string>
#include <string_view>

#include "tercet/error.h"

namespace CLI {
class App;
}  // namespace CLI

namespace tercet::cli {

inline constexpr int kSuccess = 0;
inline constexpr int kFailure = 1;
inline constexpr int kUsage = 2;
/// Plus the signal's number, as shells have it.
inline constexpr int kSignalled = 128;

/// The chosen subcommand's work; returns the exit status. Filled in while the command line is
/// parsed and run afterwards, so that CLI11's exceptions stay in the parsing.
using Action = std::function<int()>;

// One file each.
void add_train(CLI::App& app, Action& action);
void add_suggest(CLI::App& app, Action& action);
void add_score(CLI::App& app, Action& action);
void add_perplexity(CLI::App& app, Action& action);
void add_inspect(CLI::App& app, Action& action);
void add_lanes(CLI::App& app, Action& action);
void add_tune(CLI::App& app, Action& action);
void add_verify(CLI::App& app, Action& action);
void add_convert(CLI::App& app, Action& action);
void add_eval(CLI::App& app, Action& action);
void add_prompt(CLI::App& app, Action& action);
void add_learn(CLI::App& app, Action& action);
void add_ledger(CLI::App& app, Action& action);
void add_serve(CLI::App& app, Action& action);

/// A check for CLI11's options: the text must be a finite number in least..most.
std::function<std::string(const std::string&)> between(double least, double most);

/// Prints "tercet: MESSAGE" to stderr.
void complain(std::string_view message);
void warn(std::string_view message);

/// Complains and returns kFailure.
int fail(const Error& error);
/// Complains and returns kUsage.
int refuse(std::string_view message);
/// For long work with os::interrupt_token(): as fail(), but after Ctrl-C says `unharmed` ("nothing
/// was written") and returns 128 + the signal.
int fail_or_stop(const Error& error, std::string_view unharmed);

}  // namespace tercet::cli

#endif  // TERCET_APPS_CLI_COMMAND_H_
