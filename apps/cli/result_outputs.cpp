#include "apps/cli/result_outputs.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "apps/cli/output.hpp"
#include "apps/cli/outputs_apart.hpp"
#include "apps/cli/page_file.hpp"
#include "apps/cli/threads.hpp"
#include "apps/cli/usage.hpp"
#include "apps/results/file.hpp"
#include "apps/results/json.hpp"
#include "apps/results/precision.hpp"
#include "apps/results/summary.hpp"
#include "engine/random/stream.hpp"

namespace hedgerow::cli {
namespace {

results::Provenance provenance_of(const config::LoadedConfig& loaded, const Effort& effort,
                                  unsigned threads) {
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
  provenance.wall_seconds = effort.seconds;
  provenance.threads = run::effective_threads(threads);
  provenance.ranks = effort.processes;
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

/// What standard output gets unless it gets the document itself.
std::string told(const config::LoadedConfig& loaded, const models::Answers& answers,
                 const nlohmann::ordered_json& document, const ResultOutputs& outputs) {
  if (outputs.format == ResultFormat::csv) return csv_of(document);
  if (outputs.format == ResultFormat::markdown) return markdown_of(document);
  return results::summary(loaded.study, answers,
                          {.colour = colour_stdout(), .width = width_of_stdout(), .tables = outputs.tables});
}

}  // namespace

void add_result_outputs(CLI::App& verb, ResultOutputs& outputs) {
  verb.add_option("-o,--output", outputs.output,
                  "Write the results as JSON; - writes them to standard output")
      ->type_name("FILE");
  add_renderings(verb, outputs.renderings);
  verb.add_option("--report", outputs.page,
                  "Write a page to look at, one file that needs no other; - writes it to standard output")
      ->type_name("FILE.html");
  verb.add_option("--format", outputs.format_word,
                  "What goes to standard output: table, json, csv or markdown")
      ->type_name("FORMAT");
  verb.add_flag("--tables", outputs.tables, "Also what every cost is made of, and who severs how often");
  verb.add_option(
          "--spill", outputs.spill,
          "Keep what is by path in this folder, on a disk, where there is not enough memory for it; changes "
          "no number, and leaves nothing behind")
      ->type_name("FOLDER");
  verb.add_option("--progress", outputs.progress_word, "On standard error: auto, bar, json or none")
      ->type_name("MODE");
  verb.add_option(
          "--threads", outputs.threads_word,
          "Threads; changes no number (0: all of the machine, shared out among its ranks under mpirun)")
      ->type_name("N");
}

void interpret(const CLI::App& verb, ResultOutputs& outputs, const std::string& what,
               const std::vector<std::string>& read) {
  outputs.format = choice<ResultFormat>("--format", outputs.format_word,
                                        {{"table", ResultFormat::table},
                                         {"json", ResultFormat::json},
                                         {"csv", ResultFormat::csv},
                                         {"markdown", ResultFormat::markdown}});
  outputs.progress = choice<ProgressMode>("--progress", outputs.progress_word,
                                          {{"auto", ProgressMode::automatic},
                                           {"bar", ProgressMode::bar},
                                           {"json", ProgressMode::json},
                                           {"none", ProgressMode::none}});
  outputs.threads = threads_from(outputs.threads_word);
  if (verb.get_option("-o")->count() > 0 && outputs.output.empty())
    throw UsageError("-o needs the name of a file");
  if (verb.get_option("--report")->count() > 0 && outputs.page.empty())
    throw UsageError("--report needs the name of a file");
  for (const std::string& file : read) {
    check_renderings(verb, outputs.renderings, file);
    require_apart(what, file, "-o", outputs.output);
    require_apart(what, file, "--report", outputs.page);
  }
  require_apart("-o", outputs.output, "--report", outputs.page);
  if (outputs.page == "-" && (outputs.output == "-" || outputs.format != ResultFormat::table))
    throw UsageError("--report - and the results cannot both go to standard output (name a file)");
}

void require_writable(const ResultOutputs& outputs) {
  for (const std::string& path : {outputs.output, outputs.page})
    if (!path.empty()) results::require_writable(path);
  require_writable(outputs.renderings);
}

ExitCode tell(const config::LoadedConfig& loaded, const models::Answers& answers, const Effort& effort,
              const ResultOutputs& outputs) {
  const nlohmann::ordered_json document =
      results::to_json(loaded.study, answers, provenance_of(loaded, effort, outputs.threads));
  const std::string json = document.dump(2) + "\n";
  if (!outputs.output.empty() && outputs.output != "-") results::write_file(outputs.output, json);
  write(outputs.renderings, document);
  if (!outputs.page.empty()) write_page(outputs.page, document);
  if (outputs.format == ResultFormat::json || outputs.output == "-") {
    write_stdout(json);
    fmt::print(stderr, "{}", results::asked_precision(answers.assessment));
  } else if (outputs.page != "-") {
    write_stdout(told(loaded, answers, document, outputs));
  }
  return exit_code_of(answers.assessment);
}

}  // namespace hedgerow::cli
