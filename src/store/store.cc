#include "tercet/store.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <limits>
#include <map>
#include <random>
#include <system_error>
#include <utility>

#include "core/error.h"
#include "os/file_descriptor.h"
#include "store/forgotten.h"
#include "store/store_impl.h"
#include "store/table.h"

namespace tercet {

using store::Access;
using store::Cursor;
using store::Database;
using store::Forgotten;
using store::Transaction;

namespace {

// "tct" and the letter of stores.
constexpr std::int64_t kApplicationId = 0x7463'7453;
constexpr std::int64_t kVersion = 1;

constexpr const char* kSchema = R"(
CREATE TABLE clock(stamp INTEGER NOT NULL);
INSERT INTO clock VALUES(0);
CREATE TABLE total(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO total VALUES('lesson', 0), ('sentence', 0), ('statement', 0), ('evidence', 0),
  ('block', 0);
CREATE TABLE lesson(
  stamp INTEGER, nonce INTEGER, time INTEGER, undone INTEGER, for_good INTEGER,
  language TEXT, source TEXT, checksum INTEGER, PRIMARY KEY(stamp, nonce)) WITHOUT ROWID;
CREATE TABLE sentence(
  stamp INTEGER, nonce INTEGER, place INTEGER, revision INTEGER, words TEXT, checksum INTEGER,
  PRIMARY KEY(stamp, nonce, place)) WITHOUT ROWID;
CREATE TABLE statement(
  stamp INTEGER, nonce INTEGER, time INTEGER, undone INTEGER, for_good INTEGER,
  kind TEXT, begin INTEGER, "end" INTEGER, target TEXT, checksum INTEGER,
  PRIMARY KEY(stamp, nonce)) WITHOUT ROWID;
CREATE TABLE evidence(
  stamp INTEGER, nonce INTEGER, time INTEGER, struck INTEGER, ignored INTEGER, word TEXT,
  checksum INTEGER, PRIMARY KEY(stamp, nonce)) WITHOUT ROWID;
CREATE TABLE block(
  word TEXT, language TEXT, stamp INTEGER, meaning TEXT, checksum INTEGER,
  PRIMARY KEY(word, language)) WITHOUT ROWID;
)";

constexpr std::int64_t kHour = 3'600'000;

// Whether the file holds nothing yet: just made, or its maker was killed.
Result<bool> is_blank(Database& database) {
  const auto id = database.integer("PRAGMA application_id");
  if (!id) return id.error();
  const auto tables = database.integer("SELECT count(*) FROM sqlite_schema");
  if (!tables) return tables.error();
  return *id == 0 && *tables == 0;
}

Status create(Database& database, const std::filesystem::path& path) {
  std::error_code ignored;  // On file systems without permissions.
  std::filesystem::permissions(
      path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, ignored);
  TERCET_TRY(database.execute("PRAGMA journal_mode = WAL"));
  auto transaction = Transaction::begin(database, Transaction::Kind::kWrite);
  if (!transaction) return std::move(transaction).error();
  const auto blank = is_blank(database);  // Another process may have been faster.
  if (!blank) return blank.error();
  if (*blank) {
    TERCET_TRY(database.execute(kSchema));
    TERCET_TRY(database.execute(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}",
                                            kApplicationId, kVersion)));
  }
  return transaction->commit();
}

/// What cannot be opened cannot be exported either, as the error of a damaged store advises.
Error unreadable(const Database& database, const Error& error) {
  if (error.code != ErrorCode::kCorrupt) return error;
  return core::corrupt(database.path() +
                       ": not a tercet store, or one that is too damaged to be opened; if it was "
                       "one, import your last export: tercet ledger NEW-STORE import FILE");
}

Status check_kind(Database& database) {
  const auto id = database.integer("PRAGMA application_id");
  if (!id) return id.error();
  const auto version = database.integer("PRAGMA user_version");
  if (!version) return version.error();
  if (*id != kApplicationId) {
    return core::corrupt(database.path() +
                         ": not a tercet store; name another file, or let tercet learn make one");
  }
  if (*version == kVersion) return {};
  return core::unsupported(
      fmt::format("{}: a store of version {}, and this tercet knows version {}; use a newer tercet",
                  database.path(), *version, kVersion));
}

