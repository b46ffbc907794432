// hedgerow report: other forms of a result that has been saved.

#include <cstdio>
#include <memory>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "apps/cli/output.hpp"
#include "apps/cli/outputs_apart.hpp"
#include "apps/cli/page_file.hpp"
#include "apps/cli/renderings.hpp"
#include "apps/cli/usage.hpp"
#include "apps/cli/verbs.hpp"
#include "apps/report/page.hpp"
#include "apps/report/template.hpp"
#include "apps/results/document.hpp"
#include "apps/results/file.hpp"
#include "apps/results/format.hpp"

namespace hedgerow::cli {
namespace {

struct ReportOptions {
  std::string results;
  std::string page;    ///< empty: none
  std::string format;  ///< `csv`, `markdown`, or empty: nothing goes to standard output
  Renderings renderings;
};

ExitCode execute(const ReportOptions& options) {
  const Renderings& files = options.renderings;
  if (options.page.empty() && options.format.empty() && files.csv.empty() && files.database.empty())
    throw UsageError("report needs -o FILE.html (- is standard output), --csv, --db or --format");
  if (options.page == "-" && !options.format.empty())
    throw UsageError("-o - and --format cannot both go to standard output (name a file)");
  require_apart("RESULTS", options.results, "-o", options.page);
  results::require_writable(options.page);
  const nlohmann::ordered_json document = results::read_document(options.results);
  write(files, document);
  if (!options.page.empty()) write_page(options.page, document);
  if (!options.format.empty())
    write_stdout(options.format == "csv" ? csv_of(document) : markdown_of(document));
  return ExitCode::done;
}

}  // namespace

void write_page(const std::string& path, const nlohmann::ordered_json& document) {
  const std::string page = report::with_results(report::page_template(), document.dump());
  if (path == "-") return write_stdout(page);
  results::write_file(path, page);
  fmt::print(stderr, "report page: {}\n", results::printable(path));
}

void add_report(CLI::App& app, Chosen& chosen) {
  CLI::App* verb =
      app.add_subcommand("report", "Write a saved result in other forms: page, tables, database, Markdown");
  auto options = std::make_shared<ReportOptions>();
  verb->add_option("results", options->results, "Results of a run; - reads standard input")
      ->required()
      ->type_name("RESULTS.json");
  verb->add_option("-o,--output", options->page,
                   "Write the page, one file that needs no other; - writes it to standard output")
      ->type_name("FILE.html");
  verb->add_option("--format", options->format, "What goes to standard output: csv or markdown")
      ->type_name("FORMAT");
  add_renderings(*verb, options->renderings);
  verb->callback([verb, options, &chosen] {
    if (verb->get_option("--format")->count() > 0)
      choice<int>("--format", options->format, {{"csv", 0}, {"markdown", 0}});
    check_renderings(*verb, options->renderings, options->results);
    chosen = [options] { return execute(*options); };
  });
}

}  // namespace hedgerow::cli
