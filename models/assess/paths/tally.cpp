#include "models/assess/paths/tally.hpp"

#include <cmath>
#include <limits>

namespace hedgerow::models {
namespace {

template <class T>
void merge_all(std::vector<T>& ours, const std::vector<T>& theirs) {
  HEDGEROW_EXPECT(ours.size() == theirs.size());
  for (std::size_t i = 0; i < ours.size(); ++i) ours[i].merge(theirs[i]);
}

}  // namespace

Columns::Columns(const Scenario& scenario, const Strategy& strategy, const OutputSettings& outputs)
    : components_(outputs.tell(Detail::components)),
      years_(outputs.tell(Detail::years)),
      curves_(outputs.tell(Detail::curves)) {
  if (!outputs.tell(Detail::renewals)) return;
  for (const ProviderId provider : scenario.providers.keys())
    for (const int month : bargaining_months(strategy.contracts[provider], scenario.horizon))
      renewals.push_back({provider, month, {}, {}});
}

void Columns::resize(std::size_t paths, std::size_t years, std::size_t whole_years) {
  total_cost.resize(paths);
  if (components_)
    for (auto& column : components) column.resize(paths);
  if (years_) annual_cost.resize(paths * years);
  if (curves_) annual_outage.resize(paths * whole_years);
  if (curves_) annual_incident.resize(paths * whole_years);
  for (RenewalColumns& date : renewals) {
    date.price.resize(paths);
    date.leverage.resize(paths);
  }
}

std::size_t Columns::width(const Horizon& horizon, const StrategyInput& strategy,
                           const OutputSettings& outputs) {
  const auto years = static_cast<std::size_t>(horizon.years());
  const auto whole_years = static_cast<std::size_t>(horizon.months / months_per_year);
  std::size_t renewals = 0;
  for (const auto& [provider, contract] : strategy.contracts)
    renewals += bargaining_months(contract, horizon).size();
  std::size_t columns = 1;
  if (outputs.tell(Detail::components)) columns += component_count;
  if (outputs.tell(Detail::years)) columns += years;
  if (outputs.tell(Detail::curves)) columns += 2 * whole_years;
  if (outputs.tell(Detail::renewals)) columns += 2 * renewals;
  return sizeof(double) * columns;
}

void Columns::write(std::size_t path, const Outcome& outcome, const LedgerSums& sums,
                    std::size_t whole_years) {
  total_cost[path] = sums.present();
  if (components_)
    for (const Component c : all_components) components[static_cast<std::size_t>(c)][path] = sums.present(c);
  for (std::size_t y = 0; y < sums.years() && years_; ++y)
    annual_cost[path * sums.years() + y] = sums.nominal(y);
  for (std::size_t y = 0; y < whole_years && curves_; ++y) {
    annual_outage[path * whole_years + y] = sums.nominal(Component::outage, y);
    annual_incident[path * whole_years + y] = outcome.largest_incident[y];
  }
  auto event = outcome.prices.renewals.begin();
  for (RenewalColumns& date : renewals) {
    const bool happened = event != outcome.prices.renewals.end() && event->provider == date.provider &&
                          event->month == date.month;
    date.price[path] = happened ? event->agreement.price : std::numeric_limits<double>::quiet_NaN();
    date.leverage[path] = happened ? event->agreement.leverage : std::numeric_limits<double>::quiet_NaN();
    event += happened;
  }
}

StrategyTally::StrategyTally(const Scenario& scenario, const Strategy& strategy, std::size_t years,
                             std::size_t whole_years)
    : component_by_year(component_count * years),
      total_by_year(years),
      component_by_provider(component_count * scenario.providers.size()),
      cost_by_provider(scenario.providers.size()),
      spend(scenario.providers.size()),
      severed_count(scenario.providers.size() + 1),
      scenario_(&scenario),
      years_(years),
      bills_(scenario.providers.size()) {
  for (const Contract& contract : strategy.contracts)
    providers.emplace_back(contract, scenario.horizon, whole_years);
}

void StrategyTally::add(const World& world, const Outcome& outcome, const LedgerSums& sums) {
  add_money(sums);
  std::size_t severed = 0;
  for (std::size_t p = 0; p < providers.size(); ++p)
    severed += providers[p].add(ProviderId(p), *scenario_, world, outcome, sums.present());
  for (std::size_t n = 0; n < severed_count.size(); ++n) severed_count[n].add(n == severed);
  hedge_premium.add(outcome.hedge_premium.present);
  stranded.add(outcome.migration.stranded);
}

void StrategyTally::add_money(const LedgerSums& sums) {
  for (std::size_t c = 0; c < component_count; ++c) components[c].add(sums.present(all_components[c]));
  for (std::size_t y = 0; y < years_; ++y) {
    for (std::size_t c = 0; c < component_count; ++c)
      component_by_year[c * years_ + y].add(sums.nominal(all_components[c], y));
    total_by_year[y].add(sums.nominal(y));
  }
  for (std::size_t p = 0; p < providers.size(); ++p) {
    double here = 0.0;
    for (std::size_t c = 0; c < component_count; ++c) {
      const double amount = sums.present(all_components[c], ProviderId(p));
      component_by_provider[c * providers.size() + p].add(amount);
      here += amount;
    }
    cost_by_provider[p].add(here);
    bills_[p] = sums.present(Component::spend, ProviderId(p));
  }
  spend.add(bills_);
}

void StrategyTally::merge(const StrategyTally& other) {
  for (std::size_t c = 0; c < component_count; ++c) components[c].merge(other.components[c]);
  merge_all(component_by_year, other.component_by_year);
  merge_all(total_by_year, other.total_by_year);
  merge_all(component_by_provider, other.component_by_provider);
  merge_all(severed_count, other.severed_count);
  merge_all(cost_by_provider, other.cost_by_provider);
  spend.merge(other.spend);
  merge_all(providers, other.providers);
  hedge_premium.merge(other.hedge_premium);
  stranded.merge(other.stranded);
}

MarketTally::MarketTally(std::size_t providers, std::size_t whole_years)
    : price(providers * whole_years),
      log_price(providers * whole_years),
      scarce(whole_years),
      providers_(providers),
      whole_years_(whole_years) {}

void MarketTally::add(const World& world) {
  for (std::size_t y = 0; y < whole_years_; ++y) {
    const std::size_t month = (y + 1) * months_per_year;
    scarce[y].add(world.scarcity[month]);
    for (std::size_t p = 0; p < providers_; ++p) {
      const double now = world.list_prices.at(ProviderId(p), month);
      price[p * whole_years_ + y].add(now);
      log_price[p * whole_years_ + y].add(std::log(now));
    }
  }
}

void MarketTally::merge(const MarketTally& other) {
  merge_all(price, other.price);
  merge_all(log_price, other.log_price);
  merge_all(scarce, other.scarce);
}

}  // namespace hedgerow::models
