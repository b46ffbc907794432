#pragma once
// Which outages to draw more often, found on a pilot by cross-entropy (Rubinstein & Kroese 2004, "The
// Cross-Entropy Method", ch. 2; docs/model/sampling.md), and which numbers gain by it.

#include <optional>

#include "models/assess/sampling/sampling.hpp"
#include "models/simulate.hpp"

namespace hedgerow::models {

/// Half of the paths stay nominal: no weight is above 2, and whatever is told from the nominal part alone
/// costs twice the paths.
inline constexpr double nominal_share = 0.5;

/// Plans a mixture for the deepest tail that `study` asks for, of every strategy's total cost and outage
/// loss; nothing where no outage is behind such a tail, or where no number gains. Its paths are none of the
/// run's. The same plan for any number of threads.
std::optional<ImportancePlan> plan_importance(const Scenario& scenario, const Study& study, unsigned threads);

}  // namespace hedgerow::models
