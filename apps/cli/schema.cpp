// hedgerow schema: the JSON Schema of a config or of results, for editors and pipelines.

#include "apps/config/schema.hpp"

#include "apps/cli/output.hpp"
#include "apps/cli/verbs.hpp"
#include "embedded_schema.hpp"

namespace hedgerow::cli {

void add_schema(CLI::App& app, Chosen& chosen) {
  CLI::App* verb = app.add_subcommand("schema", "Print the JSON Schema of a config or of results");
  auto of = std::make_shared<std::string>("config");
  verb->add_option("what", *of, "config or results")
      ->check(CLI::IsMember({"config", "results"}).description(""))
      ->type_name("WHAT");
  verb->callback([of, &chosen] {
    chosen = [of] {
      write_stdout(*of == "results" ? embedded::results_schema : config::config_schema());
      return ExitCode::done;
    };
  });
}

}  // namespace hedgerow::cli
