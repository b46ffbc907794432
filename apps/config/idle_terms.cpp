#include "apps/config/idle_terms.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string>

#include "models/contract/contract_prices.hpp"
#include "models/outage/parameter_sampler.hpp"

namespace hedgerow::config {
namespace {

using Path = std::vector<std::string>;

/// Looks at one contract after the other.
class Inspector {
 public:
  explicit Inspector(const models::Horizon& horizon) : horizon_(horizon) {}

  void look_at(const Path& contract, const models::Contract& terms) {
    if (terms.rollover.value > 0.0 && terms.commitment.empty())
      report(contract, {"rollover"}, "has no effect: there is no commitment to roll over", "add commitment");
    if (terms.egress.price > 0.0 && terms.egress.volume == 0.0)
      report(contract, {"egress", "price"}, "has no effect: no data is moved", "add volume, as in 500 TB");
    if (terms.egress.volume > 0.0 && terms.egress.price == 0.0)
      report(contract, {"egress", "volume"}, "has no effect: moving data costs nothing",
             "add price, as in 80 USD/TB");
    if (terms.renewal != models::Renewal::bargain) {
      if (terms.switching_cost)
        report(contract, {"switching_cost"}, "has no effect: nothing is bargained about",
               "add renewal: bargain");
    } else if (models::bargaining_months(terms, horizon_).empty()) {
      report(contract, {"renewal"}, "has no effect: the first renewal lies beyond the horizon",
             "look at start and term, or at the horizon");
    }
  }

  std::vector<models::Problem> found;

 private:
  void report(const Path& contract, const Path& key, const char* what, const char* hint) {
    Path path = contract;
    path.insert(path.end(), key.begin(), key.end());
    found.push_back({path, fmt::format("{} {}", fmt::join(path, "."), what), hint});
  }

  const models::Horizon& horizon_;
};

bool has_posterior(const models::ScenarioInput& scenario) {
  const auto has = [](const std::optional<models::OutageProcess>& process) {
    return process && (process->rate_posterior || models::has_posterior(process->duration));
  };
  for (const auto& [name, provider] : scenario.providers) {
    if (has(provider.outages)) return true;
    for (const auto& [region, terms] : provider.regions)
      if (has(terms.outages)) return true;
  }
  for (const auto& [name, shared] : scenario.shared_dependencies)
    if (has(shared.outages)) return true;
  return false;
}

}  // namespace

std::vector<models::Problem> idle_terms(const models::Study& study) {
  const models::ScenarioInput& scenario = study.scenario;
  Inspector inspector(scenario.horizon);
  if (study.outputs.parameter_uncertainty && !has_posterior(scenario))
    inspector.found.push_back({{"outputs", "parameter_uncertainty"},
                               "outputs.parameter_uncertainty has no effect: nothing has a posterior",
                               "hedgerow fit --posterior writes those of an incident log"});
  for (const auto& [strategy, choice] : scenario.strategies)
    for (const auto& [provider, contract] : choice.contracts)
      inspector.look_at({"strategies", strategy, "contracts", provider}, contract);
  return std::move(inspector.found);
}

}  // namespace hedgerow::config
