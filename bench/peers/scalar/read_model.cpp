#include <cmath>
#include <fstream>

#include <nlohmann/json.hpp>

#include "bench/peers/scalar/model.hpp"

namespace peer {
namespace {

using Json = nlohmann::json;

Provider read_provider(const Json& j) {
  return {j.at("name"),
          j.at("list_price"),
          j.at("drift"),
          j.at("volatility"),
          j.at("jump_rate"),
          j.at("jump_mean"),
          j.at("jump_sd"),
          j.at("scarcity_premium"),
          j.at("loading"),
          j.at("product_overlap"),
          j.at("equity_stake"),
          j.at("unit_cost_ratio"),
          j.at("buyer_share_of_vendor"),
          j.at("provisioning"),
          j.at("alternative"),
          j.at("rates"),
          j.at("overlap_effect"),
          j.at("share_effect"),
          j.at("equity_effect"),
          j.at("reference_overlap"),
          j.at("reference_share"),
          j.at("contagion"),
          j.at("withhold"),
          j.at("rival_cost")};
}

Entity read_entity(const Json& j) {
  return {j.at("shared"),           j.at("impact"),          j.at("rate"),
          j.at("median_hours"),     j.at("sigma"),           j.at("rate_events"),
          j.at("log_median_error"), j.at("log_sigma_error"), j.at("own_weight"),
          j.at("weights")};
}

Workload read_workload(const Json& j) {
  return {j.at("demand"), j.at("revenue_at_risk"), j.at("reputation_factor"), j.at("reputation_time"),
          j.at("reputation_exponent")};
}

Choice read_choice(const Json& j) {
  return {j.at("share"),     j.at("headroom"),  j.at("recovery_hours"),
          j.at("on_demand"), j.at("exit_lead"), j.at("exit_plan")};
}

Contract read_contract(const Json& j) {
  return {j.at("fixed"),
          j.at("bargain"),
          j.at("term"),
          j.at("start"),
          j.at("commitment"),
          j.at("discount"),
          j.at("rollover"),
          j.at("migration_cost"),
          j.at("notice_years"),
          j.at("egress"),
          j.at("sla_uptime"),
          j.at("sla_credit"),
          j.at("sla_qualification"),
          j.at("sla_claim"),
          j.at("sla_cap_year")};
}

Strategy read_strategy(const Json& j) {
  Strategy strategy{j.at("name"), {}, {}};
  for (const Json& choice : j.at("workloads")) strategy.workloads.push_back(read_choice(choice));
  for (const Json& contract : j.at("contracts")) strategy.contracts.push_back(read_contract(contract));
  return strategy;
}

Bargaining read_bargaining(const Json& j) {
  return {
      j.at("power"),        j.at("share_effect"),     j.at("rival_wedge"),          j.at("switching_cost"),
      j.at("porting_cost"), j.at("porting_cost_new"), j.at("alternative_discount"), j.at("resale")};
}

}  // namespace

Model read_model(const std::string& file) {
  const Json j = Json::parse(std::ifstream(file));
  Model model{};
  model.years = j.at("years");
  model.months = 12 * model.years;
  model.end = model.years;
  model.rate = j.at("discount_rate");
  model.to_scarce = j.at("to_scarce");
  model.to_normal = j.at("to_normal");
  model.frailty_variance = j.at("frailty_variance").get<std::vector<double>>();
  for (const Json& provider : j.at("providers")) model.providers.push_back(read_provider(provider));
  for (const Json& location : j.at("locations")) model.owner.push_back(location.at("provider"));
  for (const Json& entity : j.at("entities")) model.entities.push_back(read_entity(entity));
  for (const Json& workload : j.at("workloads")) model.workloads.push_back(read_workload(workload));
  model.bargaining = read_bargaining(j.at("bargaining"));
  for (const Json& strategy : j.at("strategies")) model.strategies.push_back(read_strategy(strategy));
  for (int k = 0; k <= model.months; ++k) model.month_discount.push_back(std::exp(-model.rate * k / 12.0));
  return model;
}

}  // namespace peer
