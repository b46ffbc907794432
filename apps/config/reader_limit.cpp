// Limits: a number of the answer by its name, and a bound in the unit of that number.

#include <fmt/format.h>

#include "apps/config/measure_path.hpp"
#include "apps/config/reader.hpp"

namespace hedgerow::config {
std::string Reader::item_name(const Node& item, std::size_t index) {
  const Entry* name = item.find("name");
  const bool usable = name != nullptr && name->value.is(Node::Kind::scalar) && !name->value.text.empty();
  return usable ? name->value.text : fmt::format("#{}", index + 1);
}

void Reader::name(const Key& key, std::string& member) {
  if (cursor_.is_absent(key.name)) cursor_.missing(key.name, key.help);
  const auto found = cursor_.take(key.name);
  if (found) read_name(key, *found, member);
}

void Reader::measure(const Key& key, models::Limit& limit) {
  if (cursor_.is_absent(key.name)) cursor_.missing(key.name, key.help);
  limit.measure.clear();
  const auto found = cursor_.take(key.name);
  const auto read = found ? plain(key, *found, "the name of a number") : std::nullopt;
  if (!read) return;
  try {
    limit.number = read_measure(*read);
    limit.measure = *read;
    cursor_.record(key.name, *read, Origin::configured);
  } catch (const BadMeasure& bad) {
    refuse(key, *found, *found->node, bad.what(), bad.hint);
  }
}

void Reader::bounds(const Key& upper, const Key& lower, models::Limit& limit) {
  const bool neither = cursor_.is_absent(upper.name) && cursor_.is_absent(lower.name);
  if (neither) cursor_.missing(upper.name, fmt::format("a limit has {} or {}", upper.name, lower.name));
  const auto found_upper = cursor_.take(upper.name), found_lower = cursor_.take(lower.name);
  if (found_upper && found_lower)
    return cursor_.complain(lower.name, found_lower->place,
                            fmt::format("stands beside {} (one of them is a limit)", upper.name),
                            "write two limits, each with a name");
  if (limit.measure.empty()) return;  // in what unit the bound must be is not known
  const Unit unit = unit_of(limit.number);
  const auto read = [&](const Key& key, const std::optional<Found>& found, std::optional<double>& member) {
    if (!found) return;
    const Range range = unit == Unit::fraction ? between(0, 1) : Range{};
    configured_number({.name = key.name, .unit = unit, .range = range, .help = key.help}, *found,
                      member.emplace());
  };
  read(upper, found_upper, limit.at_most);
  read(lower, found_lower, limit.at_least);
}

}  // namespace hedgerow::config
