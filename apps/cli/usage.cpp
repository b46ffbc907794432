#include "apps/cli/usage.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "apps/config/spelling.hpp"

namespace hedgerow::cli {
namespace {

std::vector<std::string_view> views(const std::vector<std::string>& words) {
  return {words.begin(), words.end()};
}

/// Long and short names with their dashes.
std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    for (const std::string& name : option->get_snames()) names.push_back("-" + name);
  }
  return names;
}

std::vector<std::string> verbs(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* verb : app.get_subcommands([](const CLI::App*) { return true; }))
    names.push_back(verb->get_name());
  return names;
}

void reject_unknown_options(const CLI::App& app, const std::vector<std::string>& arguments) {
  const std::vector<std::string> names = option_names(app);
  for (const std::string& argument : arguments) {
    if (argument == "--") return;
    if (argument.size() < 3 || argument.compare(0, 2, "--") != 0) continue;
    const std::string name = argument.substr(0, argument.find('='));
    if (std::find(names.begin(), names.end(), name) == names.end())
      throw UsageError(fmt::format("unknown option {} ({})", name, config::suggestion(name, views(names))));
  }
}

}  // namespace

void reject_unknown_words(const CLI::App& app, const std::vector<std::string>& arguments) {
  if (verbs(app).empty()) return reject_unknown_options(app, arguments);
  if (arguments.empty() || arguments.front().empty()) return;
  const std::string& first = arguments.front();
  if (first.front() == '-') return reject_unknown_options(app, {first});
  const std::vector<std::string> known = verbs(app);
  if (std::find(known.begin(), known.end(), first) == known.end())
    throw UsageError(fmt::format("unknown command {} ({})", first, config::suggestion(first, views(known))));
  reject_unknown_words(*app.get_subcommand(first), {arguments.begin() + 1, arguments.end()});
}

}  // namespace hedgerow::cli
