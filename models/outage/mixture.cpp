#include "models/outage/mixture.hpp"

#include <algorithm>
#include <cmath>

namespace hedgerow::models {

OutageTilt outage_tilt(const IdVector<EntityId, std::array<double, band_count>>& factors) {
  OutageTilt tilt;
  for (const auto& of : factors)
    tilt.push_back(
        random::BandedTilt({duration_bands.begin(), duration_bands.end()}, {of.begin(), of.end()}));
  return tilt;
}

double log_likelihood_ratio(const OutageTilt& tilt, const OutageEvidence& evidence) {
  HEDGEROW_EXPECT(tilt.size() == evidence.size());
  double sum = 0.0;
  for (std::size_t e = 0; e < tilt.size(); ++e) {
    const random::BandedTilt& bands = tilt[EntityId(e)];
    const EntityEvidence& seen = evidence[EntityId(e)];
    sum -= seen.expected * (bands.total() - 1.0);
    for (std::size_t b = 0; b < band_count; ++b)
      if (seen.outages[b] > 0) sum += seen.outages[b] * std::log(bands.factor(b));
  }
  return sum;
}

OutageMixture::OutageMixture(double nominal_share, std::vector<OutageTilt> tilts)
    : nominal_share_(nominal_share), tilts_(std::move(tilts)) {
  validate(nominal_share > 0.0 && nominal_share < 1.0,
           "the nominal share of a mixture is out of range (must lie strictly between 0 and 1)");
  validate(!tilts_.empty(), "a mixture has no tilt (at least one is needed)");
}

/// 1 / sum_j alpha_j (p_j / p).
double OutageMixture::weight(const OutageEvidence& evidence) const {
  const double each = (1.0 - nominal_share_) / static_cast<double>(tilts_.size());
  double sum = nominal_share_;
  for (const OutageTilt& tilt : tilts_) sum += each * std::exp(log_likelihood_ratio(tilt, evidence));
  return 1.0 / sum;
}

}  // namespace hedgerow::models
