// hedgerow init: a config to start from.

#include <array>

#include "apps/cli/output.hpp"
#include "apps/cli/verbs.hpp"
#include "embedded_configs.hpp"

namespace hedgerow::cli {

void add_init(CLI::App& app, Chosen& chosen) {
  CLI::App* verb = app.add_subcommand("init", "Print an example config to start from");
  auto name = std::make_shared<std::string>("minimal");
  verb->add_option("example", *name, "minimal or openai-aws")
      ->check(CLI::IsMember({"minimal", "openai-aws"}).description(""))
      ->type_name("EXAMPLE");
  verb->callback([name, &chosen] {
    chosen = [name] {
      write_stdout(*name == "minimal" ? embedded::minimal : embedded::openai_aws);
      return ExitCode::done;
    };
  });
}

}  // namespace hedgerow::cli
