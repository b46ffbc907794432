// hedgerow: what a strategy of clouds costs, in the mean and in the tail.

#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <new>

#include <fmt/format.h>

#include "apps/cli/output.hpp"
#include "apps/cli/usage.hpp"
#include "apps/cli/verbs.hpp"
#include "apps/config/diagnostic.hpp"
#include "apps/config/source.hpp"
#include "apps/import/findings.hpp"
#include "apps/parts/part.hpp"
#include "apps/results/document.hpp"
#include "apps/results/file.hpp"
#include "apps/results/format.hpp"
#include "apps/results/provenance.hpp"
#include "apps/tables/database.hpp"
#include "engine/base/check.hpp"
#include "models/assess/assess.hpp"

namespace hedgerow::cli {
namespace {

ExitCode complain(ExitCode code, std::string_view text) {
  std::string clean;  // what users typed must not steer their terminal; our own line breaks stay
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    clean += (at == 0 ? "" : "\n") + results::printable(text.substr(at, end - at));
    at = end + 1;
  }
  fmt::print(stderr, "hedgerow: {}\n", clean);
  return code;
}

/// The verb that was given, or the verb within it.
const CLI::App& innermost(const CLI::App& app) {
  const auto given = app.get_subcommands();
  return given.empty() ? app : innermost(*given.front());
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
    throw UsageError(std::string(error.what()) + "\nTry hedgerow --help.");
  }
  return chosen();
}

/// Turns everything that can go wrong into a message and an exit code.
ExitCode guarded(int argc, char** argv) {
  try {
    return dispatch(argc, argv);
  } catch (const UsageError& error) {
    return complain(ExitCode::usage_or_config, error.what());
  } catch (const config::ConfigError& error) {
    fmt::print(stderr, "{}", error.what());
    return ExitCode::usage_or_config;
  } catch (const intake::BadData& error) {
    fmt::print(stderr, "{}", error.what());
    return ExitCode::bad_input;
  } catch (const results::BadResults& error) {
    return complain(ExitCode::bad_input, error.what());
  } catch (const parts::BadPart& error) {
    return complain(ExitCode::bad_input, error.what());
  } catch (const tables::ForeignDatabase& error) {
    return complain(ExitCode::bad_input, error.what());
  } catch (const InvalidInput& error) {
    return complain(ExitCode::usage_or_config, error.what());
  } catch (const config::UnreadableFile& error) {
    return complain(ExitCode::read_or_write, error.what());
  } catch (const models::Stopped& stopped) {
    return complain(ExitCode::interrupted, stopped.what());
  } catch (const ClosedPipe&) {
    return ExitCode::done;
  } catch (const results::WriteError& error) {
    return complain(ExitCode::read_or_write, error.what());
  } catch (const std::bad_alloc&) {
    return complain(ExitCode::usage_or_config, "out of memory (ask for fewer paths or strategies)");
  } catch (const std::exception& error) {
    return complain(ExitCode::defect, fmt::format("a defect of ours, please report it: {}", error.what()));
  }
}

}  // namespace
}  // namespace hedgerow::cli

int main(int argc, char** argv) {
  for (const int signal : {SIGPIPE, SIGXFSZ}) std::signal(signal, SIG_IGN);  // writing says what is wrong
  return static_cast<int>(hedgerow::cli::guarded(argc, argv));
}
