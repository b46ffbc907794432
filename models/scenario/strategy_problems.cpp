// What a buyer chooses: placement, failover, exit and contracts.

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "models/scenario/problem_list.hpp"
#include "models/scenario/scenario.hpp"

namespace hedgerow::models {
namespace {

class StrategyInspector {
 public:
  StrategyInspector(const ScenarioInput& input, const std::map<std::string, std::string>& locations,
                    ProblemList& found)
      : input_(input), locations_(locations), found_(found) {}

  void check(const std::string& name, const StrategyInput& strategy) {
    const KeyPath path{"strategies", name};
    for (const auto& [workload, unused] : input_.workloads)
      if (!strategy.workloads.contains(workload) && !is_reserved(workload))
        found_.report(path, fmt::format("strategy {} places no workload {}", name, workload),
                      fmt::format("add {}: {{placement: ...}}", workload));
    for (const auto& [workload, choice] : strategy.workloads)
      check_choice(extended(path, {workload}), workload, choice);
    for (const auto& [provider, contract] : strategy.contracts)
      check_contract(extended(path, {"contracts", provider}), provider, contract);
  }

 private:
  void check_choice(const KeyPath& path, const std::string& workload, const WorkloadChoice& choice) {
    if (!input_.workloads.contains(workload))
      return found_.report(path, fmt::format("unknown workload {}", workload),
                           known(keys_of(input_.workloads)));
    check_placement(extended(path, {"placement"}), choice);
    check_failover(path, workload, choice);
    for (const auto& [leaver, plan] : choice.exit_plan)
      check_exit(extended(path, {"exit_plan", leaver}), leaver, plan);
    if (choice.exit_lead_months >= input_.horizon.months && choice.exit_lead_months > 0)
      found_.report(extended(path, {"exit_lead"}),
                    fmt::format("an exit lead of {} months leaves none of the horizon of {}",
                                choice.exit_lead_months, input_.horizon.months),
                    "nothing would ever move", {{"horizon"}});
  }

  void check_placement(const KeyPath& path, const WorkloadChoice& choice) {
    double sum = 0.0;
    std::string shares;
    for (const auto& [location, share] : choice.placement) {
      sum += share;
      shares += fmt::format("{}{} {}", shares.empty() ? "" : ", ", location, percent(share));
      require_location(extended(path, {location}), location);
    }
    if (!(std::abs(sum - 1.0) <= sum_tolerance))
      found_.report(
          path, fmt::format("{} sums to {} (must be 100 % within 1e-9)", fmt::join(path, "."), percent(sum)),
          sum < 1.0 ? fmt::format("{}: {} is placed nowhere", shares, percent(1.0 - sum))
                    : fmt::format("{}: {} is placed twice", shares, percent(sum - 1.0)));
  }

  bool require_location(const KeyPath& path, const std::string& location) {
    const bool is_known = locations_.contains(location);
    if (!is_known)
      found_.report(path, fmt::format("unknown location {}", location), known(keys_of(locations_)));
    return is_known;
  }

  void check_failover(const KeyPath& choice_path, const std::string& workload, const WorkloadChoice& choice) {
    const KeyPath path = extended(choice_path, {"failover"});
    const Failover& failover = choice.failover;
    if (failover.policy == FailoverPolicy::none && failover.recovery_time)
      found_.report(extended(path, {"recovery_time"}), "a recovery time without a failover policy",
                    "add policy: cold, warm or active_active", {extended(path, {"policy"})});
    for (const auto& [location, unused] : failover.on_demand_headroom)
      require_location(extended(path, {"on_demand_headroom", location}), location);
    const auto* by_location = std::get_if<std::map<std::string, double>>(&failover.headroom);
    if (by_location == nullptr) return;
    for (const auto& [location, headroom] : *by_location) {
      const KeyPath place = extended(path, {"headroom", location});
      const auto share = choice.placement.find(location);
      const bool is_used = share != choice.placement.end() && share->second > 0.0;
      if (require_location(place, location) && headroom > 0.0 && !is_used && !choice.rehomed_headroom)
        found_.report(place, fmt::format("headroom at {}, where nothing of {} is placed", location, workload),
                      "headroom is a part of what is placed; on_demand_headroom can be had anywhere",
                      {extended(choice_path, {"placement"})});
    }
  }

  void check_exit(const KeyPath& path, const std::string& leaver, const std::map<std::string, double>& plan) {
    if (!input_.providers.contains(leaver))
      return found_.report(path, fmt::format("unknown provider {}", leaver),
                           known(keys_of(input_.providers)));
    double sum = 0.0;
    for (const auto& [location, weight] : plan) {
      sum += weight;
      const KeyPath place = extended(path, {location});
      if (require_location(place, location) && weight > 0.0) check_destination(place, leaver, location);
    }
    if (!(std::abs(sum - 1.0) <= sum_tolerance))
      found_.report(
          path, fmt::format("{} sums to {} (must be 100 % within 1e-9)", fmt::join(path, "."), percent(sum)),
          fmt::format("these are the parts of what leaves {}", leaver));
  }

