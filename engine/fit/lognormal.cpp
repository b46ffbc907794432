#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/fit/information.hpp"
#include "engine/fit/root.hpp"

namespace hedgerow::fit {
namespace {

/// phi(z) / Phi(-z); from z = 30 on by its asymptotic series, whose next term is below rounding.
double normal_hazard(double z) {
  if (z < 30.0) return std::exp(random::normal_log_density(z)) / random::normal_cdf(-z);
  return z + 1.0 / z - 2.0 / (z * z * z);
}

/// ln Phi(-z).
double log_survival(double z) {
  return z < 30.0 ? std::log(random::normal_cdf(-z))
                  : random::normal_log_density(z) - std::log(normal_hazard(z));
}

/// The logarithms of a sample: a normal sample of which some values are censored.
class NormalSample {
 public:
  explicit NormalSample(const CensoredSample& sample)
      : observed_(static_cast<double>(count_observed(sample))) {
    for (const CensoredValue& x : sample) add(x);
    validate(observed_ >= 2.0 && smallest_ < largest_,
             "a lognormal law needs two different exact values (add some, or take them as fixed)");
    mean_ = sum_ / observed_;
    for (const CensoredValue& x : sample)
      if (!x.censored) squares_ += std::pow(std::log(x.value) - mean_, 2);
  }

  /// d ln L / d mu times sigma, at given sigma; falls in mu.
  double score_of_mean(double mean, double sigma) const {
    double score = observed_ * (mean_ - mean) / sigma;
    for (const double y : censored_) score += normal_hazard((y - mean) / sigma);
    return score;
  }
  /// d ln L / d ln sigma.
  double score_of_log_sigma(double mean, double sigma) const {
    double score = square_of_scores(mean, sigma) - observed_;
    for (const double y : censored_) score += normal_hazard((y - mean) / sigma) * (y - mean) / sigma;
    return score;
  }
  double log_likelihood(double mean, double sigma) const {
    double sum = -observed_ * (std::log(sigma) + 0.5 * std::log(2.0 * std::numbers::pi)) -
                 0.5 * square_of_scores(mean, sigma);
    for (const double y : censored_) sum += log_survival((y - mean) / sigma);
    return sum - sum_;  // the density of x is that of ln x over x
  }
  SecondDerivatives second_derivatives(double mean, double sigma) const {
    const double sum_of_scores = observed_ * (mean_ - mean) / sigma;
    SecondDerivatives d{-observed_ / (sigma * sigma), -2.0 * sum_of_scores / sigma,
                        -2.0 * square_of_scores(mean, sigma)};
    for (const double y : censored_) {
      const double z = (y - mean) / sigma, hazard = normal_hazard(z), slope = hazard * (hazard - z);
      d.first -= slope / (sigma * sigma);
      d.cross -= (slope * z + hazard) / sigma;
      d.second -= z * (slope * z + hazard);
    }
    return d;
  }
  /// The mean that is most likely at given sigma.
  double best_mean(double sigma) const {
    // Below the least value every term of the score is positive; this far above the greatest the exact values
    // outweigh the censored ones.
    const double low = std::min(smallest_, least_censored());
    const double high = std::max(largest_, greatest_censored()) +
                        sigma * (1.0 + static_cast<double>(censored_.size()) / observed_);
    return zero_between([&](double mean) { return score_of_mean(mean, sigma); }, low, high,
                        "the likelihood of a lognormal law has no maximum");
  }

 private:
  void add(const CensoredValue& x) {
    const double y = std::log(x.value);
    if (x.censored) return censored_.push_back(y);
    sum_ += y;
    smallest_ = std::min(smallest_, y);
    largest_ = std::max(largest_, y);
  }
  double square_of_scores(double mean, double sigma) const {
    return (squares_ + observed_ * std::pow(mean_ - mean, 2)) / (sigma * sigma);
  }
  double least_censored() const {
    return censored_.empty() ? smallest_ : *std::min_element(censored_.begin(), censored_.end());
  }
  double greatest_censored() const {
    return censored_.empty() ? largest_ : *std::max_element(censored_.begin(), censored_.end());
  }

  double observed_, sum_ = 0.0, mean_ = 0.0, squares_ = 0.0;
  double smallest_ = INFINITY, largest_ = -INFINITY;
  std::vector<double> censored_;
};

}  // namespace

// The log-likelihood is concave in (1 / sigma, mu / sigma) (Olsen 1978), so its profile over sigma has one
// maximum, and there its slope, that of ln L at the best mean, changes its sign.
LognormalFit fit_lognormal(const CensoredSample& sample) {
  const NormalSample logarithms(sample);
  const auto slope = [&](double log_sigma) {
    const double sigma = std::exp(log_sigma);
    return logarithms.score_of_log_sigma(logarithms.best_mean(sigma), sigma);
  };
  const double sigma =
      std::exp(zero_between(slope, std::log(1e-9), std::log(10.0),
                            "sigma of a lognormal law out of range (must be in [1e-9, 10])"));
  const double mean = logarithms.best_mean(sigma);
  return {random::Lognormal(std::exp(mean), sigma), logarithms.log_likelihood(mean, sigma), 2,
          covariance_of(logarithms.second_derivatives(mean, sigma))};
}

}  // namespace hedgerow::fit
