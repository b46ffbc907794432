// hedgerow fit: rates and durations of an incident log, with their uncertainty.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>

#include "apps/cli/output.hpp"
#include "apps/cli/outputs_apart.hpp"
#include "apps/cli/usage.hpp"
#include "apps/cli/verbs.hpp"
#include "apps/config/quantity.hpp"
#include "apps/config/spelling.hpp"
#include "apps/fit/fragment.hpp"
#include "apps/fit/json.hpp"
#include "apps/fit/summary.hpp"
#include "apps/import/field_text.hpp"
#include "apps/import/moment.hpp"
#include "apps/results/file.hpp"

namespace hedgerow::cli {
namespace {

enum class FitFormat { table, json, yaml };

/// The options as they were typed.
struct FitOptions {
  std::string file, columns, cluster = "30min", open_end = "auto", from, until, applies, prior = "3/yr",
                             prior_events = "0.5", minimum_services = "1", format = "table", indent = "0";
  std::vector<std::string> providers, regions, severities, outputs;
  bool skip_bad_records = false, posterior = false;
};

double quantity(const std::string& option, const std::string& text, config::Unit unit) {
  try {
    return config::read_quantity(text, unit, "USD");
  } catch (const config::BadQuantity& bad) {
    throw UsageError(fmt::format("{} {} ({})", option, text, bad.what()));
  }
}

double quantity_above_0(const std::string& option, const std::string& text, config::Unit unit, double most) {
  const double value = quantity(option, text, unit);
  if (!(value > 0.0 && value <= most))
    throw UsageError(
        fmt::format("{} {} (must be above 0 and at most {})", option, text, config::text_of(most, unit, "")));
  return value;
}

double time_option(const std::string& option, const std::string& text) {
  const auto read = intake::read_iso_moment(text);
  if (!read)
    throw UsageError(fmt::format("{} {} (must be as in 2025-01-01 or 2025-10-20T07:11Z)", option, text));
  return intake::hours_of(read->at);
}

std::optional<double> maybe_time(const std::string& option, const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(time_option(option, text));
}

/// start=created_at,end=resolved_at
intake::ColumnMapping columns_from(const std::string& text) {
  std::vector<std::string_view> known;
  for (const auto& names : intake::incident_columns()) known.push_back(names.option);
  intake::ColumnMapping mapping;
  for (const std::string& pair : intake::parts_of(text, ',')) {
    const std::size_t equals = pair.find('=');
    const std::string ours(intake::trimmed(std::string_view(pair).substr(0, equals)));
    const auto found = std::find(known.begin(), known.end(), ours);
    if (equals == std::string::npos || found == known.end())
      throw UsageError(fmt::format("--columns {} (must be as in start=created_at; {})", pair,
                                   config::suggestion(ours, known)));
    const auto& names = intake::incident_columns()[static_cast<std::size_t>(found - known.begin())];
    const std::string theirs(intake::trimmed(std::string_view(pair).substr(equals + 1)));
    if (theirs.empty() || !mapping.emplace(names.column, theirs).second)
      throw UsageError(fmt::format("--columns {} (each column once, with the name it has in the log)", pair));
  }
  return mapping;
}

/// One option for all, or repeated: --region us-east-1,us-east-2.
std::vector<std::string> words(const std::vector<std::string>& given) {
  std::vector<std::string> all;
  for (const std::string& text : given)
    for (const std::string& word : intake::parts_of(text, ',')) all.push_back(word);
  return all;
}

std::size_t count_option(const std::string& option, const std::string& text) {
  try {
    return config::read_count(text);
  } catch (const config::BadQuantity& bad) {
    throw UsageError(fmt::format("{} {} ({})", option, text, bad.what()));
  }
}

std::size_t indent_from(const FitOptions& options) {
  const std::size_t blanks = count_option("--indent", options.indent);
  if (blanks > 40) throw UsageError(fmt::format("--indent {} (must be at most 40)", options.indent));
  return blanks;
}

models::ClusterRule cluster_from(const FitOptions& options) {
  models::ClusterRule rule;
  if (options.cluster == "none")
    rule.gap.reset();
  else
    rule.gap = quantity("--cluster", options.cluster, config::Unit::hours);
  if (rule.gap && *rule.gap < 0.0) throw UsageError("--cluster must not be negative");
  rule.minimum_services = count_option("--minimum-services", options.minimum_services);
  rule.open_end = choice<models::OpenEnd>("--open-end", options.open_end,
                                          {{"auto", models::OpenEnd::automatic},
                                           {"ongoing", models::OpenEnd::ongoing},
                                           {"unknown", models::OpenEnd::unknown}});
  return rule;
}

/// As a shell would need it to be the same word again.
std::string shell_word(const std::string& text) {
  const bool plain = !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) ||
           std::string_view("-_./=,:%+").find(c) != std::string_view::npos;
  });
  if (plain) return text;
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

