#include "tercet/convert.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "command.h"
#include "core/error.h"
#include "format/container.h"
#include "os/input_file.h"
#include "os/interrupt.h"
#include "output_file.h"
#include "progress.h"
#include "tercet/model.h"

namespace tercet::cli {
namespace {

constexpr const char* kFooter =
    "The input's kind is known by its content. ARPA is the text format of KenLM, SRILM and "
    "others.\n"
    "Examples:\n"
    "  tercet convert model.arpa.gz model.tct\n"
    "  tercet convert en.tct en.arpa.zst";

constexpr std::string_view kKenlmMagic = "mmap lm http://kheafield.com/code";
constexpr std::string_view kArpaBegin = "# tercet ";  // As export_arpa() writes it.
constexpr const char* kUnharmed = "nothing was written";

struct Command {
  std::filesystem::path input;
  std::filesystem::path output;
};

enum class Kind : std::uint8_t { kTercet, kKenlm, kOther };

Result<Kind> kind_of(const std::filesystem::path& path) {
  auto input = os::InputFile::open(path);
  if (!input) return std::move(input).error();
  std::array<char, 64> buffer{};
  const auto got = (*input)->read(buffer);
  if (!got) return got.error();
  const std::string_view head(buffer.data(), *got);
  if (head.starts_with(kKenlmMagic)) return Kind::kKenlm;
  const bool is_tercet = head.size() >= format::kMagic.size() &&
                         std::equal(format::kMagic.begin(), format::kMagic.end(), head.begin(),
                                    [](unsigned char magic, char c) {
                                      return magic == static_cast<unsigned char>(c);
                                    });
  return is_tercet ? Kind::kTercet : Kind::kOther;
}

Error kenlm_error(const Command& command) {
  return core::unsupported(fmt::format(
      "{}: is a KenLM binary, which does not hold its n-grams in a readable form; convert the ARPA "
      "file that it was built from: tercet convert model.arpa {}",
      command.input.native(), command.output.native()));
}

int export_model(const Command& command, const ConvertOptions& options, ProgressBar& bar) {
  if (command.output.extension() == ".tct") {
    return refuse(fmt::format("{}: is a tercet model already; give an output such as model.arpa",
                              command.input.native()));
  }
  const auto model = Model::open(command.input);
  if (!model) return fail(model.error());
  if (!model->info().plain_tokens) {
    warn(
        "ARPA holds folded words only: the language and the spellings stay behind, and a model "
        "imported from it reads plain tokens");
  }
  if (const Status free = check_output(command.output, kArpaBegin); !free.ok())
    return fail(free.error());
  const Status status = export_arpa(*model, command.output, options);
  bar.finish();
  return status.ok() ? kSuccess : fail_or_stop(status.error(), kUnharmed);
}

int import_model(const Command& command, const ConvertOptions& options, ProgressBar& bar) {
  if (command.output.extension() != ".tct") {
    return refuse(fmt::format(
        "{}: the input is no model, so it is read as ARPA, and the output is a model: let "
        "its name end in .tct",
        command.output.native()));
  }
  const auto report = import_arpa(command.input, command.output, options);
  bar.finish();
  if (!report) return fail_or_stop(report.error(), kUnharmed);
  for (const std::string& warning : report->warnings) warn(warning);
  return kSuccess;
}

int run(const Command& command) {
  if (!os::check_not_an_input(command.output, {&command.input, 1}).ok()) {
    return refuse(command.input.native() + ": input and output are the same file");
  }
  if (command.input == "-") return refuse("convert reads a file, not standard input");
  const auto kind = kind_of(command.input);
  if (!kind) return fail(kind.error());
  if (*kind == Kind::kKenlm) return fail(kenlm_error(command));
  ProgressBar bar;
  ConvertOptions options;
  options.progress = [&bar](double fraction) { bar.update("convert", fraction); };
  options.stop = os::interrupt_token();
  const auto convert = *kind == Kind::kTercet ? export_model : import_model;
  return convert(command, options, bar);
}

}  // namespace

void add_convert(CLI::App& app, Action& action) {
  auto command = std::make_shared<Command>();
  CLI::App* parser = app.add_subcommand("convert", "Converts ARPA files to models and back");
  parser->add_option("input", command->input, "ARPA file (plain, .gz, .zst) or model (.tct)")
      ->required()
      ->type_name("IN");
  parser
      ->add_option("output", command->output,
                   "Model (.tct), or ARPA file, compressed if its name ends in .gz or .zst")
      ->required()
      ->type_name("OUT");
  parser->footer(kFooter);
  parser->callback([command, &action] { action = [command] { return run(*command); }; });
}

}  // namespace tercet::cli
