#pragma once
// What a provider's regime does to the capacity it delivers (docs/model/path.md, "Regimes").

#include <optional>
#include <vector>

#include "models/divergence/history.hpp"
#include "models/scenario/scenario.hpp"

namespace hedgerow::models {

/// The provider delivers only the fraction `capacity` (b_p < 1) over [from, to) [yr].
struct Restriction {
  double from, to;
  double capacity;
  double contagion = 0.0;  ///< see Sojourn
};

/// One provider's delivery on one path: restrictions in order of time, and the month from which it is
/// neither delivered nor billed.
struct Delivery {
  std::vector<Restriction> restrictions;
  int notice_month;        ///< first month start at or after the severance; months of the horizon if none
  int cut_off_month;       ///< notice_month + ceil(12 notice), at most the months of the horizon
  double contagion = 0.0;  ///< of the severance; see Sojourn
};

/// The restriction that holds at `time` [yr]; null: none.
const Restriction* restriction_at(const Delivery& delivery, double time);

/// The fraction of its capacity that a rival delivers.
inline double rival_capacity(const Divergence& terms) { return 1.0 - terms.withhold.value; }

/// From severance to cut-off in whole months.
double notice_months(Years notice);

/// A rival withholds part of its capacity while it is a rival (continuous time). A severance is served
/// with notice: full capacity until the cut-off, which falls on the monthly grid like the bills, and
/// nothing after it. The first severance stands, even if the relation heals later.
void deliver(const std::vector<Sojourn>& sojourns, const std::optional<Divergence>& terms, Years notice,
             const Horizon& horizon, Delivery& out);

}  // namespace hedgerow::models
