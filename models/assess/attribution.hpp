#pragma once
// Where the money and the tail come from: Euler contributions to the expected shortfall of the loss against
// the plan, by component and provider, by cause, and by what failed; concentration of both
// (docs/model/answers.md). Tail paths are replayed, not stored.

#include <optional>
#include <string>
#include <vector>

#include "engine/measure/estimate.hpp"
#include "models/ledger/journal.hpp"

namespace hedgerow::models {

class Simulation;
class ColumnStore;
class PlayedPaths;
struct DrawnPaths;

/// Part of an expected shortfall at one level [money].
struct TailPart {
  double level;             ///< 0 < . < 1
  measure::Estimate value;  ///< Euler contribution; the parts of a split add up to the shortfall
};

/// One component at one provider, present value.
struct Contribution {
  Component component;
  std::string provider;
  measure::Estimate mean;             ///< [money]
  double plan;                        ///< the same in the plan: mean less plan is the mean loss
  std::vector<TailPart> tail;         ///< of the loss
  std::vector<TailPart> stand_alone;  ///< its own expected shortfall, as if there were nothing else
};

/// All that the strategy does with one provider.
struct ProviderRisk {
  std::string provider;
  measure::Estimate spend;  ///< mean bills [money]
  measure::Estimate mean;   ///< mean loss against the plan
  std::vector<TailPart> tail;
  std::vector<TailPart> stand_alone;  ///< of the loss with this provider alone
  std::vector<TailPart> marginal;     ///< ES(L) - ES(L without this provider)
};

/// Money by what caused it. `provider` is where it is booked; empty: all of them.
struct CausePart {
  Cause cause;
  std::string provider;
  measure::Estimate mean;  ///< loss against the plan, from the first `mean_paths` paths
  std::vector<TailPart> tail;
};

/// What one region, provider or shared dependency costs by failing: outage, reputation and service credits.
struct EntityPart {
  std::string entity;  ///< "region:p.r", "provider:p" or "shared:s"
  EntityKind kind;
  measure::Estimate mean;  ///< from the first `mean_paths` paths
  std::vector<TailPart> tail;
};

/// Indices of the shares of the providers; missing where none is positive.
struct ConcentrationSummary {
  std::optional<measure::Estimate> herfindahl;         ///< HHI, (0, 1]
  std::optional<measure::Estimate> effective_vendors;  ///< 1 / HHI
  std::optional<double> entropy_vendors;               ///< exp(entropy of the shares)
};

/// At one level of expected shortfall.
struct TailConcentration {
  double level;
  ConcentrationSummary risk;  ///< of the positive Euler contributions by provider
  /// ES(L) / sum of the stand-alone ES of the providers; 1: they fail together, below: they diversify.
  std::optional<double> diversification_index;
  /// Part of ES(L) that shared dependencies, bad years of the industry and contagion bring.
  std::optional<measure::Estimate> shared_share;
};

struct Attribution {
  std::uint64_t replayed = 0;    ///< paths of the tail, and near it
  std::uint64_t mean_paths = 0;  ///< the first paths, from which means by cause are taken
  std::vector<Contribution> contributions;
  std::vector<ProviderRisk> providers;
  std::vector<CausePart> causes;    ///< by provider
  std::vector<CausePart> by_cause;  ///< over all providers
  std::vector<EntityPart> entities;
  ConcentrationSummary spend;           ///< of the mean bills by provider
  std::vector<TailConcentration> risk;  ///< by level of expected shortfall
};

/// One Attribution by strategy, with tails at these levels of expected shortfall. Plays the paths again that
/// are in a tail, near a quantile, or, for means by cause if they are asked for, among the first; the same
/// bits for any number of threads. A replayed path must cost what it cost at first, to the last bit: throws
/// std::logic_error otherwise.
std::vector<Attribution> attribute(const Simulation& simulation, const PlayedPaths& played,
                                   const ColumnStore& store, const DrawnPaths& drawn,
                                   const std::vector<double>& levels, bool with_causes, unsigned threads);

}  // namespace hedgerow::models
