// Lists and maps of numbers, and lists of words.

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "apps/config/reader.hpp"
#include "models/scenario/scenario.hpp"

namespace hedgerow::config {
namespace {

/// The default frailty weights of the outage entity at `path`, whose provider is of this frailty group.
std::map<std::string, models::Default> default_weights(const std::vector<std::string>& path,
                                                       const std::string& group) {
  const bool shared = path.size() < 2 || path.front() == "shared_dependencies";
  return models::default_frailty(shared ? models::EntityKind::shared : models::EntityKind::provider,
                                 shared ? "" : group);
}

/// One after the other.
void add_source(std::string& sources, const std::string& source) {
  if (!source.empty()) sources += (sources.empty() ? "" : "; ") + source;
}

}  // namespace

bool Reader::is_list(const Key& key, const Found& found) {
  if (found.node->is(Node::Kind::sequence)) return true;
  cursor_.complain(key.name, found.place, fmt::format("is {} (must be a list)", kind_name(*found.node)),
                   std::string(key.help));
  return false;
}

void Reader::levels(const Key& key, std::vector<double>& member) {
  const auto texts = [&] {
    std::vector<std::string> all;
    for (const double level : member) all.push_back(text_of(level, key.unit, ""));
    return fmt::format("[{}]", fmt::join(all, ", "));
  };
  const auto found = cursor_.take(key.name);
  if (!found) return cursor_.record(key.name, texts(), Origin::neutral, setting);
  if (!is_list(key, *found)) return;
  std::vector<double> values;
  std::string source;
  for (const auto& item : found->node->items) {
    const auto value = checked_number(key, {&item, item.mark}, source);
    if (!value) return;
    if (!values.empty() && *value <= values.back())
      return refuse(key, {&item, item.mark}, item, "the list must increase");
    values.push_back(*value);
  }
  member = std::move(values);
  cursor_.record(key.name, texts(), Origin::configured);
}

std::optional<std::vector<std::size_t>> Reader::read_words(const Key& key, const Found& found,
                                                           const std::vector<std::string_view>& words) {
  std::vector<std::size_t> indices;
  for (const auto& item : list_items(key, found)) {
    const auto index = index_of(key, {&item, item.mark}, words);
    if (!index) return std::nullopt;
    if (std::find(indices.begin(), indices.end(), *index) != indices.end()) {
      refuse(key, {&item, item.mark}, item, "must not be listed twice");
      return std::nullopt;
    }
    indices.push_back(*index);
  }
  return indices.empty() ? std::nullopt : std::optional(indices);
}

std::span<const Node> Reader::list_items(const Key& key, const Found& found) {
  if (!is_list(key, found)) return {};
  if (found.node->items.empty())
    cursor_.complain(key.name, found.place, "is an empty list (must have at least one entry)");
  return found.node->items;
}

void Reader::amounts(const Key& key, std::vector<double>& member, const models::Reason& reason) {
  const auto found = cursor_.take(key.name);
  if (!found) return record_default(key, "none", reason);
  if (found->node->is_text("none")) return cursor_.record(key.name, "none", Origin::configured);
  if (!found->node->is(Node::Kind::sequence)) return configured_number(key, *found, member.emplace_back());
  std::string texts, sources;
  for (const auto& item : list_items(key, *found)) {
    std::string source;
    const auto value = checked_number(key, {&item, item.mark}, source);
    if (!value) return;
    member.push_back(*value);
    texts += (texts.empty() ? "" : ", ") + text_of(*value, key.unit, cursor_.currency());
    add_source(sources, source);
  }
  cursor_.record(key.name, fmt::format("[{}]", texts), Origin::configured, sources);
}

std::optional<std::pair<double, double>> Reader::read_pair(const Key& key, const Key& second,
                                                           const Node& item, std::string& sources) {
  if (!item.is(Node::Kind::sequence) || item.items.size() != 2) {
    const std::string what = item.is(Node::Kind::sequence) ? fmt::format("a list of {}", item.items.size())
                                                           : std::string(kind_name(item));
    cursor_.complain(key.name, item.mark, fmt::format("has an entry that is {} (must be a pair)", what),
                     std::string(key.help));
    return std::nullopt;
  }
  std::string source_a, source_b;
  const Node &left = item.items[0], &right = item.items[1];
  const auto a = checked_number(key, {&left, left.mark}, source_a);
  const auto b = checked_number(second, {&right, right.mark}, source_b);
  add_source(sources, source_a);
  add_source(sources, source_b);
  return a && b ? std::optional(std::pair(*a, *b)) : std::nullopt;
}

void Reader::read_pairs(const Key& key, const Key& second, const Found& found,
                        std::vector<std::pair<double, double>>& member) {
  std::string texts, sources;
  for (const auto& item : list_items(key, found)) {
    const auto pair = read_pair(key, second, item, sources);
    if (!pair) continue;
    member.push_back(*pair);
    texts += fmt::format("{}[{}, {}]", texts.empty() ? "" : ", ",
                         text_of(pair->first, key.unit, cursor_.currency()),
                         text_of(pair->second, second.unit, cursor_.currency()));
  }
  cursor_.record(key.name, fmt::format("[{}]", texts), Origin::configured, sources);
}

void Reader::pairs(const Key& key, const Key& second, std::vector<std::pair<double, double>>& member,
                   Required) {
  if (const auto found = cursor_.take(key.name)) return read_pairs(key, second, *found, member);
  if (cursor_.is_absent(key.name)) cursor_.missing(key.name, key.help);
}

void Reader::pairs(const Key& key, const Key& second, std::vector<std::pair<double, double>>& member,
                   const models::Reason& reason) {
  const auto found = cursor_.take(key.name);
  if (!found) return record_default(key, "none", reason);
  if (found->node->is_text("none")) return cursor_.record(key.name, "none", Origin::configured);
  read_pairs(key, second, *found, member);
}

void Reader::number_map(const Key& key, const Found& found, std::map<std::string, double>& member) {
  if (!is_map(key, found, key.help)) return;
  cursor_.open(key.name, found);
  for (const Entry* entry : cursor_.take_rest())
    if (const auto value = checked_entry(*entry))
      configured_number({.name = entry->key, .unit = key.unit, .range = key.range, .help = key.help}, *value,
                        member[entry->key]);
  cursor_.close();
}

void Reader::numbers(const Key& key, std::map<std::string, double>& member, Required) {
  if (const auto found = cursor_.take(key.name)) return number_map(key, *found, member);
  if (cursor_.is_absent(key.name)) cursor_.missing(key.name, key.help);
}

void Reader::number_or_map(const Key& key, std::variant<Fraction, std::map<std::string, double>>& member,
                           const models::Default& fallback) {
  const auto found = cursor_.take(key.name);
  const bool is_by_name = found && found->node->is(Node::Kind::map) && found->node->find("value") == nullptr;
  if (is_by_name) return number_map(key, *found, member.emplace<std::map<std::string, double>>());
  Fraction& single = member.emplace<Fraction>(fallback.value);
  const Key either{.name = key.name, .help = key.help, .shorthand = "value"};
  if (found && !is_map(either, *found, key.help)) return;
  if (found) return configured_number(key, *found, single.value);
  record_default(key, text_of(single.value, key.unit, ""), {fallback.kind, fallback.source});
}

void Reader::table(const Key& key, std::map<std::string, std::map<std::string, double>>& member,
                   const models::Reason& reason) {
  const auto found = cursor_.take(key.name);
  if (!found) return record_default(key, "none", reason);
  if (found->node->is_text("none")) return cursor_.record(key.name, "none", Origin::configured);
  if (!is_map(key, *found, key.help)) return;
  cursor_.open(key.name, found);
  for (const Entry* entry : cursor_.take_rest())
    if (const auto row = checked_entry(*entry))
      number_map({.name = entry->key, .unit = key.unit, .range = key.range, .help = key.help}, *row,
                 member[entry->key]);
  cursor_.close();
}

void Reader::weights(const Key& key, std::optional<std::map<std::string, double>>& member) {
  if (const auto found = cursor_.take(key.name)) return number_map(key, *found, member.emplace());
  cursor_.open(key.name, std::nullopt);
  for (const auto& [factor, weight] : default_weights(cursor_.path(), frailty_group_))
    cursor_.record(factor, text_of(weight.value, key.unit, ""), origin_of(weight.kind),
                   std::string(weight.source));
  cursor_.close();
}

}  // namespace hedgerow::config
