#pragma once
// What is asked of a scenario: how many paths, which seed, which numbers out.

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "models/scenario/input.hpp"

namespace hedgerow::models {

/// How paths are drawn; docs/model/sampling.md.
enum class Sampling {
  plain,       ///< independently, from the law of the scenario
  automatic,   ///< by whichever way a pilot finds best for the tails that are asked for
  importance,  ///< a part of them with more long outages, and weights that make up for it
  sobol        ///< evenly spread in the few dimensions that matter: scrambled Sobol points
};
inline constexpr std::array<std::string_view, 4> sampling_names{"plain", "auto", "importance", "sobol"};

struct SimulationSettings {
  std::uint64_t paths = 100'000;  ///< >= 1
  std::uint64_t seed = 1;
  /// Half width of the 95 % interval relative to the number, > 0: the run stops as soon as every total cost
  /// that is reported is known so well (stopping.hpp), and `paths` is the most it may take.
  std::optional<double> precision = std::nullopt;
  Sampling sampling = Sampling::plain;
};

/// What makes a share of a provider acceptable (docs/model/answers.md).
struct CorridorSettings {
  Fraction min_discount{defaults::corridor_discount.value};     ///< off list, 0..1; or else
  Fraction min_leverage{defaults::corridor_leverage.value};     ///< part of the vendor's list margin, 0..1
  Hours max_unserved_hours{defaults::corridor_unserved.value};  ///< of full outage after a severance, >= 0
};

/// What a distribution is told of. Each but the total cost, which always is, costs memory by path and can be
/// left out: then its percentiles, and what is made of them, are missing, and its mean is there.
enum class Detail {
  total_cost,
  components,  ///< percentiles and expected shortfall of each component
  years,       ///< percentiles of the total cost and the loss by plan year
  curves,      ///< exceedance curves of the annual outage loss
  renewals,    ///< percentiles of what was agreed, and the change between strategies
  stand_alone  ///< expected shortfalls of each provider alone, and without it
};
inline constexpr std::array all_details{Detail::total_cost, Detail::components, Detail::years,
                                        Detail::curves,     Detail::renewals,   Detail::stand_alone};

struct OutputSettings {
  std::vector<double> percentiles{0.05, 0.50, 0.95, 0.99, 0.995, 0.999};  ///< levels in (0, 1), increasing
  std::vector<double> expected_shortfall{0.95, 0.99};                     ///< levels in (0, 1), increasing
  std::vector<double> return_periods{2, 5, 10, 25, 50, 100, 250, 500, 1000};   ///< [yr] > 1, increasing
  std::vector<Detail> percentiles_of{all_details.begin(), all_details.end()};  ///< each at most once
  CorridorSettings corridor = {};
  /// Whether the variance is split into chance and what posteriors leave open, by as many paths again
  /// (parameter_uncertainty.hpp).
  bool parameter_uncertainty = false;

  bool tell(Detail detail) const {
    return std::find(percentiles_of.begin(), percentiles_of.end(), detail) != percentiles_of.end();
  }
};

/// A statistic of total_cost, loss or a component, present values [money].
struct MeasureStatistic {
  enum class Kind { mean, percentile, expected_shortfall };
  std::string measure;  ///< one of an Assessment
  Kind kind = Kind::mean;
  double level = 0.0;  ///< in (0, 1), one of OutputSettings; of the mean: none
};

/// Probability that the strategy costs less than the reference, on the same paths.
struct ProbabilityCheaper {};

/// Herfindahl–Hirschman index of what is spent with each provider, or of what each adds to the risk
/// (docs/model/answers.md), in (0, 1].
enum class ConcentrationIndex { spend, risk };

/// Probability that a provider is ever severed before the horizon.
struct SeveredByHorizon {
  std::string provider;
};

/// A number of an answer that a limit can be set on.
using LimitedNumber =
    std::variant<MeasureStatistic, ProbabilityCheaper, ConcentrationIndex, SeveredByHorizon>;

/// What the buyer will not accept: one number of one strategy on the wrong side of a bound.
struct Limit {
  std::string name;      ///< unique in a study
  std::string strategy;  ///< one of the study
  std::string measure;   ///< `number` as the user wrote it
  LimitedNumber number;
  std::optional<double> at_most, at_least;  ///< exactly one; [money] for a MeasureStatistic, else a fraction
};

/// The whole of a config file.
struct Study {
  ScenarioInput scenario;
  SimulationSettings simulation;
  OutputSettings outputs;
  std::vector<Limit> limits = {};
};

}  // namespace hedgerow::models
