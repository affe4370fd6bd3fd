#include "tercet/ledger.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "columns.h"
#include "command.h"
#include "json/writer.h"
#include "output_file.h"
#include "tercet/store.h"
#include "text/fold.h"
#include "text/language.h"
#include "text_lines.h"
#include "times.h"

namespace tercet::cli {
namespace {

constexpr std::size_t kMostOrder = 5;

constexpr const char* kFooter =
    "Times are 2026-03-01, 2026-03-01T17:30 (local time), or how long ago: 10m, 2h, 3d, 1w.\n"
    "Forgetting can be undone until it is purged. docs/LEARNING.md tells what remains.\n"
    "Examples:\n"
    "  tercet ledger my.store list --since 1d\n"
    "  tercet ledger my.store list --ngrams --word letter --count 20\n"
    "  tercet ledger my.store forget hunter2 --for-good\n"
    "  tercet ledger my.store forget --source chat.txt\n"
    "  tercet ledger my.store undo\n"
    "  tercet ledger my.store export - | ssh phone tercet ledger my.store import -\n"
    "  tercet ledger my.store block damn --meaning suggest";

/// What the command line may say; each action uses its part.
struct Command {
  std::filesystem::path store;
  std::filesystem::path file;
  std::string word;
  std::string source;
  std::string since;
  std::string until;
  std::string language;
  std::size_t count = std::numeric_limits<std::size_t>::max();
  std::size_t order = 1;
  bool ngrams = false;
  bool json = false;
  bool for_good = false;
  Blocking meaning = Blocking::kNeverSuggest;
};

// Which of them a command names; `missing` where it names none.
Result<std::int64_t> time_or(const std::string& text, std::int64_t missing) {
  return text.empty() ? Result<std::int64_t>(missing) : parse_time(text, now());
}

std::string joined(const std::set<std::string>& names) {
  std::string text;
  for (const std::string& name : names) {
    if (!text.empty()) text += ", ";
    text += name;
  }
  return text;
}

void print_entries(const std::vector<LedgerList::Row>& rows) {
  for (const auto& [ngram, entry] : rows) {
    fmt::print("{:>7}  {}  {}  {}  [{}]\n", entry->count, format_time(entry->first),
               format_time(entry->last), printable(ngram), printable(joined(entry->sources)));
  }
}

void print_entries_json(const std::vector<LedgerList::Row>& rows) {
  json::Writer json;
  json.begin_array();
  for (const auto& [ngram, entry] : rows) {
    json.begin_object().field("text", ngram).field("count", entry->count);
    json.field("first", entry->first).field("last", entry->last).key("sources").begin_array();
    for (const std::string& source : entry->sources) json.value(source);
    json.end_array().end_object();
  }
  json.end_array();
  fmt::print("{}\n", json.text());
}

int list(const Command& command) {
  const auto since = time_or(command.since, 0);
  if (!since) return refuse(since.error().message);
  const auto until = time_or(command.until, std::numeric_limits<std::int64_t>::max());
  if (!until) return refuse(until.error().message);
  std::string word;
  text::fold(command.word, text::language(command.language), word);
  LedgerFilter filter{.least_order = command.ngrams ? 2 : command.order,
                      .most_order = command.ngrams ? kMostOrder : command.order,
                      .word = std::move(word),
                      .source = command.source,
                      .since = *since,
                      .until = *until};
  const auto store = Store::open(command.store, {.read_only = true});
  if (!store) return fail(store.error());
  LedgerList visitor(std::move(filter));
  if (const Status status = store->visit(visitor); !status.ok()) return fail(status.error());
  auto rows = visitor.sorted();
  rows.resize(std::min(rows.size(), command.count));
  command.json ? print_entries_json(rows) : print_entries(rows);
  return kSuccess;
}

int sources(const Command& command) {
  const auto store = Store::open(command.store, {.read_only = true});
  if (!store) return fail(store.error());
  SourceList visitor;
  if (const Status status = store->visit(visitor); !status.ok()) return fail(status.error());
  for (const auto& [name, entry] : visitor.entries()) {
    fmt::print("{:>8} words in {:>7} sentences  {}  {}  {}\n", entry.words, entry.sentences,
               format_time(entry.first), format_time(entry.last), printable(name));
  }
  return kSuccess;
}

int forget(const Command& command) {
  const bool times = !command.since.empty() || !command.until.empty();
  const int given =
      (command.word.empty() ? 0 : 1) + (command.source.empty() ? 0 : 1) + (times ? 1 : 0);
  if (given != 1)
    return refuse("forget one thing at a time: a WORD, --source S, or --since T --until T");
  const auto since = time_or(command.since, 0);
  if (!since) return refuse(since.error().message);
  const auto until = time_or(command.until, std::numeric_limits<std::int64_t>::max());
  if (!until) return refuse(until.error().message);
  auto store = Store::open(command.store);
  if (!store) return fail(store.error());
  const auto gone = times ? store->forget_between(*since, *until, now(), command.for_good)
                    : command.source.empty()
                        ? store->forget_word(command.word, now(), command.for_good)
                        : store->forget_source(command.source, now(), command.for_good);
  if (!gone) return fail(gone.error());
  fmt::print("{} words forgotten{}\n", *gone,
             command.for_good ? " for good" : "; tercet ledger STORE undo brings them back");
  return kSuccess;
}

int undo(const Command& command) {
  auto store = Store::open(command.store);
  if (!store) return fail(store.error());
  const auto result = store->undo();
  if (!result) return fail(result.error());
  const std::optional<std::string>& undone = *result;
  fmt::print("{}\n", undone ? "undone: " + printable(*undone) : "there is nothing to undo");
  return kSuccess;
}

/// The destination of an export.
Result<ExportReport> export_to(const Store& store, const std::filesystem::path& file) {
  if (file == "-") {
    return store.export_text([](std::string_view text) {
      std::fwrite(text.data(), 1, text.size(), stdout);  // main() looks for errors.
      return Status{};
    });
  }
  auto opened = open_output(file, "tercet-store\t");
  if (!opened) return std::move(opened).error();
  std::optional<os::OutputFile>& output = *opened;
  if (!output) return core::invalid_argument("name a file to write, or - for the screen");
  auto report = store.export_text([&](std::string_view text) { return output->append(text); });
  if (report.ok()) TERCET_TRY(output->commit());
  return report;
}

int export_store(const Command& command) {
  const auto store = Store::open(command.store, {.read_only = true});
  if (!store) return fail(store.error());
  const auto report = export_to(*store, command.file);
  if (!report) return fail(report.error());
  if (report->damaged == 0 && !report->incomplete) return kSuccess;
  complain(fmt::format("{}: exported {} records; {} damaged ones are left out{}",
                       command.store.native(), report->records, report->damaged,
                       report->incomplete ? ", and others are missing" : ""));
  return kFailure;
}

int import(const Command& command) {
  const auto text = read_text(command.file);
  if (!text) return fail(text.error());
  auto store = Store::open(command.store, {.create = true});
  if (!store) return fail(store.error());
  const Status status = store->import_text(*text, command.file.native());
  return status.ok() ? kSuccess : fail(status.error());
}

int merge(const Command& command) {
  auto store = Store::open(command.store, {.create = true});
  if (!store) return fail(store.error());
  const Status status = store->merge(command.file);
  return status.ok() ? kSuccess : fail(status.error());
}

int purge(const Command& command) {
  auto store = Store::open(command.store);
  if (!store) return fail(store.error());
  const Status status = store->purge();
  return status.ok() ? kSuccess : fail(status.error());
}

int block(const Command& command) {
  auto store = Store::open(command.store, {.create = true});
  if (!store) return fail(store.error());
  std::string word;
  text::fold(command.word, text::language(command.language), word);
  const Status status = store->set_block({word, command.language, command.meaning}, now());
  return status.ok() ? kSuccess : fail(status.error());
}

constexpr std::pair<const char*, Blocking> kMeanings[] = {{"allow", Blocking::kAllow},
                                                          {"suggest", Blocking::kNeverSuggest},
                                                          {"complete", Blocking::kNeverComplete}};

int blocks(const Command& command) {
  const auto store = Store::open(command.store, {.read_only = true});
  if (!store) return fail(store.error());
  const auto list = store->blocks();
  if (!list) return fail(list.error());
  for (const Block& each : *list) {
    fmt::print("{:<9} {:<4} {}\n", kMeanings[static_cast<std::size_t>(each.meaning)].first,
               printable(each.language), printable(each.word));
  }
  return kSuccess;
}

/// Builds the commands within the command.
class Parser {
 public:
  Parser(CLI::App& app, std::shared_ptr<Command> command, Action& action)
      : app_(app), command_(std::move(command)), action_(action) {}

