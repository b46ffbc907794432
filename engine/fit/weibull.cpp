#include <algorithm>
#include <cmath>

#include "engine/fit/information.hpp"
#include "engine/fit/root.hpp"

namespace hedgerow::fit {
namespace {

/// Sums over a sample at one shape, its values taken relative to the greatest so that no power overflows.
struct Powers {
  double sum = 0.0;       ///< of (x / greatest)^shape
  double weighted = 0.0;  ///< of (x / greatest)^shape ln(x / greatest)
};

class Relative {
 public:
  explicit Relative(const CensoredSample& sample)
      : sample_(sample), observed_(static_cast<double>(count_observed(sample))) {
    double smallest = INFINITY, largest = 0.0;
    for (const CensoredValue& x : sample) {
      greatest_ = std::max(greatest_, x.value);
      if (x.censored) continue;
      smallest = std::min(smallest, x.value);
      largest = std::max(largest, x.value);
    }
    validate(observed_ >= 2.0 && smallest < largest,
             "a Weibull law needs two different exact values (add some, or take them as fixed)");
    for (const CensoredValue& x : sample)
      if (!x.censored) logarithms_ += std::log(x.value / greatest_);
  }

  /// d ln L / d shape at the best scale for that shape; falls in the shape.
  double score(double shape) const {
    const Powers at = powers(shape);
    return observed_ / shape + logarithms_ - observed_ * at.weighted / at.sum;
  }
  double best_scale(double shape) const {
    return greatest_ * std::pow(powers(shape).sum / observed_, 1.0 / shape);
  }

 private:
  Powers powers(double shape) const {
    Powers at;
    for (const CensoredValue& x : sample_) {
      const double logarithm = std::log(x.value / greatest_), power = std::exp(shape * logarithm);
      at.sum += power;
      at.weighted += power * logarithm;
    }
    return at;
  }

  const CensoredSample& sample_;
  double observed_, greatest_ = 0.0, logarithms_ = 0.0;
};

/// ln f(x) = ln shape - ln x + k - exp(k), ln S(x) = -exp(k), where k = shape ln(x / scale).
double log_likelihood(const CensoredSample& sample, const random::Weibull& law) {
  double sum = 0.0;
  for (const CensoredValue& x : sample) {
    const double k = law.shape * std::log(x.value / law.scale);
    sum -= std::exp(k);
    if (!x.censored) sum += std::log(law.shape / x.value) + k;
  }
  return sum;
}

/// In (ln shape, ln scale).
SecondDerivatives second_derivatives(const CensoredSample& sample, const random::Weibull& law) {
  SecondDerivatives d;
  for (const CensoredValue& x : sample) {
    const double k = law.shape * std::log(x.value / law.scale), hazard = std::exp(k);
    const double exact = x.censored ? 0.0 : 1.0;
    d.first += exact * k - hazard * k * (k + 1.0);
    d.cross += law.shape * (hazard * (k + 1.0) - exact);
    d.second -= law.shape * law.shape * hazard;
  }
  return d;
}

}  // namespace

WeibullFit fit_weibull(const CensoredSample& sample) {
  const Relative values(sample);
  const double shape = std::exp(
      zero_between([&](double log_shape) { return values.score(std::exp(log_shape)); }, std::log(0.05),
                   std::log(1000.0), "shape of a Weibull law out of range (must be in [0.05, 1000])"));
  const random::Weibull law(shape, values.best_scale(shape));
  return {law, log_likelihood(sample, law), 2, covariance_of(second_derivatives(sample, law))};
}

WeibullFit fit_exponential(const CensoredSample& sample) {
  const double observed = static_cast<double>(count_observed(sample));
  validate(observed >= 1.0, "an exponential law needs an exact value");
  double sum = 0.0;
  for (const CensoredValue& x : sample) sum += x.value;
  const random::Weibull law(1.0, sum / observed);
  return {law, log_likelihood(sample, law), 1, {0.0, 0.0, 1.0 / observed}};
}

}  // namespace hedgerow::fit
