#include "apps/config/reader.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>
#include <tuple>

#include "apps/config/quantity.hpp"
#include "apps/config/spelling.hpp"
#include "apps/config/utf8.hpp"
#include "models/scenario/scenario.hpp"

namespace hedgerow::config {
namespace {

constexpr std::size_t longest_shown = 40;  // characters of a bad value in a message
constexpr std::size_t longest_text = 500;  // characters of a title

bool has_control(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto c = utf8::character_at(text, at);
    if (!c.valid || utf8::is_control(c.code)) return true;
    at += c.size;
  }
  return false;
}

/// A fraction between 1 and 100 was most likely meant in percent.
std::string percent_hint(const Key& key, double value, const std::string& text) {
  const bool forgotten = key.unit == Unit::fraction && value > 1.0 && value <= 100.0 && !text.ends_with('%');
  return forgotten ? fmt::format("did you mean {}%?", text) : "";
}

/// Year and month of a text such as 2026-01.
std::optional<std::pair<int, int>> read_calendar_month(const std::string& text) {
  int year = 0, month = 0;
  const char* begin = text.data();
  if (text.size() != 7 || text[4] != '-') return std::nullopt;
  const auto y = std::from_chars(begin, begin + 4, year), m = std::from_chars(begin + 5, begin + 7, month);
  const bool digits = y.ptr == begin + 4 && m.ptr == begin + 7 && text[0] != '-' && text[5] != '-';
  if (!digits || year < 1900 || month < 1 || month > 12) return std::nullopt;
  return std::pair(year, month);
}

/// The default frailty weights of the outage entity at `path`.
std::map<std::string, models::Default> default_weights(const std::vector<std::string>& path) {
  const bool shared = path.size() < 2 || path.front() == "shared_dependencies";
  return models::default_frailty(shared ? models::EntityKind::shared : models::EntityKind::provider,
                                 shared ? "" : path[1]);
}

}  // namespace

void Reader::refuse(const Key& key, const Found& found, const Node& read, std::string_view allowed,
                    std::string hint) {
  const Mark& place = read.mark.line == 0 ? found.place : read.mark;
  cursor_.complain(key.name, place,
                   fmt::format("is \"{}\" ({})", utf8::shortened(read.text, longest_shown), allowed),
                   std::move(hint));
}

bool Reader::is_map(const Key& key, const Found& found, std::string_view wanted) {
  const bool single = found.node->is(Node::Kind::scalar) && !key.shorthand.empty();
  if (found.node->is(Node::Kind::map) || single) return true;
  cursor_.complain(key.name, found.place, fmt::format("is {} (must be a map)", kind_name(*found.node)),
                   std::string(wanted));
  return false;
}

std::optional<Reader::Scalar> Reader::scalar(const Key& key, const Found& found, std::string_view wanted) {
  if (found.node->is(Node::Kind::scalar)) return Scalar{found.node, cursor_.shared_source(key.name)};
  const Entry* value = found.node->find("value");
  const Entry* source = found.node->find("source");
  const std::size_t known = (value != nullptr ? 1u : 0u) + (source != nullptr ? 1u : 0u);
  const bool fits = value != nullptr && value->value.is(Node::Kind::scalar) &&
                    (source == nullptr || source->value.is(Node::Kind::scalar));
  if (fits && known == found.node->entries.size())
    return Scalar{&value->value, source != nullptr ? source->value.text : ""};
  cursor_.complain(key.name, found.place, fmt::format("is {} (must be {})", kind_name(*found.node), wanted),
                   "a value may carry its source: {value: …, source: \"…\"}");
  return std::nullopt;
}

/// The text of a single value that is no number, and so has no source of its own.
std::optional<std::string> Reader::plain(const Key& key, const Found& found, std::string_view wanted) {
  if (found.node->is(Node::Kind::scalar)) return found.node->text;
  cursor_.complain(key.name, found.place, fmt::format("is {} (must be {})", kind_name(*found.node), wanted));
  return std::nullopt;
}

std::optional<double> Reader::checked_number(const Key& key, const Found& found, std::string& source) {
  const auto read = scalar(key, found, rule_of(key.unit).name);
  if (!read) return std::nullopt;
  try {
    const double value = read_quantity(read->node->text, key.unit, cursor_.currency());
    source = read->source;
    if (key.range.contains(value)) return value;
    refuse(key, found, *read->node, range_text(key.range, key.unit, cursor_.currency()),
           percent_hint(key, value, read->node->text));
  } catch (const BadQuantity& bad) {
    refuse(key, found, *read->node, bad.what(), bad.hint);
  }
  return std::nullopt;
}

