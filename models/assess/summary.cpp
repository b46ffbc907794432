#include "models/assess/summary.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <stdexcept>

#include <fmt/format.h>

#include "engine/measure/expected_shortfall.hpp"
#include "engine/measure/histogram.hpp"
#include "engine/measure/quantile.hpp"
#include "engine/run/blocks.hpp"
#include "models/outage/duration.hpp"

namespace hedgerow::models {
namespace {

using measure::Estimate;
using measure::Interval;
using measure::Moments;
using measure::SortedSample;

Estimate estimate_of(const Moments& moments, bool refuse_error) {
  return {moments.mean, refuse_error ? std::nullopt : moments.standard_error()};
}

/// Of independent values.
std::vector<Percentile> percentiles_of(const SortedSample& sample, const std::vector<double>& levels) {
  std::vector<Percentile> percentiles;
  for (const double level : levels)
    percentiles.push_back(
        {level, measure::quantile(sample, level), measure::quantile_interval(sample, level)});
  return percentiles;
}

/// Mean and standard deviation, without a distribution.
MeasureSummary mean_of(std::string name, const Moments& moments, bool refuse_error) {
  MeasureSummary summary{std::move(name), estimate_of(moments, refuse_error), std::nullopt, {}, {}, {}};
  if (moments.variance() && !refuse_error) summary.sd = std::sqrt(*moments.variance());
  return summary;
}

void add_distribution(const ColumnReading& reading, const OutputSettings& outputs, bool refuse_error,
                      MeasureSummary& summary) {
  summary.percentiles = reading.percentiles(outputs.percentiles);
  for (const double level : outputs.expected_shortfall)
    summary.expected_shortfall.push_back(reading.tail_mean(level, refuse_error));
}

Interval shifted(const Interval& interval, double shift) {
  Interval moved = interval;
  if (moved.lower) *moved.lower -= shift;
  if (moved.upper) *moved.upper -= shift;
  return moved;
}

void shift(std::vector<Percentile>& percentiles, double plan) {
  for (Percentile& percentile : percentiles) {
    percentile.value -= plan;
    percentile.interval = shifted(percentile.interval, plan);
  }
}

/// The loss is the total cost less a constant, so its whole distribution moves by the plan.
MeasureSummary loss_against(const MeasureSummary& total, double plan, const std::vector<double>& plan_years) {
  MeasureSummary loss = total;
  loss.name = MeasureName::loss;
  loss.mean.value -= plan;
  shift(loss.percentiles, plan);
  for (TailMean& tail : loss.expected_shortfall) {
    tail.estimate.value -= plan;
    tail.interval = shifted(tail.interval, plan);
  }
  for (std::size_t y = 0; y < loss.years.size(); ++y) {
    loss.years[y].mean.value -= plan_years[y];
    shift(loss.years[y].percentiles, plan_years[y]);
  }
  return loss;
}

/// The largest tail index among the outages that can hurt the strategy.
double heaviest_tail(const Scenario& scenario, const Strategy& strategy) {
  double heaviest = 0.0;
  for (const OutageEntity& entity : scenario.entities)
    if (can_hurt(entity, strategy) && entity.rate.value > 0.0)
      heaviest = std::max(heaviest, Duration(entity.duration).tail_index());
  return heaviest;
}

MeasureSummary total_cost_of(const Scenario& scenario, StrategyId strategy, const ColumnStore& store,
                             const ColumnReading& reading, const OutputSettings& outputs, bool replicated) {
  const bool refuse_error = infinite_variance(scenario, strategy);
  ColumnMoments sums{{ColumnKind::total_cost, strategy}};  // in the order of the paths
  store.add(sums);
  MeasureSummary summary = mean_of(std::string(MeasureName::total_cost), sums.moments, refuse_error);
  if (!refuse_error && replicated) summary.mean.standard_error = reading.replicated_error();
  add_distribution(reading, outputs, refuse_error, summary);
  return summary;
}

/// Fills one StrategySummary part by part; the sorting of columns runs in parallel.
class Summariser {
 public:
  Summariser(const Simulation& simulation, const PlayedPaths& paths, StrategyId strategy,
             const ColumnStore& store, const DrawnPaths& drawn, const OutputSettings& outputs)
      : scenario_(simulation.scenario()),
        calendar_(paths.calendar()),
        paths_(paths),
        columns_(paths.columns()[strategy.value]),
        store_(store),
        tally_(paths.tally().strategies[strategy.value]),
        drawn_(drawn),
        outputs_(outputs),
        strategy_(strategy),
        heavy_(infinite_variance(scenario_, strategy)) {
    summary_.name = scenario_.strategies[strategy].name;
    World plan;
    Outcome outcome;
    simulation.plan(plan);
    simulation.evaluate(plan, strategy, outcome);
    summary_.plan_total_cost = outcome.ledger.total().present;
    for (std::size_t y = 0; y < calendar_.years; ++y) plan_years_.push_back(outcome.ledger.total(y).nominal);
  }

