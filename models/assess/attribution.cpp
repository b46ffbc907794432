#include "models/assess/attribution.hpp"

#include <algorithm>
#include <optional>

#include "engine/measure/concentration.hpp"
#include "models/assess/columns/column_store.hpp"
#include "models/assess/summary.hpp"
#include "models/assess/tail_replay.hpp"

namespace hedgerow::models {
namespace {

using measure::Estimate;
using measure::EulerContributions;

/// Reads the parts of one strategy off its sums.
class Reader {
 public:
  Reader(const Scenario& scenario, const SplitLayout& layout, const PlayedPaths& played,
         const ColumnStore& store, const DrawnPaths& drawn, const std::vector<double>& levels,
         StrategyId strategy, const Tail& tail, const SplitSums& sums)
      : scenario_(scenario),
        layout_(layout),
        store_(store),
        levels_(levels),
        tally_(played.tally().strategies[strategy.value]),
        tails_(played.tally().tails[strategy.value]),
        strategy_(strategy),
        tail_(tail),
        sums_(sums),
        paths_(played.paths()),
        tilted_paths_(drawn.tilted != nullptr ? drawn.tilted->paths() : 0),
        refuse_error_(infinite_variance(scenario, strategy)) {
    for (std::size_t i = 0; i < levels.size(); ++i)
      euler_.push_back(measure::contributions(sums.tail[i], paths_of(i), levels[i]));
  }

  void read(Attribution& out) const {
    read_cells(out);
    read_providers(out);
    if (out.mean_paths > 0) read_causes(out);
    read_concentration(out);
  }

 private:
  /// Those that the tail of a level was taken from.
  std::uint64_t paths_of(std::size_t level) const {
    return paths_ + (tail_.levels[level].mixed ? tilted_paths_ : 0);
  }
  std::size_t place_of(double level) const {
    return static_cast<std::size_t>(std::find(levels_.begin(), levels_.end(), level) - levels_.begin());
  }
  bool refuses(std::size_t level) const {
    return refuse_error_ || (!tail_.levels[level].mixed && too_few_in_tail(paths_, levels_[level]));
  }

  Estimate honest(Estimate estimate, std::size_t level) const {
    if (refuses(level)) estimate.standard_error.reset();
    return estimate;
  }

  Estimate mean_of(std::size_t column) const {
    Estimate mean = sums_.mean[column].estimate();
    if (refuse_error_) mean.standard_error.reset();
    return mean;
  }

  std::vector<TailPart> parts(std::size_t column) const {
    std::vector<TailPart> all;
    for (std::size_t i = 0; i < levels_.size(); ++i)
      all.push_back({levels_[i], honest(euler_[i].at(column), i)});
    return all;
  }

  /// Expected shortfalls of a column of the TailTally, less `constant`, at every level that is kept.
  std::vector<TailPart> kept_parts(std::size_t column, double constant) const {
    std::vector<TailPart> all;
    std::optional<measure::SortedSample> largest;
    for (std::size_t i = 0; i < levels_.size(); ++i) {
      if (!tails_.keeps(levels_[i])) continue;
      if (!largest) largest.emplace(store_.sample({ColumnKind::largest, strategy_, column}));
      Estimate part = measure::shortfall_of_largest(*largest, paths_, levels_[i]);
      part.value -= constant;
      all.push_back({levels_[i], honest(part, i)});
    }
    return all;
  }

  void read_cells(Attribution& out) const {
    for (std::size_t c = 0; c < component_count; ++c)
      for (std::size_t p = 0; p < layout_.providers; ++p) {
        const double plan = tail_.plan[layout_.cell(c, p)];
        Estimate mean = tally_.component_by_provider[c * layout_.providers + p].estimate();
        if (refuse_error_) mean.standard_error.reset();
        out.contributions.push_back({all_components[c], scenario_.providers[ProviderId(p)].name, mean, plan,
                                     parts(layout_.cell(c, p)),
                                     kept_parts(tails_.layout().cell(c, p), plan)});
      }
  }

  void read_providers(Attribution& out) const {
    for (std::size_t p = 0; p < layout_.providers; ++p) {
      const ProviderId id(p);
      const double plan = tail_.plan[layout_.provider(p)];
      ProviderRisk risk{scenario_.providers[id].name,
                        tally_.spend.at(p),
                        {},
                        parts(layout_.provider(p)),
                        kept_parts(tails_.layout().provider(p), plan),
                        {}};
      risk.mean = tally_.cost_by_provider[p].estimate();
      risk.mean.value -= plan;
      if (refuse_error_) risk.mean.standard_error.reset();
      for (const auto& [level, without] : kept_parts(tails_.layout().without_provider(p), 0.0)) {
        const double all = tail_.levels[place_of(level)].shortfall.value;
        risk.marginal.push_back({level, {all - without.value - plan, std::nullopt}});
      }
      out.providers.push_back(std::move(risk));
    }
  }

