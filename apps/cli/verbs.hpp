#pragma once
// The verbs of the command line, one file each. add_VERB declares the verb's options; when the user chose
// it, `chosen` becomes what runs it.

#include <CLI/CLI.hpp>
#include <functional>

#include "apps/cli/exit_code.hpp"

namespace hedgerow::cli {

using Chosen = std::function<ExitCode()>;

void add_run(CLI::App& app, Chosen& chosen);
void add_merge(CLI::App& app, Chosen& chosen);
void add_check(CLI::App& app, Chosen& chosen);
void add_explain(CLI::App& app, Chosen& chosen);
void add_report(CLI::App& app, Chosen& chosen);
void add_diff(CLI::App& app, Chosen& chosen);
void add_fit(CLI::App& app, Chosen& chosen);
void add_schema(CLI::App& app, Chosen& chosen);
void add_import(CLI::App& app, Chosen& chosen);
void add_init(CLI::App& app, Chosen& chosen);

}  // namespace hedgerow::cli
