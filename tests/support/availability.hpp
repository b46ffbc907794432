#pragma once
// Closed forms of outages at one location, by quadrature and independent of the models: up as an M/G/infinity
// queue is empty (Takacs 1962, "Introduction to the Theory of Queues", ch. 3).

#include <boost/math/distributions/beta.hpp>
#include <boost/math/quadrature/gauss.hpp>
#include <boost/math/quadrature/tanh_sinh.hpp>
#include <cmath>
#include <functional>
#include <map>
#include <vector>

namespace hedgerow::test {

using Survival = std::function<double(double)>;  ///< P(D > hours)

inline Survival lognormal_survival(double median, double sigma) {
  return [=](double h) {
    return h <= 0.0 ? 1.0 : 0.5 * std::erfc(std::log(h / median) / sigma / std::sqrt(2.0));
  };
}
inline Survival weibull_survival(double shape, double scale) {
  return [=](double h) { return std::exp(-std::pow(h / scale, shape)); };
}
inline Survival fixed_survival(double hours) {
  return [=](double h) { return h < hours ? 1.0 : 0.0; };
}
/// `body` below `threshold` [h], where it survives with probability `tail`; above it Pareto excesses.
inline Survival spliced_survival(Survival body, double threshold, double tail, double index, double scale) {
  return [=](double h) {
    return h < threshold ? body(h) : tail * std::pow(1.0 + index * (h - threshold) / scale, -1.0 / index);
  };
}

/// LEV(h) = E[min(D, h)] = integral of P(D > u) over (0, h). `kink` is where the survival is not smooth.
inline double limited_mean(const Survival& survival, double h, double kink = 0.0) {
  static boost::math::quadrature::tanh_sinh<double> quadrature(12);
  if (h <= 0.0) return 0.0;
  const double middle = std::min(h, kink);
  double sum = middle > 0.0 ? quadrature.integrate(survival, 0.0, middle, 1e-12) : 0.0;
  if (h > middle) sum += quadrature.integrate(survival, middle, h, 1e-12);
  return sum;
}

/// An entity whose outages reach the location: constant rate, yearly gamma frailty on named factors.
struct Entity {
  double rate;  ///< [1/yr]
  Survival survival;
  double own_weight = 1.0;
  std::map<std::string, double> weights = {};
  double impact = 1.0;
  double kink = 0.0;  ///< [h], see limited_mean
};
using Variances = std::map<std::string, double>;  ///< of the factors

constexpr double hours_a_year = 8760.0;

/// Mean number of the entity's outages begun in plan year y that still last at time t, per unit of rate:
/// K_y(t) = LEV(t - start) - LEV(t - min(end, t)) [yr].
inline double load(const Entity& entity, int y, double t) {
  const double since = (t - y) * hours_a_year;
  const double until = t > y + 1.0 ? (t - y - 1.0) * hours_a_year : 0.0;
  return (limited_mean(entity.survival, since, entity.kink) -
          limited_mean(entity.survival, until, entity.kink)) /
         hours_a_year;
}

/// P(none of `entities` is down at t), all up at 0, overlapping outages merged. Years further back than
/// `memory` leave nothing behind.
inline double all_up(const std::vector<const Entity*>& entities, const Variances& variances, double t,
                     int memory = 2) {
  double log_up = 0.0;
  for (int y = std::max(0, static_cast<int>(t) - memory); y < t; ++y) {
    std::map<std::string, double> by_factor;
    for (const Entity* entity : entities) {
      const double mean = entity->rate * load(*entity, y, t);
      log_up -= entity->own_weight * mean;
      for (const auto& [factor, weight] : entity->weights) by_factor[factor] += weight * mean;
    }
    for (const auto& [factor, mean] : by_factor) {
      const double v = variances.at(factor);
      log_up -= v > 0.0 ? std::log1p(v * mean) / v : mean;
    }
  }
  return std::exp(log_up);
}

/// E[prod_e (1 - iota_e 1{e down})] with 1 - iota 1{down} = (1 - iota) + iota 1{up}: a sum over subsets.
inline double expected_availability(const std::vector<Entity>& entities, const Variances& variances,
                                    double t) {
  double sum = 0.0;
  for (unsigned subset = 0; subset < (1u << entities.size()); ++subset) {
    double weight = 1.0;
    std::vector<const Entity*> up;
    for (std::size_t e = 0; e < entities.size(); ++e) {
      const bool in = (subset >> e) & 1u;
      weight *= in ? entities[e].impact : 1.0 - entities[e].impact;
      if (in) up.push_back(&entities[e]);
    }
    if (weight > 0.0) sum += weight * all_up(up, variances, t);
  }
  return sum;
}

/// The integral of exp(-r t) f(t) over [0, years], where f changes fast only in the hours after the
/// beginning of each year.
inline double discounted_integral(const std::function<double(double)>& f, double years, double r) {
  using Rule = boost::math::quadrature::gauss<double, 15>;
  const auto discounted = [&](double t) { return std::exp(-r * t) * f(t); };
  const double marks[] = {0.0,  0.5,  1.0,   2.0,   4.0,    8.0,    16.0,
                          32.0, 64.0, 128.0, 300.0, 1000.0, 3000.0, 8760.0};
  double sum = 0.0;
  for (int y = 0; y < years; ++y)
    for (std::size_t i = 0; i + 1 < std::size(marks); ++i) {
      const double from = y + marks[i] / hours_a_year;
      const double to = std::min(years, y + marks[i + 1] / hours_a_year);
      if (from < to) sum += Rule::integrate(discounted, from, to);
    }
  return sum;
}

/// Expected present value of the time without capacity [yr].
inline double expected_downtime(const std::vector<Entity>& entities, const Variances& variances, double years,
                                double r) {
  return discounted_integral([&](double t) { return 1.0 - expected_availability(entities, variances, t); },
                             years, r);
}

/// Expected severity at t of one entity without frailty whose outages take all with probability `total`,
/// else Beta(mean, concentration), the severest of those that last: their number is Poisson(lambda K).
inline double expected_severity(const Entity& entity, double total, double mean, double concentration,
                                double t) {
  static boost::math::quadrature::tanh_sinh<double> quadrature(12);
  double active = 0.0;
  for (int y = 0; y < t; ++y) active += entity.rate * load(entity, y, t);
  const boost::math::beta_distribution<double> partial(mean * concentration, (1.0 - mean) * concentration);
  return quadrature.integrate(
      [&](double z) {
        const double exceeds = total + (1.0 - total) * boost::math::cdf(boost::math::complement(partial, z));
        return -std::expm1(-active * exceeds);
      },
      0.0, 1.0, 1e-10);
}

}  // namespace hedgerow::test
