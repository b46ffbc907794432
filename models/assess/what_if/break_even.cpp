#include "models/assess/what_if/break_even.hpp"

#include <algorithm>
#include <cmath>

#include "models/assess/assess.hpp"
#include "models/assess/paths/joint_blocks.hpp"
#include "models/assess/summary.hpp"
#include "models/assess/what_if/variants.hpp"
#include "models/assess/what_if/waterfall.hpp"
#include "models/simulate.hpp"

namespace hedgerow::models {
namespace {

/// Beyond a hundred times the list price nothing is looked for.
constexpr double lowest_discount = -99.0;
/// The slope at the break-even is taken over this, towards smaller discounts.
constexpr double slope_step = 1e-4;
/// More than a search ever takes: a bracket is halved at least every third step.
constexpr int most_steps = 100;

/// One contract with a discount to be tried.
struct Trial {
  StrategyId strategy;
  ProviderId provider;
  double discount;
};

/// What each trial costs more than the reference, over paths.
using Differences = std::vector<measure::Moments>;

/// Plays trials on the same paths, again and again; the reference only once.
class Trials {
 public:
  Trials(const Study& study, const Scenario& scenario, std::uint64_t paths, unsigned threads,
         const run::Cancellation* cancellation, ranks::Communicator* others)
      : scenario_(scenario), seed_(study.simulation.seed), others_(others) {
    const run::Block ours = dealt(paths, what_if_block, others);
    reference_.resize(ours.last - ours.first);
    options_.first = ours.first;
    options_.paths = ours.last;
    options_.block_size = what_if_block;
    options_.threads = threads;
    options_.cancellation = cancellation;
  }

  Differences play(const std::vector<Trial>& trials) {
    Scenario scenario = scenario_;
    for (const Trial& trial : trials) {
      Strategy variant = scenario.strategies[trial.strategy];
      variant.contracts[trial.provider].discount = trial.discount;
      scenario.strategies.push_back(std::move(variant));
    }
    const Simulation simulation(scenario, seed_);
    if (!knows_reference_) typical_cost_ = reference_cost(simulation, 0);
    Differences total(trials.size());
    if (!add_blocks(options_, others_, total,
                    [&](run::Block block) { return play(simulation, trials.size(), block); }))
      throw Stopped();
    knows_reference_ = true;
    return total;
  }

  /// A total cost that differences are compared with: that of the first path, which all ranks know.
  double typical_cost() const { return typical_cost_; }

 private:
  static double reference_cost(const Simulation& simulation, std::uint64_t path) {
    World world;
    Outcome outcome;
    simulation.sample(path, world);
    simulation.evaluate(world, StrategyId(0), outcome);
    return outcome.ledger.total().present;
  }

  Differences play(const Simulation& simulation, std::size_t trials, run::Block block) {
    Differences differences(trials);
    World world;
    Outcome outcome;
    for (std::uint64_t path = block.first; path < block.last; ++path) {
      simulation.sample(path, world);
      double& reference = reference_[path - options_.first];
      if (!knows_reference_) {
        simulation.evaluate(world, StrategyId(0), outcome);
        reference = outcome.ledger.total().present;
      }
      for (std::size_t i = 0; i < trials; ++i) {
        simulation.evaluate(world, StrategyId(scenario_.strategies.size() + i), outcome);
        differences[i].add(outcome.ledger.total().present - reference);
      }
    }
    return differences;
  }

  const Scenario& scenario_;
  std::uint64_t seed_;
  ranks::Communicator* others_;
  run::RunOptions options_;
  std::vector<double> reference_;  ///< total cost by path, written by the first play
  double typical_cost_ = 0.0;
  bool knows_reference_ = false;
};

/// Looks for the zero of a function that does not increase, one value at a time: the secant through the ends
/// of a bracket, with the end that stays put halved (the Illinois method: Dowell & Jarratt 1971, BIT 11).
/// Exact in one step where the function is linear.
class Search {
 public:
  struct Point {
    double x, f;
  };

  /// `at_zero` and `at_one`: the values at discounts 0 and 1.
  Search(double at_zero, double at_one) : low_{0.0, at_zero}, high_{1.0, at_one} {
    if (at_one > 0.0) end(BreakEvenVerdict::dearer_even_if_free);
  }

  bool searching() const { return searching_; }
  BreakEvenVerdict verdict() const { return verdict_; }
  double found() const { return found_; }
  /// The value there, with its error.
  const measure::Estimate& difference() const { return difference_; }

  /// Where the function is asked for next: in the bracket, or below what is known.
  double next() const {
    const double slope = (low_.f - high_.f) / (high_.x - low_.x);
    if (low_.f >= 0.0) return slope > 0.0 ? high_.x + high_.f / slope : 0.5 * (low_.x + high_.x);
    const double zero = slope > 0.0 ? low_.x + low_.f / slope : lowest_discount;
    const double step = extended_ ? 2.0 * (high_.x - low_.x) : 1.0 / 64.0;
    return std::max(std::min(zero, low_.x - step), lowest_discount);
  }

  /// `tolerance`: a value that is as good as 0.
  void take(double x, const measure::Estimate& value, double tolerance) {
    const Point point{x, value.value};
    difference_ = value;
    ++steps_;
    if (std::abs(point.f) <= tolerance || steps_ == most_steps) {
      found_ = point.x;
      return end(BreakEvenVerdict::found);
    }
    if (low_.f < 0.0) return extend(point);
    const bool goes_high = point.f < 0.0;
    (goes_high ? high_ : low_) = point;
    if (bracketed_ && goes_high == went_high_) (goes_high ? low_ : high_).f *= 0.5;
    went_high_ = goes_high;
    bracketed_ = true;
    found_ = point.x;
    if (high_.x - low_.x <= 1e-13) end(BreakEvenVerdict::found);
  }

