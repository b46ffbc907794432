#pragma once
// The independence corridor (docs/model/answers.md): the shares of a provider at which you are close enough
// to benefit and independent enough to lose it.

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/measure/estimate.hpp"
#include "models/assess/study.hpp"

namespace hedgerow::models {

/// The tests that a share must pass.
enum class CorridorTest : std::size_t {
  benefit,         ///< discount or leverage of today's bargain at least the minimum
  unserved_hours,  ///< severed today: expected hours of full outage at most the maximum
  exit_time        ///< severed today in a normal market: out within the notice
};
inline constexpr std::size_t corridor_test_count = 3;
inline constexpr std::array<std::string_view, corridor_test_count> corridor_test_names{
    "benefit", "unserved_hours", "exit_time"};

/// What the tests measure at one share.
struct CorridorPoint {
  double share;                      ///< of the buyer's demand, 0..1
  double discount;                   ///< delta*, off list, that would be bargained today in a normal market
  double leverage;                   ///< Lambda, part of the vendor's list margin
  measure::Estimate unserved_hours;  ///< over the market's futures, from normal on [h]
  std::optional<int> exit_months;    ///< nothing: not within the horizon
  std::array<bool, corridor_test_count> passes;

  bool passes_all() const { return passes[0] && passes[1] && passes[2]; }
};

/// Shares from .. to pass all tests; beyond each end the named test fails (nothing: the end of all shares).
struct ShareInterval {
  double from, to;
  std::optional<CorridorTest> below, above;
};

struct Corridor {
  std::string strategy, provider;
  double notice_months;                  ///< from severance to cut-off
  CorridorPoint today;                   ///< at the strategy's present share
  std::vector<ShareInterval> intervals;  ///< to 0.1 %, in order
  /// The one that contains the present share, or else the nearest; nothing: the corridor is empty.
  std::optional<ShareInterval> corridor;
  /// Of an empty corridor: the test that stands in the way, and the share that comes closest to passing it
  /// (among those that pass the benefit test, unless that is the one).
  std::optional<CorridorTest> binding;
  std::optional<CorridorPoint> closest;
};

/// One by strategy and provider with a location. The strategy's other placement is scaled in proportion. The
/// same bits for any number of threads. Throws InvalidInput where the scenario contradicts itself.
std::vector<Corridor> corridors(const Study& study, unsigned threads);

}  // namespace hedgerow::models
