// Any bytes as the export of a store: an error that changes nothing, or a store that shows all it
// has, and that another device takes over as it is.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "promise.h"
#include "tercet/store.h"
#include "text/lines.h"

namespace {

namespace fs = std::filesystem;
using tercet::Status;
using tercet::Store;
using tercet::fuzz::require;
using tercet::fuzz::require_ok;

/// In memory, where a sync costs nothing; gone at the end.
class Directory {
 public:
  Directory() {
    std::string name = "/dev/shm/tercet-fuzz.XXXXXX";
    require(::mkdtemp(name.data()) != nullptr, "there is room for a store");
    path_ = name;
    static_cast<void>(open("blank", {.create = true}));
  }
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;
  ~Directory() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }

  fs::path path(const char* name) const { return path_ / name; }

  Store open(const char* name, const tercet::StoreOptions& options = {}) const {
    auto store = Store::open(path(name), options);
    require_ok(store, "a store opens");
    return std::move(*store);
  }

  /// Made by copying: a schema takes longer than all that is done to it here.
  Store empty(const char* name) const {
    for (const char* suffix : {"-wal", "-shm"}) fs::remove(path(name).native() + suffix);
    fs::copy_file(path("blank"), path(name), fs::copy_options::overwrite_existing);
    return open(name);
  }

 private:
  fs::path path_;
};

const Directory& directory() {
  static const Directory made;
  return made;
}

/// All that a store shows: a line a sentence, a word or an entry.
class Shown final : public tercet::SentenceVisitor {
 public:
  explicit Shown(const Store& store) {
    require_ok(store.visit(*this), "sentences are listed");
    const auto evidence = store.evidence();
    require_ok(evidence, "evidence is listed");
    for (const auto& each : *evidence)
      lines.push_back(each.word + ' ' + std::to_string(each.struck) + ' ' +
                      std::to_string(each.ignored));
    const auto blocks = store.blocks();
    require_ok(blocks, "blocks are listed");
    for (const auto& each : *blocks) lines.push_back(each.word + ' ' + each.language);
    require_ok(store.stats(), "words are counted");
  }
  void sentence(const tercet::LearntSentence& sentence) override {
    std::string line = std::to_string(sentence.time);
    for (const std::string_view part : {sentence.source, sentence.language})
      line.append("\t").append(part);
    for (const std::string_view word : sentence.words) {
      line.append("\t").append(word);
      if (!word.empty() && a_word.empty()) a_word = word;
    }
    lines.push_back(line);
  }
  std::vector<std::string> lines;
  std::string a_word;
};

std::string exported(const Store& store) {
  std::string text;
  const auto report = store.export_text([&text](std::string_view line) {
    text += line;
    return Status{};
  });
  require(report.ok() && report->damaged == 0 && !report->incomplete, "all is exported");
  return text;
}

/// The lines of an export, without its end.
std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  tercet::text::for_each_line(text, [&lines](std::string_view line) {
    if (!line.starts_with("end\t")) lines.push_back(line);
  });
  return lines;
}

/// With an end that is right, without a checksum.
std::string sealed(const std::vector<std::string_view>& lines) {
  std::string text;
  for (const std::string_view line : lines) text.append(line).append("\n");
  const std::size_t records = lines.empty() ? 0 : lines.size() - 1;
  return text + "end\t" + std::to_string(records) + "\t-\n";
}

std::string backwards(std::string_view text) {
  std::vector<std::string_view> lines = lines_of(text);
  if (!lines.empty()) std::reverse(lines.begin() + 1, lines.end());
  return sealed(lines);
}

/// Another device takes over what the store exports, and gives it back.
void check_exchange(Store& store) {
  const std::string text = exported(store);
  Store other = directory().empty("other");
  require_ok(other.import_text(text, "export"), "an export can be imported");
  require(exported(other) == text, "an import holds what was exported");
  require(Shown(other).lines == Shown(store).lines, "an import shows what was exported");
  require_ok(store.import_text(text, "export"), "a store takes its own export");
  require(exported(store) == text, "a store's own export changes nothing");
  require_ok(store.merge(directory().path("other")), "a store takes its copy");
  require(exported(store) == text, "a store's copy changes nothing");
}

/// What a person does to a store, whatever it holds.
void use(Store& store) {
  constexpr std::int64_t kNow = 1'700'000'000'000;
  const std::string word = Shown(store).a_word;
  const auto lesson = store.begin_lesson("fuzz", "en", kNow);
  require_ok(lesson, "a lesson begins");
  const std::vector<std::string_view> words = {"new", word};
  require_ok(store.put_sentence(*lesson, 0, words), "a sentence is learnt");
  require_ok(store.add_evidence({{"new", 1, 1}}, kNow), "evidence is added");
  if (!word.empty()) require_ok(store.forget_word(word, kNow), "a word is forgotten");
  require_ok(store.undo(), "the last is undone");
  require_ok(store.forget_source("fuzz", kNow, true), "a source is forgotten");
  require_ok(store.purge(), "a store is purged");
}

void check_import(std::string_view text) {
  {
    Store store = directory().empty("store");
    const std::string before = exported(store);
    const Status status = store.import_text(text, "fuzz");
    if (!status.ok()) {
      require(!status.error().message.empty(), "an error says what is wrong");
      require(exported(store) == before, "a failed import changes nothing");
      return;
    }
    const std::string after = exported(store);
    require_ok(store.import_text(text, "fuzz"), "what was imported is imported again");
    require(exported(store) == after, "importing again changes nothing");
    Store other = directory().empty("other");
    require_ok(other.import_text(backwards(text), "fuzz"), "records may come in any order");
    require(exported(other) == after, "the order of records does not matter");
  }
  Store store = directory().open("store");
  check_exchange(store);
  use(store);
  check_exchange(store);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_import(text);
  check_import(sealed(lines_of(text)));
  return 0;
}
