#include <algorithm>
#include <boost/math/tools/minima.hpp>
#include <cmath>
#include <limits>

#include "engine/fit/information.hpp"
#include "engine/fit/root.hpp"

namespace hedgerow::fit {
namespace {

constexpr double least_tail_index = -0.5 + 1e-9, greatest_tail_index = 2.0 - 1e-9;

/// The likelihood along ratio = tail_index / scale, at the best tail index for each: the mean of
/// ln(1 + ratio x) over the exact values, censored ones counted in the sum only (Grimshaw 1993).
class ParetoProfile {
 public:
  explicit ParetoProfile(const CensoredSample& excesses)
      : excesses_(excesses), observed_(static_cast<double>(count_observed(excesses))) {
    double smallest = INFINITY, largest = 0.0;
    for (const CensoredValue& x : excesses) {
      sum_ += x.value;
      greatest_ = std::max(greatest_, x.value);
      if (x.censored) continue;
      smallest = std::min(smallest, x.value);
      largest = std::max(largest, x.value);
    }
    validate(observed_ >= 2.0 && smallest < largest,
             "a generalized Pareto law needs two different exact values");
  }

  double tail_index(double ratio) const {
    double sum = 0.0;
    for (const CensoredValue& x : excesses_) sum += std::log1p(ratio * x.value);
    return sum / observed_;
  }
  double scale(double ratio) const {
    return is_exponential(ratio) ? sum_ / observed_ : tail_index(ratio) / ratio;
  }
  double log_likelihood(double ratio) const {
    double logarithms = 0.0;
    for (const CensoredValue& x : excesses_)
      if (!x.censored) logarithms += std::log1p(ratio * x.value);
    return -observed_ * (1.0 + std::log(scale(ratio))) - logarithms;
  }
  /// The ratio at which the tail index is `wanted`, which grows with the ratio. Where the excesses reach no
  /// tail index so low, the lowest ratio that their greatest allows.
  double ratio_at(double wanted) const {
    const auto excess = [&](double ratio) { return tail_index(ratio) - wanted; };
    const double lowest = -(1.0 - 1e-12) / greatest_;
    if (wanted < 0.0 && excess(lowest) >= 0.0) return lowest;
    double high = 1.0 / greatest_;
    while (excess(high) < 0.0) high *= 4.0;
    return zero_between(excess, lowest, high, "the excesses have no tail index");
  }

 private:
  // Nearer to 0 the quotient tail_index / ratio is rounding; the law is exponential.
  bool is_exponential(double ratio) const { return std::abs(ratio) * greatest_ < 1e-9; }

  const CensoredSample& excesses_;
  double observed_, sum_ = 0.0, greatest_ = 0.0;
};

/// In (tail_index, ln scale); with y = x / scale, q = 1 + tail_index y and M = ln(q) / tail_index the
/// log-likelihood is -ln scale - ln q - M for an exact value and -M for a censored one.
SecondDerivatives second_derivatives(const CensoredSample& excesses, const random::GeneralizedPareto& law) {
  const double xi = law.tail_index;
  SecondDerivatives d;
  for (const CensoredValue& x : excesses) {
    const double y = x.value / law.scale, q = 1.0 + xi * y, z = xi * y;
    const double closed = (-y * y / (q * q) - 2.0 * y / (q * xi) + 2.0 * std::log(q) / (xi * xi)) / xi;
    const double series = y * y * y * (2.0 / 3.0 - z * (1.5 - z * (2.4 - z * 10.0 / 3.0)));
    d.first -= std::abs(z) < 1e-3 ? series : closed;
    d.cross -= y * y / (q * q);
    d.second -= y / (q * q);
    if (x.censored) continue;
    d.first += y * y / (q * q);
    d.cross += y / (q * q);
    d.second -= xi * y / (q * q);
  }
  return d;
}

/// The likelihood may have several maxima: look along the whole range, then closely around the best.
double best_tail_index(const ParetoProfile& profile) {
  constexpr int steps = 50;
  const auto minus = [&](double index) { return -profile.log_likelihood(profile.ratio_at(index)); };
  const auto index_of = [&](int step) {
    return least_tail_index + (greatest_tail_index - least_tail_index) * step / steps;
  };
  int best = 0;
  double lowest = INFINITY;
  for (int step = 0; step <= steps; ++step) {
    const double here = minus(index_of(step));
    if (here >= lowest) continue;
    lowest = here;
    best = step;
  }
  return boost::math::tools::brent_find_minima(minus, index_of(std::max(best - 1, 0)),
                                               index_of(std::min(best + 1, steps)),
                                               std::numeric_limits<double>::digits)
      .first;
}

}  // namespace

GeneralizedParetoFit fit_generalized_pareto(const CensoredSample& excesses) {
  constexpr double near = 1e-5;  // to an end of the range: there is no maximum inside of it
  const ParetoProfile profile(excesses);
  const double wanted = best_tail_index(profile), ratio = profile.ratio_at(wanted);
  const double tail_index = profile.tail_index(ratio);
  validate(std::abs(tail_index - wanted) < near && tail_index > least_tail_index + near &&
               tail_index < greatest_tail_index - near,
           "tail index of a generalized Pareto law out of range (must be in (-0.5, 2))");
  const random::GeneralizedPareto law(tail_index, profile.scale(ratio));
  return {law, profile.log_likelihood(ratio), 2, covariance_of(second_derivatives(excesses, law))};
}

}  // namespace hedgerow::fit
