#include "apps/cli/renderings.hpp"

#include <filesystem>

#include "apps/cli/usage.hpp"
#include "apps/tables/csv.hpp"
#include "apps/tables/database.hpp"
#include "apps/tables/markdown.hpp"

namespace hedgerow::cli {

void add_renderings(CLI::App& verb, Renderings& renderings) {
  verb.add_option("--csv", renderings.csv, "Write every table as a CSV file of this folder, made if missing")
      ->type_name("DIR");
  verb.add_option("--db", renderings.database, "Add the run's tables to this SQLite file, made if missing")
      ->type_name("FILE");
}

void check_renderings(const CLI::App& verb, const Renderings& renderings, const std::string& source) {
  for (const auto& [option, value] :
       {std::pair("--csv", renderings.csv), std::pair("--db", renderings.database)})
    if (verb.get_option(option)->count() > 0 && (value.empty() || value == "-"))
      throw UsageError(std::string(option) + " needs the name of a " +
                       (option == std::string_view("--csv") ? "folder" : "file"));
  std::error_code differ;
  if (std::filesystem::equivalent(source, renderings.database, differ))
    throw UsageError("--db " + renderings.database + " is the file to read");
}

void require_writable(const Renderings& renderings) {
  if (!renderings.csv.empty()) tables::require_writable_directory(renderings.csv);
  if (!renderings.database.empty()) tables::require_appendable(renderings.database);
}

void write(const Renderings& renderings, const nlohmann::ordered_json& document) {
  if (renderings.csv.empty() && renderings.database.empty()) return;
  const std::vector<tables::Table> all = tables::tables_of(document);
  if (!renderings.csv.empty()) tables::write_csv(all, renderings.csv);
  if (!renderings.database.empty()) tables::append_run(all, renderings.database);
}

std::string csv_of(const nlohmann::ordered_json& document) {
  return tables::to_csv(tables::table_named(tables::tables_of(document), "measures"));
}

std::string markdown_of(const nlohmann::ordered_json& document) { return tables::markdown(document); }

}  // namespace hedgerow::cli
