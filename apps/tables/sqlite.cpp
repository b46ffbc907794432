#include "apps/tables/sqlite.hpp"

#include <sqlite3.h>

namespace hedgerow::tables {
namespace {

constexpr int wait_milliseconds = 60'000;  // for other writers: each takes well below a second

[[noreturn]] void fail_with(sqlite3* connection) {
  throw SqliteError(sqlite3_errcode(connection) & 0xff, sqlite3_errmsg(connection));
}

}  // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
void Connection::Close::operator()(sqlite3* connection) const { sqlite3_close(connection); }

Statement::Statement(sqlite3* connection, const std::string& sql) : connection_(connection) {
  sqlite3_stmt* statement = nullptr;
  const int code =
      sqlite3_prepare_v2(connection, sql.c_str(), static_cast<int>(sql.size()), &statement, nullptr);
  statement_.reset(statement);
  if (code != SQLITE_OK) fail();
}

void Statement::fail() const { fail_with(connection_); }

Statement& Statement::bind(int position, const Cell& value) {
  sqlite3_stmt* to = statement_.get();
  int code = SQLITE_OK;
  if (const auto* text = std::get_if<std::string>(&value))
    code = sqlite3_bind_text64(to, position, text->data(), text->size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  else if (const auto* integer = std::get_if<std::int64_t>(&value))
    code = sqlite3_bind_int64(to, position, *integer);
  else if (const auto* real = std::get_if<double>(&value))
    code = sqlite3_bind_double(to, position, *real);
  else
    code = sqlite3_bind_null(to, position);
  if (code != SQLITE_OK) fail();
  return *this;
}

void Statement::run() {
  int code = SQLITE_ROW;
  while (code == SQLITE_ROW) code = sqlite3_step(statement_.get());
  if (code != SQLITE_DONE) fail();
  sqlite3_reset(statement_.get());
}

std::int64_t Statement::number() {
  const int code = sqlite3_step(statement_.get());
  if (code != SQLITE_ROW && code != SQLITE_DONE) fail();
  const std::int64_t value = code == SQLITE_ROW ? sqlite3_column_int64(statement_.get(), 0) : 0;
  sqlite3_reset(statement_.get());
  return value;
}

Connection::Connection(const std::string& path, Mode mode) {
  sqlite3* connection = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | (mode == Mode::create ? SQLITE_OPEN_CREATE : 0);
  const int code = sqlite3_open_v2(path.c_str(), &connection, flags, nullptr);
  connection_.reset(connection);
  if (connection == nullptr) throw std::bad_alloc();
  if (code != SQLITE_OK) fail_with(connection);
  sqlite3_busy_timeout(connection, wait_milliseconds);
}

std::int64_t Connection::last_rowid() const { return sqlite3_last_insert_rowid(connection_.get()); }

Transaction::Transaction(Connection& connection) : connection_(connection) {
  connection_.run("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
  if (done_) return;
  try {
    connection_.run("ROLLBACK");
  } catch (const SqliteError&) {  // SQLite has rolled back itself, as it does when a disk is full
  }
}

void Transaction::commit() {
  connection_.run("COMMIT");
  done_ = true;
}

}  // namespace hedgerow::tables
