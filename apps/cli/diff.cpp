// hedgerow diff: what changed between two results, and whether it is more than noise.

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "apps/cli/interrupt.hpp"
#include "apps/cli/memory.hpp"
#include "apps/cli/output.hpp"
#include "apps/cli/progress.hpp"
#include "apps/cli/study_source.hpp"
#include "apps/cli/threads.hpp"
#include "apps/cli/usage.hpp"
#include "apps/cli/verbs.hpp"
#include "apps/diff/render.hpp"
#include "apps/results/document.hpp"
#include "apps/results/file.hpp"
#include "models/assess/change.hpp"
#include "models/assess/paths/played_study.hpp"

namespace hedgerow::cli {
namespace {

using Json = nlohmann::ordered_json;

enum class Format { table, markdown, json };

struct DiffOptions {
  std::string before, after, output, paths, threads = "0", format = "table";
  bool all = false, paired = false, exit_code = false;
};

config::LoadedConfig study_behind(const std::string& file, const std::string& paths) {
  ConfigOptions options;
  options.file = file;
  options.paths = paths;
  config::LoadedConfig loaded = load_study(options);
  loaded.study.simulation.precision.reset();
  loaded.study.simulation.sampling = models::Sampling::plain;  // paths of other kinds have no pairs
  return loaded;
}

/// Plays both studies on the same paths, those of the new result's seed.
std::vector<diff::PairedTotal> replay(const DiffOptions& options, const Json& before, const Json& after) {
  for (const char* place : {"/currency", "/horizon/start", "/horizon/months"})
    if (before.at(Json::json_pointer(place)) != after.at(Json::json_pointer(place)))
      throw UsageError(fmt::format("--paired: the two results differ in {} (nothing can be paired)",
                                   std::string(place).substr(1)));
  config::LoadedConfig old = study_behind(options.before, options.paths);
  config::LoadedConfig fresh = study_behind(options.after, options.paths);
  old.study.simulation.seed = fresh.study.simulation.seed;
  old.study.simulation.paths = fresh.study.simulation.paths =
      std::min(old.study.simulation.paths, fresh.study.simulation.paths);
  if (models::memory_needed(old.study) + models::memory_needed(fresh.study) > available_memory())
    throw UsageError("--paired: two runs of so many paths do not fit in memory (ask for fewer: --paths)");

  run::Cancellation cancellation;
  const InterruptGuard guard(cancellation);
  Progress progress(ProgressMode::automatic);
  std::uint64_t done_before = 0;
  models::AssessOptions how;
  how.threads = threads_from(options.threads);
  how.cancellation = &cancellation;
  how.progress = [&](std::uint64_t done, std::uint64_t of) { progress.update(done_before + done, 2 * of); };
  const models::PlayedStudy old_played(old.study, how);
  done_before = old.study.simulation.paths;
  const models::PlayedStudy new_played(fresh.study, how);
  if (!old_played.complete() || !new_played.complete()) throw models::Stopped();
  std::vector<diff::PairedTotal> totals;
  for (models::Comparison& change : models::changes(old_played, new_played))
    totals.push_back({change.strategy, std::move(change)});
  return totals;
}

ExitCode execute(const DiffOptions& options, Format format) {
  if (options.before == "-" && (options.after == "-" || options.paired))
    throw UsageError("- can stand for one file only, and not with --paired");
  if (options.after == "-" && options.paired) throw UsageError("--paired needs files, not standard input");
  if (!options.paths.empty() && !options.paired) throw UsageError("--paths needs --paired");
  const Json before = results::read_document(options.before), after = results::read_document(options.after);
  if (!options.output.empty()) results::require_writable(options.output);
  diff::Diff found = diff::compare(
      before, after, options.paired ? replay(options, before, after) : std::vector<diff::PairedTotal>());
  found.before.file = options.before;
  found.after.file = options.after;
  const bool to_file = !options.output.empty() && options.output != "-";
  const diff::Shown shown{options.all, !to_file && colour_stdout()};
  const std::string text = format == Format::json       ? diff::as_json(found).dump(2) + "\n"
                           : format == Format::markdown ? diff::as_markdown(found, shown)
                                                        : diff::as_text(found, shown);
  if (to_file)
    results::write_file(options.output, text);
  else
    write_stdout(text);
  return options.exit_code && diff::any_output_moved(found) ? ExitCode::limit_breached : ExitCode::done;
}

}  // namespace

void add_diff(CLI::App& app, Chosen& chosen) {
  CLI::App* verb = app.add_subcommand("diff", "What changed between two results, and is it more than noise");
  auto options = std::make_shared<DiffOptions>();
  verb->add_option("old", options->before, "Results of a run; - reads standard input")
      ->required()
      ->type_name("OLD");
  verb->add_option("new", options->after, "Results of another run")->required()->type_name("NEW");
  verb->add_option("--format", options->format, "table, markdown or json")->type_name("FORMAT");
  verb->add_option("-o,--output", options->output, "Write to a file instead of standard output")
      ->type_name("FILE");
  verb->add_flag("--all", options->all, "Every number that moved, not only the largest");
  verb->add_flag("--paired", options->paired,
                 "Play both configs again on the same paths: smaller errors of the total cost");
  verb->add_option("--paths", options->paths, "Paths of --paired (absent: as many as both results have)")
      ->type_name("N");
  verb->add_option("--threads", options->threads,
                   "Threads of --paired; changes no number (0: all of the machine)")
      ->type_name("N");
  verb->add_flag("--exit-code", options->exit_code, "Exit 1 where an output moved by more than noise");
  verb->callback([options, &chosen] {
    const auto format =
        choice<Format>("--format", options->format,
                       {{"table", Format::table}, {"markdown", Format::markdown}, {"json", Format::json}});
    chosen = [options, format] { return execute(*options, format); };
  });
}

}  // namespace hedgerow::cli
