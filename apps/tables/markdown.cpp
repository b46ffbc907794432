#include "apps/tables/markdown.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "apps/results/format.hpp"
#include "apps/results/precision.hpp"
#include "apps/tables/node.hpp"

namespace hedgerow::tables {
namespace {

using results::Scale;

measure::Estimate estimate(const Node& node) {
  const Node se = node["se"];
  return {node["value"].real(), se.is_null() ? std::nullopt : std::optional(se.real())};
}

/// "230.0 ± 0.2"; a dash where there is no number.
std::string cell(const Node& node, Scale scale) {
  if (node["value"].is_null()) return "–";
  const measure::Estimate of = estimate(node);
  return results::with_error(of.value, results::half_width(of), scale);
}

std::string percent(const Node& node) {
  const std::string text = cell(node, {0.01, ""});
  return text == "–" ? text : text + " %";
}

/// "331 [329, 332]".
std::string with_interval(const Node& value, const Node& interval, Scale scale) {
  if (value.is_null()) return "not available";
  const Node lower = interval.end(0), upper = interval.end(1);
  const bool bounded = !lower.is_null() && !upper.is_null();
  const double scaled = value.real() / scale.unit;
  const int decimals = bounded && upper.real() > lower.real()
                           ? results::decimals_for((upper.real() - lower.real()) / 2.0 / scale.unit)
                           : results::decimals_for_unknown_error(scaled);
  const auto bound = [&](const Node& end) {
    return end.is_null() ? std::string("?") : results::number(end.real() / scale.unit, decimals);
  };
  const std::string text = results::number(scaled, decimals);
  if (bounded && lower.real() == upper.real()) return text;
  return fmt::format("{} [{}, {}]", text, bound(lower), bound(upper));
}

/// What a limit's numbers are written in, by the name of its measure.
struct Form {
  Scale scale;
  std::string unit;
};

Form form_of(const Node& limit, double bound, const std::string& currency) {
  const std::string measure = limit["measure"].text();
  if (measure.starts_with("concentration.")) return {{}, ""};
  if (measure.starts_with("probability_") || measure.starts_with("providers.")) return {{0.01, ""}, " %"};
  const Scale scale = results::scale_for(bound);
  return {scale, " " + results::unit_name(scale, currency)};
}

std::string limit_row(const Node& limit, const std::string& currency) {
  const bool upper = !limit.optional("at_most").is_null();
  const double bound = limit[upper ? "at_most" : "at_least"].real();
  const Form form = form_of(limit, bound, currency);
  const std::string verdict = limit["verdict"].text();
  return fmt::format(
      "| {} | {} | {} | {} | {}{} | {} {:.10g}{} |\n",
      verdict == "kept"       ? "✅ kept"
      : verdict == "breached" ? "❌ **breached**"
                              : "❔ undecided",
      markdown_text(limit["name"].text()), markdown_text(limit["strategy"].text()),
      markdown_text(limit["measure"].text()), with_interval(limit["measured"], limit["ci"], form.scale),
      limit["measured"].is_null() ? "" : form.unit, upper ? "≤" : "≥", bound / form.scale.unit, form.unit);
}

/// "\n12 more are left out.\n", or nothing.
std::string left_out(std::size_t all, std::size_t shown, std::string_view what) {
  return all <= shown ? "" : fmt::format("\n{} more {} left out here.\n", all - shown, what);
}

std::string limits(const Node& root, const std::string& currency, std::size_t most) {
  std::vector<Node> all = root["limits"].list();
  if (all.empty()) return "";
  const auto kept = [](const Node& limit) { return limit["verdict"].text() == "kept"; };
  std::stable_partition(all.begin(), all.end(), [&](const Node& limit) { return !kept(limit); });
  std::string text =
      "| verdict | limit | strategy | measure | measured | allowed |\n|---|---|---|---|---:|---:|\n";
  for (std::size_t i = 0; i < std::min(all.size(), most); ++i) text += limit_row(all[i], currency);
  return text + left_out(all.size(), most, "limits are") + "\n";
}

/// The last entry of a list by level: the one furthest in the tail. Null where it is empty.
Node last(const Node& list, const Node& otherwise) {
  const std::vector<Node> all = list.list();
  return all.empty() ? otherwise : all.back();
}

/// The comparison of a strategy; null for the reference.
Node comparison_of(const Node& root, const std::string& strategy, const Node& otherwise) {
  for (const Node& comparison : root["comparisons"].list())
    if (comparison["strategy"].text() == strategy) return comparison;
  return otherwise;
}

/// A difference turned round: above 0 is cheaper than the reference.
std::string saves(const Node& difference, Scale scale) {
  if (difference.is_null() || difference["value"].is_null()) return "–";
  const measure::Estimate of = estimate(difference);
  return results::with_error(-of.value, results::half_width(of), scale);
}

std::string strategies(const Node& root, const std::string& currency, std::size_t most) {
  const auto all = root["strategies"].members();
  double largest = 0.0;
  for (const auto& [name, of] : all)
    largest = std::max(largest, std::abs(of["measures"]["total_cost"]["mean"]["value"].real()));
  const Scale scale = results::scale_for(largest);
  const Node nothing = root.nothing();
  std::string text, tail = "worst paths";
  for (std::size_t s = 0; s < std::min(all.size(), most); ++s) {
    const auto& [name, of] = all[s];
    const Node total = of["measures"]["total_cost"], worst = last(total["expected_shortfall"], nothing);
    const Node against = comparison_of(root, name, nothing);
    if (!worst.is_null()) tail = "worst " + results::percent_label(1.0 - worst["level"].real());
    text += fmt::format("| {} | {} | {} | {} | {} | {} |\n", markdown_text(name), cell(total["mean"], scale),
                        worst.is_null() ? "–" : cell(worst, scale), saves(against["mean"], scale),
                        saves(last(against["expected_shortfall"], nothing), scale),
                        against.is_null() ? "reference" : percent(against["probability_cheaper"]));
  }
  return fmt::format(
             "| total cost [{}], ± 95 % | mean | mean of the {} | saves in the mean | saves in the {} | "
             "cheaper "
             "on |\n|---|---:|---:|---:|---:|---:|\n",
             results::unit_name(scale, currency), tail, tail) +
         text + left_out(all.size(), most, "strategies are") + "\n";
}

constexpr double longest_horizon = 1000.0;  // years; none is as long

/// "2028-11" of a time in years from the start "2026-01".
std::string month_of(const Node& root, const Node& time) {
  const double years = time.real();
  if (!(years >= 0.0 && years <= longest_horizon)) time.fail("is no time within the horizon");
  const std::string start = root["horizon"]["start"].text();
  int year = 0, month = 0;
  std::from_chars(start.data(), start.data() + std::min<std::size_t>(4, start.size()), year);
  if (start.size() == 7) std::from_chars(start.data() + 5, start.data() + 7, month);
  const int at = month - 1 + static_cast<int>(std::floor(years * 12.0 + 1e-9));
  return fmt::format("{:04}-{:02}", year + at / 12, at % 12 + 1);
}

constexpr std::size_t events_told = 5;

std::string story(const Node& root, const std::string& currency) {
  const auto all = root["strategies"].members();
  if (all.empty()) return "";
  const auto& [name, of] = all[all.size() > 1 ? 1 : 0];
  const Node told = of.optional("story")["story"];
  if (told.is_null()) return "";
  const Scale scale = results::scale_for(told["total"].real());
  const auto amount = [&](double value) { return results::number(value / scale.unit, 2); };
  std::vector<Node> events = told["events"].list();
  std::stable_sort(events.begin(), events.end(), [](const Node& a, const Node& b) {
    return std::abs(a["amount"].real()) > std::abs(b["amount"].real());
  });
  events.erase(events.begin() + static_cast<std::ptrdiff_t>(std::min(events_told, events.size())),
               events.end());
  std::stable_sort(events.begin(), events.end(),
                   [](const Node& a, const Node& b) { return a["from"].real() < b["from"].real(); });
  std::string text = fmt::format(
      "**The 1-in-100 path of {}** costs {} instead of {} {}. What moves it most:\n\n", markdown_text(name),
      amount(told["total"].real()), amount(told["plan"].real()), results::unit_name(scale, currency));
  for (const Node& event : events) {
    const double value = event["amount"].real();
    const Scale own = results::scale_for(value);
    const double scaled = value / own.unit;
    text += fmt::format("- {}: {} ({}{} {})\n", month_of(root, event["from"]),
                        markdown_text(event["words"].text()), value > 0.0 ? "+" : "",
                        results::number(scaled, results::decimals_for_unknown_error(scaled)),
                        results::unit_name(own, currency));
  }
  return text + "\n";
}

std::string footer(const Node& root) {
  const Node from = root["provenance"], config = from["config"];
  unsigned long long paths = 0;
  if (const Cell count = root["paths"].cell(Type::integer); std::holds_alternative<std::int64_t>(count))
    paths = static_cast<unsigned long long>(std::get<std::int64_t>(count));
  return fmt::format(
      "<sub>{} of {}, sha256 {}, {}, seed {}; hedgerow {} ({})</sub>\n",
      results::counted(paths, "path", "paths"), markdown_text(config["name"].text()),
      markdown_text(config["sha256"].text().substr(0, 12)),
      std::get<std::int64_t>(root["complete"].cell(Type::integer)) != 0 ? "complete" : "interrupted",
      markdown_text(from["seed"].text()), markdown_text(from["engine"]["version"].text()),
      markdown_text(from["git_revision"].text()));
}

std::string written(const Node& root, std::size_t most) {
  const std::string currency = markdown_text(root["currency"].text()), title = root["title"].text();
  std::string text = fmt::format("## {}\n\n", title.empty() ? "Hedgerow" : markdown_text(title));
  if (std::get<std::int64_t>(root["complete"].cell(Type::integer)) == 0)
    text += "**Interrupted:** the numbers are those of the paths that were run.\n\n";
  return text + limits(root, currency, most) + strategies(root, currency, most) + story(root, currency) +
         footer(root);
}

/// A character that may begin something in Markdown, as a numeric entity, which never does. @, # and links
/// are looked for in the finished page: there only a character between helps.
std::string inert(std::string_view before, char c, char next) {
  constexpr std::string_view special = "&<>|`*_[]~$\\!()", space = "&#8203;";
  if (c == '@' || c == '#') return std::string(1, c) + std::string(space);
  if (c == ':' && next != ' ') return ":" + std::string(space);
  if (c == '.' && before.size() >= 3) {
    std::string last(before.substr(before.size() - 3));
    std::transform(last.begin(), last.end(), last.begin(), [](char w) { return w == 'W' ? 'w' : w; });
    if (last == "www") return std::string(space) + ".";
  }
  return special.find(c) == std::string_view::npos ? std::string(1, c)
                                                   : fmt::format("&#{};", static_cast<unsigned>(c));
}

}  // namespace

std::string markdown_text(std::string_view text) {
  constexpr std::size_t longest = 120;
  std::string clean = results::printable(text);
  std::size_t at = 0;
  for (std::size_t characters = 0; at < clean.size(); ++at) {
    if ((static_cast<unsigned char>(clean[at]) & 0xC0) != 0x80 && ++characters > longest) break;
  }
  const bool is_cut = at < clean.size();
  clean.resize(at);
  std::string safe;
  for (std::size_t i = 0; i < clean.size(); ++i)
    safe += inert(std::string_view(clean).substr(0, i), clean[i], i + 1 < clean.size() ? clean[i + 1] : ' ');
  return safe + (is_cut ? "…" : "");
}

std::string markdown(const nlohmann::ordered_json& results) {
  const Node root(results);
  std::string text;
  for (const std::size_t most : {40, 10, 3}) {
    text = written(root, most);
    if (text.size() <= longest_markdown) break;
  }
  return text;
}

}  // namespace hedgerow::tables
