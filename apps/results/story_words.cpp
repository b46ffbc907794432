#include <cmath>
#include <string>

#include <fmt/format.h>

#include "apps/results/calendar.hpp"
#include "apps/results/format.hpp"
#include "apps/results/story.hpp"

namespace hedgerow::results {
namespace {

using namespace models;

std::string count_of(double value) { return grouped(static_cast<unsigned long long>(std::llround(value))); }

/// "10 %", "8.2 %".
std::string percent(double share) {
  std::string text = number(100.0 * share, share < 0.1 ? 1 : 0);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text + " %";
}

/// "97.4 M".
std::string large_count(double value) {
  const Scale scale = scale_for(value);
  const std::string digits = number(value / scale.unit, decimals_for_unknown_error(value / scale.unit));
  return scale.name.empty() ? digits : fmt::format("{} {}", digits, scale.name);
}

std::string few_digits(double value) { return number(value, value < 1.0 ? 2 : value < 10.0 ? 1 : 0); }

std::string hours(double value) { return fmt::format("{} h", few_digits(value)); }

std::string full_outage(double value) { return fmt::format("{} full-outage hours", few_digits(value)); }

/// "1.31 instead of 1.19 USD/unit-hour", or "1.31 USD/unit-hour, as planned".
std::string price_words(const Scenario& scenario, double price, double plan) {
  const int decimals = std::max(2, decimals_for_unknown_error(plan));
  const std::string agreed = number(price, decimals), planned = number(plan, decimals);
  const std::string unit = printable(scenario.currency) + "/unit-hour";
  return agreed == planned ? fmt::format("{} {}, as planned", agreed, unit)
                           : fmt::format("{} instead of {} {}", agreed, planned, unit);
}

/// "azure.east", "all of azure", "internet (shared)".
std::string entity_words(const OutageEntity& entity) {
  const std::string name = printable(entity.name.substr(entity.name.find(':') + 1));
  switch (entity.kind) {
    case EntityKind::region:
      return name;
    case EntityKind::provider:
      return "all of " + name;
    case EntityKind::shared:
      break;
  }
  return name + " (shared)";
}

/// "31 smaller outages".
std::string joined_words(const StoryEvent& event) {
  constexpr std::array<std::string_view, event_kind_count> kinds{"beginnings of scarcity",
                                                                 "ends of scarcity",
                                                                 "jumps of list prices",
                                                                 "new contracts",
                                                                 "renewals",
                                                                 "years of floating prices",
                                                                 "years of volume discounts",
                                                                 "years of demand other than planned",
                                                                 "strained relations with others",
                                                                 "rivalries of others",
                                                                 "severances by others",
                                                                 "better relations with others",
                                                                 "cut-offs by others",
                                                                 "exits",
                                                                 "moves",
                                                                 "shortages",
                                                                 "outages",
                                                                 "years of capacity bought in a crisis",
                                                                 "unused commitments",
                                                                 "years of service credits",
                                                                 "events of every kind"};
  return fmt::format("{} smaller {}", event.count, kinds[static_cast<std::size_t>(event.kind)]);
}

std::string severed_words(const Scenario& scenario, const Story& story, const StoryEvent& event,
                          const std::string& who) {
  for (const StoryEvent& other : story.events) {
    if (other.provider != event.provider || other.count > 1) continue;
    if (other.kind == EventKind::severed && other.from < event.from) return who + " breaks off again";
    if (other.kind == EventKind::cut_off)
      return fmt::format("{} breaks off and gives notice until {}", who, month_name(scenario, other.from));
  }
  return who + " breaks off and gives notice";
}

std::string outage_words(const Scenario& scenario, const StoryEvent& event) {
  return fmt::format("{} fails for {}: {} lost", entity_words(scenario.entities[*event.entity]),
                     hours(event.hours), full_outage(event.unserved_hours));
}

std::string shortage_words(const Scenario& scenario, const StoryEvent& event, const std::string& who) {
  const std::string what = event.share < 1.0
                               ? fmt::format("{} withholds {} of its capacity", who, percent(event.share))
                               : who + " delivers no more";
  return fmt::format("{}: {} lost until {}", what, full_outage(event.unserved_hours),
                     month_name(scenario, event.until));
}

}  // namespace

std::string event_words(const Scenario& scenario, const Story& story, const StoryEvent& event) {
  if (event.count > 1) return joined_words(event);
  const std::string who = event.provider ? printable(scenario.providers[*event.provider].name) : "";
  const int year = static_cast<int>(event.from) + 1;
  switch (event.kind) {
    case EventKind::scarcity_begins:
      return "capacity becomes scarce";
    case EventKind::scarcity_ends:
      return "capacity is no longer scarce";
    case EventKind::price_jump:
      return fmt::format("{} {} its list price by {}, to {} {}/unit-hour", who,
                         event.list_price < event.price ? "cuts" : "raises",
                         percent(std::abs(event.list_price / event.price - 1.0)), number(event.list_price, 2),
                         printable(scenario.currency));
    case EventKind::signing:
      return fmt::format("{}'s contract begins{} at {}", who, event.capped ? ", capped" : "",
                         price_words(scenario, event.price, event.plan_price));
    case EventKind::renewal:
      return fmt::format("{}'s contract renewed{} at {}", who, event.capped ? ", capped" : "",
                         price_words(scenario, event.price, event.plan_price));
    case EventKind::floating_price:
      return fmt::format("{} in plan year {} at {}", who, year,
                         price_words(scenario, event.price, event.plan_price));
    case EventKind::volume_discount:
      return fmt::format("{} of volume discounts at {} in plan year {}", event.amount < 0.0 ? "more" : "less",
                         who, year);
    case EventKind::demand:
      return fmt::format("{} units demanded in plan year {} instead of {}", count_of(event.units), year,
                         count_of(event.plan_units));
    case EventKind::strained:
      return fmt::format("relation with {} becomes strained", who);
    case EventKind::rival:
      return event.share > 0.0
                 ? fmt::format("{} turns rival and withholds {} of its capacity", who, percent(event.share))
                 : who + " turns rival";
    case EventKind::severed:
      return severed_words(scenario, story, event, who);
    case EventKind::improves:
      return fmt::format("relation with {} eases to {}", who,
                         regime_names[static_cast<std::size_t>(event.regime)]);
    case EventKind::cut_off:
      return event.share > 0.0
                 ? fmt::format("{} cuts off, with {} of the demand still there", who, percent(event.share))
                 : fmt::format("{} cuts off, and everything has left in time", who);
    case EventKind::exit_bills:
      return fmt::format("bills elsewhere less bills saved at {}, from notice on", who);
    case EventKind::migration:
      return fmt::format("{} units move away from {} until {}", count_of(event.units), who,
                         month_name(scenario, event.until));
    case EventKind::shortage:
      return shortage_words(scenario, event, who);
    case EventKind::outage:
      return outage_words(scenario, event);
    case EventKind::on_demand:
      return fmt::format("{} unit-hours bought at {} in crises of plan year {}", large_count(event.units),
                         who, year);
    case EventKind::commitment_shortfall:
      return fmt::format("commitment to {} unused, {} planned", who,
                         event.amount == 0.0  ? "as"
                         : event.amount < 0.0 ? "less than"
                                              : "more than");
    case EventKind::other:
      return "one smaller event";
    case EventKind::sla_credit:
      break;
  }
  return fmt::format("service credits from {} until {}", who, month_name(scenario, event.until));
}

}  // namespace hedgerow::results