  StrategySummary run(unsigned threads) {
    std::vector<std::function<void()>> tasks;
    add_measures(tasks);
    add_curves(tasks);
    run::run_tasks(tasks.size(), store_.threads(threads), [&](std::size_t i) { tasks[i](); });
    summary_.measures[0].years = total_years_;
    summary_.measures.insert(summary_.measures.begin() + 1,
                             loss_against(summary_.measures[0], summary_.plan_total_cost, plan_years_));
    add_means();
    diagnose();
    return std::move(summary_);
  }

 private:
  bool refuses_error(std::size_t component) const {
    return infinite_variance(scenario_, strategy_, all_components[component]);
  }

  void add_measures(std::vector<std::function<void()>>& tasks) {
    summary_.measures.resize(1 + component_count);
    total_years_.resize(calendar_.years);
    tasks.emplace_back([this] {
      const ColumnReading reading = read({ColumnKind::total_cost, strategy_});
      summary_.measures[0] =
          total_cost_of(scenario_, strategy_, store_, reading, outputs_, drawn_.replicates > 0);
      summary_.distribution = {reading.percentiles(distribution_levels(reading.sample().size())),
                               measure::histogram(reading.sample())};
    });
    for (std::size_t c = 0; c < component_count; ++c)
      tasks.emplace_back([this, c] {
        MeasureSummary& measure = summary_.measures[1 + c];
        measure = mean_of(std::string(component_names[c]), tally_.components[c], refuses_error(c));
        if (outputs_.tell(Detail::components)) {
          const ColumnReading reading = read({ColumnKind::component, strategy_, c});
          if (drawn_.replicates > 0 && !refuses_error(c))
            measure.mean.standard_error = reading.replicated_error();
          add_distribution(reading, outputs_, refuses_error(c), measure);
        }
        for (std::size_t y = 0; y < calendar_.years; ++y)
          measure.years.push_back(
              {estimate_of(tally_.component_by_year[c * calendar_.years + y], refuses_error(c)), {}});
      });
    for (std::size_t y = 0; y < calendar_.years; ++y)
      tasks.emplace_back([this, y] {
        total_years_[y].mean = estimate_of(tally_.total_by_year[y], heavy_);
        if (!outputs_.tell(Detail::years)) return;
        const ColumnReading reading = read({ColumnKind::annual_cost, strategy_, y});
        if (drawn_.replicates > 0 && !heavy_)
          total_years_[y].mean.standard_error = reading.replicated_error();
        total_years_[y].percentiles = reading.percentiles(outputs_.percentiles);
      });
  }

