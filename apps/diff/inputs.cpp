#include "apps/diff/inputs.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include <nlohmann/json.hpp>

namespace hedgerow::diff {
namespace {

using Json = nlohmann::ordered_json;

struct Input {
  std::string value, origin, source;
};

struct Inputs {
  std::vector<std::string> paths;  ///< in order
  std::unordered_map<std::string, Input> at;
};

/// How long and with which luck is no input.
bool is_run_setting(const std::string& path) { return path.starts_with("simulation."); }

std::string text(const Json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

Inputs inputs_of(const Json& results) {
  Inputs inputs;
  const Json::json_pointer place("/provenance/config/values");
  if (!results.contains(place) || !results.at(place).is_array()) return inputs;
  for (const Json& value : results.at(place)) {
    if (!value.is_object() || !value.contains("path") || !value.contains("value")) continue;
    const std::string path = text(value["path"]);
    if (is_run_setting(path)) continue;
    const auto word = [&](const char* key) { return value.contains(key) ? text(value[key]) : ""; };
    if (inputs.at.emplace(path, Input{word("value"), word("origin"), word("source")}).second)
      inputs.paths.push_back(path);
  }
  return inputs;
}

std::string overrides_of(const Json& results) {
  const Json::json_pointer place("/provenance/config/overrides");
  std::string words;
  if (!results.contains(place) || !results.at(place).is_array()) return words;
  for (const Json& change : results.at(place))
    if (change.is_object() && change.contains("key") && change.contains("value"))
      words += (words.empty() ? "" : ", ") + text(change["key"]) + "=" + text(change["value"]);
  return words;
}

}  // namespace

std::string text_at(const Json& results, const char* pointer) {
  const Json::json_pointer place(pointer);
  if (!results.contains(place) || results.at(place).is_null()) return "";
  const Json& value = results.at(place);
  if (value.is_boolean()) return value.get<bool>() ? "yes" : "no";
  return text(value);
}

std::vector<InputChange> changed_inputs(const Json& before, const Json& after) {
  const Inputs old = inputs_of(before), fresh = inputs_of(after);
  std::vector<InputChange> changes;
  for (const std::string& path : fresh.paths) {
    const Input& now = fresh.at.at(path);
    const auto was = old.at.find(path);
    if (was == old.at.end())
      changes.push_back({path, std::nullopt, now.value, "", now.origin, "", now.source});
    else if (was->second.value != now.value || was->second.origin != now.origin ||
             was->second.source != now.source)
      changes.push_back({path, was->second.value, now.value, was->second.origin, now.origin,
                         was->second.source, now.source});
  }
  for (const std::string& path : old.paths)
    if (!fresh.at.contains(path)) {
      const Input& was = old.at.at(path);
      changes.push_back({path, was.value, std::nullopt, was.origin, "", was.source, ""});
    }
  return changes;
}

bool same_inputs(const std::vector<InputChange>& changes) {
  return std::none_of(changes.begin(), changes.end(), [](const InputChange& change) {
    const bool is_asked = change.path == "title" || change.path.starts_with("outputs.percentiles") ||
                          change.path.starts_with("outputs.expected_shortfall") ||
                          change.path.starts_with("outputs.return_periods") ||
                          change.path.starts_with("limits");
    return change.value_changed() && !is_asked;
  });
}

std::vector<TextChange> changed_run(const Json& before, const Json& after) {
  std::vector<TextChange> changes;
  const auto add = [&](const char* name, std::string was, std::string is) {
    if (was != is) changes.push_back({name, std::move(was), std::move(is)});
  };
  const auto compare_at = [&](const char* name, const char* pointer) {
    add(name, text_at(before, pointer), text_at(after, pointer));
  };
  compare_at("engine", "/provenance/engine/version");
  compare_at("git revision", "/provenance/git_revision");
  compare_at("compiler", "/provenance/compiler");
  compare_at("generator", "/provenance/rng");
  compare_at("seed", "/provenance/seed");
  compare_at("paths", "/paths");
  compare_at("complete", "/complete");
  compare_at("config", "/provenance/config/name");
  add("overrides", overrides_of(before), overrides_of(after));
  return changes;
}

Side side_of(const Json& results) {
  return {"",
          text_at(results, "/title"),
          text_at(results, "/provenance/engine/version"),
          text_at(results, "/provenance/git_revision"),
          text_at(results, "/provenance/config/name"),
          text_at(results, "/provenance/seed"),
          text_at(results, "/paths"),
          text_at(results, "/complete") != "no"};
}

}  // namespace hedgerow::diff
