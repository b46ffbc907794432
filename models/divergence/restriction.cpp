#include "models/divergence/restriction.hpp"

#include <algorithm>
#include <cmath>

#include "models/ledger/discounting.hpp"

namespace hedgerow::models {
namespace {

int first_month_at_or_after(double time) {
  return static_cast<int>(std::ceil(time * months_per_year - month_tolerance));
}

}  // namespace

double notice_months(Years notice) { return std::ceil(notice.value * months_per_year - month_tolerance); }

void deliver(const std::vector<Sojourn>& sojourns, const std::optional<Divergence>& terms, Years notice,
             const Horizon& horizon, Delivery& out) {
  out.restrictions.clear();
  out.notice_month = out.cut_off_month = horizon.months;
  out.contagion = 0.0;
  for (const Sojourn& sojourn : sojourns) {
    if (sojourn.regime == Regime::rival && terms->withhold.value > 0.0)
      out.restrictions.push_back({sojourn.from, sojourn.to, rival_capacity(*terms), sojourn.contagion});
    if (sojourn.regime != Regime::severed) continue;
    out.notice_month = std::min(first_month_at_or_after(sojourn.from), horizon.months);
    const double cut_off =
        std::min(out.notice_month + notice_months(notice), static_cast<double>(horizon.months));
    out.cut_off_month = static_cast<int>(cut_off);
    out.contagion = sojourn.contagion;
    if (out.cut_off_month < horizon.months)
      out.restrictions.push_back({cut_off / months_per_year, horizon.length(), 0.0, sojourn.contagion});
    break;
  }
}

const Restriction* restriction_at(const Delivery& delivery, double time) {
  for (const Restriction& restriction : delivery.restrictions)
    if (time >= restriction.from && time < restriction.to) return &restriction;
  return nullptr;
}

}  // namespace hedgerow::models
