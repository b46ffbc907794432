// Laws of duration that are given by quantiles.

#include <doctest/doctest.h>

#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <string>

#include "apps/config/load.hpp"
#include "apps/config/quantile_key.hpp"

namespace quantile_test {

using namespace hedgerow;
using namespace hedgerow::config;

namespace {

LoadedConfig load(const std::string& duration) {
  return load_config(Source{"x.yaml", R"(
hedgerow: 1
providers: {azure: {list_price: 2 USD/unit-hour, regions: {east: {outages: {rate: 3/yr, duration: )" +
                                          duration + R"(}}}}}
workloads: {training: {demand: 1 units, revenue_at_risk: 1 USD/h}}
strategies: {one: {training: {placement: {azure.east: 100%}}}}
)"});
}

models::DurationLaw law_of(const std::string& duration) {
  return load(duration).study.scenario.providers.at("azure").regions.at("east").outages->duration;
}

std::string warnings_of(const std::string& duration) {
  std::string text;
  for (const Diagnostic& warning : load(duration).warnings) text += warning.message + "\n";
  return text;
}

const std::string path = "providers.azure.regions.east.outages.duration.";

}  // namespace

TEST_CASE("keys that name a quantile") {
  CHECK(*quantile_level("p50") == 0.5);
  CHECK(*quantile_level("p5") == 0.05);
  CHECK(*quantile_level("p99.9") == doctest::Approx(0.999).epsilon(1e-15));
  for (const char* key :
       {"p", "p0", "p0.0", "p100", "p5.", "p.5", "p5.5.5", "p-5", "p5%", "P50", "q50", "p1e1", "median"})
    CHECK_FALSE(quantile_level(key));
}

TEST_CASE("a lognormal law goes through two quantiles") {
  const auto law = std::get<models::LognormalDuration>(law_of("{lognormal: {p50: 2h, p95: 14h}}"));
  const boost::math::normal normal;
  CHECK(law.median.value == doctest::Approx(2.0).epsilon(1e-14));
  CHECK(law.sigma == doctest::Approx(std::log(7.0) / quantile(normal, 0.95)).epsilon(1e-12));
  const auto other = std::get<models::LognormalDuration>(law_of("{lognormal: {p99: 20h, p25: 30min}}"));
  CHECK(cdf(normal, std::log(20.0 / other.median.value) / other.sigma) ==
        doctest::Approx(0.99).epsilon(1e-12));
  CHECK(cdf(normal, std::log(0.5 / other.median.value) / other.sigma) ==
        doctest::Approx(0.25).epsilon(1e-12));
}

TEST_CASE("a Weibull law goes through two quantiles") {
  const auto law = std::get<models::WeibullDuration>(law_of("{weibull: {p50: 2h, p95: 14h}}"));
  const auto share = [&](double hours) {
    return 1.0 - std::exp(-std::pow(hours / law.scale.value, law.shape));
  };
  CHECK(share(2.0) == doctest::Approx(0.5).epsilon(1e-12));
  CHECK(share(14.0) == doctest::Approx(0.95).epsilon(1e-12));
}

TEST_CASE("of three quantiles the law misses the logarithms by the least squares") {
  const double scores[] = {-1.2815515655446004, 0.0, 1.6448536269514722}, hours[] = {0.5, 2.0, 20.0};
  const auto law =
      std::get<models::LognormalDuration>(law_of("{lognormal: {p10: 30min, p50: 2h, p95: 20h}}"));
  const auto squares = [&](double median, double sigma) {
    double sum = 0.0;
    for (int i = 0; i < 3; ++i) sum += std::pow(std::log(hours[i] / median) - sigma * scores[i], 2);
    return sum;
  };
  const double least = squares(law.median.value, law.sigma);
  for (const double step : {0.999, 1.001}) {
    CHECK(squares(law.median.value * step, law.sigma) > least);
    CHECK(squares(law.median.value, law.sigma * step) > least);
  }
}

TEST_CASE("what an expert may not have meant is a warning") {
  CHECK(warnings_of("{lognormal: {p50: 2h, p95: 14h}}").empty());
  CHECK(warnings_of("{lognormal: {p50: 1min, p75: 2h}}") ==
        path +
            "lognormal.p75 is 2 h, yet the mean of this law is 1.45e+09 h: the longest outages decide it\n");
  const std::string bent = warnings_of("{lognormal: {p10: 1h, p50: 2h, p95: 40h}}");
  CHECK(bent.find("lognormal.p50 is 2 h, and the nearest law of this kind has ") != std::string::npos);
}

TEST_CASE("quantiles and what follows from them are told, with their sources") {
  const LoadedConfig loaded = load("{lognormal: {p50: {value: 2h, source: our pager}, p95: 14h}}");
  const auto value = [&](const std::string& key) {
    for (const ResolvedValue& v : loaded.resolved)
      if (v.path == path + "lognormal." + key) return v.value + " (" + v.source + ")";
    return std::string();
  };
  CHECK(value("p50") == "2h (our pager)");
  CHECK(value("median") == "2h (follows from p50, p95)");
  CHECK(value("sigma").starts_with("1.183"));
}

}  // namespace quantile_test
