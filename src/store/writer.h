// One write transaction on a store's records.
#ifndef TERCET_STORE_WRITER_H_
#define TERCET_STORE_WRITER_H_

#include <algorithm>
#include <cstdint>
#include <optional>
#include <tuple>
#include <utility>

#include "store/database.h"
#include "store/records.h"
#include "store/table.h"
#include "tercet/error.h"

namespace tercet::store {

/// Keeps the store's clock, the greatest stamp that it has seen. Destroyed without a commit, it has
/// changed nothing. Must not outlive its database.
class Writer {
 public:
  static Result<Writer> begin(Database& database);

  /// Greater than all before it and than `after`, and not less than `now`, Unix milliseconds.
  Result<std::int64_t> next_stamp(std::int64_t now, std::int64_t after = 0);

  template <class R>
  Result<Table<R>*> table() {
    auto& table = std::get<std::optional<Table<R>>>(tables_);
    if (!table) {
      auto opened = Table<R>::open(*database_);
      if (!opened) return std::move(opened).error();
      table.emplace(std::move(*opened));
    }
    return &*table;
  }

  /// Merges a record into the store.
  template <class R>
  Status join(const R& record) {
    const auto to = table<R>();
    if (!to) return to.error();
    clock_ = std::max(clock_, stamp_of(record));
    return (*to)->join(record);
  }

  /// Does to the file what the statements made for good say: removes lessons, sentences and
  /// evidence, puts gaps in the place of words.
  Status scrub();

  Database& database() noexcept { return *database_; }

  /// On the disk when it returns without an error.
  Status commit();

 private:
  Writer(Database& database, Transaction transaction, std::int64_t clock)
      : database_(&database), transaction_(std::move(transaction)), clock_(clock) {}

  Database* database_;
  Transaction transaction_;
  std::int64_t clock_;
  std::tuple<std::optional<Table<LessonRecord>>, std::optional<Table<SentenceRecord>>,
             std::optional<Table<StatementRecord>>, std::optional<Table<EvidenceRecord>>,
             std::optional<Table<BlockRecord>>>
      tables_;
};

/// Max of the clock and `now`, and beyond the clock.
Result<std::int64_t> stamp_after(std::int64_t clock, std::int64_t now);

/// Calls `visit(lesson, sentence)`, which returns a Status, for all sentences in the order of their
/// keys. A sentence whose lesson was lost (a damaged store, saved) is one of a lesson without a
/// source.
template <class Visit>
Status for_each_sentence(Database& database, Visit&& visit) {
  auto lessons = Cursor<LessonRecord>::open(database);
  if (!lessons) return std::move(lessons).error();
  auto sentences = Cursor<SentenceRecord>::open(database);
  if (!sentences) return std::move(sentences).error();
  LessonRecord lesson;
  bool more_lessons = true;
  const auto skip_to = [&](const ActId* wanted) -> Status {
    while (more_lessons && (wanted == nullptr || lessons->record().id < *wanted)) {
      const auto next = lessons->next();
      if (!next) return next.error();
      more_lessons = *next;
    }
    return {};
  };
  for (;;) {
    const auto row = sentences->next();
    if (!row) return row.error();
    if (!*row) return skip_to(nullptr);  // At its end the cursor knows whether all were there.
    const ActId wanted = sentences->record().lesson;
    TERCET_TRY(skip_to(&wanted));
    if (lesson.id != wanted) {
      lesson = more_lessons && lessons->record().id == wanted
                   ? lessons->record()
                   : LessonRecord{.id = wanted,
                                  .time = std::min(wanted.stamp, kLatestTime),
                                  .language = "",
                                  .source = ""};
    }
    TERCET_TRY(visit(std::as_const(lesson), sentences->record()));
  }
}

}  // namespace tercet::store

#endif  // TERCET_STORE_WRITER_H_