/// The command that gives the same answer and fragment, whatever order the options were typed in.
std::string command_of(const FitOptions& options) {
  std::string text = "hedgerow fit " + shell_word(options.file);
  const FitOptions usual;
  const auto put = [&](const char* name, const std::string& value, const std::string& default_value) {
    if (value != default_value) text += fmt::format(" {} {}", name, shell_word(value));
  };
  put("--columns", options.columns, "");
  put("--provider", fmt::format("{}", fmt::join(words(options.providers), ",")), "");
  put("--region", fmt::format("{}", fmt::join(words(options.regions), ",")), "");
  put("--severity", fmt::format("{}", fmt::join(words(options.severities), ",")), "");
  put("--minimum-services", options.minimum_services, usual.minimum_services);
  put("--cluster", options.cluster, usual.cluster);
  put("--open-end", options.open_end, usual.open_end);
  put("--from", options.from, "");
  put("--until", options.until, "");
  put("--applies", options.applies, "");
  put("--prior", options.prior, usual.prior);
  put("--prior-events", options.prior_events, usual.prior_events);
  if (options.skip_bad_records) text += " --skip-bad-records";
  if (options.posterior) text += " --posterior";
  put("--indent", options.indent, usual.indent);
  return text;
}

fitting::Question question_from(const FitOptions& options) {
  fitting::Question question;
  question.file = options.file;
  question.command = command_of(options);
  question.reading = {columns_from(options.columns),
                      {words(options.providers), words(options.regions), words(options.severities)},
                      false,
                      options.skip_bad_records};
  question.cluster = cluster_from(options);
  question.reading.needs_services = question.cluster.minimum_services > 1;
  question.from = maybe_time("--from", options.from);
  question.until = maybe_time("--until", options.until);
  if (!options.applies.empty())
    question.applies = quantity_above_0("--applies", options.applies, config::Unit::fraction, 1.0);
  question.prior = {
      quantity_above_0("--prior-events", options.prior_events, config::Unit::pure, 1e6),
      quantity_above_0("--prior", options.prior, config::Unit::per_year, models::largest_outage_rate.value)};
  return question;
}

bool is_json_file(const std::string& path) { return path.size() > 5 && path.ends_with(".json"); }

std::string json_text(const fitting::Answer& answer, const std::string& fragment) {
  return fitting::as_json(answer, fragment).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) +
         "\n";
}

std::string standard_output(const fitting::Answer& answer, const std::string& fragment,
                            const FitOptions& options, FitFormat format) {
  if (format == FitFormat::json) return json_text(answer, fragment);
  if (format == FitFormat::yaml) return fragment;
  fitting::Canvas canvas;
  canvas.width = std::min(canvas.width, width_of_stdout());
  canvas.colour = colour_stdout();
  std::string text = fitting::as_text(answer, canvas);
  if (options.outputs.empty())
    text += "\nReady to paste (-o outages.yaml writes it to a file)\n\n" + fragment;
  return text;
}

void require_outputs(const FitOptions& options) {
  for (std::size_t i = 0; i < options.outputs.size(); ++i) {
    const std::string& path = options.outputs[i];
    if (path == "-") throw UsageError("-o - (say --format yaml or json to have it on standard output)");
    if (options.file != "-") require_apart("the log", options.file, "-o", path);
    for (std::size_t j = 0; j < i; ++j)
      require_apart("-o " + options.outputs[j], options.outputs[j], "-o", path);
    results::require_writable(path);
  }
}

