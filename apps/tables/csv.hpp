#pragma once
// Tables as CSV (RFC 4180): a header, CRLF, fields quoted where they must be, UTF-8 without a mark.

#include <string>

#include "apps/tables/table.hpp"

namespace hedgerow::tables {

/// One table. Nothing is an empty field, an empty text `""`. Numbers by shortest round trip. A text that a
/// spreadsheet could take for a formula (it begins with = + - @, a tab, a line break or an apostrophe) gets
/// an apostrophe in front; whoever takes one leading apostrophe away has the text itself.
std::string to_csv(const Table& table);

/// Writes DIR/NAME.csv for every table, each whole or not at all; files of the same names are replaced and
/// others left alone. DIR is made if missing, not so its parents. Throws results::WriteError.
void write_csv(const std::vector<Table>& tables, const std::string& directory);

/// Throws results::WriteError unless write_csv() could write there: to be asked before a long run.
void require_writable_directory(const std::string& directory);

}  // namespace hedgerow::tables
