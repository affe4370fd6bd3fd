#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "command.h"
#include "core/error.h"
#include "os/interrupt.h"
#include "progress.h"
#include "tercet/store.h"
#include "text/language.h"
#include "text/lines.h"
#include "text/sentences.h"
#include "text/tokenizer.h"
#include "text/utf8.h"
#include "text_lines.h"
#include "times.h"

namespace tercet::cli {
namespace {

constexpr const char* kFooter =
    "The store is made if there is none. Each file is one lesson, learnt whole or not at all: "
    "tercet\n"
    "ledger STORE undo takes the last one back. With --lines, and of standard input, each line is "
    "a\n"
    "lesson, and its number is printed when it is safely on the disk.\n"
    "Examples:\n"
    "  tercet learn my.store letters/*.txt diary.txt.gz\n"
    "  tercet learn my.store --language ru --source chat chat.txt\n"
    "  tail -f log.txt | tercet learn my.store -";

struct Command {
  std::filesystem::path store;
  std::vector<std::filesystem::path> files;
  std::string language = "en";
  std::string source;
  bool lines = false;
};

/// Cuts text into sentences of words as they are written.
class SentenceCutter {
 public:
  explicit SentenceCutter(const std::string& language) : tokenizer_(text::language(language)) {}

  /// Gives `put` each sentence of `lines`, until it fails.
  Status cut(std::string_view lines, const Store::Put& put) {
    text::CleanStats ignored;
    Status status;
    text::for_each_sentence(text::clean(lines, buffer_, ignored), tokenizer_,
                            [&](std::span<const std::string_view> words) {
                              if (status.ok()) status = put(words);
                              if (!status.ok()) return;
                              words_ += words.size();
                              ++sentences_;
                            });
    return status;
  }

  std::uint64_t words() const noexcept { return words_; }
  std::uint64_t sentences() const noexcept { return sentences_; }

 private:
  text::Tokenizer tokenizer_;
  std::string buffer_;
  std::uint64_t words_ = 0;
  std::uint64_t sentences_ = 0;
};

/// Where the text comes from, as people will read it in the ledger.
std::string source_of(const Command& command, const std::filesystem::path& file) {
  std::string buffer;
  text::CleanStats ignored;
  const std::string name = !command.source.empty() ? command.source
                           : file == "-"           ? "standard input"
                                                   : file.native();
  return std::string(text::clean(name, buffer, ignored));
}

/// Learns lines one by one.
class LineLearner {
 public:
  LineLearner(Store& store, const Command& command, std::string source)
      : store_(store), command_(command), source_(std::move(source)), cutter_(command.language) {}

  Status learn(std::string_view line) {
    const auto lesson = store_.begin_lesson(source_, command_.language, now());
    if (!lesson) return lesson.error();
    TERCET_TRY(
        store_.learn(*lesson, [&](const Store::Put& put) { return cutter_.cut(line, put); }));
    fmt::print("{}\n", ++lines_);
    std::fflush(stdout);
    return {};
  }

 private:
  Store& store_;
  const Command& command_;
  std::string source_;
  SentenceCutter cutter_;
  std::uint64_t lines_ = 0;
};

// By std::getline, which waits for no more than one line.
Status learn_standard_input(Store& store, const Command& command) {
  LineLearner learner(store, command, source_of(command, "-"));
  std::string line;
  while (std::getline(std::cin, line)) TERCET_TRY(learner.learn(line));
  return {};
}

ReadOptions read_options(ProgressBar& bar) {
  return {[&bar](double fraction) { bar.update("learn", fraction); }, os::interrupt_token()};
}

Status learn_lines(Store& store, const Command& command, const std::filesystem::path& file) {
  LineLearner learner(store, command, source_of(command, file));
  ProgressBar bar;
  const auto learn = [&](std::string_view lines) {
    Status status;
    text::for_each_line(lines, [&](std::string_view line) {
      if (status.ok()) status = learner.learn(line);
    });
    return status;
  };
  return for_lines(file, learn, read_options(bar));
}

Status learn_file(Store& store, const Command& command, const std::filesystem::path& file) {
  const auto lesson = store.begin_lesson(source_of(command, file), command.language, now());
  if (!lesson) return lesson.error();
  SentenceCutter cutter(command.language);
  ProgressBar bar;
  const Status status = store.learn(*lesson, [&](const Store::Put& put) {
    const auto cut = [&](std::string_view lines) { return cutter.cut(lines, put); };
    return for_lines(file, cut, read_options(bar));
  });
  bar.finish();
  if (status.ok()) {
    fmt::print("{}: learnt {} words in {} sentences\n", lesson->source, cutter.words(),
               cutter.sentences());
  }
  return status;
}

int run(const Command& command) {
  auto store = Store::open(command.store, {.create = true});
  if (!store) return fail(store.error());
  for (const auto& file : command.files) {
    const Status status = file == "-"     ? learn_standard_input(*store, command)
                          : command.lines ? learn_lines(*store, command, file)
                                          : learn_file(*store, command, file);
    if (!status.ok()) {
      return fail_or_stop(status.error(), "what was reported is learnt, and nothing else");
    }
  }
  return kSuccess;
}

}  // namespace

void add_learn(CLI::App& app, Action& action) {
  auto command = std::make_shared<Command>();
  CLI::App* parser = app.add_subcommand("learn", "Learns a person's own texts into a store");
  parser->add_option("store", command->store, "The person's store")->required()->type_name("STORE");
  parser
      ->add_option("files", command->files,
                   "Texts: plain, .gz or .zst, known by content; - is standard input")
      ->required()
      ->type_name("FILE");
  parser->add_option("--language", command->language, "Word rules and case folding: en, ru, ...")
      ->capture_default_str()
      ->type_name("TAG");
  parser->add_option("--source", command->source, "Where the texts are from [the file's name]")
      ->type_name("NAME");
  parser->add_flag("--lines", command->lines,
                   "Learn line by line; print the number of each line that is on the disk");
  parser->footer(kFooter);
  parser->callback([command, &action] { action = [command] { return run(*command); }; });
}

}  // namespace tercet::cli