void Reader::configured_number(const Key& key, const Found& found, double& member) {
  std::string source;
  if (const auto value = checked_number(key, found, source)) {
    member = *value;
    cursor_.record(key.name, text_of(member, key.unit, cursor_.currency()), Origin::configured, source);
  }
}

void Reader::number(const Key& key, double& member, Required) {
  if (const auto found = cursor_.take(key.name)) return configured_number(key, *found, member);
  if (cursor_.is_absent(key.name)) cursor_.missing(key.name, key.help);
}

void Reader::number(const Key& key, double& member, const models::Default& fallback) {
  if (const auto found = cursor_.take(key.name)) return configured_number(key, *found, member);
  member = fallback.value;
  cursor_.record(key.name, text_of(member, key.unit, cursor_.currency()), origin_of(fallback.kind),
                 std::string(fallback.source));
}

void Reader::count(const Key& key, std::uint64_t& member) {
  const auto found = cursor_.take(key.name);
  if (!found) return cursor_.record(key.name, fmt::format("{}", member), Origin::neutral);
  const auto read = scalar(key, *found, "a whole number");
  if (!read) return;
  try {
    const std::uint64_t value = read_count(read->node->text);
    if (!key.range.contains(static_cast<double>(value)))
      return refuse(key, *found, *read->node, range_text(key.range, key.unit, cursor_.currency()));
    member = value;
    cursor_.record(key.name, fmt::format("{}", member), Origin::configured, read->source);
  } catch (const BadQuantity& bad) {
    refuse(key, *found, *read->node, bad.what(), bad.hint);
  }
}

void Reader::read_months(const Key& key, const Found& found, int& member) {
  std::string source;
  const auto value = checked_number(key, found, source);
  if (!value) return;
  const double exact = key.unit == Unit::months ? *value : *value * months_per_year;
  const double whole = std::round(exact);
  if (std::abs(exact - whole) > 1e-9)
    return cursor_.complain(key.name, found.place, fmt::format("is {} months (must be whole months)", exact));
  member = static_cast<int>(whole);
  cursor_.record(key.name, text_of(*value, key.unit, ""), Origin::configured, source);
}

void Reader::months(const Key& key, int& member) {
  if (const auto found = cursor_.take(key.name)) return read_months(key, *found, member);
  cursor_.record(key.name, text_of(member, Unit::months, ""), Origin::neutral);
}

void Reader::either_months(const Key& key, const Key& other, int& member) {
  const auto found = cursor_.take(key.name);
  const auto found_other = cursor_.take(other.name);
  if (found && found_other)
    return cursor_.complain(other.name, found_other->place,
                            fmt::format("stands beside {} (one is enough)", key.name));
  if (found) return read_months(key, *found, member);
  if (found_other) return read_months(other, *found_other, member);
  cursor_.record(key.name, text_of(member / static_cast<double>(months_per_year), key.unit, ""),
                 Origin::assumed, "a usual planning horizon");
}

void Reader::text(const Key& key, std::string& member) {
  const auto found = cursor_.take(key.name);
  const auto read = found ? plain(key, *found, "text") : std::nullopt;
  if (!read) return;
  if (has_control(*read) || utf8::length(*read) > longest_text)
    return refuse(key, *found, *found->node,
                  fmt::format("must be one line of at most {} characters", longest_text));
  member = *read;
  cursor_.record(key.name, member, Origin::configured);
}

void Reader::currency(const Key& key, std::string& member) {
  const auto found = cursor_.take(key.name);
  if (!found) return cursor_.record(key.name, member, Origin::neutral);
  const auto read = plain(key, *found, "a currency code such as USD");
  if (!read) return;
  if (!is_currency(*read))
    return refuse(key, *found, *found->node, "must be three capital letters, as in USD");
  member = *read;
  cursor_.record(key.name, member, Origin::configured);
}

void Reader::calendar_month(const Key& key, int& year, int& month) {
  const auto found = cursor_.take(key.name);
  if (!found) return cursor_.record(key.name, fmt::format("{:04}-{:02}", year, month), Origin::neutral);
  const auto read = plain(key, *found, "a month such as 2026-01");
  if (!read) return;
  const auto date = read_calendar_month(*read);
  if (!date) return refuse(key, *found, *found->node, "must be a month such as 2026-01");
  std::tie(year, month) = *date;
  cursor_.record(key.name, *read, Origin::configured);
}

