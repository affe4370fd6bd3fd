#include "store/database.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <system_error>

#include "core/error.h"
#include "os/file_descriptor.h"

namespace tercet::store {
namespace {

constexpr int kBusyMilliseconds = 10'000;

std::string path_of(sqlite3* database) {
  const char* name = sqlite3_db_filename(database, "main");
  return name == nullptr ? std::string() : name;
}

Error failed_write(const std::string& path, std::string_view reason, std::string_view remedy) {
  return core::io_error(fmt::format(
      "{}: {}; what was being written is not in the store, all before it is; {} and do it again",
      path, reason, remedy));
}

Error full_disk(const std::string& path) {
  return failed_write(path, "no space left on the disk", "make room");
}

// SQLite's extended code of an I/O error says which call failed; the system's number says why.
Error io_failure(sqlite3* database, const std::string& path) {
  const int number = sqlite3_system_errno(database);
  if (os::is_out_of_space(number)) return full_disk(path);
  if (number != 0) return os::error_of(path, number);
  // SQLite has lost the number on the way.
  if (sqlite3_extended_errcode(database) == SQLITE_IOERR_WRITE) {
    return failed_write(path, "cannot be written: a limit of size, a quota or a broken disk",
                        "mend that");
  }
  return core::io_error(fmt::format("{}: {}; check the disk", path, sqlite3_errmsg(database)));
}

Error failure(sqlite3* database, const std::string& path) {
  switch (sqlite3_errcode(database) & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return core::io_error(path +
                            ": another program is writing to it; try again when it has finished");
    case SQLITE_FULL:
      return full_disk(path);
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
      return io_failure(database, path);
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return core::io_error(path + ": may only be read; check its permissions and its directory's");
    case SQLITE_NOMEM:
      return core::resource(path + ": out of memory");
    case SQLITE_TOOBIG:
      return core::resource(path + ": a text of more than 1 GB");
    default:  // SQLITE_CORRUPT, _NOTADB, and SQLITE_ERROR where a table is not as it was made.
      return damaged_store(path, sqlite3_errmsg(database));
  }
}

}  // namespace

Error damaged_store(const std::string& path, std::string_view what) {
  return core::corrupt(fmt::format(
      "{}: the store is damaged ({}); save what can be read and begin a new one: tercet ledger "
      "'{}' export saved.txt && tercet ledger NEW-STORE import saved.txt",
      path, what, path));
}

void Statement::Finalize::operator()(sqlite3_stmt* statement) const noexcept {
  sqlite3_finalize(statement);
}

void Statement::bind(int parameter, std::int64_t value) {
  failed_bind_ |= sqlite3_bind_int64(statement_.get(), parameter + 1, value);
}

void Statement::bind(int parameter, std::string_view value) {
  // Not a null pointer, which SQLite would take for NULL.
  const char* data = value.empty() ? "" : value.data();
  failed_bind_ |= sqlite3_bind_text64(statement_.get(), parameter + 1, data, value.size(),
                                      SQLITE_TRANSIENT, SQLITE_UTF8);
}

Result<bool> Statement::step() {
  sqlite3* database = sqlite3_db_handle(statement_.get());
  if (failed_bind_ != SQLITE_OK) return failure(database, path_of(database));
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return failure(database, path_of(database));
}

Status Statement::run() {
  for (;;) {
    const auto row = step();
    if (row.ok() && *row) continue;
    reset();
    return row.ok() ? Status{} : row.error();
  }
}

void Statement::reset() {
  sqlite3_reset(statement_.get());  // Repeats the error of the last step, which was reported.
  failed_bind_ = SQLITE_OK;
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

std::string_view Statement::text(int column) const {
  const auto* text = sqlite3_column_text(statement_.get(), column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
  return text == nullptr ? std::string_view()
                         : std::string_view(reinterpret_cast<const char*>(text), size);
}

void Database::Close::operator()(sqlite3* database) const noexcept { sqlite3_close_v2(database); }

Result<Database> Database::open(const std::filesystem::path& path, Access access) {
  std::error_code error;
  // Absolute, because SQLite gives names such as ":memory:" a meaning of its own.
  const std::string name = std::filesystem::absolute(path, error).native();
  if (std::filesystem::is_directory(path, error))
    return core::invalid_argument(path.native() + ": is a directory; name a file in it");
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  flags |= access == Access::kRead ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  if (access == Access::kCreate) flags |= SQLITE_OPEN_CREATE;
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(name.c_str(), &handle, flags, nullptr);
  Database database(handle);
  if (handle == nullptr) return core::resource(name + ": out of memory");
  if (code != SQLITE_OK) return failure(handle, name);
  sqlite3_busy_timeout(handle, kBusyMilliseconds);
  // A file that somebody prepared may bring no SQL of its own to run.
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  if (access != Access::kRead && sqlite3_db_readonly(handle, "main") == 1)
    return core::io_error(name + ": may only be read; check its permissions and its directory's");
  return database;
}

Result<Statement> Database::prepare(const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v2(database_.get(), sql.c_str(), static_cast<int>(sql.size()),
                                      &statement, nullptr);
  if (code != SQLITE_OK) return failure(database_.get(), path());
  return Statement(statement);
}

Status Database::execute(const std::string& sql) {
  if (sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK) return {};
  return failure(database_.get(), path());
}

Result<std::int64_t> Database::integer(const std::string& sql) {
  auto statement = prepare(sql);
  if (!statement) return std::move(statement).error();
  const auto row = statement->step();
  if (!row) return row.error();
  return *row ? statement->integer(0) : 0;
}

std::string Database::path() const { return path_of(database_.get()); }

bool Database::in_transaction() const noexcept {
  return sqlite3_get_autocommit(database_.get()) == 0;
}

Result<Transaction> Transaction::begin(Database& database, Kind kind) {
  TERCET_TRY(database.execute(kind == Kind::kRead ? "BEGIN" : "BEGIN IMMEDIATE"));
  return Transaction(database);
}

Transaction::~Transaction() {
  if (database_ == nullptr || !database_->in_transaction()) return;
  static_cast<void>(database_->execute("ROLLBACK"));
}

Status Transaction::commit() {
  TERCET_TRY(database_->execute("COMMIT"));
  database_ = nullptr;
  return {};
}

}  // namespace tercet::store
