#include "apps/config/reader.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>
#include <tuple>

#include "apps/config/quantity.hpp"
#include "apps/config/spelling.hpp"
#include "apps/config/utf8.hpp"

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

/// A fraction from 1 to 100 was most likely meant in percent.
std::string percent_hint(const Key& key, double value, const std::string& text) {
  const bool forgotten = key.unit == Unit::fraction && value >= 1.0 && value <= 100.0 && !text.ends_with('%');
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

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= longest_name && !has_control(text);
}

std::string month_text(int year, int month) { return fmt::format("{:04}-{:02}", year, month); }

}  // namespace

void Reader::refuse(const Key& key, const Found& found, const Node& read, std::string_view allowed,
                    std::string hint) {
  const Mark& place = read.mark.line == 0 ? found.place : read.mark;
  const std::string is = read.is_text(gap) ? std::string(kind_name(read))
                                           : fmt::format("\"{}\"", utf8::shortened(read.text, longest_shown));
  cursor_.complain(key.name, place, fmt::format("is {} ({})", is, allowed), std::move(hint));
}

bool Reader::is_map(const Key& key, const Found& found, std::string_view wanted) {
  const bool single = found.node->is(Node::Kind::scalar) && !key.shorthand.empty();
  if (found.node->is(Node::Kind::map) || single) return true;
  const std::string_view allowed = key.shorthand.empty() ? "a map" : "a single value or a map";
  cursor_.complain(key.name, found.place, fmt::format("is {} (must be {})", kind_name(*found.node), allowed),
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
  if (!found) return cursor_.record(key.name, fmt::format("{}", member), Origin::neutral, setting);
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

void Reader::months(const Key& key, int& member, const models::Reason& reason) {
  if (const auto found = cursor_.take(key.name)) return read_months(key, *found, member);
  record_default(key, text_of(member, Unit::months, ""), reason);
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
  if (!found) return cursor_.record(key.name, member, Origin::neutral, setting);
  const auto read = plain(key, *found, "a currency code such as USD");
  if (!read) return;
  if (!is_currency(*read))
    return refuse(key, *found, *found->node, "must be three capital letters, as in USD");
  member = *read;
  cursor_.record(key.name, member, Origin::configured);
}

std::optional<std::pair<int, int>> Reader::read_month(const Key& key, const Found& found) {
  const auto read = plain(key, found, "a month such as 2026-01");
  const auto date = read ? read_calendar_month(*read) : std::nullopt;
  if (read && !date) refuse(key, found, *found.node, "must be a month such as 2026-01");
  if (date) cursor_.record(key.name, *read, Origin::configured);
  return date;
}

void Reader::first_month(const Key& key, int& year, int& month) {
  first_month_.emplace(year, month);
  const auto found = cursor_.take(key.name);
  if (!found) return cursor_.record(key.name, month_text(year, month), Origin::neutral, setting);
  first_month_ = read_month(key, *found);
  if (first_month_) std::tie(year, month) = *first_month_;
}

void Reader::contract_month(const Key& key, int& member, const models::Reason& reason) {
  const auto found = cursor_.take(key.name);
  if (!found) {
    if (first_month_) record_default(key, month_text(first_month_->first, first_month_->second), reason);
    return;
  }
  const auto date = read_month(key, *found);
  if (date && first_month_)
    member = (date->first - first_month_->first) * months_per_year + date->second - first_month_->second;
}

void Reader::yes_no(const Key& key, bool& member, const models::Reason& reason) {
  const auto found = cursor_.take(key.name);
  if (!found) return record_default(key, member ? "yes" : "no", reason);
  const auto read = plain(key, *found, "yes or no");
  if (!read) return;
  const bool is_yes = *read == "yes" || *read == "true";
  if (!is_yes && *read != "no" && *read != "false")
    return refuse(key, *found, *found->node, "must be yes or no");
  member = is_yes;
  cursor_.record(key.name, member ? "yes" : "no", Origin::configured);
}

void Reader::read_name(const Key& key, const Found& found, std::string& member) {
  const auto read = plain(key, found, "a name");
  if (!read) return;
  if (!is_name(*read))
    return refuse(key, found, *found.node,
                  fmt::format("must be a name of 1 to {} bytes without control characters", longest_name));
  member = *read;
  cursor_.record(key.name, member, Origin::configured);
}

void Reader::group_name(const Key& key, std::string& member, const models::Reason& reason) {
  const auto found = cursor_.take(key.name);
  if (!found) return record_default(key, cursor_.path().back(), reason);
  read_name(key, *found, member);
}

void Reader::frailty_group(const Key& key, std::string& member, const models::Reason& reason) {
  group_name(key, member, reason);
  frailty_group_ = member.empty() ? cursor_.path().back() : member;
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
                                             std::size_t fallback, const models::Reason& reason) {
  const auto found = cursor_.take(key.name);
  if (!found) {
    record_default(key, std::string(words[fallback]), reason);
    return std::nullopt;
  }
  const auto index = index_of(key, *found, words);
  if (index)
    cursor_.record(key.name, std::string(words[*index]), Origin::configured, cursor_.shared_source(key.name));
  return index;
}

std::optional<std::size_t> Reader::index_of(const Key& key, const Found& found,
                                            const std::vector<std::string_view>& words) {
  const auto read = plain(key, found, fmt::format("one of {}", fmt::join(words, ", ")));
  if (!read) return std::nullopt;
  for (std::size_t i = 0; i < words.size(); ++i)
    if (*read == words[i]) return i;
  const auto meant = nearest(*read, words);
  refuse(key, found, *found.node, fmt::format("must be one of {}", fmt::join(words, ", ")),
         meant.empty() ? "" : fmt::format("did you mean {}?", meant));
  return std::nullopt;
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
