#pragma once
// The model as a buyer's own program would hold it: plain numbers in plain vectors, indexed by provider p,
// location l, workload w and entity e in the order of MODEL.json (bench/peers/model.py, which also says the
// units). Only what the article's config switches on.

#include <string>
#include <vector>

namespace peer {

constexpr double hours_per_year = 8760.0;
constexpr double hours_per_month = 730.0;
constexpr double rounding = 1e-12;  ///< amounts of demand below this share of a workload are none
constexpr int never = 1'000'000;    ///< a month that no horizon reaches

enum Regime { aligned, strained, rival, severed };
struct Transition {
  Regime from, to;
};
constexpr Transition transitions[] = {{aligned, strained}, {aligned, rival},    {strained, aligned},
                                      {strained, rival},   {strained, severed}, {rival, strained},
                                      {rival, severed}};
constexpr int transition_count = 7;

struct Provider {
  std::string name;
  double list_price, drift, volatility, jump_rate, jump_mean, jump_sd, scarcity_premium, loading;
  double overlap, equity, unit_cost_ratio, share_of_vendor;
  std::vector<double> provisioning;  ///< [units/yr] in normal and in scarce supply
  bool alternative;
  std::vector<double> rates;  ///< [1/yr] by transition
  double overlap_effect, share_effect, equity_effect, reference_overlap, reference_share;
  double contagion, withhold, rival_cost;
};

struct Entity {
  bool shared;
  std::vector<double> impact;  ///< by location: 0 or 1
  double rate, median_hours, sigma;
  double rate_events;                        ///< behind the rate; 0: it is known
  double log_median_error, log_sigma_error;  ///< 0: they are known
  double own_weight;
  std::vector<double> weights;  ///< by frailty factor
};

struct Workload {
  double demand, revenue_at_risk;
  double reputation_factor, reputation_time, reputation_exponent;
};

struct Choice {
  std::vector<double> share, headroom;         ///< by location
  double recovery_hours;                       ///< negative: no failover
  std::vector<std::vector<double>> on_demand;  ///< by supply (normal, scarce) and location
  int exit_lead;
  std::vector<std::vector<double>> exit_plan;  ///< by provider that is left, by location
};

struct Contract {
  bool fixed, bargain;
  int term, start;
  std::vector<double> commitment;  ///< [USD/yr] by contract year; the last one stands on
  double discount, rollover, migration_cost, notice_years, egress;
  std::vector<double> sla_uptime, sla_credit;
  double sla_qualification, sla_claim, sla_cap_year;
};

struct Strategy {
  std::string name;
  std::vector<Choice> workloads;
  std::vector<Contract> contracts;  ///< by provider
};

struct Bargaining {
  double power, share_effect, rival_wedge, switching_cost, porting_cost, porting_cost_new;
  double alternative_discount;
  std::vector<double> resale;  ///< in normal and in scarce supply
};

struct Model {
  int years, months;
  double end;   ///< of the horizon [yr]
  double rate;  ///< of discounting, continuous
  double to_scarce, to_normal;
  std::vector<double> frailty_variance;
  std::vector<Provider> providers;
  std::vector<int> owner;  ///< provider of each location
  std::vector<Entity> entities;
  std::vector<Workload> workloads;
  Bargaining bargaining;
  std::vector<Strategy> strategies;
  std::vector<double> month_discount;  ///< e^{-r k/12}, k = 0 .. months
};

/// Throws what nlohmann::json throws where the file is not as bench/peers/model.py writes it.
Model read_model(const std::string& file);

}  // namespace peer
