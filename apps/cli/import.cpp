// hedgerow import: what others export - billing in the FOCUS format, registers of DORA - as tables and as a
// config to begin with.

#include <algorithm>
#include <memory>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "apps/cli/output.hpp"
#include "apps/cli/outputs_apart.hpp"
#include "apps/cli/usage.hpp"
#include "apps/cli/verbs.hpp"
#include "apps/config/unit.hpp"
#include "apps/import/dora_report.hpp"
#include "apps/import/dora_skeleton.hpp"
#include "apps/import/focus_bill.hpp"
#include "apps/import/focus_report.hpp"
#include "apps/import/focus_skeleton.hpp"
#include "apps/import/gzip.hpp"
#include "apps/import/package.hpp"
#include "apps/import/words.hpp"
#include "apps/results/file.hpp"
#include "apps/results/format.hpp"

namespace hedgerow::cli {
namespace {

/// Where the answer and the skeleton go; common to all that is imported.
struct Outputs {
  std::string skeleton;  ///< empty: none; `-`: standard output, instead of the table
  std::string format = "table";
  bool json = false, quiet = false;
};

struct FocusImport {
  std::string file, contracts, currency;
  intake::FocusOptions how;
  Outputs outputs;
};

struct DoraImport {
  std::string package;
  std::vector<std::string> rates;
  bool strict = false;
  Outputs outputs;
};

void add_outputs(CLI::App& verb, Outputs& outputs) {
  verb.add_option("--format", outputs.format, "What goes to standard output: table or json")
      ->type_name("FORMAT");
  verb.add_option("-o,--output", outputs.skeleton,
                  "Write a config to begin with; - writes it to standard output, instead of the table")
      ->type_name("FILE.yaml");
}

void check_outputs(const CLI::App& verb, Outputs& outputs) {
  outputs.json = choice<bool>("--format", outputs.format, {{"table", false}, {"json", true}});
  outputs.quiet = outputs.skeleton == "-";
  if (outputs.quiet && verb.get_option("--format")->count() > 0)
    throw UsageError("-o - and --format cannot both go to standard output (name a file)");
}

void prepare(const Outputs& outputs, const std::string& input) {
  if (outputs.skeleton.empty()) return;
  require_apart("the input", input, "-o", outputs.skeleton);
  results::require_writable(outputs.skeleton);
}

void write_skeleton(const Outputs& outputs, const std::string& text) {
  if (outputs.quiet) return write_stdout(text);
  results::write_file(outputs.skeleton, text);
  fmt::print(stderr, "config to begin with: {}; see what is left to fill in with hedgerow check {}\n",
             results::printable(outputs.skeleton), results::printable(outputs.skeleton));
}

/// The currency of the config. Throws UsageError where the bill has several and none was chosen.
std::string chosen_currency(const intake::Bill& bill, const std::string& wanted) {
  const std::vector<std::string> all = bill.currencies();
  if (wanted.empty() && all.size() == 1) return all.front();
  if (wanted.empty())
    throw UsageError(fmt::format("the bill is in {}, a config in one currency (choose one: --currency)",
                                 fmt::join(all, ", ")));
  if (std::find(all.begin(), all.end(), wanted) == all.end())
    throw UsageError(fmt::format("--currency is {} (the bill is in {})", wanted, fmt::join(all, ", ")));
  return wanted;
}

intake::ByteSource open_unpacked(const std::string& path) {
  return intake::unpacked(path, intake::open_bytes(path));
}

ExitCode import_focus(const FocusImport& options) {
  prepare(options.outputs, options.file);
  intake::Bill bill = intake::read_focus(options.file, open_unpacked(options.file), options.how);
  if (!options.contracts.empty())
    intake::add_contracts(bill, options.contracts, open_unpacked(options.contracts), options.how.strict);
  if (!options.outputs.skeleton.empty())
    write_skeleton(options.outputs, intake::focus_skeleton(bill, chosen_currency(bill, options.currency)));
  if (!options.outputs.quiet)
    write_stdout(options.outputs.json ? intake::dumped(intake::as_json(bill))
                                      : intake::as_table(bill, colour_stdout()));
  return ExitCode::done;
}

void add_focus(CLI::App& app, Chosen& chosen) {
  CLI::App* verb = app.add_subcommand("focus", "A billing export in the FOCUS format, 1.0 to 1.3");
  auto options = std::make_shared<FocusImport>();
  verb->add_option("export", options->file, "The export, plain or packed by gzip; - reads standard input")
      ->required()
      ->type_name("EXPORT.csv[.gz]");
  verb->add_option("--contracts", options->contracts,
                   "The contract commitment dataset of FOCUS 1.3 beside it")
      ->type_name("FILE.csv[.gz]");
  verb->add_option("--workloads", options->how.workloads,
                   "The column that says which workload a row belongs to (absent: ServiceCategory)")
      ->type_name("COLUMN");
  verb->add_option("--currency", options->currency,
                   "The currency of the config, where the export has several")
      ->type_name("CODE");
  verb->add_flag("--strict", options->how.strict, "Refuse what would have to be mended");
  add_outputs(*verb, options->outputs);
  verb->callback([verb, options, &chosen] {
    check_outputs(*verb, options->outputs);
    if (options->file == "-" && options->contracts == "-") throw UsageError("- can stand for one file only");
    chosen = [options] { return import_focus(*options); };
  });
}

/// "USD=0.92" as a currency and what one of it is worth. Throws UsageError.
std::map<std::string, double> rates_from(const std::vector<std::string>& texts) {
  std::map<std::string, double> rates;
  for (const std::string& text : texts) {
    const std::size_t sign = text.find('=');
    const auto bad = [&text] { return UsageError(fmt::format("--rate is {} (must be as USD=0.92)", text)); };
    if (sign == std::string::npos || !config::is_currency(text.substr(0, sign))) throw bad();
    const std::optional<intake::ReadAmount> rate = intake::read_amount(text.substr(sign + 1));
    if (!rate || rate->amount <= intake::Amount()) throw bad();
    rates[text.substr(0, sign)] = rate->amount.value();
  }
  return rates;
}

ExitCode import_dora(const DoraImport& options) {
  const std::map<std::string, double> rates = rates_from(options.rates);
  prepare(options.outputs, options.package);
  const intake::Register found = intake::read_dora(intake::Package::open(options.package), options.strict);
  const intake::DoraConcentration concentration = intake::concentration_of(found, rates);
  if (!options.outputs.skeleton.empty())
    write_skeleton(options.outputs, intake::dora_skeleton(found, concentration, rates));
  if (!options.outputs.quiet)
    write_stdout(options.outputs.json ? intake::dumped(intake::as_json(found, concentration))
                                      : intake::as_table(found, concentration, colour_stdout()));
  return ExitCode::done;
}

void add_dora(CLI::App& app, Chosen& chosen) {
  CLI::App* verb = app.add_subcommand("dora", "A Register of Information under DORA, as a report package");
  auto options = std::make_shared<DoraImport>();
  verb->add_option("package", options->package, "The package: a folder or a ZIP file of xBRL-CSV tables")
      ->required()
      ->type_name("DIR|ZIP");
  verb->add_option("--rate", options->rates,
                   "What a currency is worth in the base currency, as USD=0.92 (repeatable)")
      ->type_name("CODE=RATE");
  verb->add_flag("--strict", options->strict, "Refuse what would have to be mended");
  add_outputs(*verb, options->outputs);
  verb->callback([verb, options, &chosen] {
    check_outputs(*verb, options->outputs);
    chosen = [options] { return import_dora(*options); };
  });
}

}  // namespace

void add_import(CLI::App& app, Chosen& chosen) {
  CLI::App* verb = app.add_subcommand("import", "Start from a cloud bill or a register of ICT providers");
  verb->require_subcommand(1);
  add_focus(*verb, chosen);
  add_dora(*verb, chosen);
}

}  // namespace hedgerow::cli
