// Parameters drawn from their posteriors: the laws by hand, what stays as it is, what is shared.

#include "models/outage/parameter_sampler.hpp"

#include <doctest/doctest.h>

#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "models/simulate.hpp"
#include "tests/support/worlds.hpp"

namespace parameter_sampler_test {

using namespace hedgerow;
using namespace hedgerow::models;
using doctest::Approx;

namespace {

double phi(double z) { return boost::math::cdf(boost::math::normal(), z); }

LognormalDuration lognormal(LognormalPosterior posterior) { return {Hours(2), 1.2, posterior}; }

template <class Law>
Law drawn(const DurationLaw& law, std::array<double, 4> uniforms) {
  return std::get<Law>(drawn_law(law, uniforms));
}

/// W-0 with a posterior on region A's rate and durations.
Scenario uncertain(LognormalPosterior durations, bool rate = true) {
  ScenarioInput input = worlds::w0();
  OutageProcess& process = *input.providers["A"].regions["r"].outages;
  if (rate) process.rate_posterior = {12.0, Years(2)};
  process.duration = lognormal(durations);
  return Scenario(input);
}

}  // namespace

TEST_CASE("two parameters are normal together in their logarithms") {
  const LognormalDuration law = lognormal({0.3, 0.2, 0.6});
  const auto both = drawn<LognormalDuration>(law, {phi(1.5), phi(-0.5), 0.9, 0.9});
  CHECK(both.sigma == Approx(1.2 * std::exp(0.2 * 1.5)).epsilon(1e-9));
  CHECK(both.median.value == Approx(2.0 * std::exp(0.3 * (0.6 * 1.5 - 0.8 * 0.5))).epsilon(1e-9));
  CHECK(!both.posterior);
  const auto weibull = drawn<WeibullDuration>(
      WeibullDuration{0.8, Hours(3), WeibullPosterior{0.1, 0.4, -0.6}}, {phi(2), 0.5, 0, 0});
  CHECK(weibull.shape == Approx(0.8 * std::exp(0.1 * 2)).epsilon(1e-9));
  CHECK(weibull.scale.value == Approx(3.0 * std::exp(0.4 * -0.6 * 2)).epsilon(1e-9));
}

TEST_CASE("a spliced law has its body from the first two numbers and its tail from the others") {
  const SplicedDuration law{lognormal({0.3, 0.2, 0.0}), Fraction(0.9), 0.2, Hours(6),
                            TailPosterior{0.1, 0.4, 0.5}};
  const auto all = drawn<SplicedDuration>(law, {phi(1), phi(-1), phi(2), phi(0)});
  CHECK(std::get<LognormalDuration>(all.body).sigma == Approx(1.2 * std::exp(0.2)).epsilon(1e-9));
  CHECK(std::get<LognormalDuration>(all.body).median.value == Approx(2.0 * std::exp(-0.3)).epsilon(1e-9));
  CHECK(all.tail_index == Approx(0.4).epsilon(1e-6));  // cut at 1, eight standard errors away
  CHECK(all.tail_scale.value == Approx(6.0 * std::exp(0.4 * 0.5 * 2)).epsilon(1e-6));
}

TEST_CASE("a parameter stays in its range: the normal law given that it does") {
  const SplicedDuration law{lognormal({0, 0, 0}), Fraction(0.9), 0.4, Hours(6), TailPosterior{0.5, 0.0, 0.0}};
  for (const double u : {1e-9, 0.1, 0.5, 0.9, 1.0 - 1e-9}) {
    const double score = boost::math::quantile(boost::math::normal(),
                                               phi(-1.8) + u * (phi(1.2) - phi(-1.8)));  // from -0.5 to 1
    const auto tail = drawn<SplicedDuration>(law, {0.5, 0.5, u, 0.5});
    CHECK(tail.tail_index == Approx(0.4 + 0.5 * score).epsilon(1e-7));
    CHECK(tail.tail_index < 1.0);
    CHECK(std::isfinite(Duration(tail).mean()));
  }
  for (const double u : {0x1p-53, 0.5, 1.0 - 0x1p-53}) {
    const auto wide = drawn<LognormalDuration>(lognormal({5, 5, 1}), {u, u, u, u});
    CHECK(wide.sigma > 0.0);
    CHECK(wide.sigma <= 10.0);
    CHECK(Duration(wide).mean() > 0.0);
  }
}

TEST_CASE("a rate has the quantiles of its gamma law, a law without posterior stays what it is") {
  const Scenario scenario = uncertain({0.3, 0.2, 0.0});
  const OutageEntity& entity = scenario.entities[EntityId(0)];
  REQUIRE(entity.name == "region:A.r");
  CHECK(has_posterior(entity));
  RateTables tables;
  const ParameterSampler sampler(entity, 7, tables);
  const random::Stream stream(7, "region:A.r", "outage/theta-rate");
  const boost::math::gamma_distribution<> gamma(12.0, 0.5);
  for (std::uint64_t path = 0; path < 20; ++path)
    CHECK(sampler.sample(path).rate ==
          Approx(boost::math::quantile(gamma, stream.uniform(path, 0))).epsilon(1e-8));
  const OutageEntity& known = scenario.entities[EntityId(1)];
  CHECK(!has_posterior(known));
  CHECK(ParameterSampler(known, 7, tables).sample(3).rate == known.rate.value);
  CHECK(!ParameterSampler(known, 7, tables).sample(3).duration_law);
}

TEST_CASE("posteriors without errors change no bit, and others nothing of other entities") {
  const Scenario w0(worlds::w0()), exact = uncertain({0, 0, 0}, false), open = uncertain({0.3, 0.2, 0.1});
  const Simulation known(w0, 7), zero(exact, 7), drawn(open, 7);
  World a, b, c;
  bool moved = false;
  for (std::uint64_t path = 0; path < 30; ++path) {
    known.sample(path, a);
    zero.sample(path, b);
    drawn.sample(path, c);
    for (const EntityId e : w0.entities.keys()) {
      REQUIRE(a.outages.outages[e].size() == b.outages.outages[e].size());
      for (std::size_t i = 0; i < a.outages.outages[e].size(); ++i)
        CHECK(a.outages.outages[e][i].end == b.outages.outages[e][i].end);
      if (e.value > 0) REQUIRE(a.outages.outages[e].size() == c.outages.outages[e].size());
    }
    moved = moved || a.outages.outages[EntityId(0)].size() != c.outages.outages[EntityId(0)].size();
  }
  CHECK(moved);
}

TEST_CASE("paths of a group share their parameters and nothing else") {
  const Scenario scenario = uncertain({0.3, 0.2, 0.1});
  const Simulation grouped(scenario, 7, {nullptr, 0, 4}), own(scenario, 7);
  const EntityId entity(0);
  const auto rate = [&](const Simulation& of, std::uint64_t path) {
    return of.outages().parameters(entity, path).rate;
  };
  CHECK(rate(grouped, 1) == rate(grouped, 5));
  CHECK(rate(grouped, 1) != rate(grouped, 2));
  CHECK(rate(own, 1) != rate(own, 5));
  CHECK(grouped.outages().arrivals(entity, 1).front().start !=
        grouped.outages().arrivals(entity, 5).front().start);
}

TEST_CASE("entities share tables of rates where as many events are behind them, and only there") {
  RateTables tables;
  CHECK(tables.of(3.0) == tables.of(3.0));
  CHECK(tables.of(3.0) != tables.of(20.5));
  CHECK(tables.of(3.0)->quantile(0.9) > tables.of(20.5)->quantile(0.9));
}

}  // namespace parameter_sampler_test
