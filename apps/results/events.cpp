#include "apps/results/events.hpp"

#include <cmath>

namespace hedgerow::results {

using Json = nlohmann::ordered_json;

namespace {
using namespace models;

Json money(const Money& of) { return Json::array({of.nominal, of.present}); }

Json arrivals(const Replay& replay) {
  Json all = Json::object();
  for (const EntityId entity : replay.scenario->entities.keys()) {
    Json events = Json::array();
    for (const Outage& outage : replay.arrivals[entity])
      events.push_back({{"start", outage.start},
                        {"end", outage.end},
                        {"severity", outage.severity},
                        {"claim", outage.claim}});
    all[replay.scenario->entities[entity].name] = std::move(events);
  }
  return all;
}

Json law(const LognormalDuration& of) {
  return {{"lognormal", {{"median", of.median.value}, {"sigma", of.sigma}}}};
}
Json law(const WeibullDuration& of) {
  return {{"weibull", {{"shape", of.shape}, {"scale", of.scale.value}}}};
}
Json law(const FixedDuration& of) { return {{"fixed", of.value.value}}; }
Json law(const SplicedDuration& of) {
  return {{"spliced",
           {{"body", std::visit([](const auto& body) { return law(body); }, of.body)},
            {"threshold", of.threshold.value},
            {"tail_index", of.tail_index},
            {"tail_scale", of.tail_scale.value}}}};
}

/// Of the entities with a posterior.
Json parameters(const Replay& replay) {
  Json all = Json::object();
  for (const EntityId id : replay.scenario->entities.keys()) {
    const OutageEntity& entity = replay.scenario->entities[id];
    if (!has_posterior(entity)) continue;
    const OutageParameters& here = replay.parameters[id];
    const DurationLaw& duration = here.duration_law ? *here.duration_law : entity.duration;
    all[entity.name] = {{"rate", here.rate},
                        {"duration", std::visit([](const auto& form) { return law(form); }, duration)}};
  }
  return all;
}

Json list_prices(const Replay& replay) {
  Json all = Json::object();
  for (const ProviderId provider : replay.scenario->providers.keys()) {
    Json prices = Json::array();
    for (int k = 0; k <= replay.scenario->horizon.months; ++k)
      prices.push_back(replay.world.list_prices.at(provider, static_cast<std::size_t>(k)));
    all[replay.scenario->providers[provider].name] = std::move(prices);
  }
  return all;
}

Json demand(const Replay& replay) {
  Json all = Json::object();
  for (const WorkloadId workload : replay.scenario->workloads.keys()) {
    Json factors = Json::array();
    const double growth = 1.0 + replay.scenario->workloads[workload].terms.growth;
    for (int k = 0; k < replay.scenario->horizon.months; ++k)  // D_w(t_k): growth is no draw
      factors.push_back(replay.world.demand.at(workload, static_cast<std::size_t>(k)) /
                        std::pow(growth, k / months_per_year));
    all[replay.scenario->workloads[workload].name] = std::move(factors);
  }
  return all;
}

Json clocks(const Replay& replay) {
  Json all = Json::object();
  for (const RegimeGroupId group : replay.scenario->regime_groups.keys()) {
    Json by_transition = Json::object();
    for (std::size_t j = 0; j < transitions.size(); ++j)
      by_transition[std::string(transitions[j].name)] = replay.clocks[group][j];
    all[replay.scenario->regime_groups[group].name] = std::move(by_transition);
  }
  return all;
}

Json ledger(const Scenario& scenario, const Ledger& of) {
  Json all = Json::object();
  for (const Component component : all_components) {
    Json by_provider = Json::object();
    for (const ProviderId provider : scenario.providers.keys()) {
      Json years = Json::array();
      for (std::size_t y = 0; y < of.years(); ++y) years.push_back(money(of.at(component, provider, y)));
      by_provider[scenario.providers[provider].name] = std::move(years);
    }
    all[std::string(component_names[static_cast<std::size_t>(component)])] = std::move(by_provider);
  }
  return all;
}

Json outcome(const Scenario& scenario, const Outcome& of) {
  Json notices = Json::object(), renewals = Json::array();
  for (const ProviderId provider : scenario.providers.keys()) {
    const int month = of.deliveries[provider].notice_month;
    notices[scenario.providers[provider].name] =
        month < scenario.horizon.months ? Json(month) : Json(nullptr);
  }
  for (const RenewalEvent& renewal : of.prices.renewals)
    renewals.push_back({{"provider", scenario.providers[renewal.provider].name},
                        {"month", renewal.month},
                        {"list_price", renewal.list_price},
                        {"price", renewal.agreement.price},
                        {"leverage", renewal.agreement.leverage}});
  const Money total = of.ledger.total();
  return {{"total_cost", {{"nominal", total.nominal}, {"present", total.present}}},
          {"ledger", ledger(scenario, of.ledger)},
          {"hedge_premium", {{"nominal", of.hedge_premium.nominal}, {"present", of.hedge_premium.present}}},
          {"notice_month", std::move(notices)},
          {"renewals", std::move(renewals)},
          {"largest_incident", of.largest_incident}};
}

}  // namespace

Json events_json(const Study& study, const Replay& replay) {
  Json scarce = Json::array(), strategies = Json::object(), plans = Json::object();
  for (const bool now : replay.world.scarcity) scarce.push_back(now ? 1 : 0);
  for (const ReplayedStrategy& played : replay.strategies) {
    strategies[played.name] = outcome(*replay.scenario, played.outcome);
    plans[played.name] = outcome(*replay.scenario, played.plan);
  }
  Json draws = {{"arrivals", arrivals(replay)},
                {"scarce", std::move(scarce)},
                {"list_price", list_prices(replay)},
                {"demand", demand(replay)},
                {"clocks", clocks(replay)}};
  if (Json uncertain = parameters(replay); !uncertain.empty()) draws["parameters"] = std::move(uncertain);
  return {{"format", events_format_name},
          {"path", std::to_string(replay.path)},
          {"seed", std::to_string(study.simulation.seed)},
          {"draws", std::move(draws)},
          {"strategies", std::move(strategies)},
          {"plans", std::move(plans)}};
}

}  // namespace hedgerow::results