void Reader::version(const Key& key) {
  const auto found = cursor_.take(key.name);
  if (!found) {
    if (cursor_.is_absent(key.name))
      cursor_.missing(key.name, "write hedgerow: 1, the version of the format");
    return;
  }
  if (!found->node->is_text(std::to_string(format_version)))
    refuse(key, *found, *found->node,
           fmt::format("this program reads version {} of the format", format_version));
}

std::optional<std::size_t> Reader::read_word(const Key& key, const std::vector<std::string_view>& words,
                                             std::size_t fallback) {
  const auto found = cursor_.take(key.name);
  if (!found) {
    cursor_.record(key.name, std::string(words[fallback]), Origin::neutral);
    return std::nullopt;
  }
  const auto read = plain(key, *found, fmt::format("one of {}", fmt::join(words, ", ")));
  if (!read) return std::nullopt;
  for (std::size_t i = 0; i < words.size(); ++i)
    if (*read == words[i]) {
      cursor_.record(key.name, *read, Origin::configured);
      return i;
    }
  const auto meant = nearest(*read, words);
  refuse(key, *found, *found->node, fmt::format("must be one of {}", fmt::join(words, ", ")),
         meant.empty() ? "" : fmt::format("did you mean {}?", meant));
  return std::nullopt;
}

void Reader::levels(const Key& key, std::vector<double>& member) {
  const auto texts = [&] {
    std::vector<std::string> all;
    for (const double level : member) all.push_back(text_of(level, key.unit, ""));
    return fmt::format("[{}]", fmt::join(all, ", "));
  };
  const auto found = cursor_.take(key.name);
  if (!found) return cursor_.record(key.name, texts(), Origin::neutral);
  if (!found->node->is(Node::Kind::sequence))
    return cursor_.complain(key.name, found->place,
                            fmt::format("is {} (must be a list)", kind_name(*found->node)),
                            std::string(key.help));
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

void Reader::table(const Key& key, std::map<std::string, std::map<std::string, double>>& member) {
  const auto found = cursor_.take(key.name);
  if (!found || !is_map(key, *found, key.help)) return;
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
  for (const auto& [factor, weight] : default_weights(cursor_.path()))
    cursor_.record(factor, text_of(weight.value, key.unit, ""), origin_of(weight.kind),
                   std::string(weight.source));
  cursor_.close();
}

void Reader::tail_index(const Key& key, double& member) {
  const auto found = cursor_.take(key.name);
  if (!found) {
    if (cursor_.is_absent(key.name)) cursor_.missing(key.name, key.help);
    return;
  }
  std::string source;
  const Key unbounded{.name = key.name, .unit = key.unit, .range = {.low = key.range.low}, .help = key.help};
  const auto value = checked_number(unbounded, *found, source);
  if (value && *value >= key.range.high)
    return cursor_.complain(key.name, found->place, fmt::format("is {} (must be below 1)", *value),
                            "from 1 on the mean duration is infinite");
  if (!value) return;
  member = *value;
  cursor_.record(key.name, text_of(member, key.unit, ""), Origin::configured, source);
  if (member >= 0.5)
    cursor_.warn(key.name, found->place,
                 "is 0.5 or more: the variance is infinite, so standard errors mislead");
}

void Reader::only_none(const Key& key) {
  const auto found = cursor_.take(key.name);
  cursor_.record(key.name, "none", found ? Origin::configured : Origin::neutral);
  if (found && !found->node->is_text("none"))
    cursor_.complain(key.name, found->place, "must be none (this version does not model it)",
                     std::string(key.help));
}

void Reader::not_modelled(std::string_view name) {
  if (cursor_.is_absent(name)) return;
  if (const auto found = cursor_.take(name))
    cursor_.complain(name, found->place, "is not modelled by this version", "take the key out");
}

std::optional<Found> Reader::checked_entry(const Entry& entry) {
  const auto bad = [&](const std::string& what) { cursor_.complain(entry.key, entry.key_mark, what); };
  if (entry.key.empty()) bad("is an empty name");
  if (entry.key.size() > longest_name)
    bad(fmt::format("is longer than {} bytes (names are not)", longest_name));
  if (has_control(entry.key)) bad("is a name with control characters");
  if (entry.value.is(Node::Kind::rejected)) return std::nullopt;
  if (entry.value.is(Node::Kind::null)) {
    cursor_.complain(entry.key, entry.place(), "is empty", "write {} for a block of defaults");
    return std::nullopt;
  }
  return Found{&entry.value, entry.place()};
}

}  // namespace hedgerow::config
