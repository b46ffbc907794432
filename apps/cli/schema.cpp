// hedgerow schema: the JSON Schema of a config, for editors and pipelines.

#include "apps/config/schema.hpp"

#include "apps/cli/output.hpp"
#include "apps/cli/verbs.hpp"

namespace hedgerow::cli {

void add_schema(CLI::App& app, Chosen& chosen) {
  CLI::App* verb = app.add_subcommand("schema", "Print the JSON Schema of a config");
  auto of = std::make_shared<std::string>("config");
  verb->add_option("what", *of, "config")
      ->check(CLI::IsMember({"config"}).description(""))
      ->type_name("WHAT");
  verb->callback([&chosen] {
    chosen = [] {
      write_stdout(config::config_schema());
      return ExitCode::done;
    };
  });
}

}  // namespace hedgerow::cli
