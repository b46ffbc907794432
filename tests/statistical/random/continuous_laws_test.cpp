// Draws of each continuous law through a stream: Kolmogorov-Smirnov against a closed form written out
// here wherever there is an elementary one, and the mean within 4 standard errors.

#include <doctest/doctest.h>

#include <functional>
#include <string>
#include <vector>

#include "engine/random/beta.hpp"
#include "engine/random/gamma.hpp"
#include "engine/random/lognormal.hpp"
#include "engine/random/spliced.hpp"
#include "engine/random/stream.hpp"
#include "engine/random/tabulated_quantile.hpp"
#include "engine/random/weibull.hpp"
#include "tests/support/goodness_of_fit.hpp"
#include "tests/support/sample_mean.hpp"

namespace continuous_laws_test {

using namespace hedgerow::random;
using namespace hedgerow::test;
using Function = std::function<double(double)>;

namespace {

constexpr double size = 0.01;
constexpr int comparisons = 18;  // cases below
constexpr std::size_t points = 100000;

struct Case {
  std::string name;
  Function quantile;
  Function cdf;
  double mean;
  double mean_error_bound;  // of 2e6 draws
};

double spliced_cdf(double x) {
  const double threshold = 2.0 * std::exp(1.2 * 1.6448536269514727);
  if (x < threshold) return 0.5 * std::erfc(-std::log(x / 2.0) / (1.2 * std::sqrt(2.0)));
  return 1.0 - 0.05 * std::pow(1.0 + 0.3 * (x - threshold) / 6.0, -1.0 / 0.3);
}

template <class Law>
Function quantile_of(const Law& law) {
  return [law](double u) { return law.quantile(u); };
}
template <class Law>
Function cdf_of(const Law& law) {
  return [law](double x) { return law.cdf(x); };
}
Function tabulated(const Gamma& law) { return quantile_of(TabulatedQuantile(law)); }

std::vector<Case> cases() {
  const auto erlang2 = [](double x) { return 1.0 - std::exp(-2.0 * x) * (1.0 + 2.0 * x); };
  const auto half = [](double x) { return std::erf(std::sqrt(0.5 * x)); };
  const auto exponential = [](double x) { return 1.0 - std::exp(-x); };
  const auto pareto = [](double xi, double beta) {
    return [=](double x) { return 1.0 - std::pow(1.0 + xi * x / beta, -1.0 / xi); };
  };
  const Spliced<Lognormal> outage(Lognormal(2.0, 1.2), 0.95, GeneralizedPareto(0.3, 6.0));
  return {
      {"normal", normal_quantile, [](double x) { return 0.5 * (1.0 + std::erf(x / std::sqrt(2.0))); }, 0.0,
       8e-4},
      {"exponential", exponential_quantile, exponential, 1.0, 8e-4},
      {"lognormal(2, 1.2)", quantile_of(Lognormal(2.0, 1.2)),
       [](double x) { return 0.5 + 0.5 * std::erf(std::log(x / 2.0) / (1.2 * std::sqrt(2.0))); },
       4.1088664213, 6e-3},
      {"Weibull(0.7, 3)", quantile_of(Weibull(0.7, 3.0)),
       [](double x) { return 1.0 - std::exp(-std::pow(x / 3.0, 0.7)); }, 3.7974705182, 5e-3},
      {"gamma(0.1)", quantile_of(Gamma(0.1, 10.0)), cdf_of(Gamma(0.1, 10.0)), 1.0, 3e-3},
      {"gamma(0.5)", quantile_of(Gamma(0.5, 2.0)), half, 1.0, 2e-3},
      {"gamma(2)", quantile_of(Gamma(2.0, 0.5)), erlang2, 1.0, 6e-4},
      {"gamma(1000)", quantile_of(Gamma(1000.0, 0.001)), cdf_of(Gamma(1000.0, 0.001)), 1.0, 3e-5},
      {"tabulated gamma(0.1)", tabulated(Gamma(0.1, 10.0)), cdf_of(Gamma(0.1, 10.0)), 1.0, 3e-3},
      {"tabulated gamma(0.5)", tabulated(Gamma(0.5, 2.0)), half, 1.0, 2e-3},
      {"tabulated gamma(1)", tabulated(Gamma(1.0, 1.0)), exponential, 1.0, 8e-4},
      {"tabulated gamma(2)", tabulated(Gamma(2.0, 0.5)), erlang2, 1.0, 6e-4},
      {"Pareto(0.3, 4)", quantile_of(GeneralizedPareto(0.3, 4.0)), pareto(0.3, 4.0), 5.7142857143, 8e-3},
      {"Pareto(-0.3, 4)", quantile_of(GeneralizedPareto(-0.3, 4.0)), pareto(-0.3, 4.0), 4.0 / 1.3, 2e-3},
      {"Pareto(0, 1)", quantile_of(GeneralizedPareto(0.0, 1.0)), exponential, 1.0, 8e-4},
      {"spliced", quantile_of(outage), spliced_cdf, 3.9086706453, 6e-3},
      {"beta(0.4, 3)", quantile_of(Beta(0.4, 3.0)), cdf_of(Beta(0.4, 3.0)), 0.4, 2e-4},
      {"beta(2, 1)", quantile_of(Beta(2.0 / 3.0, 3.0)), [](double x) { return x * x; }, 2.0 / 3.0, 2e-4},
  };
}

}  // namespace

TEST_CASE("each continuous law passes Kolmogorov-Smirnov against its closed form") {
  REQUIRE(cases().size() == comparisons);
  CHECK(kolmogorov_critical(100000, 0.01) == doctest::Approx(0.00515).epsilon(1e-3));
  for (const Case& law : cases()) {
    const Stream stream(2024, law.name, "draw");
    std::vector<double> draws(points);
    for (std::size_t path = 0; path < points; ++path) draws[path] = law.quantile(stream.uniform(path, 0));
    CAPTURE(law.name);
    CHECK(kolmogorov_distance(draws, law.cdf) < kolmogorov_critical(points, size / comparisons));
  }
}

TEST_CASE("each continuous law has its exact mean") {
  for (const Case& law : cases()) {
    const Stream stream(2025, law.name, "draw");
    SampleMean sample;
    for (std::uint64_t path = 0; path < 20 * points; ++path)
      sample.add(law.quantile(stream.uniform(path, 0)));
    CAPTURE(law.name);
    CAPTURE(sample);
    CHECK(sample.agrees_with(law.mean, law.mean_error_bound));
  }
}

}  // namespace continuous_laws_test