std::string joined(std::span<const std::string_view> words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += ' ';
    text += words[i];
  }
  return text;
}

store::LessonRecord record_of(const Lesson& lesson) {
  return {.id = {lesson.stamp, lesson.nonce},
          .time = lesson.time,
          .language = lesson.language,
          .source = lesson.source};
}

/// Puts sentences into one lesson, less what has been forgotten for good since it began.
class LessonWriter {
 public:
  static Result<LessonWriter> begin(store::Writer& writer, const store::LessonRecord& lesson) {
    auto forgotten = Forgotten::read(writer.database(), Forgotten::Which::kForGood);
    if (!forgotten) return std::move(forgotten).error();
    LessonWriter result(writer, lesson.id, std::move(*forgotten));
    TERCET_TRY(result.open(lesson));
    return result;
  }

  /// False: the lesson is forgotten for good, and nothing may be put into it any more.
  bool is_open() const noexcept { return sentences_ != nullptr; }

  Status put(std::int64_t place, std::span<const std::string_view> words) {
    for (const std::string_view word : words) {
      if (!store::is_word(word)) return core::invalid_argument(kBadWord);
    }
    store::SentenceRecord sentence{.lesson = lesson_, .place = place, .words = joined(words)};
    const auto found = sentences_->find(sentence);
    if (!found) return found.error();
    const std::optional<store::SentenceRecord>& old = *found;
    if (old) sentence.revision = old->revision + 1;
    sentence.words = forgotten_.redact(sentence);
    if (const std::string problem = store::problem_with(sentence); !problem.empty())
      return core::invalid_argument(problem);
    return sentences_->put(sentence);
  }

 private:
  static constexpr const char* kBadWord =
      "a word holds a space or a control character or is not UTF-8";

  LessonWriter(store::Writer& writer, store::ActId lesson, Forgotten forgotten)
      : writer_(&writer), lesson_(lesson), forgotten_(std::move(forgotten)) {}

  Status open(const store::LessonRecord& lesson) {
    if (forgotten_.hides(lesson)) return {};
    TERCET_TRY(writer_->join(lesson));
    const auto lessons = writer_->table<store::LessonRecord>();
    if (!lessons) return lessons.error();
    const auto found = (*lessons)->find(lesson);
    if (!found) return found.error();
    const std::optional<store::LessonRecord>& stored = *found;
    if (stored && stored->for_good) return {};
    const auto sentences = writer_->table<store::SentenceRecord>();
    if (!sentences) return sentences.error();
    sentences_ = *sentences;
    return {};
  }

  store::Writer* writer_;
  store::ActId lesson_;
  Forgotten forgotten_;
  store::Table<store::SentenceRecord>* sentences_ = nullptr;
};

// Reads a whole table.
template <class R, class Visit>
Status for_each(Database& database, Visit&& visit) {
  auto cursor = Cursor<R>::open(database);
  if (!cursor) return std::move(cursor).error();
  for (;;) {
    const auto row = cursor->next();
    if (!row) return row.error();
    if (!*row) return {};
    visit(cursor->record());
  }
}

constexpr std::string_view kMeanings[] = {"allow", "suggest", "complete"};

Blocking meaning_of(std::string_view name) {
  std::size_t i = 0;
  while (i + 1 < std::size(kMeanings) && kMeanings[i] != name) ++i;
  return static_cast<Blocking>(i);
}

}  // namespace

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

