// hedgerow init: a config to start from.

#include <string_view>

#include <fmt/format.h>

#include "apps/cli/output.hpp"
#include "apps/cli/verbs.hpp"
#include "embedded_configs.hpp"

namespace hedgerow::cli {
namespace {

/// The example with a first line that holds outside of the repository, where its schema lies elsewhere.
std::string standing_alone(std::string_view example) {
  return fmt::format(
      "# yaml-language-server: $schema=config.schema.json\n"
      "# (for editors: hedgerow schema > config.schema.json){}",
      example.substr(example.find('\n')));
}

}  // namespace

void add_init(CLI::App& app, Chosen& chosen) {
  CLI::App* verb = app.add_subcommand("init", "Print an example config to start from");
  auto name = std::make_shared<std::string>("minimal");
  verb->add_option("example", *name, "minimal or openai-aws")
      ->check(CLI::IsMember({"minimal", "openai-aws"}).description(""))
      ->type_name("EXAMPLE");
  verb->callback([name, &chosen] {
    chosen = [name] {
      write_stdout(standing_alone(*name == "minimal" ? embedded::minimal : embedded::openai_aws));
      return ExitCode::done;
    };
  });
}

}  // namespace hedgerow::cli
