#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "engine/base/check.hpp"
#include "engine/base/quantity.hpp"
#include "engine/random/stream.hpp"
#include "models/incident/duration_fit.hpp"
#include "models/incident/rate_fit.hpp"

namespace incident_fit_test {

using namespace hedgerow;
using namespace hedgerow::models;

namespace {

constexpr LogWindow six_years{1000.0, 1000.0 + 6 * hours_per_year};
const fit::RatePosterior prior(0.5, 0.5 / 3.0);

/// So many events in each year, evenly.
std::vector<IncidentEvent> events_by_year(const std::vector<int>& counts) {
  std::vector<IncidentEvent> events;
  for (std::size_t year = 0; year < counts.size(); ++year)
    for (int i = 0; i < counts[year]; ++i)
      events.push_back(
          {six_years.begin + hours_per_year * (static_cast<double>(year) + (i + 0.5) / counts[year]),
           {},
           false,
           "",
           1,
           1});
  return events;
}

/// Events whose durations follow a law, every hundredth hour.
template <class Law>
std::vector<IncidentEvent> events_lasting(const Law& law, std::uint32_t count, std::uint64_t path) {
  const random::Stream stream(20260101, "incidents", "durations");
  std::vector<IncidentEvent> events;
  for (std::uint32_t i = 0; i < count; ++i) {
    const double start = six_years.begin + 10.0 * i;
    events.push_back({start, start + law.quantile(stream.uniform(path, i)), false, "", 1, 1});
  }
  return events;
}

}  // namespace

TEST_CASE("a steady log: its counts, its rate and what is known of it") {
  const RateFit rate = fit_rate(events_by_year({4, 3, 4, 3, 4, 3}), six_years, 1.0, prior);
  CHECK(rate.events == 21);
  CHECK(rate.exposure == doctest::Approx(6.0));
  CHECK(rate.log_rate() == doctest::Approx(3.5));
  REQUIRE(rate.stretches.size() == 6);
  CHECK(rate.stretches[0].events == 4);
  CHECK(rate.stretches[5].events == 3);
  CHECK_FALSE(rate.overdispersed);
  CHECK(rate.posterior.events == doctest::Approx(21.5));
  CHECK(rate.posterior.exposure == doctest::Approx(6.0 + 1.0 / 6.0));
  CHECK(rate.change.p_value > 0.5);
}

TEST_CASE("thinning divides the rate and leaves what is known of it") {
  const auto events = events_by_year({4, 3, 4, 3, 4, 3});
  const fit::RatePosterior weak(1e-9, 1e-9);
  const RateFit all = fit_rate(events, six_years, 1.0, weak), fifth = fit_rate(events, six_years, 0.2, weak);
  CHECK(fifth.rate() == doctest::Approx(0.7));
  CHECK(fifth.posterior.mean() == doctest::Approx(0.2 * all.posterior.mean()));
  CHECK(fifth.posterior.sd() / fifth.posterior.mean() ==
        doctest::Approx(all.posterior.sd() / all.posterior.mean()));
}

TEST_CASE("years that differ: negative binomial, and a rate that is known less well, with the same mean") {
  const auto events = events_by_year({1, 9, 0, 12, 2, 10});
  const RateFit rate = fit_rate(events, six_years, 1.0, prior);
  REQUIRE(rate.overdispersed);
  CHECK(rate.negative_binomial->variance > 0.3);
  CHECK(rate.posterior.mean() == doctest::Approx(34.5 / (6.0 + 1.0 / 6.0)));
  const double poisson_error = std::sqrt(rate.log_rate() / 6.0);
  const double student = 2.570582 / 1.959964;  // 97.5 % of five degrees of freedom, and of the normal law
  CHECK(rate.posterior.sd() == doctest::Approx(student * rate.negative_binomial->rate_standard_error /
                                               poisson_error * std::sqrt(34.5) / (6.0 + 1.0 / 6.0)));
}

TEST_CASE("a change of the rate is found where it is") {
  const RateFit rate = fit_rate(events_by_year({20, 20, 20, 5, 5, 5}), six_years, 1.0, prior);
  CHECK(rate.change.p_value < 1e-4);
  CHECK((rate.change.when - six_years.begin) / hours_per_year == doctest::Approx(3.0).epsilon(0.05));
  CHECK(rate.change.before == doctest::Approx(20.0).epsilon(0.05));
  CHECK(rate.change.after == doctest::Approx(5.0).epsilon(0.1));
}

TEST_CASE("few years and no events") {
  const LogWindow short_window{0.0, 2 * hours_per_year};
  const RateFit none = fit_rate({}, short_window, 1.0, prior);
  CHECK_FALSE(none.negative_binomial);
  CHECK(none.log_rate() == 0.0);
  CHECK(none.change.p_value == 1.0);
  CHECK(none.posterior.mean() == doctest::Approx(0.5 / (2.0 + 1.0 / 6.0)));
  CHECK_THROWS_AS(fit_rate({}, {0.0, 10.0}, 1.0, prior), InvalidInput);
  CHECK_THROWS_AS(fit_rate({}, short_window, 0.0, prior), InvalidInput);
  CHECK_THROWS_AS(fit_rate({}, short_window, 1.1, prior), InvalidInput);
}

TEST_CASE("durations are sorted into known, ongoing, unknown and none") {
  const double t = six_years.begin, end = six_years.end;
  const DurationFit fit = fit_durations({{t, t + 2.0, false, "", 1, 1},
                                         {t + 5, t + 5, false, "", 1, 1},
                                         {t + 9, {}, false, "", 1, 1},
                                         {t + 20, t + 23.0, false, "", 1, 1},
                                         {end - 4.0, {}, true, "", 1, 1}},
                                        six_years);
  CHECK(fit.ended == 2);
  CHECK(fit.without_length == 1);
  CHECK(fit.unknown == 1);
  CHECK(fit.ongoing == 1);
  REQUIRE(fit.sample.size() == 3);
  CHECK(fit.sample[2].censored);
  CHECK(fit.sample[2].value == doctest::Approx(4.0));
  CHECK(fit.sample[0].limit == doctest::Approx(end - t));
  CHECK_THROWS_AS(fit_durations({{end, end + 1, false, "", 1, 1}}, six_years), InvalidInput);
}

TEST_CASE("the law that the durations come from is chosen") {
  const DurationFit lognormal = fit_durations(events_lasting(random::Lognormal(2.0, 1.2), 300, 1), six_years);
  REQUIRE(lognormal.chosen);
  CHECK(lognormal.laws[*lognormal.chosen].name == "lognormal");
  CHECK(*lognormal.laws[*lognormal.chosen].goodness.p_value > 0.05);
  CHECK(lognormal.laws.size() == 5);
  const DurationFit weibull = fit_durations(events_lasting(random::Weibull(0.6, 3.0), 300, 2), six_years);
  CHECK(weibull.laws[*weibull.chosen].name == "weibull");
  for (std::size_t i = 1; i < weibull.laws.size(); ++i) CHECK(weibull.laws[i - 1].aic <= weibull.laws[i].aic);
}

TEST_CASE(
    "an exponential law is a Weibull law of shape 1: never likelier, and hardly less so where it is true") {
  const DurationFit fit = fit_durations(events_lasting(random::Weibull(1.0, 3.0), 300, 3), six_years);
  const auto named = [&](const std::string& name) {
    return *std::find_if(fit.laws.begin(), fit.laws.end(), [&](const auto& law) { return law.name == name; });
  };
  const double gain = named("weibull").log_likelihood - named("exponential").log_likelihood;
  CHECK(gain >= 0.0);
  CHECK(2.0 * gain < 10.83);  // chi-square of one degree of freedom: of size 0.001
  CHECK(named("exponential").aic < named("lognormal").aic);
}

TEST_CASE("a tail of infinite variance is told and not chosen") {
  const random::Spliced law(random::Lognormal(2.0, 0.5), 0.8, random::GeneralizedPareto(0.9, 3.0));
  const DurationFit fit = fit_durations(events_lasting(law, 400, 4), six_years);
  REQUIRE(fit.chosen);
  CHECK_FALSE(fit.laws.front().believable());
  CHECK(fit.laws.front().name == "spliced lognormal");
  CHECK(fit.laws[*fit.chosen].believable());
}

TEST_CASE("a fitted law says the same as the law of the config that it becomes") {
  const DurationFit fit = fit_durations(events_lasting(random::Lognormal(2.0, 1.2), 300, 5), six_years);
  for (const FittedDuration& fitted : fit.laws) {
    CAPTURE(fitted.name);
    CHECK(fitted.survival(fitted.p99) == doctest::Approx(0.01).epsilon(1e-9));
    CHECK(*fitted.parameters[0].interval.lower < fitted.parameters[0].value);
    CHECK(fitted.parameters[0].value < *fitted.parameters[0].interval.upper);
  }
}

TEST_CASE("a log without durations has no law") {
  const DurationFit fit = fit_durations({}, six_years);
  CHECK(fit.laws.empty());
  CHECK_FALSE(fit.chosen);
}

}  // namespace incident_fit_test
