// Records in and out of their tables, each with a checksum.
#ifndef TERCET_STORE_TABLE_H_
#define TERCET_STORE_TABLE_H_

#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "core/checksum.h"
#include "core/error.h"
#include "store/database.h"
#include "store/records.h"

namespace tercet::store {

/// Kept beside each record, so that no flipped bit goes unseen.
template <class R>
std::int64_t checksum_of(const R& record) {
  const std::string line = line_of(record);
  return static_cast<std::int64_t>(core::checksum(std::as_bytes(std::span(line))));
}

inline void bind_field(Statement& statement, int at, std::int64_t value) {
  statement.bind(at, value);
}
inline void bind_field(Statement& statement, int at, bool value) {
  statement.bind(at, std::int64_t{value});
}
inline void bind_field(Statement& statement, int at, const std::string& value) {
  statement.bind(at, std::string_view(value));
}

inline void read_field(const Statement& row, int at, std::int64_t& value) {
  value = row.integer(at);
}
inline void read_field(const Statement& row, int at, bool& value) { value = row.integer(at) != 0; }
inline void read_field(const Statement& row, int at, std::string& value) { value = row.text(at); }

/// Binds the first `count` fields of a record.
template <class R>
void bind_fields(Statement& statement, const R& record, int count) {
  std::apply(
      [&](const auto&... field) {
        int at = 0;
        ((at < count ? bind_field(statement, at, field) : void(), ++at), ...);
      },
      R::fields(record));
}

/// "stamp = ? AND nonce = ?": the condition for a record's key.
template <class R>
std::string key_condition() {
  std::string condition;
  std::string_view columns = R::kColumns;
  for (int i = 0; i < R::kKeys; ++i) {
    const std::string_view column = columns.substr(0, columns.find(','));
    condition += fmt::format("{}{} = ?", i == 0 ? "" : " AND ", column);
    columns.remove_prefix(column.size() + 2);
  }
  return condition;
}

/// Reads records of one table, in the order of their keys unless `rest` (WHERE, ORDER BY) says
/// otherwise.
template <class R>
class Cursor {
 public:
  static Result<Cursor> open(Database& database, std::string_view rest = {}) {
    const std::string order = rest.empty() ? fmt::format("ORDER BY {}", first_columns()) : "";
    auto statement = database.prepare(
        fmt::format("SELECT {}, checksum FROM {} {}{}", R::kColumns, R::kTable, rest, order));
    if (!statement) return std::move(statement).error();
    if (!rest.empty()) return Cursor(std::move(*statement), database.path(), false, 0);
    const auto total =
        database.integer(fmt::format("SELECT value FROM total WHERE name = '{}'", R::kTable));
    if (!total) return total.error();
    return Cursor(std::move(*statement), database.path(), true, *total);
  }

  /// For the parameters of `rest`.
  Statement& statement() noexcept { return statement_; }
  const R& record() const noexcept { return record_; }

  /// Goes to the next record; false at the end. kCorrupt if its checksum is not right, and at the
  /// end of a whole table if records are missing from it.
  Result<bool> next() {
    auto row = next_or_damaged();
    if (!row.ok() || intact_) return row;
    return damaged_store(path_, *row ? fmt::format("the checksum of a {} is wrong", R::kTable)
                                     : fmt::format("a {} is missing", R::kTable));
  }

  /// The same without these errors: intact() is false.
  Result<bool> next_or_damaged() {
    auto row = statement_.step();
    if (!row.ok()) return row;
    if (!*row) {
      intact_ = !is_whole_ || missing_ == 0;
      return row;
    }
    int at = 0;
    std::apply([&](auto&... field) { (read_field(statement_, at++, field), ...); },
               R::fields(record_));
    const std::int64_t checksum = statement_.integer(at);
    missing_ ^= checksum;
    intact_ = checksum == checksum_of(record_);
    return row;
  }
  bool intact() const noexcept { return intact_; }

 private:
  Cursor(Statement statement, std::string path, bool is_whole, std::int64_t total)
      : statement_(std::move(statement)),
        path_(std::move(path)),
        is_whole_(is_whole),
        missing_(total) {}

  static std::string first_columns() { return R::kKeys == 3 ? "1, 2, 3" : "1, 2"; }

  Statement statement_;
  std::string path_;
  bool is_whole_;         // All of the table is read.
  std::int64_t missing_;  // The table's total less the checksums of what has been read.
  R record_;
  bool intact_ = false;
};

/// Writes records of one table, within a transaction. Keeps the exclusive or of all their checksums
/// as the table's total, so that a record that gets lost is missed.
template <class R>
class Table {
 public:
  static Result<Table> open(Database& database) {
    const std::string where = "WHERE " + key_condition<R>();
    auto find = Cursor<R>::open(database, where);
    if (!find) return std::move(find).error();
    auto erase = database.prepare(fmt::format("DELETE FROM {} {}", R::kTable, where));
    if (!erase) return std::move(erase).error();
    auto put = database.prepare(fmt::format("INSERT OR REPLACE INTO {}({}, checksum) VALUES({}?)",
                                            R::kTable, R::kColumns, marks()));
    if (!put) return std::move(put).error();
    auto total = database.prepare(  // SQL knows no exclusive or.
        fmt::format("UPDATE total SET value = (value | ?1) & ~(value & ?1) WHERE name = '{}'",
                    R::kTable));
    if (!total) return std::move(total).error();
    return Table(std::move(*find), std::move(*erase), std::move(*put), std::move(*total));
  }

  /// The stored record with the key of `key`.
  Result<std::optional<R>> find(const R& key) {
    bind_fields(find_.statement(), key, R::kKeys);
    const auto row = find_.next();
    find_.statement().reset();
    if (!row) return row.error();
    return *row ? std::optional<R>(find_.record()) : std::nullopt;
  }

  /// In the place of the stored record of its key, if there is one.
  Status put(const R& record) {
    const auto stored = find(record);
    if (!stored) return stored.error();
    return replace(*stored, record);
  }

  /// Puts what the record and the stored one of its key have come to together.
  Status join(R record) {
    const auto found = find(record);
    if (!found) return found.error();
    const std::optional<R>& stored = *found;
    if (stored) store::join(record, *stored);
    if (stored && R::fields(record) == R::fields(*stored)) return {};
    return replace(stored, record);
  }

  /// A stored record.
  Status erase(const R& record) {
    bind_fields(erase_, record, R::kKeys);
    TERCET_TRY(erase_.run());
    return change_total(checksum_of(record));
  }

 private:
  static constexpr int kFields =
      static_cast<int>(std::tuple_size_v<decltype(R::fields(std::declval<R&>()))>);

  Table(Cursor<R> find, Statement erase, Statement put, Statement total)
      : find_(std::move(find)),
        erase_(std::move(erase)),
        put_(std::move(put)),
        total_(std::move(total)) {}

  static std::string marks() {
    std::string marks;
    for (int i = 0; i < kFields; ++i) marks += "?, ";
    return marks;
  }

  Status replace(const std::optional<R>& stored, const R& record) {
    const std::int64_t checksum = checksum_of(record);
    bind_fields(put_, record, kFields);
    put_.bind(kFields, checksum);
    TERCET_TRY(put_.run());
    return change_total(checksum ^ (stored ? checksum_of(*stored) : 0));
  }

  Status change_total(std::int64_t change) {
    total_.bind(0, change);
    return total_.run();
  }

  Cursor<R> find_;
  Statement erase_;
  Statement put_;
  Statement total_;
};

}  // namespace tercet::store

#endif  // TERCET_STORE_TABLE_H_
