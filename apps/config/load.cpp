#include "apps/config/load.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "apps/config/describe_study.hpp"
#include "apps/config/digest.hpp"
#include "apps/config/document.hpp"
#include "apps/config/idle_terms.hpp"
#include "apps/config/limit_problems.hpp"
#include "apps/config/reader.hpp"
#include "apps/config/reporter.hpp"
#include "apps/config/text_check.hpp"
#include "models/scenario/problem.hpp"
#include "models/scenario/scenario.hpp"

namespace hedgerow::config {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

Source without_byte_order_mark(Source source) {
  if (source.text.starts_with(byte_order_mark)) source.text.erase(0, byte_order_mark.size());
  return source;
}

std::string digest_of(const Source& source, const std::vector<Override>& overrides) {
  std::string bytes = source.text;
  for (const auto& change : overrides) bytes += "\n--set " + change.key + "=" + change.value;
  return sha256(bytes);
}

/// The root map of the document with the overrides applied. Throws ConfigError where there is none.
Node parse(const Source& source, const std::vector<Override>& overrides, Reporter& reporter) {
  const std::size_t file = reporter.add_origin(source, true);
  auto root = check_text(source, file, reporter) ? parse_document(source, file, reporter) : std::nullopt;
  if (root && root->is(Node::Kind::null))
    reporter.error({0, 0, file}, "the config is empty", "`hedgerow init` prints one");
  else if (root && !root->is(Node::Kind::map))
    reporter.error(root->mark, "a config is a map of keys", "`hedgerow init` prints one");
  if (!root || !root->is(Node::Kind::map)) {
    reporter.throw_if_errors();
    throw std::logic_error("a config without a root and without an error");
  }
  apply_overrides(overrides, *root, reporter);
  return std::move(*root);
}

/// The currency that units are read in; a bad one is reported when its key is read.
std::string currency_of(const Node& root) {
  const Entry* entry = root.find("currency");
  const bool usable = entry != nullptr && is_currency(entry->value.text);
  return usable ? entry->value.text : models::ScenarioInput{}.currency;
}

/// The item of a list of maps that has this name; null where there is none.
const Node* item_called(const std::string& name, const Node& list) {
  for (const Node& item : list.items)
    if (const Entry* entry = item.find("name"); entry != nullptr && entry->value.is_text(name)) return &item;
  return nullptr;
}

/// The place in the document that is nearest to `path`.
Mark place_of(const std::vector<std::string>& path, const Node& root) {
  const Node* node = &root;
  Mark place = root.mark;
  for (const auto& key : path) {
    if (const Node* item = item_called(key, *node)) {
      node = item;
      place = node->mark;
      continue;
    }
    const Entry* entry = node->find(key);
    if (entry == nullptr) break;
    place = entry->place();
    node = &entry->value;
  }
  return place;
}

bool begins_with(const std::vector<std::string>& path, const std::vector<std::string>& front) {
  return front.size() <= path.size() && std::equal(front.begin(), front.end(), path.begin());
}

/// Reports contradictions between parts that were read well; what follows from an error that was
/// reported already is left out.
void report_problems(const models::Study& study, const Node& root, const Cursor& read, Reporter& reporter) {
  if (read.lost_names()) return;
  std::vector<models::Problem> problems = models::problems(study.scenario);
  std::ranges::move(limit_problems(study), std::back_inserter(problems));
  for (auto& problem : problems) {
    const auto hangs_on_fault = [&](const std::vector<std::string>& place) {
      return std::any_of(read.faults().begin(), read.faults().end(), [&](const auto& fault) {
        return begins_with(place, fault) || begins_with(fault, place);
      });
    };
    if (!hangs_on_fault(problem.path) &&
        std::none_of(problem.others.begin(), problem.others.end(), hangs_on_fault))
      reporter.error(place_of(problem.path, root), std::move(problem.message), std::move(problem.hint));
  }
}

/// Records what a scenario assumes of things that the document does not mention: the variance of
/// frailty factors, and the terms with a provider without a contract.
void record_implied(const models::ScenarioInput& scenario, Reader& reader) {
  std::set<std::string> factors{models::industry_factor};
  for (const auto& [name, provider] : scenario.providers)
    factors.insert(provider.frailty_group.empty() ? name : provider.frailty_group);
  for (const auto& name : factors)
    if (!scenario.frailty.contains(name)) reader.record_defaults({"frailty", name}, models::FrailtyFactor{});
  for (const auto& [strategy, choice] : scenario.strategies)
    for (const auto& [provider, unused] : scenario.providers)
      if (!choice.contracts.contains(provider))
        reader.record_defaults({"strategies", strategy, "contracts", provider}, models::Contract{});
}

}  // namespace

bool LoadedConfig::is_configured(std::string_view path) const {
  return std::any_of(resolved.begin(), resolved.end(), [&](const ResolvedValue& value) {
    return value.path == path && is_of_config(value.origin);
  });
}

LoadedConfig load_config(const Source& given, const std::vector<Override>& overrides) {
  const Source source = without_byte_order_mark(given);
  Reporter reporter;
  const Node root = parse(source, overrides, reporter);
  Reader reader(reporter, currency_of(root));
  LoadedConfig loaded;
  reader.read(root, loaded.study);
  report_problems(loaded.study, root, reader.cursor(), reporter);
  reporter.throw_if_errors();
  for (auto& idle : idle_terms(loaded.study))
    reporter.warning(place_of(idle.path, root), std::move(idle.message), std::move(idle.hint));
  record_implied(loaded.study.scenario, reader);
  report_limited_numbers(loaded.study);
  loaded.resolved = reader.cursor().resolved();
  loaded.warnings = reporter.sorted();
  loaded.file_name = source.name;
  loaded.sha256 = digest_of(given, overrides);
  loaded.source = given.text;
  loaded.overrides = overrides;
  loaded.canonical_text = canonical_text(loaded.resolved);
  return loaded;
}

LoadedConfig load_config(const std::string& path, const std::vector<Override>& overrides) {
  return load_config(read_source(path), overrides);
}

}  // namespace hedgerow::config
