#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "command.h"
#include "json/writer.h"
#include "model_file.h"
#include "suggestion_list.h"
#include "tercet/model.h"
#include "tercet/predictor.h"

namespace tercet::cli {
namespace {

constexpr const char* kFooter =
    "A text that ends inside a word has that word completed; behind a space the next word is\n"
    "suggested. Surprise is -log2 of the probability, in bits; order is the length of the n-gram\n"
    "that supplied it.\n"
    "Examples:\n"
    "  tercet suggest en.tct \"I want to \"\n"
    "  tercet suggest en.tct --words 3 --count 5 \"thank you for yo\"\n"
    "  tercet suggest ru.tct --json < lines.txt";

struct Command {
  std::filesystem::path model;
  std::size_t count = 10;
  std::uint32_t words = 1;
  PredictorOptions options;
  bool json = false;
  std::optional<std::string> text;
};

class Suggester {
 public:
  Suggester(const Command& command, Model model)
      : command_(command), predictor_(std::move(model), command.options) {}

  void answer(std::string_view text) {
    const Answer answer = ask(predictor_, {text, command_.count, command_.words}, scratch_);
    if (command_.json) {
      json_.clear();
      write_json(answer, json_);
      fmt::print("{}\n", json_.text());
    } else {
      fmt::print("{}", numbered_list(answer.suggestions));
    }
  }

  // Flushed line by line, so that another program can hold a conversation.
  void answer_lines() {
    std::ios::sync_with_stdio(false);
    std::string line;
    for (bool first = true; std::getline(std::cin, line); first = false) {
      if (!first && !command_.json) fmt::print("\n");
      if (line.ends_with('\r')) line.pop_back();
      answer(line);
      std::fflush(stdout);
    }
  }

 private:
  const Command& command_;
  Predictor predictor_;
  Scratch scratch_;
  json::Writer json_;
};

int run(const Command& command) {
  auto model = Model::open(command.model);
  if (!model) return fail(model.error());
  Suggester suggester(command, std::move(*model));
  if (command.text) {
    suggester.answer(*command.text);
  } else {
    suggester.answer_lines();
  }
  return kSuccess;
}

}  // namespace

void add_suggest(CLI::App& app, Action& action) {
  auto command = std::make_shared<Command>();
  CLI::App* parser = app.add_subcommand("suggest", "Suggests how a text goes on");
  parser->add_option("--count", command->count, "Suggestions wanted")
      ->capture_default_str()
      ->check(between(1, 10'000))
      ->type_name("1..10000");
  parser->add_option("--words", command->words, "Words of each suggestion, at most")
      ->capture_default_str()
      ->check(between(1, 16))
      ->type_name("1..16");
  parser->add_flag("--punctuation", command->options.punctuation, "Suggest punctuation too");
  parser->add_flag("--json", command->json, "Print one JSON object per text, on one line");
  add_model_argument(*parser, command->model);
  parser->add_option("text", command->text, "The text so far [each line of standard input]")
      ->type_name("TEXT");
  parser->footer(kFooter);
  parser->callback([command, &action] { action = [command] { return run(*command); }; });
}

}  // namespace tercet::cli
