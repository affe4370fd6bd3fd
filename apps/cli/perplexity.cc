#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <memory>
#include <string_view>

#include "command.h"
#include "json/writer.h"
#include "model_file.h"
#include "tercet/model.h"
#include "tercet/predictor.h"
#include "text_lines.h"

namespace tercet::cli {
namespace {

constexpr const char* kFooter =
    "Perplexity is 10^(-sum of log10 p / tokens). Tokens are words, signs and one </s> for each\n"
    "sentence end. OOV tokens are not in the vocabulary: `perplexity` scores them as <unk>,\n"
    "`perplexity_known` leaves them out of both sum and count. Impossible tokens (p = 0) would "
    "make\n"
    "either infinite; they are left out of both and counted apart.\n"
    "Examples:\n"
    "  tercet perplexity en.tct test.txt.zst\n"
    "  tercet perplexity en.tct --json - < chapter.txt";

struct Command {
  std::filesystem::path model;
  std::filesystem::path file;
  bool tokens = false;
  bool json = false;
};

struct Mean {
  double sum = 0;
  std::uint64_t tokens = 0;

  void add(double log10_probability) {
    sum += log10_probability;
    ++tokens;
  }
  double perplexity() const {
    if (tokens == 0) return std::numeric_limits<double>::quiet_NaN();
    return std::pow(10.0, -sum / static_cast<double>(tokens));
  }
};

struct Tally final : ScoreVisitor {
  std::uint64_t tokens = 0;
  std::uint64_t sentences = 0;
  std::uint64_t oov = 0;
  std::uint64_t impossible = 0;
  Mean all;
  Mean known;

  void token(const ScoredToken& token) override {
    const bool unknown = token.word == kUnknown;
    const double log10_probability = token.score.log10_probability;
    ++tokens;
    if (unknown) ++oov;
    if (token.word == kSentenceEnd) ++sentences;
    if (!std::isfinite(log10_probability)) {
      ++impossible;
      return;
    }
    all.add(log10_probability);
    if (!unknown) known.add(log10_probability);
  }
};

void print_json(const Tally& tally, const Model& model) {
  json::Writer json;
  json.begin_object().field("perplexity", tally.all.perplexity());
  json.field("perplexity_known", tally.known.perplexity());
  json.field("tokens", tally.tokens).field("oov", tally.oov);
  json.field("sentences", tally.sentences).field("impossible", tally.impossible);
  json.field("log10_probability", tally.all.sum);
  json.field("log10_probability_known", tally.known.sum);
  json.field("normalised", model.info().normalised).end_object();
  fmt::print("{}\n", json.text());
}

void print_text(const Tally& tally) {
  const std::uint64_t words = tally.tokens - tally.sentences;
  fmt::print("tokens            {} ({} words and signs, {} sentence ends </s>)\n", tally.tokens,
             words, tally.sentences);
  fmt::print("oov               {} ({:.2f} % of the words and signs)\n", tally.oov,
             words == 0 ? 0 : 100 * static_cast<double>(tally.oov) / static_cast<double>(words));
  fmt::print("perplexity        {:.4f} over {} tokens, OOV scored as <unk>\n",
             tally.all.perplexity(), tally.all.tokens);
  fmt::print("perplexity_known  {:.4f} over {} tokens, OOV left out\n", tally.known.perplexity(),
             tally.known.tokens);
}

// What keeps the numbers from meaning what they seem to mean.
void print_reservations(const Tally& tally, const Model& model) {
  if (tally.impossible > 0) {
    warn(
        fmt::format("{} tokens are impossible (probability 0) and left out of both perplexities; "
                    "with them, perplexity is infinite",
                    tally.impossible));
  }
  if (!model.info().normalised) {
    warn(
        "this model's scores (stupid backoff) do not add up to one: compare its perplexity with "
        "no other model's");
  }
}

int run(const Command& command) {
  const auto model = Model::open(command.model);
  if (!model) return fail(model.error());
  if (const auto problem = tokens_problem(*model, command.model, command.tokens)) {
    return refuse(*problem);
  }
  Tally tally;
  const Status status = for_lines(command.file, [&](std::string_view lines) {
    score_text(*model, lines, tally);
    return Status{};
  });
  if (!status.ok()) return fail(status.error());
  if (tally.tokens == 0) {
    return fail({ErrorCode::kInvalidArgument,
                 command.file.native() + ": no words in the text, so there is no perplexity"});
  }
  command.json ? print_json(tally, *model) : print_text(tally);
  print_reservations(tally, *model);
  return kSuccess;
}

}  // namespace

void add_perplexity(CLI::App& app, Action& action) {
  auto command = std::make_shared<Command>();
  CLI::App* parser = app.add_subcommand("perplexity", "Measures how well a model predicts a text");
  parser->add_flag("--tokens", command->tokens, "Fail unless the model is one of plain tokens");
  parser->add_flag("--json", command->json, "Print JSON");
  add_model_argument(*parser, command->model);
  add_text_argument(*parser, command->file);
  parser->footer(kFooter);
  parser->callback([command, &action] { action = [command] { return run(*command); }; });
}

}  // namespace tercet::cli
