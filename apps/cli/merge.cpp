// hedgerow merge: the parts of a run put together, to the answers that one machine would have given.

#include <chrono>

#include <fmt/format.h>

#include "apps/cli/config_options.hpp"
#include "apps/cli/interrupt.hpp"
#include "apps/cli/memory.hpp"
#include "apps/cli/outputs_apart.hpp"
#include "apps/cli/result_outputs.hpp"
#include "apps/cli/usage.hpp"
#include "apps/cli/verbs.hpp"
#include "apps/parts/collection.hpp"
#include "apps/results/file.hpp"
#include "engine/base/rows.hpp"
#include "models/assess/paths/played_study.hpp"

namespace hedgerow::cli {
namespace {

struct MergeOptions {
  std::vector<std::string> parts;
  std::string part;  ///< to write; empty: none
  ResultOutputs outputs;
};

/// The study of the run, from the config in its parts.
config::LoadedConfig study_of(const parts::Collection& parts) {
  const parts::PartDescription& run = parts.description();
  ConfigOptions options;
  options.strategies = run.strategies;
  config::LoadedConfig loaded = load(options, run.config, run.overrides);
  loaded.study.simulation.paths = run.paths;
  if (parts::study_digest(loaded) != run.study_sha256)
    throw parts::BadPart("the config in the parts is not that of their paths (its SHA-256 differs)");
  return loaded;
}

ExitCode answer(const parts::Collection& parts, const MergeOptions& options) {
  const auto start = std::chrono::steady_clock::now();
  const config::LoadedConfig loaded = study_of(parts);
  if (loaded.study.simulation.precision)
    throw UsageError(
        "a run that stops by its precision is not merged (go on from its checkpoint: hedgerow run "
        "--checkpoint FILE --resume)");
  require_memory(loaded.study, options.outputs.spill);
  const Spill spill(options.outputs.spill);
  run::Cancellation cancellation;
  const InterruptGuard guard(cancellation);
  models::AssessOptions how;
  how.threads = options.outputs.threads;
  how.cancellation = &cancellation;
  models::PlayedStudy study(loaded.study, how.threads, {});
  parts.read_into(study);
  const models::Answers answers = models::answer(study, how);
  const std::chrono::duration<double> here = std::chrono::steady_clock::now() - start;
  return tell(loaded, answers, {parts.description().seconds + here.count(), parts.description().processes},
              options.outputs);
}

ExitCode execute(const MergeOptions& options) {
  if (!options.part.empty()) results::require_writable(options.part);
  require_writable(options.outputs);
  const parts::Collection parts(options.parts);
  if (options.part.empty()) return answer(parts, options);
  parts.write(options.part);
  return ExitCode::done;
}

void interpret(const CLI::App& verb, MergeOptions& options) {
  interpret(verb, options.outputs, "a part", options.parts);
  if (verb.get_option("--part")->count() == 0) return;
  if (options.part.empty() || options.part == "-") throw UsageError("--part needs the name of a file");
  for (const char* option : {"-o", "--report", "--csv", "--db", "--format", "--tables"})
    if (verb.get_option(option)->count() > 0)
      throw UsageError(fmt::format("--part and {} do not go together (a part is no answer)", option));
  for (const std::string& part : options.parts) require_apart("a part", part, "--part", options.part);
}

}  // namespace

void add_merge(CLI::App& app, Chosen& chosen) {
  CLI::App* verb = app.add_subcommand("merge", "Put the parts of a run together (hedgerow run --shard)");
  auto options = std::make_shared<MergeOptions>();
  verb->add_option("parts", options->parts, "Parts of one run, in any order")
      ->required()
      ->type_name("PART.hrp...");
  verb->add_option("--part", options->part,
                   "Write them as one part, to be merged with others; not all of the run need be there")
      ->type_name("FILE.hrp");
  add_result_outputs(*verb, options->outputs);
  verb->callback([verb, options, &chosen] {
    interpret(*verb, *options);
    chosen = [options] { return execute(*options); };
  });
}

}  // namespace hedgerow::cli
