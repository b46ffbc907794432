#include "engine/random/banded_tilt.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/check.hpp"

namespace hedgerow::random {
namespace {

// What Stream::uniform can return: laws are inverted within this range only.
constexpr double least_uniform = 0x1p-53;

}  // namespace

BandedTilt::BandedTilt(std::vector<double> bounds, std::vector<double> factors)
    : bounds_(std::move(bounds)), factors_(std::move(factors)), cumulative_(factors_.size()), total_(0.0) {
  validate(factors_.size() == bounds_.size() + 1,
           "bands and factors of a tilt differ in number (one factor more than bounds)");
  for (std::size_t b = 0; b < bounds_.size(); ++b)
    validate(bounds_[b] > lower(b) && bounds_[b] < 1.0,
             "the bounds of a tilt are out of order (they must increase, strictly between 0 and 1)");
  for (std::size_t b = 0; b < factors_.size(); ++b) {
    validate(factors_[b] > 0.0 && std::isfinite(factors_[b]),
             "a factor of a tilt is out of range (must be > 0, finite)");
    total_ += factors_[b] * width(b);
    cumulative_[b] = total_;
  }
  for (double& probability : cumulative_) probability /= total_;
  cumulative_.back() = 1.0;
}

double BandedTilt::apply(double v) const {
  std::size_t band = 0;
  while (band + 1 < bands() && v >= cumulative_[band]) ++band;
  const double below = band == 0 ? 0.0 : cumulative_[band - 1];
  const double u = lower(band) + (v - below) * (total_ / factors_[band]);
  // Rounding must not lead into the next band: the band is what the likelihood ratio counts.
  return std::clamp(u, std::max(lower(band), least_uniform),
                    band == bounds_.size() ? 1.0 - least_uniform : std::nextafter(upper(band), 0.0));
}

}  // namespace hedgerow::random
