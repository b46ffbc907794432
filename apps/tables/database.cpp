#include "apps/tables/database.hpp"

#include <sqlite3.h>

#include <filesystem>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "apps/results/file.hpp"
#include "apps/tables/sqlite.hpp"

namespace hedgerow::tables {
namespace {

std::string_view sql_type(Type type) {
  switch (type) {
    case Type::integer:
      return "INTEGER";
    case Type::real:
      return "REAL";
    case Type::text:
      break;
  }
  return "TEXT";
}

bool is_runs(const Table& table) { return table.name == "runs"; }

std::string create_table(const Table& table) {
  std::string sql = fmt::format("CREATE TABLE \"{}\" (", table.name);
  sql += is_runs(table) ? "\"run_id\" INTEGER PRIMARY KEY AUTOINCREMENT, "
                          "\"added\" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))"
                        : "\"run_id\" INTEGER NOT NULL REFERENCES \"runs\" (\"run_id\") ON DELETE CASCADE";
  for (const Column& column : table.columns)
    sql += fmt::format(", \"{}\" {}", column.name, sql_type(column.type));
  return sql + ")";
}

/// What people look for: all of one run, one number over the runs, the runs of one config.
constexpr std::string_view trend_indexes[] = {
    "CREATE INDEX \"runs_config\" ON \"runs\" (\"config_name\", \"added\")",
    "CREATE INDEX \"measures_trend\" ON \"measures\" (\"measure\", \"statistic\", \"level\", \"strategy\")",
    "CREATE INDEX \"inputs_path\" ON \"inputs\" (\"path\")",
    "CREATE INDEX \"limits_name\" ON \"limits\" (\"name\")",
};

void create_schema(Connection& connection, const std::vector<Table>& tables) {
  for (const Table& table : tables) connection.run(create_table(table));
  for (const Table& table : tables)
    if (!is_runs(table))
      connection.run(fmt::format("CREATE INDEX \"{0}_run\" ON \"{0}\" (\"run_id\")", table.name));
  for (const std::string_view index : trend_indexes) connection.run(std::string(index));
  connection.run(fmt::format("PRAGMA application_id = {}", application_id));
  connection.run(fmt::format("PRAGMA user_version = {}", schema_version));
}

void insert_rows(Connection& connection, const Table& table, std::int64_t run) {
  std::string columns = "\"run_id\"", parameters = "?1";
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    columns += fmt::format(", \"{}\"", table.columns[c].name);
    parameters += fmt::format(", ?{}", c + 2);
  }
  Statement insert =
      connection.prepare(fmt::format("INSERT INTO \"{}\" ({}) VALUES ({})", table.name, columns, parameters));
  insert.bind(1, is_runs(table) ? Cell() : Cell(run));
  for (const Row& row : table.rows) {
    for (std::size_t c = 0; c < row.size(); ++c) insert.bind(static_cast<int>(c) + 2, row[c]);
    insert.run();
  }
}

bool is_empty(Connection& connection) {
  return connection.number("SELECT count(*) FROM sqlite_schema") == 0 &&
         connection.number("PRAGMA application_id") == 0 && connection.number("PRAGMA user_version") == 0;
}

/// Refuses what is not ours. An empty database belongs to nobody.
void require_ours(Connection& connection, const std::string& file) {
  if (is_empty(connection)) return;
  if (connection.number("PRAGMA application_id") != application_id)
    throw ForeignDatabase(file + ": this SQLite file belongs to another program");
  const std::int64_t version = connection.number("PRAGMA user_version");
  if (version != schema_version)
    throw ForeignDatabase(fmt::format(
        "{}: its schema has version {}, and this hedgerow writes version {} ({})", file, version,
        schema_version, version > schema_version ? "it was written by a newer one" : "name another file"));
}

/// Runs `action`; what SQLite says against it becomes an error of ours about `file`.
template <class Action>
auto about(const std::string& file, Action action) {
  try {
    return action();
  } catch (const SqliteError& error) {
    if (error.code == SQLITE_NOTADB || error.code == SQLITE_CORRUPT)
      throw ForeignDatabase(fmt::format("{}: no SQLite file, or damaged: {}", file, error.what()));
    if (error.code == SQLITE_BUSY)
      throw results::WriteError(file + ": another program has kept it locked for a minute");
    throw results::WriteError(fmt::format("{}: cannot write: {}", file, error.what()));
  }
}

void require_regular(const std::string& file) {
  std::error_code ignored;
  const auto status = std::filesystem::status(file, ignored);
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status))
    throw results::WriteError(file + ": is no regular file, as a database must be");
}

}  // namespace

std::int64_t append_run(const std::vector<Table>& tables, const std::string& file) {
  require_regular(file);
  return about(file, [&] {
    Connection connection(file, Connection::Mode::create);
    connection.run("PRAGMA foreign_keys = ON");
    Transaction transaction(connection);
    require_ours(connection, file);
    if (is_empty(connection)) create_schema(connection, tables);
    insert_rows(connection, tables.front(), 0);
    const std::int64_t run = connection.last_rowid();
    for (std::size_t t = 1; t < tables.size(); ++t) insert_rows(connection, tables[t], run);
    transaction.commit();
    return run;
  });
}

void require_appendable(const std::string& file) {
  require_regular(file);
  results::require_writable(file);  // a journal will be made beside it
  if (!std::filesystem::exists(file)) return;
  about(file, [&] {
    Connection connection(file, Connection::Mode::existing);
    const Transaction nothing(connection);  // refused where the file may only be read
    require_ours(connection, file);
  });
}

}  // namespace hedgerow::tables
