#pragma once
// Runs collected in one SQLite file: the tables of tables_of(), each row with the id of its run.

#include <stdexcept>
#include <string>

#include "apps/tables/table.hpp"

namespace hedgerow::tables {

/// A file that is no database of ours, or one of a newer Hedgerow; the message has its name.
class ForeignDatabase : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// `PRAGMA user_version` of the files that this program writes. It grows when a table or column changes its
/// meaning or goes; docs/tables.md has the rule.
inline constexpr int schema_version = 1;
/// `PRAGMA application_id`: "Hedg".
inline constexpr int application_id = 0x48656467;

/// Adds the tables of one run to `file`, which is made if missing, in one transaction: after any failure or
/// kill the file has all of the run or nothing of it. Waits for other writers, at most a minute. The same
/// tables twice are two runs. Returns the new run's id. Throws ForeignDatabase, results::WriteError.
std::int64_t append_run(const std::vector<Table>& tables, const std::string& file);

/// Throws as append_run() would, as far as that can be known before: to be asked before a long run. Makes no
/// file.
void require_appendable(const std::string& file);

}  // namespace hedgerow::tables
