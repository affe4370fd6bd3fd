#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <iterator>
#include <memory>
#include <string_view>

#include "command.h"
#include "model_file.h"
#include "tercet/model.h"
#include "tercet/predictor.h"
#include "text_lines.h"

namespace tercet::cli {
namespace {

constexpr const char* kFooter =
    "Prints one line per token: the token as written (</s> ends a sentence), log10 of its\n"
    "probability (-inf: impossible), and the length of the n-gram that supplied it; between them,\n"
    "tabs.\n"
    "Examples:\n"
    "  tercet score en.tct chapter.txt\n"
    "  echo \"I want to go home.\" | tercet score en.tct -";

struct Command {
  std::filesystem::path model;
  std::filesystem::path file;
  bool tokens = false;
};

class Printer final : public ScoreVisitor {
 public:
  void token(const ScoredToken& token) override {
    fmt::format_to(std::back_inserter(buffer_), "{}\t{}\t{}\n", token.text,
                   token.score.log10_probability, token.score.order);
  }

  // Of one piece of text at once.
  void flush() {
    std::fwrite(buffer_.data(), 1, buffer_.size(), stdout);
    buffer_.clear();
  }

 private:
  fmt::memory_buffer buffer_;
};

int run(const Command& command) {
  const auto model = Model::open(command.model);
  if (!model) return fail(model.error());
  if (const auto problem = tokens_problem(*model, command.model, command.tokens)) {
    return refuse(*problem);
  }
  Printer printer;
  const Status status = for_lines(command.file, [&](std::string_view lines) {
    score_text(*model, lines, printer);
    printer.flush();
    return Status{};
  });
  return status.ok() ? kSuccess : fail(status.error());
}

}  // namespace

void add_score(CLI::App& app, Action& action) {
  auto command = std::make_shared<Command>();
  CLI::App* parser = app.add_subcommand("score", "Prints the probability of each token of a text");
  parser->add_flag("--tokens", command->tokens, "Fail unless the model is one of plain tokens");
  add_model_argument(*parser, command->model);
  add_text_argument(*parser, command->file);
  parser->footer(kFooter);
  parser->callback([command, &action] { action = [command] { return run(*command); }; });
}

}  // namespace tercet::cli
