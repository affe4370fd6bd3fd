#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "columns.h"
#include "command.h"
#include "lane_list.h"
#include "model_file.h"
#include "prompt_learner.h"
#include "prompt_session.h"
#include "suggestion_list.h"
#include "tercet/model.h"
#include "terminal.h"
#include "text/utf8.h"
#include "weights_file.h"

namespace tercet::cli {
namespace {

constexpr std::size_t kCount = 9;  // One digit key each.

constexpr const char* kFooter =
    "Under the line stand the likeliest continuations with their surprise in bits, and a phrase "
    "where\n"
    "one is worth it, or where the letters typed are rather the initials of one. Keys:\n"
    "  1-9          choose one; it completes the word and a space follows\n"
    "  Tab          choose the first\n"
    "  Ctrl-P       take the phrase\n"
    "  Ctrl-N       take the next word of the phrase\n"
    "  Ctrl-V 5     type the digit 5 (digits directly behind it need no Ctrl-V)\n"
    "  Ctrl-W, Ctrl-U, Backspace, Delete, arrows, Home, End: edit; Enter: finish the line\n"
    "  Ctrl-D, Ctrl-C: quit\n"
    "What you write is learnt, not what you paste; docs/LEARNING.md tells the rest.\n"
    "Where standard input or output is no terminal, each line read is answered with a numbered\n"
    "list, and a phrase if there is one; nothing is learnt unless there is a --store.\n"
    "Examples:\n"
    "  tercet prompt en.tct ru.tct\n"
    "  tercet prompt en.tct --store work.db\n"
    "  tercet prompt en.tct --weights mine.weights\n"
    "  tercet prompt en.tct --lanes 2 --gate 0.9\n"
    "  echo \"I want to \" | tercet prompt en.tct";

struct Command {
  std::vector<std::filesystem::path> models;
  std::filesystem::path store;
  std::filesystem::path weights;
  std::size_t lanes = 0;
  double gate = kBoldGate;
  bool incognito = false;
};

/// Calls `answer(line)` for each line read, and prints what it returns.
template <class F>
int answer_lines(const F& answer) {
  std::ios::sync_with_stdio(false);
  std::string line;
  for (bool first = true; std::getline(std::cin, line); first = false) {
    if (line.ends_with('\r')) line.pop_back();
    fmt::print("{}{}", first ? "" : "\n", answer(line));
    std::fflush(stdout);
  }
  return kSuccess;
}

std::string answer(Session& session) {
  const Offers offers = session.suggest();
  std::string out = numbered_list(offers.words);
  if (!offers.rare.empty()) out += "rare\n" + measured_list(offers.rare);
  if (!offers.genius.empty()) out += "genius\n" + measured_list(offers.genius);
  std::string phrase(offers.phrases.empty() ? "" : offers.phrases.front().text);
  if (const auto meant = phrase_of_initials(session, offers)) phrase = meant->text;
  return phrase.empty() ? out : out + fmt::format("    {}\n", printable(phrase));
}

/// Without a store the answer to a line depends on no other.
int answer_strangers(const Repertoire& repertoire, const SessionOptions& options) {
  return answer_lines([&](const std::string& line) {
    Session session(repertoire, options);
    session.open(line);
    return answer(session);
  });
}

/// The lines are one person's writing.
int answer_learner(Learner& learner) {
  Session& session = learner.session();
  const int status = answer_lines([&](const std::string& line) {
    for (std::size_t at = 0; at < line.size();) {
      std::string character;
      text::append_code_point(text::next_code_point(line, at), character);
      session.type(character);
    }
    std::string list = answer(session);
    learner.finish(session.text_before());
    return list;
  });
  return learner.status().ok() ? status : fail(learner.status().error());
}

/// With a note for the person who starts it. A store that cannot be had costs no suggestion.
std::unique_ptr<Learner> open_learner(const Repertoire& repertoire, const Command& command,
                                      const SessionOptions& options) {
  if (command.incognito) return Learner::incognito(repertoire, options);
  const auto store = command.store.empty() ? default_store() : command.store;
  auto learner = store.ok() ? Learner::open(repertoire, options, *store) : store.error();
  if (!learner) {
    complain(learner.error().message + "; suggestions go on, and nothing is learnt for good");
    return Learner::incognito(repertoire, options);
  }
  const std::string name = printable(store->native());
  fmt::print(
      "Learns into {0} (see: tercet ledger {0} list; forget: tercet ledger {0} forget WORD; not to "
      "learn: --incognito)\n",
      name);
  std::fflush(stdout);
  return std::move(*learner);
}

/// Words that were passed over stay listed: who types fast has not read each list.
SessionOptions session_options(const Command& command, const std::optional<Weights>& weights) {
  return {.words = kCount,
          .lane_words = command.lanes,
          .gate = command.gate,
          .reoffer = true,
          .weights = weights ? &*weights : nullptr};
}

int run(const Command& command) {
  auto models = open_models(command.models);
  if (!models) return fail(models.error());
  const auto weights = read_weights(command.weights);
  if (!weights) return fail(weights.error());
  const SessionOptions options = session_options(command, *weights);
  const auto repertoire = Repertoire::make(std::move(*models));
  if (!repertoire) return fail(repertoire.error());
  if (!Terminal::usable() && command.store.empty()) return answer_strangers(*repertoire, options);
  if (!Terminal::usable()) {
    const auto learner = Learner::open(*repertoire, options, command.store);
    return learner.ok() ? answer_learner(**learner) : fail(learner.error());
  }
  const auto learner = open_learner(*repertoire, command, options);
  const auto terminal = Terminal::open();
  if (!terminal) return fail(terminal.error());
  return PromptSession(*learner, **terminal).run();
}

}  // namespace

void add_prompt(CLI::App& app, Action& action) {
  auto command = std::make_shared<Command>();
  CLI::App* parser = app.add_subcommand("prompt", "Suggests while you type");
  parser->add_option("models", command->models, "Model files (.tct), one per language")
      ->required()
      ->type_name("MODEL");
  auto* store =
      parser->add_option("--store", command->store,
                         "Where to learn [$XDG_DATA_HOME or ~/.local/share: tercet/person.db]");
  store->type_name("FILE");
  parser->add_flag("--incognito", command->incognito, "Neither read a store nor learn into one")
      ->excludes(store);
  add_weights_option(*parser, command->weights);
  parser
      ->add_option("--lanes", command->lanes,
                   "Rare words, and as many genius ones, after the words")
      ->capture_default_str()
      ->check(between(0, 4))
      ->type_name("0..4");
  add_gate_option(*parser, command->gate);
  parser->footer(kFooter);
  parser->callback([command, &action] { action = [command] { return run(*command); }; });
}

}  // namespace tercet::cli
