#include "apps/parts/part.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "apps/config/digest.hpp"
#include "engine/random/stream.hpp"

namespace hedgerow::parts {

using Json = nlohmann::ordered_json;

namespace {

constexpr const char* part_format = "hedgerow-part/1";
constexpr const char *nominal_kind = "nominal", *tilted_kind = "tilted";

/// Reads keys and says which is missing or wrong.
class KeyReader {
 public:
  KeyReader(const std::string& name, const Json& json) : name_(name), json_(json) {
    if (!json.is_object()) fail("its description", "is no object");
  }

  const Json& at(const char* key) const {
    const auto found = json_.find(key);
    if (found == json_.end()) fail(key, "is missing");
    return *found;
  }
  std::string text(const char* key) const {
    if (!at(key).is_string()) fail(key, "is not a text");
    return at(key).get<std::string>();
  }
  std::uint64_t count(const char* key) const {
    const std::string digits = text(key);
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size()) fail(key, "is not a whole number");
    return value;
  }
  std::uint32_t small_count(const char* key) const {
    if (!at(key).is_number_unsigned() || at(key).get<std::uint64_t>() > UINT32_MAX)
      fail(key, "is not a small whole number");
    return at(key).get<std::uint32_t>();
  }
  double number(const char* key) const {
    if (!at(key).is_number()) fail(key, "is not a number");
    return at(key).get<double>();
  }
  template <class Take>
  void each(const char* key, Take take) const {
    if (!at(key).is_array()) fail(key, "is not a list");
    for (const Json& item : at(key)) take(item);
  }
  [[noreturn]] void fail(const char* key, const char* what) const {
    throw BadPart(fmt::format("{}: damaged: {} {}", name_, key, what));
  }

 private:
  const std::string& name_;
  const Json& json_;
};

Json config_json(const PartDescription& of) {
  Json overrides = Json::array();
  for (const config::Override& change : of.overrides)
    overrides.push_back({{"key", change.key}, {"value", change.value}});
  return {{"name", of.config.name}, {"source", of.config.text}, {"overrides", std::move(overrides)}};
}

void read_config(const std::string& name, const Json& json, PartDescription& part) {
  const KeyReader config(name, json);
  part.config = {config.text("name"), config.text("source")};
  config.each("overrides", [&](const Json& item) {
    const KeyReader change(name, item);
    part.overrides.push_back({change.text("key"), change.text("value"), "--set " + change.text("key")});
  });
}

StoredStretch read_stretch(const std::string& name, const Json& json) {
  const KeyReader stretch(name, json);
  const std::string kind = stretch.text("kind");
  if (kind != nominal_kind && kind != tilted_kind) stretch.fail("kind", "is neither nominal nor tilted");
  const StoredStretch stored{{kind == tilted_kind, stretch.count("first"), stretch.count("last")},
                             stretch.count("bytes")};
  if (stored.paths.first >= stored.paths.last) stretch.fail("last", "is not behind first");
  return stored;
}

/// The values in force of the config in a part, one a line.
std::string values_of(const std::string& name, const PartDescription& part) {
  try {
    return config::load_config(part.config, part.overrides).canonical_text;
  } catch (const config::ConfigError& error) {
    throw BadPart(fmt::format("{}: the config in it is none:\n{}", name, error.what()));
  }
}

std::string line_at(const std::string& text, std::size_t begin) {
  return begin < text.size() ? text.substr(begin, text.find('\n', begin) - begin) : "nothing";
}

/// What is in force in one text and not in the other: the first line of each that differs.
std::pair<std::string, std::string> first_difference(const std::string& a, const std::string& b) {
  std::size_t begin = 0;
  while (begin < std::max(a.size(), b.size()) && line_at(a, begin) == line_at(b, begin))
    begin += line_at(a, begin).size() + 1;
  return {line_at(a, begin), line_at(b, begin)};
}

std::string other_study(const std::string& name, const PartDescription& part, const std::string& other_name,
                        const PartDescription& other) {
  if (part.strategies != other.strategies) return "other strategies were played in it";
  const auto [here, there] = first_difference(values_of(name, part), values_of(other_name, other));
  return fmt::format("it has `{}`, and that has `{}`", here, there);
}

}  // namespace

