#pragma once
// Where the answers of a run go; `run` and `merge` offer the same.

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "apps/cli/exit_code.hpp"
#include "apps/cli/progress.hpp"
#include "apps/cli/renderings.hpp"
#include "apps/config/load.hpp"
#include "models/assess/answers.hpp"

namespace hedgerow::cli {

enum class ResultFormat { table, json, csv, markdown };

struct ResultOutputs {
  std::string output;  ///< of `-o`; empty: none
  Renderings renderings;
  std::string page;   ///< empty: none
  std::string spill;  ///< a folder for what is by path; empty: none
  ResultFormat format = ResultFormat::table;
  bool tables = false;
  ProgressMode progress = ProgressMode::automatic;
  unsigned threads = 0;
  std::string format_word = "table", progress_word = "auto", threads_word = "0";  ///< as they are written
};

/// Declares the options. `interpret` has to be called once they are parsed.
void add_result_outputs(CLI::App& verb, ResultOutputs& outputs);

/// Throws UsageError for words and names that cannot be meant, or that are one of the files `read`, which are
/// read; `what` is how messages call these.
void interpret(const CLI::App& verb, ResultOutputs& outputs, const std::string& what,
               const std::vector<std::string>& read);

/// Throws where what was asked for could not be written, before a long run.
void require_writable(const ResultOutputs& outputs);

/// How the paths came about.
struct Effort {
  double seconds;
  unsigned processes = 1;
};

/// Writes and tells what was asked for, and says how the program ends.
ExitCode tell(const config::LoadedConfig& loaded, const models::Answers& answers, const Effort& effort,
              const ResultOutputs& outputs);

}  // namespace hedgerow::cli