ExitCode execute(const FitOptions& options, FitFormat format) {
  const fitting::Question question = question_from(options);
  require_outputs(options);
  intake::CsvReader csv(options.file == "-" ? "<stdin>" : options.file, intake::open_bytes(options.file));
  const fitting::Answer answer = fitting::answer(question, intake::read_incidents(csv, question.reading));
  const std::string fragment = fitting::as_fragment(
      answer, options.posterior ? fitting::Posterior::as_keys : fitting::Posterior::in_comments,
      indent_from(options));
  for (const std::string& path : options.outputs)
    results::write_file(path, is_json_file(path) ? json_text(answer, fragment) : fragment);
  write_stdout(standard_output(answer, fragment, options, format));
  return ExitCode::done;
}

void add_filters(CLI::App& verb, FitOptions& options) {
  verb.add_option("--columns", options.columns,
                  "Names of columns in the log: start=created_at,end=resolved_at; "
                  "also duration (hours), provider, region, severity, services, service_count")
      ->type_name("OURS=THEIRS,...");
  verb.add_option("--provider", options.providers, "Only postings of these")->type_name("NAME,...");
  verb.add_option("--region", options.regions, "Only postings of any of these regions, as one place")
      ->type_name("NAME,...");
  verb.add_option("--severity", options.severities, "Only postings of these severities")
      ->type_name("NAME,...");
  verb.add_option("--minimum-services", options.minimum_services, "Only events of so many different services")
      ->type_name("N");
}

void add_rules(CLI::App& verb, FitOptions& options) {
  verb.add_option("--cluster", options.cluster,
                  "Postings of one place no farther apart are one event; none: each is one (30min)")
      ->type_name("HOURS");
  verb.add_option("--from", options.from, "The log was kept from then on (its first time)")
      ->type_name("DATE");
  verb.add_option("--until", options.until, "The log was kept until then (its last time)")->type_name("DATE");
  verb.add_option("--applies", options.applies, "Share of the events that would hit a workload like yours")
      ->type_name("SHARE");
  verb.add_option(
          "--open-end", options.open_end,
          "Postings without an end: ongoing, unknown, or auto: unknown where ongoing would be a record")
      ->type_name("WHAT");
  verb.add_option("--prior", options.prior, "The rate you would assume without a log (3/yr)")
      ->type_name("RATE");
  verb.add_option("--prior-events", options.prior_events, "How many events that is worth (0.5)")
      ->type_name("N");
  verb.add_flag("--skip-bad-records", options.skip_bad_records, "Leave out and count what cannot be read");
}

}  // namespace

void add_fit(CLI::App& app, Chosen& chosen) {
  CLI::App* verb =
      app.add_subcommand("fit", "Rates and durations of an incident log, with their uncertainty");
  auto options = std::make_shared<FitOptions>();
  verb->add_option("incidents", options->file, "An incident log as CSV; - reads standard input")
      ->required()
      ->type_name("INCIDENTS.csv");
  add_filters(*verb, *options);
  add_rules(*verb, *options);
  verb->add_option("-o,--output", options->outputs,
                   "Write the piece of config there, or all numbers to FILE.json")
      ->type_name("FILE");
  verb->add_option("--format", options->format, "What goes to standard output: table, json or yaml")
      ->type_name("FORMAT");
  verb->add_flag("--posterior", options->posterior,
                 "Write what is known of the parameters as keys, not comments");
  verb->add_option("--indent", options->indent, "Blanks before each line of it (0); a region has 8")
      ->type_name("N");
  verb->callback([options, &chosen] {
    const auto format = choice<FitFormat>(
        "--format", options->format,
        {{"table", FitFormat::table}, {"json", FitFormat::json}, {"yaml", FitFormat::yaml}});
    chosen = [options, format] { return execute(*options, format); };
  });
}

}  // namespace hedgerow::cli
