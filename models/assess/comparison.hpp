#pragma once
// A strategy against the reference on the same paths (common random numbers) and on total cost: own-plan
// losses can point the wrong way (docs/model/answers.md).

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/measure/dominance.hpp"
#include "engine/measure/estimate.hpp"

namespace hedgerow::models {

class ColumnStore;
class PlayedPaths;
class Columns;
struct DrawnPaths;
struct OutputSettings;
struct Scenario;

/// Strategy less reference, at one level.
struct LevelDifference {
  double level;                  ///< 0 < . < 1
  measure::Estimate difference;  ///< [money], with the paired error
};

/// What a strategy does to mean and tail, as far as both can be told from zero at 95 %.
enum class Trade { cheaper_and_safer, hedge, gamble, dearer_and_riskier, undecided };
inline constexpr std::array<std::string_view, 5> trade_names{"cheaper_and_safer", "hedge", "gamble",
                                                             "dearer_and_riskier", "undecided"};

/// Mean against expected shortfall at one level.
struct HedgeSummary {
  double level;
  Trade trade;
  /// (ES_a - ES_b) / (E_b - E_a): tail removed by money spent in the mean; only where the strategy costs
  /// more in the mean.
  std::optional<measure::Estimate> efficiency;
};

/// The price agreed with a provider on one date, strategy less reference, over the paths on which both
/// renewed then.
struct RenewalChange {
  std::string provider;
  int month;                   ///< from the start of the horizon
  measure::Estimate both;      ///< probability that both renewed
  measure::Estimate price;     ///< [money/unit-hour]
  measure::Estimate leverage;  ///< of the vendor's list margin
};

struct Comparison {
  std::string strategy, reference;
  measure::Estimate mean;                 ///< of the difference, strategy less reference [money]
  measure::Estimate probability_cheaper;  ///< fraction of paths on which the strategy costs less
  std::vector<LevelDifference> percentiles, expected_shortfall;
  std::vector<HedgeSummary> hedge;  ///< by level of expected shortfall
  /// Whether the strategy is better at every threshold (first order), and for everybody who dislikes
  /// large costs (second order: increasing convex).
  measure::Dominance first_order, second_order;
  std::vector<RenewalChange> renewals;  ///< of vendors that both bargain with on the same dates
};

/// The total cost of one strategy (b) against that of another (a) on the same independent paths, without
/// names and renewals. Means and shortfalls get no error where `infinite_variance`. Throws InvalidInput where
/// the columns differ in length.
Comparison compare_total_costs(const Columns& b, const Columns& a, const OutputSettings& outputs,
                               bool infinite_variance);

/// Every strategy but the first against the first; renewals are read from `store`.
std::vector<Comparison> compare(const Scenario& scenario, const PlayedPaths& played, const ColumnStore& store,
                                const DrawnPaths& drawn, const OutputSettings& outputs);

}  // namespace hedgerow::models
