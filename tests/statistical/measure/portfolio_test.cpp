// O29: two normal loss rates, split between two sides. What a search over the split finds on one fixed
// sample, against closed forms.

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "engine/measure/euler.hpp"
#include "engine/measure/expected_shortfall.hpp"
#include "engine/measure/moments.hpp"
#include "engine/random/stream.hpp"
#include "tests/statistical/measure/laws.hpp"

namespace portfolio_test {

using namespace hedgerow::measure;
using hedgerow::measure::study::normal_quantile;

namespace {

constexpr double alpha = 0.95;
constexpr std::size_t paths = 100'000;

// N(1, 1) and N(1.2, 0.8^2), correlation 0.3.
struct Sides {
  std::vector<double> first, second;

  Sides() : first(paths), second(paths) {
    const hedgerow::random::Stream stream(29, "measure", "portfolio");
    for (std::size_t i = 0; i < paths; ++i) {
      const double z = normal_quantile(stream.uniform(i, 0));
      first[i] = 1.0 + z;
      second[i] = 1.2 + 0.8 * (0.3 * z + std::sqrt(0.91) * normal_quantile(stream.uniform(i, 1)));
    }
  }
  std::vector<double> mix(double w) const {
    std::vector<double> total(paths);
    for (std::size_t i = 0; i < paths; ++i) total[i] = w * first[i] + (1.0 - w) * second[i];
    return total;
  }
  Estimate shortfall(double w) const { return expected_shortfall(SortedSample(mix(w)), alpha); }

  EulerContributions split(double w) const {
    const SortedSample sorted(mix(w));
    const Shortfall s = hedgerow::measure::shortfall(sorted, alpha);
    const NearQuantile near = near_quantile(sorted, alpha);
    const std::vector<double> totals = mix(w);
    EulerSums sums(2);
    for (std::size_t i = 0; i < paths; ++i) {
      const double row[] = {w * first[i], (1.0 - w) * second[i]};
      sums.add_tail(s.euler_weight(totals[i]), row);
      if (near.holds(totals[i])) sums.add_near(row);
    }
    return contributions(sums, paths, alpha);
  }
};

const Sides& sides() {
  static const Sides sample;
  return sample;
}

// The least of a convex function on (0, 1), by golden section, to 1e-5.
template <class F>
double minimise(F f) {
  const double golden = 0.5 * (std::sqrt(5.0) - 1.0);
  double low = 0.0, high = 1.0;
  double left = high - golden * (high - low), right = low + golden * (high - low);
  double f_left = f(left), f_right = f(right);
  while (high - low > 1e-5) {
    if (f_left < f_right) {
      high = right, right = left, f_right = f_left;
      f_left = f(left = high - golden * (high - low));
    } else {
      low = left, left = right, f_left = f_right;
      f_right = f(right = low + golden * (high - low));
    }
  }
  return 0.5 * (low + high);
}

void check_within_4_se(double found, double exact, double error, double bound) {
  INFO("found ", found, " +- ", error, ", exact ", exact);
  CHECK(std::abs(found - exact) <= 4.0 * error);
  CHECK(error < bound);
}

void check_within_4_se(const Estimate& found, double exact, double bound) {
  check_within_4_se(found.value, exact, found.standard_error.value(), bound);
}

}  // namespace

TEST_CASE("O29: the split of least variance") {
  const auto variance = [](double w) {
    Moments moments;
    for (const double x : sides().mix(w)) moments.add(x);
    return *moments.variance();
  };
  const double w = minimise(variance);
  // It is the slope of the second side on the second less the first; the residual has variance .546.
  const double slope_error = std::sqrt((0.64 - 0.4 * 0.4 / 1.16) / 1.16 / static_cast<double>(paths));
  check_within_4_se(w, 0.3448275862, slope_error, 0.0025);
}

TEST_CASE("O29: the split of least expected shortfall") {
  const double w = minimise([](double x) { return sides().shortfall(x).value; });
  check_within_4_se(sides().shortfall(w), 2.5866726046, 0.006);
  // Where it lies: the slope of ES is 0 there, so its error over the curvature k sd'' is that of the split.
  const Estimate slope = sides().split(w).combination(std::vector<double>{1.0 / w, -1.0 / (1.0 - w)});
  CHECK(std::abs(slope.value) < 0.2 * *slope.standard_error);
  const double exact = 0.4042953926;
  const double sd = std::sqrt(1.16 * exact * exact - 0.8 * exact + 0.64);
  const double sd_slope = (1.16 * exact - 0.4) / sd;
  const double tail = boost::math::pdf(boost::math::normal(), normal_quantile(alpha)) / (1.0 - alpha);
  const double curvature = tail * (1.16 - sd_slope * sd_slope) / sd;
  check_within_4_se(w, exact, *slope.standard_error / curvature, 0.005);
}

TEST_CASE("O29: ends, and the Euler split at 60 %") {
  check_within_4_se(sides().shortfall(0.0), 2.8501702460, 0.008);
  check_within_4_se(sides().shortfall(1.0), 3.0627128075, 0.01);
  check_within_4_se(sides().shortfall(0.6), 2.6476617337, 0.008);
  const EulerContributions split = sides().split(0.6);
  check_within_4_se(split.at(0), 1.7334064058, 0.006);
  check_within_4_se(split.at(1), 0.9142553278, 0.005);
  check_within_4_se(split.combination(std::vector<double>{1.0, 1.0}), 2.6476617337, 0.008);
}

}  // namespace portfolio_test