std::string study_digest(const config::LoadedConfig& loaded) {
  std::string text = loaded.canonical_text;
  for (const auto& [name, unused] : loaded.study.scenario.strategies) text += "played " + name + '\n';
  return config::sha256(text);
}

PartDescription describe(const config::LoadedConfig& loaded) {
  PartDescription part;
  part.rng = random::generator_id;
  part.config = {loaded.file_name, loaded.source};
  part.overrides = loaded.overrides;
  for (const auto& [name, unused] : loaded.study.scenario.strategies) part.strategies.push_back(name);
  part.study_sha256 = study_digest(loaded);
  part.seed = loaded.study.simulation.seed;
  part.paths = loaded.study.simulation.paths;
  return part;
}

Json to_json(const PartDescription& part) {
  Json stretches = Json::array();
  for (const StoredStretch& stored : part.stretches)
    stretches.push_back({{"kind", stored.paths.tilted ? tilted_kind : nominal_kind},
                         {"first", std::to_string(stored.paths.first)},
                         {"last", std::to_string(stored.paths.last)},
                         {"bytes", std::to_string(stored.bytes)}});
  return {{"format", part_format},
          {"version", part.build.version},
          {"git_revision", part.build.git_revision},
          {"compiler", part.build.compiler},
          {"rng", part.rng},
          {"config", config_json(part)},
          {"strategies", part.strategies},
          {"study_sha256", part.study_sha256},
          {"seed", std::to_string(part.seed)},
          {"paths", std::to_string(part.paths)},
          {"shards", part.shards},
          {"seconds", part.seconds},
          {"processes", part.processes},
          {"stretches", std::move(stretches)}};
}

PartDescription from_json(const std::string& name, const Json& json) {
  const KeyReader keys(name, json);
  if (keys.text("format") != part_format) keys.fail("format", "is not the one of this file");
  PartDescription part;
  part.build = {keys.text("version"), keys.text("git_revision"), keys.text("compiler")};
  part.rng = keys.text("rng");
  read_config(name, keys.at("config"), part);
  keys.each("strategies", [&](const Json& item) {
    if (!item.is_string()) keys.fail("strategies", "has an entry that is not a text");
    part.strategies.push_back(item.get<std::string>());
  });
  part.study_sha256 = keys.text("study_sha256");
  part.seed = keys.count("seed");
  part.paths = keys.count("paths");
  part.shards = keys.small_count("shards");
  part.seconds = keys.number("seconds");
  part.processes = keys.small_count("processes");
  keys.each("stretches", [&](const Json& item) { part.stretches.push_back(read_stretch(name, item)); });
  return part;
}

void require_one_run(const std::string& name, const PartDescription& part, const std::string& other_name,
                     const PartDescription& other) {
  const auto refuse = [&](const std::string& why) {
    throw BadPart(fmt::format("{} does not go with {}: {}", name, other_name, why));
  };
  if (part.build != other.build || part.rng != other.rng)
    refuse(fmt::format("it was played by {}, and that by {}", results::name_of(part.build),
                       results::name_of(other.build)));
  if (part.study_sha256 != other.study_sha256) refuse(other_study(name, part, other_name, other));
  if (part.paths != other.paths)
    refuse(fmt::format("it is of a run of {} paths, and that of {}", part.paths, other.paths));
}

void require_this_program(const std::string& name, const PartDescription& part) {
  const results::Build here = results::this_build();
  if (part.build == here && part.rng == random::generator_id) return;
  throw BadPart(fmt::format("{}: was played by {}, and this is {} (use the program that played it)", name,
                            results::name_of(part.build), results::name_of(here)));
}

}  // namespace hedgerow::parts
