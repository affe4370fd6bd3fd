#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "command.h"
#include "json/writer.h"
#include "lane_list.h"
#include "model_file.h"
#include "serve/offers_json.h"
#include "suggestion_list.h"
#include "tercet/model.h"
#include "tercet/predictor.h"
#include "tercet/session.h"

namespace tercet::cli {
namespace {

constexpr const char* kFooter =
    "A text that ends inside a word has that word completed; behind a space the next word is\n"
    "suggested. Surprise is -log2 of the probability, in bits; order is the length of the n-gram\n"
    "that supplied it.\n"
    "Examples:\n"
    "  tercet suggest en.tct \"I want to \"\n"
    "  tercet suggest en.tct --words 3 --count 5 \"thank you for yo\"\n"
    "  tercet suggest ru.tct --json < lines.txt\n"
    "  tercet suggest en.tct --lane genius \"The piano and the orchestra played a \"\n"
    "--lane asks as a session does, which reads the whole text, and tells typical, rare and "
    "genius\n"
    "words apart; `tercet help lanes` explains U, D and V. With --json all lanes are printed, as\n"
    "docs/API.md has them.";

struct Command {
  std::filesystem::path model;
  std::size_t count = 10;
  std::uint32_t words = 1;
  PredictorOptions options;
  std::string lane;
  double gate = kBoldGate;
  bool json = false;
  std::optional<std::string> text;
};

/// Calls `answer(text)` for each text. Flushed line by line, so that another program can hold a
/// conversation.
template <class F>
int answer_texts(const Command& command, const F& answer) {
  if (command.text) {
    answer(*command.text);
    return kSuccess;
  }
  std::ios::sync_with_stdio(false);
  std::string line;
  for (bool first = true; std::getline(std::cin, line); first = false) {
    if (!first && !command.json) fmt::print("\n");
    if (line.ends_with('\r')) line.pop_back();
    answer(line);
    std::fflush(stdout);
  }
  return kSuccess;
}

int suggest(const Command& command, Model model) {
  const Predictor predictor(std::move(model), command.options);
  Scratch scratch;
  json::Writer json;
  return answer_texts(command, [&](std::string_view text) {
    const Answer answer = ask(predictor, {text, command.count, command.words}, scratch);
    if (command.json) {
      json.clear();
      write_json(answer, json);
      fmt::print("{}\n", json.text());
    } else {
      fmt::print("{}", numbered_list(answer.suggestions));
    }
  });
}

const std::map<std::string, std::optional<Lane>> kLanes = {{"typical", Lane::kTypical},
                                                           {"rare", Lane::kRare},
                                                           {"genius", Lane::kGenius},
                                                           {"all", std::nullopt}};

int suggest_lanes(const Command& command, Model model) {
  if (!model.info().lanes) {
    return fail({ErrorCode::kUnsupported,
                 command.model.native() +
                     " was trained without lanes; train it with: tercet train --lanes"});
  }
  const auto repertoire = Repertoire::make({std::move(model)});
  if (!repertoire) return fail(repertoire.error());
  const SessionOptions options{
      .words = command.count, .phrases = false, .lane_words = command.count, .gate = command.gate};
  return answer_texts(command, [&](std::string_view text) {
    Session session(*repertoire, options);
    session.open(text);
    const auto begin = std::chrono::steady_clock::now();
    const Offers offers = session.suggest();
    const auto end = std::chrono::steady_clock::now();
    if (!command.json) return fmt::print("{}", lane_lists(offers, kLanes.at(command.lane)));
    json::Writer json;
    serve::put(json.begin_object(), offers, options,
               std::chrono::duration<double, std::micro>(end - begin).count());
    fmt::print("{}\n", json.end_object().text());
  });
}

int run(const Command& command) {
  auto model = Model::open(command.model);
  if (!model) return fail(model.error());
  return command.lane.empty() ? suggest(command, std::move(*model))
                              : suggest_lanes(command, std::move(*model));
}

}  // namespace

void add_suggest(CLI::App& app, Action& action) {
  auto command = std::make_shared<Command>();
  CLI::App* parser = app.add_subcommand("suggest", "Suggests how a text goes on");
  parser->add_option("--count", command->count, "Suggestions wanted")
      ->capture_default_str()
      ->check(between(1, 10'000))
      ->type_name("1..10000");
  CLI::Option* words =
      parser->add_option("--words", command->words, "Words of each suggestion, at most");
  words->capture_default_str()->check(between(1, 16))->type_name("1..16");
  CLI::Option* punctuation =
      parser->add_flag("--punctuation", command->options.punctuation, "Suggest punctuation too");
  parser->add_option("--lane", command->lane, "Words of this lane, and why")
      ->check(CLI::IsMember(kLanes))
      ->excludes(words)
      ->excludes(punctuation)
      ->type_name("typical|rare|genius|all");
  add_gate_option(*parser, command->gate);
  parser->add_flag("--json", command->json, "Print one JSON object per text, on one line");
  add_model_argument(*parser, command->model);
  parser->add_option("text", command->text, "The text so far [each line of standard input]")
      ->type_name("TEXT");
  parser->footer(kFooter);
  parser->callback([command, &action] { action = [command] { return run(*command); }; });
}

}  // namespace tercet::cli
