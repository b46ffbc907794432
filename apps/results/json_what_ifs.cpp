#include "apps/results/json_what_ifs.hpp"

#include "apps/results/json_values.hpp"
#include "apps/results/story.hpp"

namespace hedgerow::results {
namespace {

using namespace models;

Json point_json(const CorridorPoint& of) {
  Json passes = Json::object();
  for (std::size_t t = 0; t < corridor_test_count; ++t)
    passes[std::string(corridor_test_names[t])] = of.passes[t];
  return {{"share", of.share},
          {"discount", number(of.discount)},
          {"leverage", number(of.leverage)},
          {"unserved_hours", estimate(of.unserved_hours)},
          {"exit_months", of.exit_months ? Json(*of.exit_months) : Json(nullptr)},
          {"passes", std::move(passes)}};
}

Json test_json(const std::optional<CorridorTest>& of) {
  return of ? Json(corridor_test_names[static_cast<std::size_t>(*of)]) : Json(nullptr);
}

Json interval_json(const ShareInterval& of) {
  return {{"from", of.from},
          {"to", of.to},
          {"fails_below", test_json(of.below)},
          {"fails_above", test_json(of.above)}};
}

Json severed_json(const SeveredToday& of) {
  return {{"unserved_hours", number(of.unserved_hours)},
          {"capacity_shortage", number(of.capacity_shortage)},
          {"migration", number(of.migration)},
          {"exit_months", of.exit_months ? Json(*of.exit_months) : Json(nullptr)},
          {"stranded", of.stranded}};
}

}  // namespace

nlohmann::ordered_json waterfall_json(const Waterfall& of) {
  Json steps = Json::array();
  for (const WaterfallStep& step : of.steps)
    steps.push_back({{"feature", feature_names[static_cast<std::size_t>(step.feature)]},
                     {"increment", estimate(step.increment)},
                     {"shapley", estimate(step.shapley)}});
  Json kinds = Json::array(), above_all = Json::array();
  for (std::size_t k = 0; k < deal_kind_count; ++k)
    kinds.push_back({{"kind", deal_kind_names[k]},
                     {"shapley", estimate(of.kinds[k].shapley)},
                     {"behind", estimate(of.kinds[k].behind)}});
  for (const DealKind kind : of.above_all)
    above_all.push_back(deal_kind_names[static_cast<std::size_t>(kind)]);
  return {{"paths", std::to_string(of.paths)}, {"difference", estimate(of.difference)},
          {"steps", std::move(steps)},         {"rest", estimate(of.rest)},
          {"kinds", std::move(kinds)},         {"above_all", std::move(above_all)}};
}

nlohmann::ordered_json break_even_json(const BreakEven& of) {
  return {{"provider", of.provider},
          {"paths", std::to_string(of.paths)},
          {"discount", number(of.discount)},
          {"verdict", break_even_verdict_names[static_cast<std::size_t>(of.verdict)]},
          {"break_even", estimate(of.break_even)},
          {"gap", number(of.gap)}};
}

nlohmann::ordered_json corridor_json(const Corridor& of) {
  Json intervals = Json::array();
  for (const ShareInterval& interval : of.intervals) intervals.push_back(interval_json(interval));
  return {{"notice_months", number(of.notice_months)},
          {"today", point_json(of.today)},
          {"corridor", of.corridor ? interval_json(*of.corridor) : Json(nullptr)},
          {"intervals", std::move(intervals)},
          {"binding", test_json(of.binding)},
          {"closest", of.closest ? point_json(*of.closest) : Json(nullptr)}};
}

nlohmann::ordered_json single_points_json(const SinglePoints& of) {
  Json outages = Json::array(), providers = Json::array();
  for (const OutagePoint& point : of.outages)
    outages.push_back({{"entity", point.entity},
                       {"frequency_per_year", number(point.frequency)},
                       {"frequency_of_a_day_or_more", number(point.frequency_as_long)},
                       {"outage", number(point.outage)},
                       {"reputation", number(point.reputation)},
                       {"unserved_share", number(point.unserved_share)}});
  for (const ProviderPoint& point : of.providers)
    providers.push_back({{"provider", point.provider},
                         {"share", number(point.share)},
                         {"notice_months", number(point.notice_months)},
                         {"normal", severed_json(point.normal)},
                         {"scarce", point.scarce ? severed_json(*point.scarce) : Json(nullptr)}});
  return {{"outage_of_a_day", std::move(outages)}, {"severed_today", std::move(providers)}};
}

nlohmann::ordered_json path_story_json(const Scenario& scenario, const PathStory& of) {
  return {{"level", PathStory::level},
          {"story", story_json(scenario, of.story)},
          {"around", neighbourhood_json(scenario, of.around)}};
}

}  // namespace hedgerow::results