  void add_curves(std::vector<std::function<void()>>& tasks) {
    const std::size_t years = calendar_.whole_years;
    if (years == 0 || !outputs_.tell(Detail::curves)) return;
    summary_.by_year.resize(years);
    const auto& periods = outputs_.return_periods;
    tasks.emplace_back([this] { summary_.pooled.aggregate = pooled(ColumnKind::all_outages); });
    tasks.emplace_back([this] { summary_.pooled.occurrence = pooled(ColumnKind::all_incidents); });
    for (std::size_t y = 0; y < years; ++y)
      tasks.emplace_back([this, y, &periods] {
        summary_.by_year[y] = {measure::exceedance_curve(sample(ColumnKind::annual_outage, y), periods),
                               measure::exceedance_curve(sample(ColumnKind::annual_incident, y), periods)};
      });
  }

  ColumnReading read(const ColumnId& id) const { return {store_, paths_, id, drawn_}; }

  SortedSample sample(ColumnKind kind, std::size_t index) const {
    return store_.sample({kind, strategy_, index});
  }

  std::vector<measure::ExceedancePoint> pooled(ColumnKind kind) const {
    return measure::pooled_exceedance_curve(sample(kind, 0), calendar_.whole_years, outputs_.return_periods,
                                            [&](measure::ExceedanceFrequency& frequency) {
                                              ColumnExceedances sums{{kind, strategy_}, frequency};
                                              store_.add(sums);
                                              frequency = sums.frequency;
                                            });
  }

  void add_means() {
    for (std::size_t p = 0; p < scenario_.providers.size(); ++p)
      summary_.providers.push_back(
          tally_.providers[p].summary(scenario_.providers[ProviderId(p)].name, summary_.plan_total_cost));
    for (ProviderSummary& provider : summary_.providers)
      for (auto* loss : {&provider.loss_given_severance, &provider.loss_otherwise})
        if (heavy_ && *loss) (*loss)->standard_error.reset();
    for (std::size_t date = 0; date < columns_.renewals.size(); ++date) add_leverage(date);
    for (const Frequency& frequency : tally_.severed_count)
      summary_.severed_providers.push_back(frequency.estimate());
    summary_.hedge_premium = tally_.hedge_premium.estimate();
    summary_.stranded = tally_.stranded.estimate();
  }

  /// The distributions of what was agreed on one date.
  void add_leverage(std::size_t date) {
    const RenewalColumns& of = columns_.renewals[date];
    for (RenewalSummary& renewal : summary_.providers[of.provider.value].renewals)
      if (renewal.month == of.month) {
        renewal.price_percentiles =
            percentiles_of(sample(ColumnKind::renewal_price, date), outputs_.percentiles);
        renewal.leverage_percentiles =
            percentiles_of(sample(ColumnKind::renewal_leverage, date), outputs_.percentiles);
      }
  }

  void diagnose() {
    if (heavy_)
      summary_.diagnostics.push_back(
          {"infinite_variance",
           "outages have so heavy a tail that the variance of what they cost is infinite, so no standard "
           "error is given for means and expected shortfalls of the outage loss, reputation and the total"});
    const auto mean = [&](Component c) {
      return summary_.measures[2 + static_cast<std::size_t>(c)].mean.value;
    };
    if (-mean(Component::sla_credit) > mean(Component::outage) + mean(Component::reputation))
      summary_.diagnostics.push_back({"credits_exceed_losses",
                                      "service credits exceed what outages and reputation cost, as if "
                                      "outages paid: look at the bills, the "
                                      "qualification and the caps of the service levels"});
    if (tally_.stranded.times > 0)
      summary_.diagnostics.push_back(
          {"stranded_demand",
           fmt::format("on {:.3g} % of the paths demand had to leave a provider and found none to take it",
                       100.0 * summary_.stranded.value)});
  }