Result<Store> Store::open(const std::filesystem::path& path, const StoreOptions& options) {
  std::error_code error;
  const bool exists = std::filesystem::exists(path, error);
  if (!exists && (!options.create || options.read_only)) {
    return core::io_error(path.native() + ": there is no such store; make it with: tercet learn '" +
                          path.native() + "' FILE");
  }
  if (!std::filesystem::is_directory(os::directory_of(path), error))
    return os::error_of(os::directory_of(path).native(), ENOENT);
  const Access access = options.read_only ? Access::kRead
                        : options.create  ? Access::kCreate
                                          : Access::kWrite;
  auto database = Database::open(path, access);
  if (!database) return std::move(database).error();
  const auto blank = is_blank(*database);
  if (!blank) return unreadable(*database, blank.error());
  if (*blank && access == Access::kCreate) TERCET_TRY(create(*database, path));
  TERCET_TRY(check_kind(*database));
  // FULL: a commit is on the disk when it returns. secure_delete: what is removed becomes zeros.
  // temp_store: VACUUM writes no copy elsewhere.
  if (access != Access::kRead)
    TERCET_TRY(database->execute(
        "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY"));
  return Store(std::make_unique<Impl>(Impl{std::move(*database), options.read_only, 0, {}}));
}

Result<store::Writer> Store::Impl::write() {
  if (read_only)
    return core::invalid_argument(database.path() + ": the store was opened for reading only");
  return store::Writer::begin(database);
}

Result<Transaction> Store::Impl::read() {
  return Transaction::begin(database, Transaction::Kind::kRead);
}

store::ActId Store::Impl::name(std::int64_t stamp) {
  std::random_device random;
  std::uniform_int_distribution<std::int64_t> nonces(0, std::numeric_limits<std::int64_t>::max());
  return {stamp, nonces(random)};
}

Result<Lesson> Store::begin_lesson(std::string source, std::string language, std::int64_t now) {
  const auto clock = impl_->database.integer("SELECT stamp FROM clock");
  if (!clock) return clock.error();
  const auto stamp = store::stamp_after(std::max(*clock, impl_->last_stamp), now);
  if (!stamp) return stamp.error();
  impl_->last_stamp = *stamp;
  const store::ActId id = Impl::name(*stamp);
  Lesson lesson{id.stamp, id.nonce, now, std::move(source), std::move(language)};
  if (const std::string problem = store::problem_with(record_of(lesson)); !problem.empty())
    return core::invalid_argument(problem);
  return lesson;
}

Status Store::put_sentence(const Lesson& lesson, std::int64_t place,
                           std::span<const std::string_view> words) {
  auto writer = impl_->write();
  if (!writer) return std::move(writer).error();
  auto open = LessonWriter::begin(*writer, record_of(lesson));
  if (!open) return std::move(open).error();
  if (!open->is_open()) return {};
  TERCET_TRY(open->put(place, words));
  return writer->commit();
}

Status Store::learn(const Lesson& lesson, const std::function<Status(const Put& put)>& fill) {
  auto writer = impl_->write();
  if (!writer) return std::move(writer).error();
  auto open = LessonWriter::begin(*writer, record_of(lesson));
  if (!open) return std::move(open).error();
  if (!open->is_open()) return {};
  // Behind what the lesson holds already.
  const auto first = impl_->database.integer(
      fmt::format("SELECT max(place) + 1 FROM sentence WHERE stamp = {} AND nonce = {}",
                  lesson.stamp, lesson.nonce));
  if (!first) return first.error();
  std::int64_t place = *first;
  TERCET_TRY(
      fill([&](std::span<const std::string_view> words) { return open->put(place++, words); }));
  return place == 0 ? Status{} : writer->commit();
}

Status Store::add_evidence(const std::vector<Evidence>& more, std::int64_t now) {
  auto writer = impl_->write();
  if (!writer) return std::move(writer).error();
  const auto last_statement = impl_->database.integer("SELECT max(stamp) FROM statement");
  if (!last_statement) return last_statement.error();
  std::map<std::string, store::EvidenceRecord> changed;  // What is not committed is not counted.
  for (const Evidence& each : more) {
    store::EvidenceRecord& count =
        changed.try_emplace(each.word, impl_->counting[each.word]).first->second;
    // A new record where what is counted from now on may share the fate of what was.
    if (count.word.empty() || now >= count.time + kHour || now < count.time ||
        count.id.stamp <= *last_statement) {
      const auto stamp = writer->next_stamp(now);
      if (!stamp) return stamp.error();
      count = {.id = Impl::name(*stamp), .time = now, .word = each.word};
    }
    store::EvidenceRecord added = count;
    added.struck = each.struck;
    added.ignored = each.ignored;
    if (const std::string problem = store::problem_with(added); !problem.empty())
      return core::invalid_argument(problem);
    count.struck = std::min(count.struck + each.struck, store::kMostCounted);
    count.ignored = std::min(count.ignored + each.ignored, store::kMostCounted);
    TERCET_TRY(writer->join(count));
  }
  TERCET_TRY(writer->commit());
  for (auto& [word, count] : changed) impl_->counting[word] = std::move(count);
  return {};
}

