#pragma once
// Hedge or discount? What separates two strategies, split by what causes it (docs/model/answers.md): each
// cause is switched off on the same paths.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/measure/estimate.hpp"
#include "engine/ranks/communicator.hpp"
#include "engine/run/blocks.hpp"
#include "models/assess/study.hpp"

namespace hedgerow::models {

/// What can be switched off, in the order in which the waterfall does so.
enum class Feature : std::size_t {
  discount,  ///< off: where the strategy places anything, it has the reference's discount and volume tiers at
             ///< that provider; where the reference places nothing, the discount that it earns on average
  leverage,  ///< off: what would be bargained is signed at list with the same discount, in both strategies
  outage,    ///< off: nothing fails
  severance,  ///< off: every provider stays aligned
  price       ///< off: list prices keep to their mean and capacity is never scarce
};
inline constexpr std::size_t feature_count = 5;
inline constexpr std::array<std::string_view, feature_count> feature_names{"discount", "leverage", "outage",
                                                                           "severance", "price"};

/// What one feature contributes to the difference [money, present value].
struct WaterfallStep {
  Feature feature;
  measure::Estimate increment;  ///< with it on less with it off, those before it off, those after it on
  measure::Estimate shapley;    ///< the same on average over all 120 orders (Shapley 1953)
};

/// What a deal may be: which features save, together, when it is one. Everything that the second vendor is a
/// hedge against is one kind.
enum class DealKind : std::size_t { hedge, leverage, discount };
inline constexpr std::size_t deal_kind_count = 3;
inline constexpr std::array<std::string_view, deal_kind_count> deal_kind_names{"hedge", "leverage",
                                                                               "discount"};
constexpr DealKind kind_of(Feature feature) {
  return feature == Feature::discount   ? DealKind::discount
         : feature == Feature::leverage ? DealKind::leverage
                                        : DealKind::hedge;
}

/// What one kind contributes to the difference [money, present value].
struct KindPart {
  measure::Estimate shapley;  ///< sum over its features
  /// That less the part of the kind that saves most, pair by pair on the same paths; 0 of that kind itself.
  measure::Estimate behind;
};

/// A strategy against the reference, the first one: E[TC_strategy - TC_reference] in parts. The increments
/// and `rest` add up to `difference`, and so do the Shapley values and `rest`.
struct Waterfall {
  std::string strategy, reference;
  std::uint64_t paths;  ///< that were played
  measure::Estimate difference;
  std::array<WaterfallStep, feature_count> steps;  ///< in the order of Feature
  measure::Estimate rest;  ///< with everything off: placement and bills, at list prices as planned
  std::array<KindPart, deal_kind_count> kinds = {};  ///< in the order of DealKind
  /// The kind that saves most, and those that a 95 % interval does not tell from it, the largest saving
  /// first; empty where it is not told that any kind saves.
  std::vector<DealKind> above_all = {};
};

/// What-ifs play few paths, each many times over: in smaller blocks than a run, so that all threads have
/// some. Part of what fixes the bits of a result.
inline constexpr std::uint64_t what_if_block = 64;

/// How many of a study's paths what-if answers are taken from unless it is said: a sixty-fourth, in whole
/// blocks, at least 256 and at most all.
std::uint64_t what_if_paths(const SimulationSettings& simulation);

/// One by strategy but the first, on the first `paths` paths of the study; the same bits for any number of
/// threads (0: as many as the machine has). After a cancellation, on the paths that were finished, or
/// Stopped. A standard error is missing where the variance is infinite. Throws InvalidInput where the
/// scenario contradicts itself or `paths` is 0, and Stopped. Collective where there are others, which share
/// the work; all get the answer.
std::vector<Waterfall> waterfalls(const Study& study, std::uint64_t paths, unsigned threads,
                                  const run::Cancellation* cancellation = nullptr,
                                  ranks::Communicator* others = nullptr);

}  // namespace hedgerow::models
