// Forgetting, undoing and purging.
#include <fmt/format.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/error.h"
#include "store/forgotten.h"
#include "store/store_impl.h"
#include "store/table.h"
#include "tercet/store.h"

namespace tercet {

using store::Cursor;
using store::LessonRecord;
using store::SentenceRecord;
using store::StatementRecord;

namespace {

constexpr std::int64_t kFirstStamp = 0;  // What every forgetting holds for.

StatementRecord statement(std::string_view kind, std::string_view target) {
  StatementRecord record;
  record.kind = kind;
  record.target = target;
  return record;
}

// Reads all records that meet a condition.
template <class R>
Result<std::vector<R>> select(store::Database& database, std::string_view condition) {
  auto cursor = Cursor<R>::open(database, condition);
  if (!cursor) return std::move(cursor).error();
  std::vector<R> records;
  for (;;) {
    const auto row = cursor->next();
    if (!row) return row.error();
    if (!*row) return records;
    records.push_back(cursor->record());
  }
}

template <class R>
Result<std::optional<R>> newest(store::Database& database) {
  auto records = select<R>(database,
                           "WHERE undone = 0 AND for_good = 0 "
                           "ORDER BY stamp DESC, nonce DESC LIMIT 1");
  if (!records) return std::move(records).error();
  return records->empty() ? std::nullopt : std::optional<R>(std::move(records->front()));
}

template <class R>
Status put_undone(store::Writer& writer, R record) {
  record.undone = true;
  const auto table = writer.table<R>();
  return table.ok() ? (*table)->put(record) : table.error();
}

std::string description_of(const StatementRecord& statement) {
  if (statement.kind == StatementRecord::kTimes) return "forgetting what was learnt in a time";
  return fmt::format("forgetting the {} \"{}\"", statement.kind, statement.target);
}

Result<std::string> description_of(store::Database& database, const LessonRecord& lesson) {
  auto sentences = select<SentenceRecord>(
      database, fmt::format("WHERE stamp = {} AND nonce = {} ORDER BY place LIMIT 2",
                            lesson.id.stamp, lesson.id.nonce));
  if (!sentences) return std::move(sentences).error();
  const std::string first = sentences->empty() ? "" : sentences->front().words;
  return fmt::format("learning \"{}\"{} from {}", first, sentences->size() > 1 ? " and more" : "",
                     lesson.source);
}

// Marks all that is forgotten or undone as gone for good.
Status make_all_final(store::Writer& writer) {
  auto& database = writer.database();
  auto statements = select<StatementRecord>(database, "WHERE for_good = 0");
  if (!statements) return std::move(statements).error();
  for (StatementRecord& each : *statements) {
    each.undone ? each.target.clear()
                : store::make_final(each);  // An undone one says nothing any more.
    const auto table = writer.table<StatementRecord>();
    if (!table) return table.error();
    TERCET_TRY((*table)->put(each));
  }
  auto lessons = select<LessonRecord>(database, "WHERE undone = 1 AND for_good = 0");
  if (!lessons) return std::move(lessons).error();
  for (LessonRecord& each : *lessons) {
    each.for_good = true;
    TERCET_TRY(writer.join(each));
  }
  return {};
}

}  // namespace

Result<std::int64_t> Store::Impl::forget(StatementRecord statement, std::int64_t now,
                                         bool for_good) {
  statement.time = now;
  if (const std::string problem = store::problem_with(statement); !problem.empty())
    return core::invalid_argument(problem);
  const auto before = stats();
  if (!before) return before.error();
  {
    auto writer = write();
    if (!writer) return std::move(writer).error();
    const auto stamp = writer->next_stamp(now, last_stamp);
    if (!stamp) return stamp.error();
    statement.id = name(*stamp);
    if (for_good) store::make_final(statement);
    TERCET_TRY(writer->join(statement));
    if (for_good) TERCET_TRY(writer->scrub());
    TERCET_TRY(writer->commit());
  }
  if (for_good) TERCET_TRY(compact());
  const auto after = stats();
  if (!after) return after.error();
  return before->words - after->words;
}

Status Store::Impl::compact() {
  for (const bool last : {false, true}) {
    const auto busy = database.integer("PRAGMA wal_checkpoint(TRUNCATE)");
    if (!busy) return busy.error();
    if (*busy != 0) {
      return core::io_error(fmt::format(
          "{0}: forgotten, but another program is reading the store, so old pages are left beside "
          "it; close that and run: tercet ledger '{0}' purge",
          database.path()));
    }
    if (!last) TERCET_TRY(database.execute("VACUUM"));
  }
  return {};
}

Result<std::vector<std::string_view>> Store::forgotten(
    std::span<const std::string_view> words) const {
  auto read = store::Forgotten::read(impl_->database, store::Forgotten::Which::kAll);
  if (!read) return std::move(read).error();
  std::vector<std::string_view> found;
  for (const std::string_view word : words) {
    if (read->hides_word(kFirstStamp, word)) found.push_back(word);
  }
  return found;
}

Result<std::int64_t> Store::forget_word(std::string_view word, std::int64_t now, bool for_good) {
  if (!store::is_word(word) || word.empty())
    return core::invalid_argument(fmt::format("'{}' is not one word", word));
  return impl_->forget(statement(StatementRecord::kWord, store::key_of(word)), now, for_good);
}

Result<std::int64_t> Store::forget_source(std::string_view source, std::int64_t now,
                                          bool for_good) {
  return impl_->forget(statement(StatementRecord::kSource, source), now, for_good);
}

Result<std::int64_t> Store::forget_between(std::int64_t begin, std::int64_t end, std::int64_t now,
                                           bool for_good) {
  StatementRecord times = statement(StatementRecord::kTimes, "");
  times.begin = begin;
  times.end = end;
  return impl_->forget(std::move(times), now, for_good);
}

Result<std::optional<std::string>> Store::undo() {
  auto writer = impl_->write();
  if (!writer) return std::move(writer).error();
  const auto newest_lesson = newest<LessonRecord>(impl_->database);
  if (!newest_lesson) return newest_lesson.error();
  const auto newest_statement = newest<StatementRecord>(impl_->database);
  if (!newest_statement) return newest_statement.error();
  const std::optional<LessonRecord>& lesson = *newest_lesson;
  const std::optional<StatementRecord>& statement = *newest_statement;
  Result<std::string> what = std::string();
  if (statement && (!lesson || lesson->id < statement->id)) {
    what = description_of(*statement);
    TERCET_TRY(put_undone(*writer, *statement));
  } else if (lesson) {
    what = description_of(impl_->database, *lesson);
    TERCET_TRY(put_undone(*writer, *lesson));
  } else {
    return std::optional<std::string>();
  }
  if (!what) return std::move(what).error();
  TERCET_TRY(writer->commit());
  return std::optional<std::string>(std::move(*what));
}

Status Store::purge() {
  {
    auto writer = impl_->write();
    if (!writer) return std::move(writer).error();
    TERCET_TRY(make_all_final(*writer));
    TERCET_TRY(writer->scrub());
    TERCET_TRY(writer->commit());
  }
  return impl_->compact();
}

}  // namespace tercet