Status Store::set_block(const Block& block, std::int64_t now) {
  auto writer = impl_->write();
  if (!writer) return std::move(writer).error();
  const auto stamp = writer->next_stamp(now);
  if (!stamp) return stamp.error();
  const store::BlockRecord record{
      .word = block.word,
      .language = block.language,
      .stamp = *stamp,
      .meaning = std::string(kMeanings[static_cast<std::size_t>(block.meaning)])};
  if (const std::string problem = store::problem_with(record); !problem.empty())
    return core::invalid_argument(problem);
  TERCET_TRY(writer->join(record));
  return writer->commit();
}

Status Store::Impl::for_each_visible(
    const std::function<void(const store::LessonRecord&, std::span<const std::string_view>)>&
        visit) {
  const auto snapshot = read();
  if (!snapshot) return snapshot.error();
  auto forgotten = Forgotten::read(database, Forgotten::Which::kAll);
  if (!forgotten) return std::move(forgotten).error();
  std::vector<std::string_view> words;
  return store::for_each_sentence(
      database, [&](const store::LessonRecord& lesson, const store::SentenceRecord& sentence) {
        if (lesson.undone || forgotten->hides(lesson)) return Status{};
        words.clear();
        store::for_each_word(sentence.words, [&](std::string_view word) {
          const bool hidden = forgotten->hides_word(lesson.id.stamp, word);
          words.push_back(hidden ? std::string_view() : word);
        });
        const auto is_gap = [](std::string_view word) { return word.empty(); };
        if (!std::all_of(words.begin(), words.end(), is_gap)) visit(lesson, words);
        return Status{};
      });
}

Result<StoreStats> Store::Impl::stats() {
  StoreStats stats;
  store::ActId last{-1, -1};
  TERCET_TRY(for_each_visible([&](const store::LessonRecord& lesson, const auto& words) {
    stats.lessons += last != lesson.id ? 1 : 0;
    last = lesson.id;
    ++stats.sentences;
    for (const std::string_view word : words) stats.words += word.empty() ? 0 : 1;
  }));
  return stats;
}

Status Store::visit(SentenceVisitor& visitor) const {
  return impl_->for_each_visible([&visitor](const store::LessonRecord& lesson, const auto& words) {
    visitor.sentence({words, lesson.time, lesson.source, lesson.language});
  });
}

Result<StoreStats> Store::stats() const { return impl_->stats(); }

Result<std::vector<Evidence>> Store::evidence() const {
  const auto snapshot = impl_->read();
  if (!snapshot) return snapshot.error();
  auto forgotten = Forgotten::read(impl_->database, Forgotten::Which::kAll);
  if (!forgotten) return std::move(forgotten).error();
  std::map<std::string, Evidence> words;
  TERCET_TRY(for_each<store::EvidenceRecord>(impl_->database, [&](const auto& record) {
    if (forgotten->hides(record)) return;
    Evidence& sum = words[record.word];
    sum.word = record.word;
    sum.struck += record.struck;
    sum.ignored += record.ignored;
  }));
  std::vector<Evidence> list;
  list.reserve(words.size());
  for (auto& [word, sum] : words) list.push_back(std::move(sum));
  return list;
}

Result<std::vector<Block>> Store::blocks() const {
  std::vector<Block> blocks;
  TERCET_TRY(for_each<store::BlockRecord>(impl_->database, [&](const auto& record) {
    blocks.push_back({record.word, record.language, meaning_of(record.meaning)});
  }));
  return blocks;
}

}  // namespace tercet