  void read_causes(Attribution& out) const {
    for (std::size_t c = 0; c < cause_count; ++c) {
      out.by_cause.push_back({all_causes[c], "", mean_of(layout_.cause_sum(c)), parts(layout_.cause_sum(c))});
      for (std::size_t p = 0; p < layout_.providers; ++p)
        out.causes.push_back({all_causes[c], scenario_.providers[ProviderId(p)].name,
                              mean_of(layout_.cause(c, p)), parts(layout_.cause(c, p))});
    }
    for (const EntityId e : scenario_.entities.keys())
      if (can_hurt(scenario_.entities[e], scenario_.strategies[strategy_]))
        out.entities.push_back({scenario_.entities[e].name, scenario_.entities[e].kind,
                                mean_of(layout_.entity(e.value)), parts(layout_.entity(e.value))});
  }

  void read_concentration(Attribution& out) const {
    out.spend = indices(tally_.spend.mean(), [&](const std::vector<double>& gradient) {
      return tally_.spend.error_along(gradient);
    });
    const double plan = tail_total(tail_.plan);
    for (std::size_t i = 0; i < levels_.size(); ++i) {
      TailConcentration at;
      at.level = levels_[i];
      std::vector<double> risk;
      for (std::size_t p = 0; p < layout_.providers; ++p)
        risk.push_back(euler_[i].value[layout_.provider(p)]);
      at.risk = indices(risk, [&](const std::vector<double>& gradient) -> std::optional<double> {
        if (refuses(i)) return std::nullopt;
        return euler_[i].combination(linked(gradient, 0.0)).standard_error;
      });
      const double shortfall = tail_.levels[i].shortfall.value - plan;
      at.diversification_index = diversification(out.providers, levels_[i], shortfall);
      if (shortfall > 0.0) at.shared_share = shared_share(i, shortfall);
      out.risk.push_back(std::move(at));
    }
  }

  double tail_total(const std::vector<double>& row) const {
    double total = 0.0;
    for (std::size_t p = 0; p < layout_.providers; ++p) total += row[layout_.provider(p)];
    return total;
  }

  template <class ErrorAlong>
  static ConcentrationSummary indices(std::span<const double> amounts, ErrorAlong error_along) {
    const auto found = measure::concentration(amounts);
    if (!found) return {};
    const std::optional<double> error = error_along(measure::herfindahl_gradient(amounts));
    const double slope = found->effective_number * found->effective_number;
    return {Estimate{found->herfindahl, error},
            Estimate{found->effective_number, error ? std::optional(slope * *error) : std::nullopt},
            found->entropy_number};
  }

  /// Weights of the linked columns.
  static std::vector<double> linked(std::vector<double> by_provider, double shared) {
    by_provider.push_back(shared);
    return by_provider;
  }

  /// ES(L) / sum ES(L_p).
  std::optional<double> diversification(const std::vector<ProviderRisk>& providers, double level,
                                        double shortfall) const {
    if (!tails_.keeps(level)) return std::nullopt;
    double sum = 0.0;
    for (const ProviderRisk& provider : providers)
      for (const TailPart& part : provider.stand_alone)
        if (part.level == level) sum += part.value.value;
    if (sum <= 0.0) return std::nullopt;
    return shortfall / sum;
  }

  /// The part of common causes, with the error of the ratio.
  Estimate shared_share(std::size_t level, double shortfall) const {
    const double share = euler_[level].value[layout_.shared()] / shortfall;
    const std::vector<double> by_provider(layout_.providers, -share / shortfall);
    const auto error = euler_[level].combination(linked(by_provider, 1.0 / shortfall)).standard_error;
    return honest({share, error}, level);
  }

  const Scenario& scenario_;
  const SplitLayout& layout_;
  const ColumnStore& store_;
  const std::vector<double>& levels_;
  const StrategyTally& tally_;
  const TailTally& tails_;
  StrategyId strategy_;
  const Tail& tail_;
  const SplitSums& sums_;
  std::uint64_t paths_, tilted_paths_;
  bool refuse_error_;
  std::vector<EulerContributions> euler_;
};

}  // namespace

std::vector<Attribution> attribute(const Simulation& simulation, const PlayedPaths& played,
                                   const ColumnStore& store, const DrawnPaths& drawn,
                                   const std::vector<double>& levels, bool with_causes, unsigned threads) {
  TailReplay replay(simulation, played, drawn);
  replay.look_at(store, levels, with_causes);
  const std::vector<SplitSums> sums = replay.run(threads, store.call(Joint::replay));
  std::vector<Attribution> all;
  for (const StrategyId strategy : simulation.scenario().strategies.keys()) {
    Attribution& out = all.emplace_back();
    out.replayed = sums[strategy.value].paths;
    out.mean_paths = replay.mean_paths();
    Reader(simulation.scenario(), replay.layout(), played, store, drawn, levels, strategy,
           replay.tail(strategy), sums[strategy.value])
        .read(out);
  }
  return all;
}

}  // namespace hedgerow::models