  void add_lists() {
    CLI::App* words = add("list", "Every word that was learnt, most frequent first", list);
    auto* ngrams = words->add_flag("--ngrams", command_->ngrams, "N-grams of 2 to 5 words instead");
    words->add_option("--order", command_->order, "N-grams of exactly so many words")
        ->check(between(1, kMostOrder))
        ->excludes(ngrams)
        ->type_name("N");
    words->add_option("--word", command_->word, "Only what holds this word")->type_name("W");
    words->add_option("--language", command_->language, "Case folding of --word")->type_name("TAG");
    words->add_option("--source", command_->source, "Only from this source")->type_name("S");
    add_times(words, "Only what was learnt");
    words->add_option("--count", command_->count, "At most so many")->type_name("N");
    words->add_flag("--json", command_->json, "Print JSON; times are Unix milliseconds");
    add("sources", "Where it was learnt from", sources);
  }

  void add_forgetting() {
    CLI::App* parser = add("forget", "Forgets a word, a source or a time", forget);
    parser->add_option("word", command_->word, "In all spellings")->type_name("WORD");
    parser->add_option("--source", command_->source, "All from this source")->type_name("S");
    add_times(parser, "What was learnt");
    parser->add_flag("--for-good", command_->for_good, "Remove it from the file at once");
    add("undo", "Takes back the newest lesson or forgetting that is not undone", undo);
    add("purge", "Removes all that is forgotten or undone from the file, for good", purge);
  }

