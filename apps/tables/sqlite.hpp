#pragma once
// SQLite without its C: a connection and prepared statements that clean up after themselves.

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>

#include "apps/tables/table.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace hedgerow::tables {

/// SQLite refused; `code` is its primary result code (SQLITE_BUSY, ...).
class SqliteError : public std::runtime_error {
 public:
  SqliteError(int code_in, const std::string& what) : std::runtime_error(what), code(code_in) {}
  int code;
};

/// A statement with parameters ?1, ?2, ...; the only way in which text from outside gets into SQL.
class Statement {
 public:
  /// Throws SqliteError.
  Statement(sqlite3* connection, const std::string& sql);

  /// `position` counts from 1.
  Statement& bind(int position, const Cell& value);
  /// Runs to the end, and is ready to be bound anew. Throws SqliteError.
  void run();
  /// The first number of the first row; 0 where there is none. Throws SqliteError.
  std::int64_t number();

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  [[noreturn]] void fail() const;

  sqlite3* connection_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

class Connection {
 public:
  enum class Mode { existing, create };

  /// Opens for reading and writing. Throws SqliteError.
  Connection(const std::string& path, Mode mode);

  Statement prepare(const std::string& sql) { return {connection_.get(), sql}; }
  void run(const std::string& sql) { prepare(sql).run(); }
  std::int64_t number(const std::string& sql) { return prepare(sql).number(); }
  std::int64_t last_rowid() const;

 private:
  struct Close {
    void operator()(sqlite3* connection) const;
  };
  std::unique_ptr<sqlite3, Close> connection_;
};

/// All that is done until commit(), or nothing. Other writers wait from the start.
class Transaction {
 public:
  /// Waits for other writers as long as the connection is told to. Throws SqliteError.
  explicit Transaction(Connection& connection);
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();

  /// Throws SqliteError; nothing has been done then.
  void commit();

 private:
  Connection& connection_;
  bool done_ = false;
};

}  // namespace hedgerow::tables
