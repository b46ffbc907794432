// hedgerow: what a strategy of clouds costs, in the mean and in the tail.

#include <csignal>
#include <cstdio>

#include <fmt/format.h>

#include "apps/cli/failure.hpp"
#include "apps/cli/join_ranks.hpp"
#include "apps/cli/output.hpp"
#include "apps/cli/run_on_ranks.hpp"
#include "apps/cli/usage.hpp"
#include "apps/cli/verbs.hpp"
#include "apps/results/provenance.hpp"

namespace hedgerow::cli {
namespace {

/// The verb that was given, or the verb within it.
const CLI::App& innermost(const CLI::App& app) {
  const auto given = app.get_subcommands();
  return given.empty() ? app : innermost(*given.front());
}

/// Throws what is wrong with the command line, or Failed where ranks have told it together.
[[noreturn]] void refuse(std::string_view verb, const UsageError& mistake) {
  if (verb == "run")
    if (const auto communicator = join_ranks()) fail_on_ranks(*communicator, mistake);
  throw mistake;
}

/// Parses the command and runs the chosen verb.
ExitCode dispatch(int argc, char** argv) {
  CLI::App app("What a strategy of clouds costs, in the mean and in the tail, with error bars.", "hedgerow");
  app.require_subcommand(1);
  app.set_version_flag("--version", "hedgerow " + results::this_build().version + " (" +
                                        results::this_build().git_revision + ")");
  Chosen chosen;
  add_run(app, chosen);
  add_merge(app, chosen);
  add_check(app, chosen);
  add_explain(app, chosen);
  add_report(app, chosen);
  add_diff(app, chosen);
  add_fit(app, chosen);
  add_schema(app, chosen);
  add_import(app, chosen);
  add_init(app, chosen);
  const std::string_view verb = argc > 1 ? argv[1] : "";
  try {
    reject_unknown_words(app, {argv + 1, argv + argc});
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    write_stdout(innermost(app).help());
    return ExitCode::done;
  } catch (const CLI::CallForVersion& version) {
    write_stdout(std::string(version.what()) + "\n");
    return ExitCode::done;
  } catch (const CLI::ParseError& error) {
    refuse(verb, UsageError(std::string(error.what()) + "\nTry hedgerow --help."));
  } catch (const UsageError& error) {
    refuse(verb, error);
  }
  return chosen();
}

/// Turns everything that can go wrong into a message and an exit code.
ExitCode guarded(int argc, char** argv) {
  try {
    return dispatch(argc, argv);
  } catch (...) {
    const Failure failure = current_failure();
    fmt::print(stderr, "{}", failure.message);
    return failure.code;
  }
}

}  // namespace
}  // namespace hedgerow::cli

int main(int argc, char** argv) {
  for (const int signal : {SIGPIPE, SIGXFSZ}) std::signal(signal, SIG_IGN);  // writing says what is wrong
  return static_cast<int>(hedgerow::cli::guarded(argc, argv));
}
