#include "apps/results/document.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "apps/config/diagnostic.hpp"
#include "apps/config/source.hpp"
#include "apps/results/json.hpp"

namespace hedgerow::results {

using Json = nlohmann::ordered_json;

namespace {

[[noreturn]] void damaged(const std::string& name, const std::string& text, std::size_t byte) {
  const std::string_view before = std::string_view(text).substr(0, byte == 0 ? 0 : byte - 1);
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t begin = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  throw BadResults(fmt::format("{}:{}:{}: damaged: this is no JSON (was it cut short?)", name, line,
                               before.size() - begin + 1));
}

constexpr int deepest = 64;  // results are a fifth as deep; writing what is very deep would end on the stack

Json parse(const std::string& name, const std::string& text) {
  const auto not_too_deep = [&](int depth, Json::parse_event_t, const Json&) {
    if (depth > deepest)
      throw BadResults(fmt::format("{}: nested more than {} levels deep (no results are)", name, deepest));
    return true;
  };
  try {
    return Json::parse(text, not_too_deep);
  } catch (const Json::parse_error& error) {
    damaged(name, text, error.byte);
  } catch (const Json::out_of_range&) {
    throw BadResults(fmt::format("{}: damaged: a number in it is too large", name));
  }
}

struct Kind {
  const char* name;
  bool (*fits)(const Json&);
};

constexpr Kind an_object{"an object", [](const Json& value) { return value.is_object(); }};
constexpr Kind a_list{"a list", [](const Json& value) { return value.is_array(); }};
constexpr Kind a_text{"a text", [](const Json& value) { return value.is_string(); }};
constexpr Kind a_number{"a number", [](const Json& value) { return value.is_number(); }};
constexpr Kind a_truth{"true or false", [](const Json& value) { return value.is_boolean(); }};

/// Throws unless `parent` has `key` and it is of that kind; `at` is the place of `parent`, with a dot.
const Json& require(const std::string& name, const Json& parent, const std::string& at, const char* key,
                    const Kind& kind) {
  const auto found = parent.find(key);
  if (found == parent.end()) throw BadResults(fmt::format("{}: {}{} is missing", name, at, key));
  if (!kind.fits(*found)) throw BadResults(fmt::format("{}: {}{} is not {}", name, at, key, kind.name));
  return *found;
}

void require_format(const std::string& name, const Json& root) {
  if (!root.is_object() || !root.contains("format"))
    throw BadResults(fmt::format("{}: format is missing (are these results of hedgerow run?)", name));
  const std::string found = require(name, root, "", "format", a_text).get<std::string>();
  if (found != format_name)
    throw BadResults(fmt::format("{}: format is {} (must be {})", name, found, format_name));
}

void require_strategies(const std::string& name, const Json& strategies) {
  if (strategies.empty()) throw BadResults(fmt::format("{}: strategies is empty", name));
  for (const auto& [strategy, value] : strategies.items()) {
    const std::string at = fmt::format("strategies.{}", strategy);
    if (!value.is_object()) throw BadResults(fmt::format("{}: {} is not an object", name, at));
    const Json& measures = require(name, value, at + ".", "measures", an_object);
    require(name, measures, at + ".measures.", "total_cost", an_object);
    for (const auto& [measure, unused] : measures.items())
      require(name, measures, at + ".measures.", measure.c_str(), an_object);
  }
}

void require_shape(const std::string& name, const Json& root) {
  require(name, root, "", "complete", a_truth);
  require(name, root, "", "provenance", an_object);
  for (const char* key : {"title", "currency", "paths"}) require(name, root, "", key, a_text);
  const Json& horizon = require(name, root, "", "horizon", an_object);
  require(name, horizon, "horizon.", "start", a_text);
  for (const char* key : {"months", "discount_rate"}) require(name, horizon, "horizon.", key, a_number);
  for (const char* key : {"comparisons", "limits"}) require(name, root, "", key, a_list);
  require_strategies(name, require(name, root, "", "strategies", an_object));
}

}  // namespace

Json parse_document(const std::string& name, const std::string& document) {
  Json root = parse(name, document);
  require_format(name, root);
  require_shape(name, root);
  return root;
}

Json read_document(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored))
    throw BadResults(fmt::format("{}: is a directory (results are a file)", path));
  try {
    const config::Source source = config::read_source(path, config::largest_results);
    return parse_document(source.name, source.text);
  } catch (const config::ConfigError&) {  // all that is left for it to complain of
    throw BadResults(
        fmt::format("{}: is larger than {} MiB (no results are)", path, config::largest_results >> 20));
  }
}

}  // namespace hedgerow::results
