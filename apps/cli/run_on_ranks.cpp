#include "apps/cli/run_on_ranks.hpp"

#include <functional>

#include <fmt/format.h>

#include "apps/cli/failure.hpp"
#include "apps/cli/game.hpp"
#include "apps/cli/memory.hpp"
#include "engine/base/rows.hpp"
#include "engine/ranks/cores.hpp"
#include "models/assess/columns/spread_columns.hpp"
#include "models/assess/paths/gather.hpp"
#include "models/assess/paths/joint_blocks.hpp"

namespace hedgerow::cli {
namespace {

std::string name_of(unsigned rank, const ranks::Communicator& communicator) {
  return fmt::format("rank {} of 0 to {}", rank, communicator.size() - 1);
}

/// Collective: does the same on every rank, which none leaves before the others. Throws Failed on all of them
/// if it failed on one. What the lowest of these met is told at once: mpirun ends them all as soon as one
/// ends.
void together(ranks::Communicator& communicator, const std::function<void()>& step) {
  Failure ours;
  try {
    step();
  } catch (...) {
    ours = current_failure();
  }
  const auto all = communicator.all_gather(fmt::format("{} {}", static_cast<int>(ours.code), ours.message));
  for (unsigned rank = 0; rank < all.size(); ++rank) {
    const auto code = static_cast<ExitCode>(std::stoi(all[rank]));
    if (code == ExitCode::done) continue;
    if (communicator.rank() == 0)
      fmt::print(stderr, "{}{}",
                 rank == 0 ? "" : fmt::format("hedgerow: on {}:\n", name_of(rank, communicator)),
                 all[rank].substr(all[rank].find(' ') + 1));
    throw Failed({code, ""});
  }
}

/// Does what others cannot wait for: a failure ends the job.
void alone(ranks::Communicator& communicator, const std::function<void()>& step) {
  try {
    step();
  } catch (...) {
    const Failure failure = current_failure();
    fmt::print(stderr, "hedgerow: on {}:\n{}", name_of(communicator.rank(), communicator), failure.message);
    communicator.end_job(static_cast<int>(failure.code));
    throw Failed({failure.code, ""});
  }
}

void require_options_of_ranks(const RunOptions& options) {
  const auto refuse = [](const char* option, const char* why) {
    throw UsageError(fmt::format("mpirun and {} do not go together ({})", option, why));
  };
  if (options.shard) refuse("--shard", "each rank plays a shard already");
  if (options.time_budget) refuse("--time-budget", "ranks play what they were given; ask for --paths");
  if (!options.config.precision.empty())
    refuse("--precision", "how many paths it takes is not known before; ask for --paths");
}

/// Collective: the config as rank 0 reads it, so that no other host needs the file. What there is to say
/// about it is said once.
config::LoadedConfig load_together(ranks::Communicator& communicator, ConfigOptions options) {
  options.quiet = communicator.rank() > 0;
  config::Source source;
  together(communicator, [&] {
    if (!options.quiet) source = config::read_source(options.file);
  });
  source.name = communicator.all_gather(source.name).front();
  source.text = communicator.all_gather(source.text).front();
  const std::string program = results::name_of(results::this_build());
  const std::string first = communicator.all_gather(program).front();
  config::LoadedConfig loaded;
  together(communicator, [&] {
    if (program != first)
      throw UsageError(
          fmt::format("this is {}, and rank 0 runs {} (all need the same program)", program, first));
    loaded = load(options, source);
    if (loaded.study.simulation.precision)
      throw UsageError(
          "a run that stops by its precision does not go together with mpirun (how many paths it takes is "
          "not "
          "known before; leave simulation.precision out)");
  });
  return loaded;
}

/// What the ranks of this host need together [byte], of what each of them says.
double on_this_host(ranks::Communicator& communicator, double ours) {
  const std::vector<std::string> needs = communicator.all_gather(fmt::format("{}", ours));
  double here = 0.0;
  for (const unsigned rank : communicator.on_this_host()) here += std::stod(needs[rank]);
  return here;
}

/// Collective: throws Failed where the ranks of a host need more than is available there.
void require_memory_together(ranks::Communicator& communicator, const models::Study& study,
                             const std::string& spill) {
  const models::Shard shard = models::shard_of(communicator);
  const double all = models::memory_needed_by_rank(study, shard);
  const double memory = spill.empty() ? all : models::memory_beside_rows_by_rank(study, shard);
  const double memory_here = on_this_host(communicator, memory);
  const double disk_here = on_this_host(communicator, all - memory);
  together(communicator, [&] {
    const std::size_t ranks = communicator.on_this_host().size();
    if (const double free = available_disk(spill); disk_here > free)
      throw InvalidInput(
          fmt::format("the ranks on one host ({}) need {:.1f} GB on the disk of {}, {:.1f} GB are free there",
                      ranks, disk_here / 1e9, spill, free / 1e9));
    const double available = available_memory();
    if (memory_here > available)
      throw InvalidInput(
          fmt::format("the ranks on one host ({}) need {:.1f} GB of memory, {:.1f} GB are available (ask for "
                      "fewer paths or "
                      "more hosts, keep fewer columns: outputs.percentiles_of{})",
                      ranks, memory_here / 1e9, available / 1e9,
                      spill.empty() ? ", or keep them on a disk: --spill FOLDER" : ""));
  });
}

/// The options of this rank: its shard, its share of the cores, its checkpoint.
RunOptions options_of_rank(ranks::Communicator& communicator, RunOptions options) {
  const unsigned share = ranks::share_of_cores(communicator);
  if (options.outputs.threads == 0) options.outputs.threads = share;
  options.shard = models::shard_of(communicator);
  if (!options.checkpoint.file.empty())
    options.checkpoint.file = file_of_rank(options.checkpoint.file, *options.shard);
  if (communicator.rank() > 0) options.outputs.progress = ProgressMode::none;
  return options;
}

/// Collective: plays the shards; throws Failed where one of them was stopped.
void play_together(ranks::Communicator& communicator, Game& game, const RunOptions& options) {
  bool whole = true;
  alone(communicator, [&] {
    try {
      game.play();
      whole = game.study().complete();
    } catch (const models::Stopped&) {
      whole = false;
    }
    if (!whole) communicator.ask_to_stop();
  });
  together(communicator, [] {});  // one that is done may be asked to stop while it waits for the others
  whole = whole && !game.asked_to_stop();
  together(communicator, [&] {
    if (whole) return;
    throw Failed({ExitCode::interrupted,
                  fmt::format("hedgerow: stopped before all ranks were done; nothing is written{}\n",
                              options.checkpoint.file.empty() ? "" : " (go on with --resume)")});
  });
}

}  // namespace

ExitCode run_on_ranks(ranks::Communicator& communicator, RunOptions options) {
  const bool answers = communicator.rank() == 0;
  together(communicator, [&] {
    require_options_of_ranks(options);
    require_no_other_ranks(options.checkpoint, communicator.size());
  });
  const config::LoadedConfig loaded = load_together(communicator, options.config);
  require_memory_together(communicator, loaded.study, options.outputs.spill);
  const unsigned threads_to_answer = options.outputs.threads;  // where the others rest by then
  options = options_of_rank(communicator, std::move(options));
  together(communicator, [&] {
    if (answers) require_writable(options.outputs);
    require_usable(options.checkpoint);
  });

  const Spill spill(options.outputs.spill);
  std::optional<Game> game;
  together(communicator, [&] {
    game.emplace(loaded, options, &communicator);
    game->resume();
  });
  play_together(communicator, *game, options);
  models::Answers all;
  alone(communicator, [&] {
    models::PlayedStudy& study = game->study();
    const bool spread = models::gather(study, communicator);
    if (!answers && spread) game->help_to_answer();
    if (!answers) return;
    if (!spread) options.outputs.threads = threads_to_answer;
    models::SpreadColumns store(study.paths(), communicator);
    if (spread) study.read_from(store);
    all = game->answer();
    if (spread) store.release();
  });
  if (!answers) return ExitCode::done;
  const Effort effort{game->seconds(), communicator.size()};
  game.reset();  // with the progress that it shows
  return tell(loaded, all, effort, options.outputs);
}

void fail_on_ranks(ranks::Communicator& communicator, const UsageError& mistake) {
  together(communicator, [&] { throw mistake; });
  throw mistake;  // together() has thrown
}

}  // namespace hedgerow::cli
