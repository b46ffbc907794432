#include "models/assess/paths/provider_tally.hpp"

#include <algorithm>

namespace hedgerow::models {
namespace {

double placed_anywhere(const Scenario& scenario, const Stage& stage, ProviderId provider) {
  double placed = 0.0;
  for (std::size_t w = 0; w < scenario.workloads.size(); ++w)
    placed += placed_at(scenario, stage, WorkloadId(w), provider);
  return placed;
}

ExitSummary exit_summary(const ExitTally& tally) {
  ExitSummary summary;
  if (tally.completed.count > 0) summary.completed = tally.completed.estimate();
  if (tally.months.count > 0) summary.months = tally.months.estimate();
  return summary;
}

}  // namespace

void RenewalTally::merge(const RenewalTally& other) {
  happened.merge(other.happened);
  no_deal.merge(other.no_deal);
  list_price.merge(other.list_price);
  price.merge(other.price);
  leverage.merge(other.leverage);
}

void ExitTally::merge(const ExitTally& other) {
  completed.merge(other.completed);
  months.merge(other.months);
}

ProviderTally::ProviderTally(const Contract& contract, const Horizon& horizon, std::size_t whole_years)
    : whole_years_(whole_years), regime_at_year_end_(whole_years * regime_count) {
  for (const int month : bargaining_months(contract, horizon))
    renewals_.push_back({month, {}, {}, {}, {}, {}});
}

bool ProviderTally::add(ProviderId provider, const Scenario& scenario, const World& world,
                        const Outcome& outcome, double total_cost) {
  const bool severed = std::any_of(outcome.regimes[provider].begin(), outcome.regimes[provider].end(),
                                   [](const Sojourn& s) { return s.regime == Regime::severed; });
  ever_severed_.add(severed);
  (severed ? cost_if_severed_ : cost_if_kept_).add(total_cost);
  add_regimes(outcome.regimes[provider]);
  add_exit(provider, scenario, world, outcome);
  add_renewals(provider, outcome.prices.renewals);
  return severed;
}

void ProviderTally::add_regimes(const std::vector<Sojourn>& sojourns) {
  std::array<double, regime_count> years{};
  for (const Sojourn& sojourn : sojourns)
    years[static_cast<std::size_t>(sojourn.regime)] += sojourn.to - sojourn.from;
  for (std::size_t r = 0; r < regime_count; ++r) years_in_regime_[r].add(years[r]);
  for (std::size_t y = 0; y < whole_years_; ++y) {
    const auto now = static_cast<std::size_t>(regime_at(sojourns, static_cast<double>(y + 1)));
    for (std::size_t r = 0; r < regime_count; ++r) regime_at_year_end_[y * regime_count + r].add(r == now);
  }
}

void ProviderTally::add_exit(ProviderId provider, const Scenario& scenario, const World& world,
                             const Outcome& outcome) {
  const int notice = outcome.deliveries[provider].notice_month;
  if (notice >= scenario.horizon.months) return;
  if (placed_anywhere(scenario, outcome.occupancy.at(notice), provider) < negligible_share) return;
  ExitTally& exit = world.scarcity[static_cast<std::size_t>(notice)] ? exit_scarce_ : exit_normal_;
  for (std::size_t i = 1; i < outcome.occupancy.stages(); ++i) {
    const Stage& stage = outcome.occupancy.stage(i);
    if (stage.from_month <= notice || placed_anywhere(scenario, stage, provider) >= negligible_share)
      continue;
    exit.completed.add(true);
    exit.months.add(stage.from_month - notice);
    return;
  }
  exit.completed.add(false);
}

void ProviderTally::add_renewals(ProviderId provider, const std::vector<RenewalEvent>& events) {
  auto event = std::find_if(events.begin(), events.end(),
                            [&](const RenewalEvent& e) { return e.provider == provider; });
  for (RenewalTally& date : renewals_) {  // events stand in order of provider and month, as the dates do
    const bool happened = event != events.end() && event->provider == provider && event->month == date.month;
    date.happened.add(happened);
    if (!happened) continue;
    date.no_deal.add(!event->agreement.deal);
    date.list_price.add(event->list_price);
    date.price.add(event->agreement.price);
    date.leverage.add(event->agreement.leverage);
    ++event;
  }
}

void ProviderTally::merge(const ProviderTally& other) {
  for (std::size_t i = 0; i < regime_at_year_end_.size(); ++i)
    regime_at_year_end_[i].merge(other.regime_at_year_end_[i]);
  for (std::size_t r = 0; r < regime_count; ++r) years_in_regime_[r].merge(other.years_in_regime_[r]);
  ever_severed_.merge(other.ever_severed_);
  cost_if_severed_.merge(other.cost_if_severed_);
  cost_if_kept_.merge(other.cost_if_kept_);
  exit_normal_.merge(other.exit_normal_);
  exit_scarce_.merge(other.exit_scarce_);
  for (std::size_t i = 0; i < renewals_.size(); ++i) renewals_[i].merge(other.renewals_[i]);
}

ProviderSummary ProviderTally::summary(const std::string& name, double plan) const {
  ProviderSummary summary;
  summary.name = name;
  for (std::size_t r = 0; r < regime_count; ++r) summary.years_in_regime[r] = years_in_regime_[r].estimate();
  for (std::size_t y = 0; y < whole_years_; ++y) {
    auto& now = summary.regime_by_year.emplace_back();
    for (std::size_t r = 0; r < regime_count; ++r)
      now[r] = regime_at_year_end_[y * regime_count + r].estimate();
  }
  summary.severed_by_horizon = ever_severed_.estimate();
  if (cost_if_severed_.count > 0) {
    summary.loss_given_severance = cost_if_severed_.estimate();
    summary.loss_given_severance->value -= plan;
  }
  if (cost_if_kept_.count > 0) {
    summary.loss_otherwise = cost_if_kept_.estimate();
    summary.loss_otherwise->value -= plan;
  }
  summary.exit_normal = exit_summary(exit_normal_);
  summary.exit_scarce = exit_summary(exit_scarce_);
  for (const RenewalTally& date : renewals_) {
    if (date.happened.times == 0) continue;  // never on these paths: nothing is known of its price
    summary.renewals.push_back({date.month,
                                date.happened.estimate(),
                                date.list_price.estimate(),
                                date.price.estimate(),
                                date.leverage.estimate(),
                                date.no_deal.estimate(),
                                {},
                                {}});
  }
  return summary;
}

}  // namespace hedgerow::models