  void add_exchange() {
    add_file(add("export", "Writes everything as text", export_store), "FILE",
             "Packed if it ends in .gz or .zst; - is standard output");
    add_file(add("import", "Merges an export into the store", import), "FILE",
             "Plain, .gz or .zst; - is standard input");
    add_file(add("merge", "Merges another store into this one", merge), "OTHER-STORE",
             "It is only read");
  }

  void add_block_list() {
    CLI::App* parser = add("block", "Sets what is never offered", block);
    parser->add_option("word", command_->word, "The word")->required()->type_name("WORD");
    const auto set = [command = command_](const std::string& name) {
      const auto* found = std::find_if(std::begin(kMeanings), std::end(kMeanings),
                                       [&](const auto& each) { return each.first == name; });
      if (found == std::end(kMeanings)) {
        throw CLI::ValidationError("--meaning", "must be suggest, complete or allow");
      }
      command->meaning = found->second;
    };
    parser
        ->add_option_function<std::string>(
            "--meaning", set,
            "When not: suggest (before a letter is typed), complete (not then either), allow")
        ->default_str("suggest")
        ->type_name("MEANING");
    parser->add_option("--language", command_->language, "Only in this language [all]")
        ->type_name("TAG");
    add("blocks", "The block list", blocks);
  }

 private:
  using Run = int (*)(const Command&);

  CLI::App* add(const char* name, const char* purpose, Run run) {
    CLI::App* parser = app_.add_subcommand(name, purpose);
    parser->callback([command = command_, run, &action = action_] {
      action = [command, run] { return run(*command); };
    });
    return parser;
  }

  void add_times(CLI::App* parser, const std::string& what) {
    parser->add_option("--since", command_->since, what + " at or after this time")->type_name("T");
    parser->add_option("--until", command_->until, what + " before this time")->type_name("T");
  }

  void add_file(CLI::App* parser, const char* type, const char* what) {
    parser->add_option("file", command_->file, what)->required()->type_name(type);
  }

  CLI::App& app_;
  std::shared_ptr<Command> command_;
  Action& action_;
};

}  // namespace

void add_ledger(CLI::App& app, Action& action) {
  auto command = std::make_shared<Command>();
  CLI::App* ledger =
      app.add_subcommand("ledger", "Shows, forgets, undoes, exports and merges what was learnt");
  ledger->add_option("store", command->store, "The person's store")->required()->type_name("STORE");
  ledger->require_subcommand(1);
  Parser parser(*ledger, command, action);
  parser.add_lists();
  parser.add_forgetting();
  parser.add_exchange();
  parser.add_block_list();
  ledger->footer(kFooter);
}

}  // namespace tercet::cli
