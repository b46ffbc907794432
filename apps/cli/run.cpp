// hedgerow run: plays every strategy on the same paths and says what came of it.

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "apps/cli/config_options.hpp"
#include "apps/cli/interrupt.hpp"
#include "apps/cli/memory.hpp"
#include "apps/cli/output.hpp"
#include "apps/cli/outputs_apart.hpp"
#include "apps/cli/page_file.hpp"
#include "apps/cli/progress.hpp"
#include "apps/cli/renderings.hpp"
#include "apps/cli/threads.hpp"
#include "apps/cli/usage.hpp"
#include "apps/cli/verbs.hpp"
#include "apps/results/file.hpp"
#include "apps/results/json.hpp"
#include "apps/results/precision.hpp"
#include "apps/results/summary.hpp"
#include "engine/random/stream.hpp"
#include "models/assess/answers.hpp"
#include "models/assess/stopping.hpp"

namespace hedgerow::cli {
namespace {

enum class Format { table, json, csv, markdown };

struct RunOptions {
  ConfigOptions config;
  std::string output;
  Renderings renderings;
  std::string page;  ///< empty: none
  Format format = Format::table;
  bool tables = false;
  ProgressMode progress = ProgressMode::automatic;
  unsigned threads = 0;
};

struct Timed {
  models::Answers answers;
  double seconds;
};

Timed answer_with_progress(const models::Study& study, const RunOptions& options) {
  run::Cancellation cancellation;
  const InterruptGuard guard(cancellation);
  Progress progress(options.progress);
  models::AssessOptions how;
  how.threads = options.threads;
  how.cancellation = &cancellation;
  how.progress = [&](std::uint64_t done, std::uint64_t paths) { progress.update(done, paths); };
  const std::uint64_t most = study.simulation.paths;
  progress.update(0, study.simulation.precision ? models::next_batch(0, most) : most);
  const auto start = std::chrono::steady_clock::now();
  models::Answers answers = models::answer(study, how);
  return {std::move(answers),
          std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count()};
}

results::Provenance provenance_of(const config::LoadedConfig& loaded, double seconds, unsigned threads) {
  results::Provenance provenance;
  provenance.rng = random::generator_id;
  provenance.seed = loaded.study.simulation.seed;
  provenance.config_name = loaded.file_name;
  provenance.config_sha256 = loaded.sha256;
  provenance.config_source = loaded.source;
  for (const config::Override& change : loaded.overrides)
    provenance.config_overrides.emplace_back(change.key, change.value);
  for (const config::ResolvedValue& value : loaded.resolved)
    provenance.config_values.push_back(
        {value.path, value.value, std::string(config::name_of(value.origin)), value.source});
  provenance.wall_seconds = seconds;
  provenance.threads = run::effective_threads(threads);
  return provenance;
}

/// An interruption hides the rest, a breach what is not known well enough.
ExitCode exit_code_of(const models::Assessment& assessment) {
  const auto any = [&](models::Verdict verdict) {
    return std::any_of(assessment.limits.begin(), assessment.limits.end(),
                       [&](const models::LimitResult& limit) { return limit.verdict == verdict; });
  };
  if (!assessment.complete) return ExitCode::interrupted;
  if (any(models::Verdict::breached)) return ExitCode::limit_breached;
  const bool imprecise = assessment.precision && !assessment.precision->unmet.empty();
  return imprecise || any(models::Verdict::undecided) ? ExitCode::too_imprecise : ExitCode::done;
}

/// Whether only a precision ends the run, and no number of paths that was meant to. One that stands in the
/// config beside a precision on the command line was meant for a run without it.
bool takes_as_many_as_fit(const ConfigOptions& options, const config::LoadedConfig& loaded) {
  if (!loaded.study.simulation.precision || !options.paths.empty()) return false;
  const bool is_set = std::any_of(options.settings.begin(), options.settings.end(), [](const auto& setting) {
    return setting.starts_with("simulation.paths=");
  });
  return !is_set && (!options.precision.empty() || !loaded.is_configured("simulation.paths"));
}

/// Neither config nor output is overwritten, and one thing at most goes to standard output.
void require_outputs_apart(const RunOptions& options) {
  require_apart("the config", options.config.file, "-o", options.output);
  require_apart("the config", options.config.file, "--report", options.page);
  require_apart("-o", options.output, "--report", options.page);
  if (options.page == "-" && (options.output == "-" || options.format != Format::table))
    throw UsageError("--report - and the results cannot both go to standard output (name a file)");
}

/// What standard output gets unless it gets the document itself.
std::string told(const config::LoadedConfig& loaded, const models::Answers& answers,
                 const nlohmann::ordered_json& document, const RunOptions& options) {
  if (options.format == Format::csv) return csv_of(document);
  if (options.format == Format::markdown) return markdown_of(document);
  return results::summary(loaded.study, answers,
                          {.colour = colour_stdout(), .width = width_of_stdout(), .tables = options.tables});
}

ExitCode execute(const RunOptions& options) {
  require_outputs_apart(options);
  config::LoadedConfig loaded = load(options.config);
  if (takes_as_many_as_fit(options.config, loaded))
    loaded.study.simulation.paths = paths_that_fit(loaded.study);
  require_memory(loaded.study);
  for (const std::string& path : {options.output, options.page})
    if (!path.empty()) results::require_writable(path);
  require_writable(options.renderings);

  const Timed run = answer_with_progress(loaded.study, options);
  const nlohmann::ordered_json document =
      results::to_json(loaded.study, run.answers, provenance_of(loaded, run.seconds, options.threads));
  const std::string json = document.dump(2) + "\n";
  if (!options.output.empty() && options.output != "-") results::write_file(options.output, json);
  write(options.renderings, document);
  if (!options.page.empty()) write_page(options.page, document);
  if (options.format == Format::json || options.output == "-") {
    write_stdout(json);
    fmt::print(stderr, "{}", results::asked_precision(run.answers.assessment));
  } else if (options.page != "-")
    write_stdout(told(loaded, run.answers, document, options));
  return exit_code_of(run.answers.assessment);
}

/// Options as they were written.
struct Words {
  std::string format = "table", progress = "auto", threads = "0";
};

void interpret(const Words& words, RunOptions& options) {
  options.format = choice<Format>("--format", words.format,
                                  {{"table", Format::table},
                                   {"json", Format::json},
                                   {"csv", Format::csv},
                                   {"markdown", Format::markdown}});
  options.progress = choice<ProgressMode>("--progress", words.progress,
                                          {{"auto", ProgressMode::automatic},
                                           {"bar", ProgressMode::bar},
                                           {"json", ProgressMode::json},
                                           {"none", ProgressMode::none}});
  options.threads = threads_from(words.threads);
}

}  // namespace

void add_run(CLI::App& app, Chosen& chosen) {
  CLI::App* verb = app.add_subcommand("run", "Run a config and say what every strategy costs");
  auto options = std::make_shared<RunOptions>();
  add_config_options(*verb, options->config);
  verb->add_option("--precision", options->config.precision,
                   "Stop as soon as every total cost is known this well, as in 1%; --paths is the most")
      ->type_name("PERCENT");
  const CLI::Option* output = verb->add_option("-o,--output", options->output,
                                               "Write the results as JSON; - writes them to standard output")
                                  ->type_name("FILE");
  add_renderings(*verb, options->renderings);
  const CLI::Option* page =
      verb->add_option(
              "--report", options->page,
              "Write a page to look at, one file that needs no other; - writes it to standard output")
          ->type_name("FILE.html");
  auto words = std::make_shared<Words>();
  verb->add_option("--format", words->format, "What goes to standard output: table, json, csv or markdown")
      ->type_name("FORMAT");
  verb->add_flag("--tables", options->tables, "Also what every cost is made of, and who severs how often");
  verb->add_option("--progress", words->progress, "On standard error: auto, bar, json or none")
      ->type_name("MODE");
  verb->add_option("--threads", words->threads, "Threads; changes no number (0: all of the machine)")
      ->type_name("N");
  verb->callback([verb, options, words, output, page, &chosen] {
    interpret(*words, *options);
    if (output->count() > 0 && options->output.empty()) throw UsageError("-o needs the name of a file");
    if (page->count() > 0 && options->page.empty()) throw UsageError("--report needs the name of a file");
    check_renderings(*verb, options->renderings, options->config.file);
    chosen = [options] { return execute(*options); };
  });
}

}  // namespace hedgerow::cli
