#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "command.h"
#include "model_file.h"
#include "prompt_session.h"
#include "suggestion_list.h"
#include "tercet/model.h"
#include "terminal.h"

namespace tercet::cli {
namespace {

constexpr std::size_t kCount = 9;  // One digit key each.

constexpr const char* kFooter =
    "Under the line stand the likeliest continuations with their surprise in bits. Keys:\n"
    "  1-9          choose one; it completes the word and a space follows\n"
    "  Tab          choose the first\n"
    "  Ctrl-V 5     type the digit 5 (digits directly behind it need no Ctrl-V)\n"
    "  Ctrl-L       ask the next model; otherwise the script of the text decides\n"
    "  Ctrl-W, Ctrl-U, Backspace, Delete, arrows, Home, End: edit; Enter: finish the line\n"
    "  Ctrl-D, Ctrl-C: quit\n"
    "Where standard input or output is no terminal, each line read is answered with a numbered\n"
    "list.\n"
    "Examples:\n"
    "  tercet prompt en.tct ru.tct\n"
    "  echo \"I want to \" | tercet prompt en.tct";

struct Command {
  std::vector<std::filesystem::path> models;
};

Result<PromptModels> open_models(const Command& command) {
  PromptModels models;
  for (const auto& path : command.models) {
    auto model = Model::open(path);
    if (!model) return std::move(model).error();
    models.labels.push_back(language_label(model->info()));
    models.predictors.emplace_back(std::move(*model));
  }
  return models;
}

int answer_lines(const PromptModels& models) {
  std::ios::sync_with_stdio(false);
  ModelChoice choice(models.labels);
  Scratch scratch;
  std::string line;
  for (bool first = true; std::getline(std::cin, line); first = false) {
    if (line.ends_with('\r')) line.pop_back();
    const Predictor& predictor = models.predictors[choice.choose(line)];
    const Answer answer = ask(predictor, {line, kCount}, scratch);
    fmt::print("{}{}", first ? "" : "\n", numbered_list(answer.suggestions));
    std::fflush(stdout);
  }
  return kSuccess;
}

int run(const Command& command) {
  const auto models = open_models(command);
  if (!models) return fail(models.error());
  if (!Terminal::usable()) return answer_lines(*models);
  const auto terminal = Terminal::open();
  if (!terminal) return fail(terminal.error());
  return PromptSession(*models, **terminal).run();
}

}  // namespace

void add_prompt(CLI::App& app, Action& action) {
  auto command = std::make_shared<Command>();
  CLI::App* parser = app.add_subcommand("prompt", "Suggests while you type");
  parser->add_option("models", command->models, "Model files (.tct), one per language")
      ->required()
      ->type_name("MODEL");
  parser->footer(kFooter);
  parser->callback([command, &action] { action = [command] { return run(*command); }; });
}

}  // namespace tercet::cli