  void check_destination(const KeyPath& path, const std::string& leaver, const std::string& location) {
    const std::string& provider = locations_.at(location);
    if (provider == leaver)
      return found_.report(path, fmt::format("what leaves {} cannot move to {}", leaver, location),
                           "name locations of other providers");
    const auto group = [&](const std::string& name) {
      return group_name(input_.providers.at(name).regime_group, name);
    };
    if (group(provider) == group(leaver))
      found_.report(
          path,
          fmt::format("what leaves {} cannot move to {}: {} severs with it, both are of the regime group {}",
                      leaver, location, provider, group(leaver)),
          "name locations of providers of other groups",
          {{"providers", provider, "regime_group"}, {"providers", leaver, "regime_group"}});
    if (!takes_capacity(input_.providers.at(provider).provisioning))
      found_.report(path,
                    fmt::format("{} takes up no capacity, so nothing can move to {}", provider, location),
                    fmt::format("give {} a rate, as in provisioning: {{normal: 8_000 units/yr}}", provider),
                    {{"providers", provider, "provisioning"}});
  }

  void check_contract(const KeyPath& path, const std::string& provider, const Contract& contract) {
    if (!input_.providers.contains(provider))
      found_.report(path, fmt::format("unknown provider {}", provider), known(keys_of(input_.providers)));
    check_term(path, contract);
    check_dates(path, contract);
    check_volume(extended(path, {"volume_tiers"}), contract);
    if (contract.sla) check_service_level(extended(path, {"sla", "tiers"}), *contract.sla);
  }

  void check_term(const KeyPath& path, const Contract& contract) {
    if (contract.term_months >= 1) return;
    const std::vector<KeyPath> term{extended(path, {"term"})};
    if (contract.mode != PriceMode::floating)
      found_.report(path, "a fixed or capped price needs a term of at least 1 month",
                    "add term: 36mo, or use mode: float");
    if (!contract.commitment.empty())
      found_.report(extended(path, {"commitment"}), "a commitment needs a term of at least 1 month",
                    "add term: 36mo; who can leave any month has committed to nothing", term);
    if (contract.renewal == Renewal::bargain)
      found_.report(extended(path, {"renewal"}), "a renewal by bargaining needs a term of at least 1 month",
                    "add term: 36mo; a contract without a term is never renewed", term);
  }

  void check_dates(const KeyPath& path, const Contract& contract) {
    const Horizon& horizon = input_.horizon;
    // The default notice may outlast a short horizon: then nobody asked for it.
    if (contract.notice.value > std::max(horizon.length(), defaults::notice.value))
      found_.report(extended(path, {"notice"}),
                    fmt::format("a notice of {:.4g} years outlasts the horizon of {:.4g}",
                                contract.notice.value, horizon.length()),
                    "nothing would ever be cut off", {{"horizon"}});
    if (contract.start_month < horizon.months || horizon.months < 1) return;
    found_.report(extended(path, {"start"}),
                  fmt::format("the contract starts in {}, after the horizon's last month {}",
                              month_text(contract.start_month), month_text(horizon.months - 1)),
                  "it would never be in force", {{"horizon"}});
  }

  /// Month `k` of the horizon as 2026-01.
  std::string month_text(int k) const {
    const int months = input_.horizon.start_year * months_per_year + input_.horizon.start_month - 1 + k;
    return fmt::format("{:04}-{:02}", months / months_per_year, months % months_per_year + 1);
  }

  void check_volume(const KeyPath& path, const Contract& contract) {
    const std::string hint = "list them by spend, each with a higher discount than the one before";
    const auto& tiers = contract.volume_tiers;
    for (std::size_t i = 1; i < tiers.size(); ++i) {
      const auto &before = tiers[i - 1], &tier = tiers[i];
      if (!(tier.first > before.first))
        found_.report(path,
                      fmt::format("volume tier {} begins at {:.10g} {}/yr, not above tier {} ({:.10g} {}/yr)",
                                  i + 1, tier.first, input_.currency, i, before.first, input_.currency),
                      hint);
      if (!(tier.second > before.second))
        found_.report(path,
                      fmt::format("volume tier {} takes {} off, not more than tier {} ({})", i + 1,
                                  percent(tier.second), i, percent(before.second)),
                      hint);
    }
  }

  void check_service_level(const KeyPath& path, const ServiceLevel& sla) {
    const std::string hint = "list them by falling uptime, each with a higher credit than the one before";
    if (sla.tiers.empty()) found_.report(path, "a service level without tiers", "as in [[99.9%, 10%]]");
    for (std::size_t i = 1; i < sla.tiers.size(); ++i) {
      const auto &before = sla.tiers[i - 1], &tier = sla.tiers[i];
      if (!(tier.first < before.first))
        found_.report(path,
                      fmt::format("SLA tier {} is for uptimes below {}, not less than tier {} ({})", i + 1,
                                  percent(tier.first), i, percent(before.first)),
                      hint);
      if (!(tier.second > before.second))
        found_.report(path,
                      fmt::format("SLA tier {} credits {}, not more than tier {} ({})", i + 1,
                                  percent(tier.second), i, percent(before.second)),
                      hint);
    }
  }

  const ScenarioInput& input_;
  const std::map<std::string, std::string>& locations_;
  ProblemList& found_;
};

}  // namespace

void check_strategies(const ScenarioInput& input, const std::map<std::string, std::string>& locations,
                      ProblemList& found) {
  StrategyInspector inspector(input, locations, found);
  for (const auto& [name, strategy] : input.strategies) inspector.check(name, strategy);
}

}  // namespace hedgerow::models
