#include "models/assess/tally.hpp"

#include <cmath>

namespace hedgerow::models {
namespace {

template <class T>
void merge_all(std::vector<T>& ours, const std::vector<T>& theirs) {
  HEDGEROW_EXPECT(ours.size() == theirs.size());
  for (std::size_t i = 0; i < ours.size(); ++i) ours[i].merge(theirs[i]);
}

}  // namespace

measure::Estimate Frequency::estimate() const {
  const double n = static_cast<double>(count);
  const double p = static_cast<double>(times) / n;
  if (times == 0 || times == count) return {p, std::nullopt};
  return {p, std::sqrt(p * (1.0 - p) / n)};
}

void Columns::resize(std::size_t paths, std::size_t years, std::size_t whole_years) {
  total_cost.resize(paths);
  for (auto& column : components) column.resize(paths);
  annual_cost.resize(paths * years);
  annual_outage.resize(paths * whole_years);
  annual_incident.resize(paths * whole_years);
}

std::size_t Columns::width(std::size_t years, std::size_t whole_years) {
  return sizeof(double) * (1 + component_count + years + 2 * whole_years);
}

void Columns::write(std::size_t path, const Outcome& outcome, std::size_t whole_years) {
  const Ledger& ledger = outcome.ledger;
  total_cost[path] = ledger.total().present;
  for (const Component c : all_components)
    components[static_cast<std::size_t>(c)][path] = ledger.sum(c).present;
  for (std::size_t y = 0; y < ledger.years(); ++y)
    annual_cost[path * ledger.years() + y] = ledger.total(y).nominal;
  for (std::size_t y = 0; y < whole_years; ++y) {
    annual_outage[path * whole_years + y] = ledger.sum(Component::outage, y).nominal;
    annual_incident[path * whole_years + y] = outcome.largest_incident[y];
  }
}

void RenewalTally::merge(const RenewalTally& other) {
  happened.merge(other.happened);
  no_deal.merge(other.no_deal);
  list_price.merge(other.list_price);
  price.merge(other.price);
  leverage.merge(other.leverage);
}

StrategyTally::StrategyTally(const Scenario& scenario, const Strategy& strategy, std::size_t years,
                             std::size_t whole_years)
    : component_by_year(component_count * years),
      total_by_year(years),
      component_by_provider(component_count * scenario.providers.size()),
      regime_at_year_end(scenario.providers.size() * whole_years * regime_count),
      years_in_regime(scenario.providers.size() * regime_count),
      ever_severed(scenario.providers.size()),
      severed_count(scenario.providers.size() + 1),
      providers_(scenario.providers.size()),
      years_(years),
      whole_years_(whole_years) {
  for (const Contract& contract : strategy.contracts) {
    auto& dates = renewals.emplace_back();
    for (const int month : bargaining_months(contract, scenario.horizon))
      dates.push_back({month, {}, {}, {}, {}, {}});
  }
}

void StrategyTally::add(const Outcome& outcome) {
  add_money(outcome.ledger);
  add_regimes(outcome.regimes);
  add_renewals(outcome.prices.renewals);
  hedge_premium.add(outcome.hedge_premium.present);
  stranded.add(outcome.migration.stranded);
}

void StrategyTally::add_renewals(const std::vector<RenewalEvent>& events) {
  auto event = events.begin();  // in order of provider and month, as the dates are
  for (std::size_t p = 0; p < providers_; ++p)
    for (RenewalTally& date : renewals[p]) {
      const bool happened = event != events.end() && event->provider.value == p && event->month == date.month;
      date.happened.add(happened);
      if (!happened) continue;
      date.no_deal.add(!event->agreement.deal);
      date.list_price.add(event->list_price);
      date.price.add(event->agreement.price);
      date.leverage.add(event->agreement.leverage);
      ++event;
    }
}

void StrategyTally::add_money(const Ledger& ledger) {
  for (std::size_t y = 0; y < years_; ++y) {
    for (std::size_t c = 0; c < component_count; ++c)
      component_by_year[c * years_ + y].add(ledger.sum(all_components[c], y).nominal);
    total_by_year[y].add(ledger.total(y).nominal);
  }
  for (std::size_t c = 0; c < component_count; ++c)
    for (std::size_t p = 0; p < providers_; ++p)
      component_by_provider[c * providers_ + p].add(ledger.sum(all_components[c], ProviderId(p)).present);
}

void StrategyTally::add_regimes(const RegimeHistory& regimes) {
  std::size_t severed_providers = 0;
  for (std::size_t p = 0; p < providers_; ++p) {
    const std::vector<Sojourn>& sojourns = regimes[ProviderId(p)];
    std::array<double, regime_count> years{};
    for (const Sojourn& sojourn : sojourns)
      years[static_cast<std::size_t>(sojourn.regime)] += sojourn.to - sojourn.from;
    for (std::size_t r = 0; r < regime_count; ++r) years_in_regime[p * regime_count + r].add(years[r]);
    for (std::size_t y = 0; y < whole_years_; ++y) {
      const auto now = static_cast<std::size_t>(regime_at(sojourns, static_cast<double>(y + 1)));
      for (std::size_t r = 0; r < regime_count; ++r)
        regime_at_year_end[(p * whole_years_ + y) * regime_count + r].add(r == now);
    }
    const bool severed = years[static_cast<std::size_t>(Regime::severed)] > 0.0;
    ever_severed[p].add(severed);
    severed_providers += severed;
  }
  for (std::size_t n = 0; n <= providers_; ++n) severed_count[n].add(n == severed_providers);
}

void StrategyTally::merge(const StrategyTally& other) {
  merge_all(component_by_year, other.component_by_year);
  merge_all(total_by_year, other.total_by_year);
  merge_all(component_by_provider, other.component_by_provider);
  merge_all(regime_at_year_end, other.regime_at_year_end);
  merge_all(years_in_regime, other.years_in_regime);
  merge_all(ever_severed, other.ever_severed);
  merge_all(severed_count, other.severed_count);
  for (std::size_t p = 0; p < providers_; ++p) merge_all(renewals[p], other.renewals[p]);
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
