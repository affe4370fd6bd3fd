#include "store/writer.h"

#include <string>
#include <vector>

#include "core/error.h"
#include "store/forgotten.h"

namespace tercet::store {
namespace {

// Tables are changed after they were read: a cursor does not see a table that changes under it.
struct Scrubbed {
  std::vector<LessonRecord> lessons;
  std::vector<SentenceRecord> erased;
  std::vector<SentenceRecord> redacted;
  std::vector<EvidenceRecord> evidence;
  std::vector<StatementRecord> statements;  // They name what may not be named any more.
};

Status find_sentences(Database& database, Forgotten& forgotten, Scrubbed& found) {
  return for_each_sentence(database, [&](const LessonRecord& lesson, SentenceRecord sentence) {
    if (lesson.for_good || forgotten.hides(lesson)) {
      found.erased.push_back(std::move(sentence));
      return Status{};
    }
    std::string redacted = forgotten.redact(sentence);
    if (redacted != sentence.words) {
      sentence.words = std::move(redacted);
      found.redacted.push_back(std::move(sentence));
    }
    return Status{};
  });
}

template <class R, class Hidden>
Status find_hidden(Database& database, std::vector<R>& found, Hidden&& hidden) {
  auto cursor = Cursor<R>::open(database);
  if (!cursor) return std::move(cursor).error();
  for (;;) {
    const auto row = cursor->next();
    if (!row) return row.error();
    if (!*row) return {};
    if (hidden(cursor->record())) found.push_back(cursor->record());
  }
}

template <class R>
Status erase_all(Writer& writer, const std::vector<R>& records) {
  const auto table = writer.table<R>();
  if (!table) return table.error();
  for (const R& record : records) TERCET_TRY((*table)->erase(record));
  return {};
}

}  // namespace

Result<std::int64_t> stamp_after(std::int64_t clock, std::int64_t now) {
  if (now < 0 || now > kLatestTime)
    return core::invalid_argument("a time outside the years 1970 to 9999; check the clock");
  return std::max(now, std::min(clock, kLastStamp - 1) + 1);  // A damaged clock may be greater.
}

Result<Writer> Writer::begin(Database& database) {
  auto transaction = Transaction::begin(database, Transaction::Kind::kWrite);
  if (!transaction) return std::move(transaction).error();
  const auto clock = database.integer("SELECT stamp FROM clock");
  if (!clock) return clock.error();
  return Writer(database, std::move(*transaction), *clock);
}

Result<std::int64_t> Writer::next_stamp(std::int64_t now, std::int64_t after) {
  auto stamp = stamp_after(std::max(clock_, after), now);
  if (stamp.ok()) clock_ = *stamp;
  return stamp;
}

Status Writer::scrub() {
  auto forgotten = Forgotten::read(*database_, Forgotten::Which::kForGood);
  if (!forgotten) return std::move(forgotten).error();
  Scrubbed found;
  TERCET_TRY(find_sentences(*database_, *forgotten, found));
  TERCET_TRY(find_hidden(*database_, found.lessons,
                         [&](const LessonRecord& lesson) { return forgotten->hides(lesson); }));
  TERCET_TRY(find_hidden(*database_, found.evidence, [&](const EvidenceRecord& evidence) {
    return forgotten->hides(evidence);
  }));
  TERCET_TRY(find_hidden(*database_, found.statements, [&](const StatementRecord& statement) {
    return !statement.for_good && forgotten->hides_target(statement);
  }));
  TERCET_TRY(erase_all(*this, found.erased));
  TERCET_TRY(erase_all(*this, found.lessons));
  TERCET_TRY(erase_all(*this, found.evidence));
  const auto sentences = table<SentenceRecord>();
  if (!sentences) return sentences.error();
  for (const SentenceRecord& each : found.redacted) TERCET_TRY((*sentences)->put(each));
  const auto statements = table<StatementRecord>();
  if (!statements) return statements.error();
  for (StatementRecord& each : found.statements) {
    make_final(each);
    TERCET_TRY((*statements)->put(each));
  }
  return {};
}

Status Writer::commit() {
  auto clock = database_->prepare("UPDATE clock SET stamp = ?");
  if (!clock) return std::move(clock).error();
  clock->bind(0, clock_);
  TERCET_TRY(clock->run());
  return transaction_.commit();
}

}  // namespace tercet::store
