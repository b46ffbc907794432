// hedgerow run: plays every strategy on the same paths and says what came of it.

#include <charconv>
#include <chrono>
#include <filesystem>

#include <fmt/format.h>

#include "apps/cli/config_options.hpp"
#include "apps/cli/interrupt.hpp"
#include "apps/cli/memory.hpp"
#include "apps/cli/output.hpp"
#include "apps/cli/progress.hpp"
#include "apps/cli/usage.hpp"
#include "apps/cli/verbs.hpp"
#include "apps/results/file.hpp"
#include "apps/results/json.hpp"
#include "apps/results/summary.hpp"
#include "engine/random/stream.hpp"
#include "models/assess/assess.hpp"

namespace hedgerow::cli {
namespace {

enum class Format { table, json };

struct RunOptions {
  ConfigOptions config;
  std::string output;
  Format format = Format::table;
  ProgressMode progress = ProgressMode::automatic;
  unsigned threads = 0;
};

struct Timed {
  models::Assessment assessment;
  double seconds;
};

Timed assess_with_progress(const models::Study& study, const RunOptions& options) {
  run::Cancellation cancellation;
  const InterruptGuard guard(cancellation);
  Progress progress(options.progress, study.simulation.paths);
  models::AssessOptions how;
  how.threads = options.threads;
  how.cancellation = &cancellation;
  how.progress = [&](std::uint64_t done) { progress.update(done); };
  const auto start = std::chrono::steady_clock::now();
  models::Assessment assessment = models::assess(study, how);
  return {std::move(assessment),
          std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count()};
}

results::Provenance provenance_of(const config::LoadedConfig& loaded, double seconds, unsigned threads) {
  results::Provenance provenance;
  provenance.rng = random::generator_id;
  provenance.seed = loaded.study.simulation.seed;
  provenance.config_name = loaded.file_name;
  provenance.config_sha256 = loaded.sha256;
  provenance.config_resolved = loaded.canonical_text;
  provenance.wall_seconds = seconds;
  provenance.threads = run::effective_threads(threads);
  return provenance;
}

/// Results must not replace the config that they came from.
void require_another_file(const std::string& config, const std::string& output) {
  std::error_code differ;
  if (std::filesystem::equivalent(config, output, differ))
    throw UsageError(fmt::format("-o {} would overwrite the config", output));
}

ExitCode execute(const RunOptions& options) {
  require_another_file(options.config.file, options.output);
  const config::LoadedConfig loaded = load(options.config);
  require_memory(loaded.study);
  if (!options.output.empty()) results::require_writable(options.output);

  const Timed run = assess_with_progress(loaded.study, options);
  const std::string json =
      results::to_json(loaded.study, run.assessment, provenance_of(loaded, run.seconds, options.threads))
          .dump(2) +
      "\n";
  if (!options.output.empty() && options.output != "-") results::write_file(options.output, json);
  if (options.format == Format::json || options.output == "-")
    write_stdout(json);
  else
    write_stdout(results::summary(loaded.study, run.assessment,
                                  {.colour = colour_stdout(), .width = width_of_stdout()}));
  return run.assessment.complete ? ExitCode::done : ExitCode::interrupted;
}

/// Options as they were written.
struct Words {
  std::string format = "table", progress = "auto", threads = "0";
};

unsigned threads_from(const std::string& text) {
  constexpr unsigned most = 4096;
  unsigned threads = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), threads);
  if (error != std::errc() || end != text.data() + text.size() || threads > most)
    throw UsageError(fmt::format("--threads is {} (must be a whole number from 0 to {})", text, most));
  return threads;
}

void interpret(const Words& words, RunOptions& options) {
  options.format =
      choice<Format>("--format", words.format, {{"table", Format::table}, {"json", Format::json}});
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
  const CLI::Option* output = verb->add_option("-o,--output", options->output,
                                               "Write the results as JSON; - writes them to standard output")
                                  ->type_name("FILE");
  auto words = std::make_shared<Words>();
  verb->add_option("--format", words->format, "What goes to standard output: table or json")
      ->type_name("FORMAT");
  verb->add_option("--progress", words->progress, "On standard error: auto, bar, json or none")
      ->type_name("MODE");
  verb->add_option("--threads", words->threads, "Threads; changes no number (0: all of the machine)")
      ->type_name("N");
  verb->callback([options, words, output, &chosen] {
    interpret(*words, *options);
    if (output->count() > 0 && options->output.empty()) throw UsageError("-o needs the name of a file");
    chosen = [options] { return execute(*options); };
  });
}

}  // namespace hedgerow::cli
