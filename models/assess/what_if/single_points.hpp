#pragma once
// Single points of failure: what each thing that can fail, and each provider that can leave, would do alone
// and today.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/assess/study.hpp"
#include "models/assess/what_if/severance.hpp"

namespace hedgerow::models {

/// Length of the outage that entities are compared by.
inline constexpr Hours shock_length{24.0};

/// An outage entity that touches where the strategy runs: a region, a provider's control plane or a shared
/// dependency. It is down for a day from the valuation date and takes all it can; nothing else happens.
struct OutagePoint {
  std::string entity;  ///< "region:p.r", "provider:p" or "shared:s"
  EntityKind kind;
  double frequency;          ///< outages of any length a year, aftershocks included
  double frequency_as_long;  ///< outages of a day or more a year
  double outage;             ///< revenue lost, failover included [money]
  double reputation;         ///< what the incident costs beyond it [money]
  /// Part of all revenue at risk that stays unserved once every recovery time has passed; nothing where no
  /// revenue is at risk.
  std::optional<double> unserved_share;
};

/// A provider in use whose company severs the relation today.
struct ProviderPoint {
  std::string provider;
  double share;          ///< of the buyer's demand
  double notice_months;  ///< from severance to cut-off
  SeveredToday normal;   ///< capacity never becomes scarce
  std::optional<SeveredToday>
      scarce;  ///< capacity is scarce throughout; nothing: the market knows no scarcity
};

struct SinglePoints {
  std::string strategy;
  std::vector<OutagePoint> outages;      ///< the costliest first (outage + reputation), ties by name
  std::vector<ProviderPoint> providers;  ///< in order of name
};

/// One by strategy. Deterministic: no path is sampled. Throws InvalidInput where the scenario contradicts
/// itself.
std::vector<SinglePoints> single_points(const Study& study);

}  // namespace hedgerow::models
