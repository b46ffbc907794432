#include "apps/cli/study_source.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "apps/config/diagnostic.hpp"
#include "apps/config/source.hpp"
#include "apps/results/document.hpp"

namespace hedgerow::cli {
namespace {

using Json = nlohmann::ordered_json;

/// Results begin with their format; a config in JSON has no such key.
bool are_results(const config::Source& source) {
  constexpr std::size_t beginning = 256;
  const std::string_view head = std::string_view(source.text).substr(0, beginning);
  return head.find_first_not_of(" \t\r\n") != std::string_view::npos &&
         head[head.find_first_not_of(" \t\r\n")] == '{' &&
         head.find("\"format\"") != std::string_view::npos &&
         head.find("\"hedgerow-") != std::string_view::npos;
}

/// Reads what a study is made of, and says which key is missing or wrong.
class Reader {
 public:
  Reader(const config::Source& source, const Json& root) : name_(source.name), root_(root) {}

  const Json& at(const char* pointer) const {
    const Json::json_pointer place(pointer);
    if (!root_.contains(place))
      fail(pointer, "is missing (these results do not carry their config: explain the config itself)");
    return root_.at(place);
  }
  std::string text(const char* pointer) const {
    const Json& value = at(pointer);
    if (!value.is_string()) fail(pointer, "is not a text");
    return value.get<std::string>();
  }
  std::uint64_t number(const char* pointer) const {
    const std::string digits = text(pointer);
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size()) fail(pointer, "is not a whole number");
    return value;
  }
  std::vector<config::Override> overrides(const char* pointer) const {
    std::vector<config::Override> all;
    const Json& list = at(pointer);
    if (!list.is_array()) fail(pointer, "is not a list");
    for (const Json& item : list) {
      if (!item.is_object() || !item.contains("key") || !item.contains("value") || !item["key"].is_string() ||
          !item["value"].is_string())
        fail(pointer, "has an entry without the texts key and value");
      all.push_back({item["key"], item["value"], name_ + ": --set " + item["key"].get<std::string>()});
    }
    return all;
  }
  [[noreturn]] void fail(const char* pointer, const std::string& what) const {
    std::string path = pointer + 1;
    std::replace(path.begin(), path.end(), '/', '.');
    throw results::BadResults(fmt::format("{}: {} {}", name_, path, what));
  }

 private:
  const std::string& name_;
  const Json& root_;
};

config::LoadedConfig from_results(const config::Source& source, const ConfigOptions& options) {
  const Json root = results::parse_document(source.name, source.text);
  const Reader reader(source, root);
  const config::Source config{reader.text("/provenance/config/name"),
                              reader.text("/provenance/config/source")};
  std::vector<config::Override> overrides = reader.overrides("/provenance/config/overrides");
  try {
    if (config::load_config(config, overrides).sha256 != reader.text("/provenance/config/sha256"))
      reader.fail("/provenance/config/source",
                  "is not the config that the results came from (its SHA-256 differs)");
  } catch (const config::ConfigError& error) {
    reader.fail("/provenance/config/source", fmt::format("is no valid config:\n{}", error.what()));
  }
  overrides.push_back(
      {"simulation.seed", std::to_string(reader.number("/provenance/seed")), "provenance.seed"});
  overrides.push_back({"simulation.paths", std::to_string(reader.number("/paths")), "paths"});
  ConfigOptions all = options;
  if (all.strategies.empty())
    for (const auto& [name, unused] : reader.at("/strategies").items()) all.strategies.push_back(name);
  return load(all, config, std::move(overrides));
}

}  // namespace

config::LoadedConfig load_study(const ConfigOptions& options) {
  const config::Source source = config::read_source(options.file, config::largest_results);
  if (are_results(source)) return from_results(source, options);
  config::require_size_of_config(source);
  return load(options, source);
}

}  // namespace hedgerow::cli
