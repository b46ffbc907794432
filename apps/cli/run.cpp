// hedgerow run: plays every strategy on the same paths and says what came of it.

#include <algorithm>
#include <filesystem>
#include <optional>

#include <fmt/format.h>

#include "apps/cli/game.hpp"
#include "apps/cli/join_ranks.hpp"
#include "apps/cli/memory.hpp"
#include "apps/cli/outputs_apart.hpp"
#include "apps/cli/run_on_ranks.hpp"
#include "apps/cli/shard_option.hpp"
#include "apps/cli/time_option.hpp"
#include "apps/cli/usage.hpp"
#include "apps/cli/verbs.hpp"
#include "apps/parts/part_file.hpp"
#include "apps/results/format.hpp"
#include "engine/base/rows.hpp"

namespace hedgerow::cli {
namespace {

/// Whether only a precision or a time ends the run, and no number of paths that was meant to. One that stands
/// in the config beside one of them on the command line was meant for a run without it.
bool takes_as_many_as_fit(const RunOptions& options, const config::LoadedConfig& loaded) {
  if (!loaded.study.simulation.precision && !options.time_budget) return false;
  if (!options.config.paths.empty()) return false;
  const auto& settings = options.config.settings;
  const bool is_set = std::any_of(settings.begin(), settings.end(), [](const auto& setting) {
    return setting.starts_with("simulation.paths=");
  });
  const bool said_here = !options.config.precision.empty() || options.time_budget;
  return !is_set && (said_here || !loaded.is_configured("simulation.paths"));
}

/// How many paths the run may take: of one that goes on those that it might take when it began.
std::uint64_t most_paths(const RunOptions& options, const config::LoadedConfig& loaded) {
  if (!takes_as_many_as_fit(options, loaded)) return loaded.study.simulation.paths;
  if (options.checkpoint.resume && std::filesystem::exists(options.checkpoint.file))
    return parts::PartFile(options.checkpoint.file).description().paths;
  return paths_that_fit(loaded.study);
}

ExitCode play_shard(const config::LoadedConfig& loaded, const RunOptions& options) {
  Game game(loaded, options);
  game.resume();
  game.play();
  if (!game.study().complete()) {
    fmt::print(stderr, "hedgerow: stopped before the shard was done; {} is not written{}\n",
               results::printable(options.outputs.output),
               options.checkpoint.file.empty() ? "" : " (go on with --resume)");
    return ExitCode::interrupted;
  }
  parts::PartDescription run = Game::description_of(loaded, options);
  run.seconds = game.seconds();
  write_paths(options.outputs.output, run, game.study());
  return ExitCode::done;
}

struct Timed {
  models::Answers answers;
  double seconds;
};

/// The progress that it shows is gone again at its end.
Timed play_and_answer(const config::LoadedConfig& loaded, const RunOptions& options) {
  Game game(loaded, options);
  game.resume();
  game.play();
  const std::uint64_t paths = game.study().all_paths(), most = loaded.study.simulation.paths;
  if (options.time_budget && !loaded.study.simulation.precision && game.study().complete() && paths < most)
    fmt::print(stderr, "hedgerow: {} of {} paths fit into the time\n", results::grouped(paths),
               results::grouped(most));
  models::Answers answers = game.answer();
  return {std::move(answers), game.seconds()};
}

ExitCode execute(const RunOptions& options) {
  if (const auto communicator = join_ranks()) return run_on_ranks(*communicator, options);
  config::LoadedConfig loaded = load(options.config);
  loaded.study.simulation.paths = most_paths(options, loaded);
  if (options.shard)
    require_memory(loaded.study, *options.shard, options.outputs.spill);
  else
    require_memory(loaded.study, options.outputs.spill);
  require_writable(options.outputs);
  if (!options.shard) require_no_other_ranks(options.checkpoint, 1);
  require_usable(options.checkpoint);
  const Spill spill(options.outputs.spill);
  if (options.shard) return play_shard(loaded, options);
  const Timed run = play_and_answer(loaded, options);
  return tell(loaded, run.answers, {run.seconds}, options.outputs);
}

/// Options as they are written.
struct Words {
  std::string shard, time_budget, every = "10min";
};

void declare(CLI::App& verb, RunOptions& options, Words& words) {
  verb.add_option("--precision", options.config.precision,
                  "Stop as soon as every total cost is known this well, as in 1%; --paths is the most")
      ->type_name("PERCENT");
  verb.add_option("--time-budget", words.time_budget,
                  "Play as many paths as can be answered from in this time, as in 2h; --paths is the most")
      ->type_name("TIME");
  add_result_outputs(verb, options.outputs);
  verb.add_option(
          "--shard", words.shard,
          "Play one of so many pieces of the run, as in 3/16, and write it to -o as a part for "
          "`hedgerow merge`; auto/16 takes the index from the job array of Slurm (which counts from 1), "
          "Kubernetes, AWS Batch or Cloud Run")
      ->type_name("I/N");
  verb.add_option("--checkpoint", options.checkpoint.file,
                  "Save the paths that are done to this file, on the way")
      ->type_name("FILE.hrp");
  verb.add_option("--checkpoint-every", words.every, "How often (10min)")->type_name("TIME");
  verb.add_flag("--resume", options.checkpoint.resume,
                "Go on from the paths in the --checkpoint, if it is there already");
}

void require_checkpoint_options_go_together(const CLI::App& verb, const RunOptions& options) {
  const std::string& file = options.checkpoint.file;
  if (verb.get_option("--checkpoint")->count() > 0 && (file.empty() || file == "-"))
    throw UsageError("--checkpoint needs the name of a file");
  for (const char* option : {"--resume", "--checkpoint-every"})
    if (verb.get_option(option)->count() > 0 && file.empty())
      throw UsageError(fmt::format("{} needs --checkpoint FILE", option));
  require_apart("the config", options.config.file, "--checkpoint", file);
  require_apart("-o", options.outputs.output, "--checkpoint", file);
  require_apart("--report", options.outputs.page, "--checkpoint", file);
}

/// A shard has no answers.
void require_shard_options_go_together(const CLI::App& verb, const RunOptions& options) {
  for (const char* option :
       {"--report", "--csv", "--db", "--format", "--tables", "--precision", "--time-budget"})
    if (verb.get_option(option)->count() > 0)
      throw UsageError(fmt::format(
          "--shard and {} do not go together (a shard is a part of an answer; give {} to {})", option, option,
          std::string_view(option) == "--precision" || std::string_view(option) == "--time-budget"
              ? "a whole run"
              : "hedgerow merge"));
  if (options.outputs.output.empty() || options.outputs.output == "-")
    throw UsageError("--shard needs -o FILE.hrp for its part");
}

void interpret(const CLI::App& verb, const Words& words, RunOptions& options) {
  interpret(verb, options.outputs, "the config", {options.config.file});
  options.checkpoint.every = seconds_from("--checkpoint-every", words.every);
  if (verb.get_option("--time-budget")->count() > 0)
    options.time_budget = seconds_from("--time-budget", words.time_budget);
  require_checkpoint_options_go_together(verb, options);
  if (verb.get_option("--shard")->count() == 0) return;
  options.shard = shard_from(words.shard);
  require_shard_options_go_together(verb, options);
}

}  // namespace

void add_run(CLI::App& app, Chosen& chosen) {
  CLI::App* verb = app.add_subcommand("run", "Run a config and say what every strategy costs");
  auto options = std::make_shared<RunOptions>();
  auto words = std::make_shared<Words>();
  add_config_options(*verb, options->config);
  declare(*verb, *options, *words);
  verb->callback([verb, options, words, &chosen] {
    interpret(*verb, *words, *options);
    chosen = [options] { return execute(*options); };
  });
}

}  // namespace hedgerow::cli
