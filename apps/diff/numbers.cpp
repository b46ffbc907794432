#include "apps/diff/numbers.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <map>
#include <string_view>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/measure/estimate.hpp"

namespace hedgerow::diff {
namespace {

using Json = nlohmann::ordered_json;

/// Fewer values than this and the error of their mean is itself too much a matter of chance.
constexpr double fewest_paths = 30.0;
constexpr std::size_t deepest = 32;  // results are a third as deep; what is deeper is not ours
constexpr double residue = 1e-9;     // a width below this part of a number is what adding up leaves

template <std::size_t n>
bool is_one_of(std::string_view key, const std::array<std::string_view, n>& keys) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

/// What tells the entries of a list apart, in this order.
constexpr std::array<std::string_view, 13> identities{
    "strategy", "name",  "component", "cause", "entity", "provider",     "feature",
    "code",     "count", "year",      "month", "level",  "return_period"};
/// Not compared: one path, bins of their own, words for people, the largest of many ratios, counts of paths,
/// spreads of numbers without an error.
constexpr std::array<std::string_view, 13> left_out{
    "numbers",   "groups",      "story",     "histogram", "message",        "basis",     "measure",
    "violation", "improvement", "reference", "paths",     "paths_replayed", "mean_paths"};
/// Numbers without an error that have no chance in them.
constexpr std::array<std::string_view, 7> certain{"plan",     "single_points", "discount", "at_most",
                                                  "at_least", "notice_months", "share"};
/// What is no money, whatever stands below it.
constexpr std::array<std::string_view, 19> pure{"variance_share",
                                                "regime_by_year",
                                                "years_in_regime",
                                                "severed_by_horizon",
                                                "exit_time_months",
                                                "probability",
                                                "no_deal",
                                                "severed_providers",
                                                "leverage_percentiles",
                                                "stranded",
                                                "concentration",
                                                "probability_cheaper",
                                                "efficiency",
                                                "break_even_discount",
                                                "both_renewed",
                                                "scarcity",
                                                "corridor",
                                                "outage_of_a_day",
                                                "severed_today"};

std::string percent(double level) { return fmt::format("{:.10g}", 100.0 * level); }

/// "spend, aws" or "0.99"; empty where nothing tells the entry apart.
std::string identity_of(const Json& entry) {
  std::string words;
  for (const std::string_view key : identities) {
    const auto found = entry.find(std::string(key));
    if (found == entry.end() || !(found->is_string() || found->is_number())) continue;
    words += words.empty() ? "" : ", ";
    words += found->is_string() ? found->get<std::string>() : fmt::format("{:.10g}", found->get<double>());
  }
  return words;
}

std::optional<double> number_at(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_number() ? std::optional(found->get<double>()) : std::nullopt;
}

/// From the wider side of a 95 % interval. An interval of no width is that of an atom: it says nothing about
/// how far the number may jump.
std::optional<double> error_from_interval(double value, const Json& interval) {
  if (!interval.is_array() || interval.size() != 2 || !interval[0].is_number() || !interval[1].is_number())
    return std::nullopt;
  const double side = std::max(value - interval[0].get<double>(), interval[1].get<double>() - value);
  if (!(side > residue * std::abs(value))) return std::nullopt;
  return side / measure::two_sided_normal(0.95);
}

std::string escaped(std::string_view key) {  // RFC 6901
  std::string text;
  for (const char c : key) text += c == '~' ? "~0" : (c == '/' ? "~1" : std::string(1, c));
  return text;
}

/// Where the walk is.
struct Place {
  std::string group, name, pointer;
  std::vector<std::string> keys;  ///< without the entries of lists
  std::size_t depth = 0;
  std::optional<double> paths;  ///< that the numbers here are made of, where it is not all

  Place down(const std::string& key) const {
    Place below = *this;  // the measures are the first thing to ask for: total_cost.mean
    if (!keys.empty() || key != "measures") below.name += (name.empty() ? "" : ".") + key;
    ++below.depth;
    below.pointer += "/" + escaped(key);
    below.keys.push_back(key);
    return below;
  }
  Place entry(const std::string& identity, std::size_t index) const {
    Place below = *this;
    ++below.depth;
    below.name += "[" + identity + "]";
    below.pointer += "/" + std::to_string(index);
    return below;
  }
  bool within(std::string_view key) const { return std::find(keys.begin(), keys.end(), key) != keys.end(); }
  std::string_view last() const { return keys.empty() ? std::string_view() : keys.back(); }
};

class Walk {
 public:
  explicit Walk(const Json& results) : paths_(0.0) {
    const auto paths = results.find("paths");
    if (paths != results.end() && paths->is_string())
      paths_ = std::strtod(paths->get_ref<const std::string&>().c_str(), nullptr);
  }

  void object(const Json& of, const Place& at) {
    if (of.contains("value") && (of.contains("se") || of.contains("ci"))) return estimate(of, "value", at);
    for (const auto& [key, value] : of.items()) {
      if (is_one_of(key, left_out) || is_one_of(key, identities)) continue;
      Place below = at.down(key);
      if (const auto count = paths_of(of, key)) below.paths = count;
      any(value, below);
    }
  }

  void list(const Json& of, const Place& at) {
    std::map<std::string, int> seen;
    for (std::size_t i = 0; i < of.size(); ++i) {
      std::string identity = of[i].is_object() ? identity_of(of[i]) : "";
      if (identity.empty()) identity = std::to_string(i + 1);
      if (const int before = seen[identity]++) identity += fmt::format(" #{}", before + 1);
      Place below = at.entry(identity, i);
      if (of[i].is_object() && at.keys.size() == 3 && at.keys[0] == "measures")
        below.name = statistic(at, of[i]).value_or(below.name);
      any(of[i], below);
    }
  }