  const Scenario& scenario_;
  const Calendar& calendar_;
  const PlayedPaths& paths_;
  const Columns& columns_;
  const ColumnStore& store_;
  const StrategyTally& tally_;
  const DrawnPaths& drawn_;
  const OutputSettings& outputs_;
  const StrategyId strategy_;
  const bool heavy_;
  std::vector<double> plan_years_;
  std::vector<YearSummary> total_years_;
  StrategySummary summary_;
};

}  // namespace

std::vector<double> distribution_levels(std::uint64_t paths) {
  std::vector<double> levels;
  for (const double tail :
       {1e-6, 2e-6, 5e-6, 1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 0.01, 0.02})
    if (!too_few_in_tail(paths, 1.0 - tail)) levels.push_back(tail);
  const std::vector<double> lower = levels;
  for (int percent = 5; percent <= 95; percent += 5) levels.push_back(percent / 100.0);
  for (auto tail = lower.rbegin(); tail != lower.rend(); ++tail) levels.push_back(1.0 - *tail);
  return levels;
}

bool too_few_in_tail(std::uint64_t paths, double level) {
  constexpr double fewest = 10.0;
  return (1.0 - level) * static_cast<double>(paths) < fewest;
}

bool can_hurt(const OutageEntity& entity, const Strategy& strategy) {
  return std::any_of(entity.impacts.begin(), entity.impacts.end(), [&](const auto& impact) {
    return std::any_of(strategy.workloads.begin(), strategy.workloads.end(),
                       [&](const WorkloadPlan& plan) { return plan.may_run_at(impact.first); });
  });
}

bool infinite_variance(const Scenario& scenario, StrategyId strategy, Component component) {
  double exponent = component == Component::outage ? 1.0 : 0.0;  // the component grows as hours^exponent
  if (component == Component::reputation)
    for (const NamedWorkload& workload : scenario.workloads)
      if (workload.terms.reputation && !workload.terms.reputation->cap)
        exponent = std::max(exponent, workload.terms.reputation->exponent);
  return 2.0 * exponent * heaviest_tail(scenario, scenario.strategies[strategy]) >= 1.0;
}

bool infinite_variance(const Scenario& scenario, StrategyId strategy) {
  return infinite_variance(scenario, strategy, Component::outage) ||
         infinite_variance(scenario, strategy, Component::reputation);
}

MeasureSummary summarise_total_cost(const Scenario& scenario, StrategyId strategy, const PlayedPaths& paths,
                                    const ColumnStore& store, const DrawnPaths& drawn,
                                    const OutputSettings& outputs) {
  const ColumnReading reading(store, paths, {ColumnKind::total_cost, strategy}, drawn);
  return total_cost_of(scenario, strategy, store, reading, outputs, drawn.replicates > 0);
}

const MeasureSummary& StrategySummary::measure(std::string_view wanted) const {
  for (const MeasureSummary& candidate : measures)
    if (candidate.name == wanted) return candidate;
  throw std::out_of_range(fmt::format("no measure is called {}", wanted));
}

StrategySummary summarise_strategy(const Simulation& simulation, const PlayedPaths& paths,
                                   StrategyId strategy, const ColumnStore& store, const DrawnPaths& drawn,
                                   const OutputSettings& outputs, unsigned threads) {
  return Summariser(simulation, paths, strategy, store, drawn, outputs).run(threads);
}

void summarise_market(const Scenario& scenario, const Calendar& calendar, const MarketTally& tally,
                      Assessment& out) {
  for (const Frequency& frequency : tally.scarce) out.scarcity_by_year.push_back(frequency.estimate());
  for (std::size_t p = 0; p < scenario.providers.size(); ++p) {
    ListPriceSummary summary{scenario.providers[ProviderId(p)].name, {}, {}, {}};
    for (std::size_t y = 0; y < calendar.whole_years; ++y) {
      const std::size_t cell = p * calendar.whole_years + y;
      summary.mean.push_back(tally.price[cell].estimate());
      summary.log_mean.push_back(tally.log_price[cell].estimate());
      summary.log_variance.push_back(tally.log_price[cell].variance());
    }
    out.list_prices.push_back(std::move(summary));
  }
}

}  // namespace hedgerow::models