 private:
  /// The strategy is cheaper at every discount tried so far.
  void extend(Point point) {
    if (point.f < 0.0 && point.x <= lowest_discount) return end(BreakEvenVerdict::cheaper_at_any_price);
    high_ = low_;
    low_ = point;
    extended_ = true;
  }

  void end(BreakEvenVerdict verdict) {
    verdict_ = verdict;
    searching_ = false;
  }

  Point low_, high_;  ///< values of both signs, or below 0 at both
  double found_ = 0.0;
  measure::Estimate difference_;
  int steps_ = 0;
  bool went_high_ = false, extended_ = false, bracketed_ = false, searching_ = true;
  BreakEvenVerdict verdict_ = BreakEvenVerdict::found;
};

/// The contracts whose break-even is asked for.
std::vector<Trial> contracts_in_question(const Scenario& scenario) {
  std::vector<Trial> all;
  const Strategy& reference = scenario.strategies[StrategyId(0)];
  for (std::size_t s = 1; s < scenario.strategies.size(); ++s) {
    const Strategy& strategy = scenario.strategies[StrategyId(s)];
    std::vector<Trial> added, changed;
    for (const ProviderId p : scenario.providers.keys()) {
      if (!uses(scenario, strategy, p)) continue;
      const Trial trial{StrategyId(s), p, strategy.contracts[p].discount};
      if (!uses(scenario, reference, p))
        added.push_back(trial);
      else if (trial.discount != reference.contracts[p].discount)
        changed.push_back(trial);
    }
    const std::vector<Trial>& asked = added.empty() ? changed : added;
    all.insert(all.end(), asked.begin(), asked.end());
  }
  return all;
}

/// A value this small moves the answer by less than a hundredth of its error, or is rounding.
double as_good_as_zero(const measure::Moments& difference, double typical_cost) {
  return std::max(1e-2 * difference.standard_error().value_or(0.0), 1e-13 * std::abs(typical_cost));
}

/// Searches for all zeros together, so that paths are sampled once a step.
std::vector<Search> search(Trials& trials, const std::vector<Trial>& contracts) {
  std::vector<Trial> ends;
  for (const Trial& contract : contracts)
    for (const double discount : {0.0, 1.0}) ends.push_back({contract.strategy, contract.provider, discount});
  const Differences at_ends = trials.play(ends);
  std::vector<Search> searches;
  for (std::size_t i = 0; i < contracts.size(); ++i)
    searches.emplace_back(at_ends[2 * i].mean, at_ends[2 * i + 1].mean);
  for (;;) {
    std::vector<Trial> asked;
    std::vector<Search*> asking;
    for (std::size_t i = 0; i < contracts.size(); ++i) {
      if (!searches[i].searching()) continue;
      asked.push_back({contracts[i].strategy, contracts[i].provider, searches[i].next()});
      asking.push_back(&searches[i]);
    }
    if (asked.empty()) return searches;
    const Differences values = trials.play(asked);
    for (std::size_t i = 0; i < asked.size(); ++i)
      asking[i]->take(asked[i].discount, values[i].estimate(),
                      as_good_as_zero(values[i], trials.typical_cost()));
  }
}

/// The error of each break-even: that of the difference there over the slope.
void set_errors(Trials& trials, const Scenario& scenario, const std::vector<Search>& searches,
                const std::vector<Trial>& contracts, std::vector<BreakEven>& all) {
  std::vector<Trial> below;
  std::vector<std::size_t> of;
  for (std::size_t i = 0; i < contracts.size(); ++i) {
    if (!all[i].break_even || infinite_variance(scenario, StrategyId(0)) ||
        infinite_variance(scenario, contracts[i].strategy))
      continue;
    below.push_back({contracts[i].strategy, contracts[i].provider, all[i].break_even->value - slope_step});
    of.push_back(i);
  }
  if (of.empty()) return;
  const Differences values = trials.play(below);
  for (std::size_t j = 0; j < of.size(); ++j) {
    const measure::Estimate there = searches[of[j]].difference();
    const double slope = (values[j].mean - there.value) / slope_step;
    if (there.standard_error && slope > 0.0)
      all[of[j]].break_even->standard_error = *there.standard_error / slope;
  }
}

}  // namespace

std::vector<BreakEven> break_evens(const Study& study, std::uint64_t paths, unsigned threads,
                                   const run::Cancellation* cancellation, ranks::Communicator* others) {
  validate(paths > 0, "no path is asked for (at least one is needed)");
  const Scenario scenario(study.scenario);
  const std::vector<Trial> contracts = contracts_in_question(scenario);
  if (contracts.empty()) return {};
  Trials trials(study, scenario, paths, threads, cancellation, others);
  const std::vector<Search> searches = search(trials, contracts);
  std::vector<BreakEven> all;
  for (std::size_t i = 0; i < contracts.size(); ++i) {
    const Trial& contract = contracts[i];
    BreakEven answer{scenario.strategies[contract.strategy].name,
                     scenario.strategies[StrategyId(0)].name,
                     scenario.providers[contract.provider].name,
                     paths,
                     contract.discount,
                     searches[i].verdict(),
                     {},
                     {}};
    if (answer.verdict == BreakEvenVerdict::found) {
      answer.break_even = measure::Estimate{searches[i].found(), std::nullopt};
      answer.gap = answer.discount - searches[i].found();
    }
    all.push_back(std::move(answer));
  }
  set_errors(trials, scenario, searches, contracts, all);
  return all;
}

}  // namespace hedgerow::models
