#pragma once
// The files that a result can be written to besides its JSON; `run` and `report` offer the same ones. Each is
// made from the results document alone.

#include <CLI/CLI.hpp>
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace hedgerow::cli {

struct Renderings {
  std::string csv;       ///< a folder; empty: none
  std::string database;  ///< an SQLite file; empty: none
};

/// Declares the options. `check_renderings` has to be called once they are parsed.
void add_renderings(CLI::App& verb, Renderings& renderings);

/// Throws UsageError for names that cannot be meant: none, `-`, or the file `source` that is read.
void check_renderings(const CLI::App& verb, const Renderings& renderings, const std::string& source);

/// Throws WriteError or ForeignDatabase where what was asked for could not be written, before a long run.
void require_writable(const Renderings& renderings);

/// Writes what was asked for. Throws WriteError, ForeignDatabase, BadResults.
void write(const Renderings& renderings, const nlohmann::ordered_json& document);

/// What goes to standard output for `--format csv` (one table, `measures`) and `--format markdown`. Throw
/// BadResults.
std::string csv_of(const nlohmann::ordered_json& document);
std::string markdown_of(const nlohmann::ordered_json& document);

}  // namespace hedgerow::cli
