#include "models/divergence/cost.hpp"

namespace hedgerow::models {
namespace {

double cost_per_year(const Divergence& terms, Regime regime) {
  if (regime == Regime::rival) return terms.rival_cost;
  if (regime == Regime::severed) return terms.severed_cost;
  return 0.0;
}

}  // namespace

void charge_regimes(const Scenario& scenario, const RegimeHistory& regimes, const Discounting& discounting,
                    Ledger& ledger, Journal* journal) {
  for (std::size_t p = 0; p < scenario.providers.size(); ++p) {
    const ProviderId id(p);
    const Provider& provider = scenario.providers[id];
    if (!provider.divergence) continue;
    for (const Sojourn& sojourn : regimes[id]) {
      const double cost = provider.product_overlap * cost_per_year(*provider.divergence, sojourn.regime);
      if (cost == 0.0) continue;
      for_each_year(sojourn.from, sojourn.to, [&](int year, double from, double to) {
        const Money money = cost * Money{to - from, discounting.flow(from, to)};
        ledger.at(Component::regime, id, static_cast<std::size_t>(year)) += money;
        if (journal != nullptr)
          record_divergence(*journal, {Component::regime, id, from, to, money}, sojourn.contagion);
      });
    }
  }
}

}  // namespace hedgerow::models