  void limit(const Json& of, const Place& at) {
    if (of.contains("measured")) estimate(of, "measured", at);
    for (const char* bound : {"at_most", "at_least"})
      if (of.contains(bound)) any(of[bound], at.down(bound));
    if (of.contains("verdict")) any(of["verdict"], at.down("verdict"));
  }

  Contents contents;

 private:
  void any(const Json& of, const Place& at) {
    if (at.depth > deepest) return;
    if (of.is_object()) return object(of, at);
    if (of.is_array()) return list(of, at);
    if (of.is_number()) return bare(of, at);
    if (of.is_string() || of.is_boolean())
      contents.words.push_back(
          {at.group, at.name, of.is_string() ? of.get<std::string>() : (of.get<bool>() ? "yes" : "no")});
  }

  /// measures.M.percentiles[0.99] as a limit on it is written: M.p99.
  static std::optional<std::string> statistic(const Place& at, const Json& entry) {
    const auto level = number_at(entry, "level");
    if (!level) return std::nullopt;
    if (at.last() == "percentiles") return at.keys[1] + ".p" + percent(*level);
    if (at.last() == "expected_shortfall") return at.keys[1] + ".es_" + percent(*level);
    return std::nullopt;
  }

  /// How many paths a number that is conditional on an event is made of.
  std::optional<double> paths_of(const Json& parent, const std::string& key) const {
    const auto probability = [&](const char* of) {
      return parent.contains(of) && parent[of].is_object() ? number_at(parent[of], "value") : std::nullopt;
    };
    if (key == "loss_given_severance" || key == "loss_otherwise") {
      const auto severed = probability("severed_by_horizon");
      if (!severed) return std::nullopt;
      return paths_ * (key == "loss_otherwise" ? 1.0 - *severed : *severed);
    }
    if (key == "months" && parent.contains("completed")) {
      const auto completed = probability("completed");
      const auto se = parent["completed"].is_object() ? number_at(parent["completed"], "se") : std::nullopt;
      if (!completed || !se || *se == 0.0) return std::nullopt;
      return *completed * *completed * (1.0 - *completed) / (*se * *se);
    }
    if (key == "probability" || key == "both_renewed") return std::nullopt;
    if (const auto renewed = probability("both_renewed")) return paths_ * *renewed;
    if (parent.contains("list_price"))
      if (const auto renewed = probability("probability")) return paths_ * *renewed;
    return std::nullopt;
  }

  void estimate(const Json& of, const char* key, const Place& at) {
    Number number = start(at);
    number.headline = is_headline(at) || at.group == "limits";
    number.value = number_at(of, key);
    number.error = ErrorKind::unknown;
    auto se = number_at(of, "se");
    if (!of.contains("se") && of.contains("ci") && number.value)
      se = error_from_interval(*number.value, of["ci"]);
    if (se && std::isfinite(*se) && at.paths.value_or(fewest_paths) >= fewest_paths) {
      number.error = ErrorKind::known;
      number.se = *se;
    }
    contents.numbers.push_back(std::move(number));
  }

  void bare(const Json& of, const Place& at) {
    Number number = start(at);
    number.headline = at.name == "plan.total_cost";
    number.value = of.get<double>();
    const bool exact = std::any_of(certain.begin(), certain.end(), [&](auto key) { return at.within(key); });
    number.error = exact ? ErrorKind::exact : ErrorKind::unknown;
    contents.numbers.push_back(std::move(number));
  }

  static Number start(const Place& at) {
    const bool is_pure = at.last() == "leverage" ||
                         std::any_of(pure.begin(), pure.end(), [&](auto key) { return at.within(key); });
    return {at.group, at.name, at.pointer, false, !is_pure, std::nullopt, ErrorKind::unknown, 0.0};
  }

  static bool is_headline(const Place& at) {
    const std::vector<std::string>& keys = at.keys;
    if (keys.size() >= 3 && keys[0] == "measures" && keys[1] == "total_cost")
      return keys[2] == "mean" || keys[2] == "percentiles" || keys[2] == "expected_shortfall";
    return at.group.find(" against ") != std::string::npos && keys.size() == 1 &&
           (keys[0] == "mean" || keys[0] == "probability_cheaper" || keys[0] == "percentiles" ||
            keys[0] == "expected_shortfall");
  }

  double paths_;
};

std::string text_of(const Json& object, const char* key) {
  return object.contains(key) && object[key].is_string() ? object[key].get<std::string>() : "";
}

}  // namespace

Contents contents_of(const Json& results) {
  Walk walk(results);
  if (results.contains("limits") && results["limits"].is_array())
    for (std::size_t i = 0; i < results["limits"].size(); ++i) {
      const Json& limit = results["limits"][i];
      const std::string name = text_of(limit, "name");
      walk.limit(limit, {"limits", name, fmt::format("/limits/{}", i), {name}, 0, std::nullopt});
    }
  if (results.contains("strategies") && results["strategies"].is_object())
    for (const auto& [name, strategy] : results["strategies"].items())
      walk.object(strategy, {name, "", "/strategies/" + escaped(name), {}, 0, std::nullopt});
  if (results.contains("comparisons") && results["comparisons"].is_array())
    for (std::size_t i = 0; i < results["comparisons"].size(); ++i) {
      const Json& comparison = results["comparisons"][i];
      const std::string group =
          text_of(comparison, "strategy") + " against " + text_of(comparison, "reference");
      walk.object(comparison, {group, "", fmt::format("/comparisons/{}", i), {}, 0, std::nullopt});
    }
  if (results.contains("market") && results["market"].is_object())
    walk.object(results["market"], {"market", "", "/market", {}, 0, std::nullopt});
  return std::move(walk.contents);
}

}  // namespace hedgerow::diff
