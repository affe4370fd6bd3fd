// A thin layer over SQLite: owned handles, errors as values.
#ifndef TERCET_STORE_DATABASE_H_
#define TERCET_STORE_DATABASE_H_

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "tercet/error.h"

struct sqlite3;
struct sqlite3_stmt;

namespace tercet::store {

/// A prepared statement. Parameters and columns are counted from 0. Must not outlive its database.
class Statement {
 public:
  /// A value that cannot be bound makes the next step() fail. Text is copied.
  void bind(int parameter, std::int64_t value);
  void bind(int parameter, std::string_view value);

  /// True: there is a row. False: the statement has come to its end.
  Result<bool> step();
  /// Steps to the end and makes the statement ready to be bound again.
  Status run();
  /// Ready to be stepped through again, with the old parameters until others are bound.
  void reset();

  /// Of the row at hand.
  std::int64_t integer(int column) const;
  /// Lives until the next step or reset.
  std::string_view text(int column) const;

 private:
  friend class Database;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const noexcept;
  };
  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}

  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  int failed_bind_ = 0;
};

enum class Access : std::uint8_t { kRead, kWrite, kCreate };

/// One connection. Movable; one thread at a time. Others may use the same file: a writer waits for
/// another one up to 10 seconds, readers never wait.
class Database {
 public:
  /// Errors: kIo for what the file system refuses. What the file holds is not looked at.
  static Result<Database> open(const std::filesystem::path& path, Access access);

  Result<Statement> prepare(const std::string& sql);
  /// Runs statements whose rows, if any, do not matter.
  Status execute(const std::string& sql);
  /// The first column of the first row; 0 if there is none.
  Result<std::int64_t> integer(const std::string& sql);

  /// The absolute path.
  std::string path() const;
  bool in_transaction() const noexcept;

 private:
  struct Close {
    void operator()(sqlite3* database) const noexcept;
  };
  explicit Database(sqlite3* database) : database_(database) {}

  std::unique_ptr<sqlite3, Close> database_;
};

/// Rolls back unless commit() succeeded. Must not outlive its database.
class Transaction {
 public:
  enum class Kind : std::uint8_t {
    kRead,   ///< All reads see the database as it was at the first of them.
    kWrite,  ///< Waits for other writers at once, so that it cannot fail half way for their sake.
  };
  static Result<Transaction> begin(Database& database, Kind kind);

  Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();

  /// When it returns without an error, all that was written is on the disk (fsync).
  Status commit();

 private:
  explicit Transaction(Database& database) : database_(&database) {}
  Database* database_;
};

/// The error for a file of which a part cannot be read.
Error damaged_store(const std::string& path, std::string_view what);

}  // namespace tercet::store

#endif  // TERCET_STORE_DATABASE_H_
