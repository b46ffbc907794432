#pragma once
// Drawing some parts of a uniform's range more often than others: the change of law behind importance
// sampling, where only what is rare is tilted (Glasserman & Li 2005; docs/model/sampling.md).

#include <cstddef>
#include <span>
#include <vector>

namespace hedgerow::random {

/// A piecewise constant density on (0, 1). Band b reaches from bounds[b-1] to bounds[b], the first from 0 and
/// the last to 1, and is drawn factors[b] times as often relative to the uniform law, before normalising.
/// A draw by inversion through it stays a monotone function of one uniform.
class BandedTilt {
 public:
  /// One band: the uniform law.
  BandedTilt() = default;
  /// Throws InvalidInput unless bounds lie in (0, 1) and increase, there is one factor more than bounds, and
  /// factors are finite and above 0.
  BandedTilt(std::vector<double> bounds, std::vector<double> factors);

  std::size_t bands() const { return factors_.size(); }
  double factor(std::size_t band) const { return factors_[band]; }
  /// P(band) under the uniform law.
  double width(std::size_t band) const { return upper(band) - lower(band); }
  /// kappa = sum_b factor_b width_b: what a Poisson rate is multiplied by when each band's part of it is
  /// multiplied by its factor.
  double total() const { return total_; }

  /// The number below which the tilted law has probability v; v and the result in (0, 1).
  double apply(double v) const;

 private:
  double lower(std::size_t band) const { return band == 0 ? 0.0 : bounds_[band - 1]; }
  double upper(std::size_t band) const { return band == bounds_.size() ? 1.0 : bounds_[band]; }

  std::vector<double> bounds_;
  std::vector<double> factors_{1.0};
  std::vector<double> cumulative_{1.0};  ///< tilted probability below the end of each band
  double total_ = 1.0;
};

/// The band that u lies in, of those that `bounds` separate: the number of bounds <= u. O(bounds).
inline std::size_t band_of(std::span<const double> bounds, double u) {
  std::size_t band = bounds.size();
  while (band > 0 && u < bounds[band - 1]) --band;
  return band;
}

}  // namespace hedgerow::random
