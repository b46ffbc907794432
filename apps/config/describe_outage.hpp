#pragma once
// Keys of outages, their durations and severities, and frailty (docs/model/outages.md).

#include <array>

#include "apps/config/key.hpp"
#include "models/scenario/input.hpp"

namespace hedgerow::config {

inline std::string_view type_name(const models::LognormalDuration&) { return "lognormal"; }
inline std::string_view type_name(const models::WeibullDuration&) { return "weibull"; }
inline std::string_view type_name(const models::FixedDuration&) { return "fixed"; }
inline std::string_view type_name(const models::SplicedDuration&) { return "spliced"; }
inline std::string_view type_name(const models::LognormalPosterior&) { return "lognormal_posterior"; }
inline std::string_view type_name(const models::WeibullPosterior&) { return "weibull_posterior"; }
inline std::string_view type_name(const models::TailPosterior&) { return "tail_posterior"; }
inline std::string_view type_name(const models::RatePosterior&) { return "rate_posterior"; }
inline std::string_view type_name(const models::Severity&) { return "severity"; }
inline std::string_view type_name(const models::Clustering&) { return "clustering"; }
inline std::string_view type_name(const models::OutageProcess&) { return "outages"; }
inline std::string_view type_name(const models::FrailtyFactor&) { return "frailty_factor"; }
inline std::string_view type_name(const models::SharedDependency&) { return "shared_dependency"; }

inline constexpr Range any_duration = above_up_to(0, 100 * hours_per_year);       // [h]
inline constexpr double highest_outage_rate = models::largest_outage_rate.value;  // [1/yr]

inline constexpr Key duration_quantile{
    .name = "p50",
    .unit = Unit::hours,
    .range = any_duration,
    .help =
        "instead of its parameters a law may be given by two or three quantiles, as in {p50: 2h, p95: 14h}"};

inline constexpr const char* law_posterior_help =
    "what is left open of the parameters, drawn on every path; hedgerow fit --posterior writes it";

/// A standard error of a quantity in which a parameter is about normal.
constexpr Key standard_error_of(std::string_view name, std::string_view help) {
  return {.name = name, .range = between(0, 5), .help = help};
}

inline constexpr Key parameter_correlation{
    .name = "correlation", .range = between(-1, 1), .help = "of the two, as the log leaves them open"};

template <class Visitor>
void describe(Visitor& v, models::LognormalPosterior& posterior) {
  v.number(standard_error_of("log_median", "standard error of the logarithm of the median"),
           posterior.log_median, required);
  v.number(standard_error_of("log_sigma", "standard error of the logarithm of sigma"), posterior.log_sigma,
           required);
  v.number(parameter_correlation, posterior.correlation, required);
}

template <class Visitor>
void describe(Visitor& v, models::WeibullPosterior& posterior) {
  v.number(standard_error_of("log_shape", "standard error of the logarithm of the shape"),
           posterior.log_shape, required);
  v.number(standard_error_of("log_scale", "standard error of the logarithm of the scale"),
           posterior.log_scale, required);
  v.number(parameter_correlation, posterior.correlation, required);
}

template <class Visitor>
void describe(Visitor& v, models::TailPosterior& posterior) {
  v.number(standard_error_of("tail_index", "standard error of the tail index"), posterior.tail_index,
           required);
  v.number(standard_error_of("log_tail_scale", "standard error of the logarithm of the tail's scale"),
           posterior.log_tail_scale, required);
  v.number(parameter_correlation, posterior.correlation, required);
}

template <class Visitor>
void describe(Visitor& v, models::RatePosterior& posterior) {
  v.number({.name = "events",
            .range = between(0.1, 1e6),
            .help = "shape of the gamma law: outages seen, and those that a prior counts for"},
           posterior.events, required);
  v.number({.name = "exposure",
            .unit = Unit::years,
            .range = above_up_to(0, 1e6),
            .help = "years in which they were seen, as in 8.2yr; the mean rate is events / exposure"},
           posterior.exposure, required);
}

template <class Visitor>
void describe(Visitor& v, models::LognormalDuration& law) {
  v.law({.name = "median",
         .unit = Unit::hours,
         .range = any_duration,
         .help = "half of all outages are longer"},
        {.name = "sigma",
         .range = between(0, 10),
         .help = "standard deviation of the logarithm; mean = median * exp(sigma^2 / 2)"},
        duration_quantile, law);
  v.posterior({.name = "posterior", .help = law_posterior_help}, law.posterior);
}

template <class Visitor>
void describe(Visitor& v, models::WeibullDuration& law) {
  v.law({.name = "shape", .range = above_up_to(0, 100), .help = "below 1: a heavy tail; 1: exponential"},
        {.name = "scale",
         .unit = Unit::hours,
         .range = any_duration,
         .help = "63 % of all outages are shorter"},
        duration_quantile, law);
  v.posterior({.name = "posterior", .help = law_posterior_help}, law.posterior);
}

template <class Visitor>
void describe(Visitor& v, models::FixedDuration& law) {
  v.number({.name = "value", .unit = Unit::hours, .range = any_duration, .help = "length of every outage"},
           law.value, required);
}

template <class Visitor>
void describe(Visitor& v, models::SplicedDuration& law) {
  v.one_of({.name = "body", .help = "law of ordinary outages: {lognormal: …} or {weibull: …}"}, law.body,
           Alternative<models::LognormalDuration>{"lognormal", "lognormal law"},
           Alternative<models::WeibullDuration>{"weibull", "Weibull law"});
  v.number({.name = "threshold",
            .unit = Unit::fraction,
            .range = inside(0, 1),
            .help = "share of outages that follow the body; the longer ones follow the tail"},
           law.threshold, required);
  v.tail_index(
      {.name = "tail_index",
       .range = from_to_below(-5, 1),
       .help = "xi of the generalised Pareto tail; from 0.5 on the variance is infinite, from 1 on the mean"},
      law.tail_index);
  v.number({.name = "tail_scale",
            .unit = Unit::hours,
            .range = any_duration,
            .help = "beta of the generalised Pareto tail"},
           law.tail_scale, required);
  v.posterior({.name = "posterior", .help = law_posterior_help}, law.posterior);
}

template <class Visitor>
void describe(Visitor& v, models::Severity& severity) {
  namespace d = models::defaults;
  v.number({.name = "total",
            .unit = Unit::fraction,
            .range = between(0, 1),
            .help = "share of outages that take all of the affected capacity"},
           severity.total, d::severity_total);
  v.number({.name = "mean",
            .unit = Unit::fraction,
            .range = inside(0, 1),
            .help = "mean share of capacity that a partial outage takes"},
           severity.mean, d::severity_mean);
  v.number({.name = "concentration",
            .range = above_up_to(0, 1e6),
            .help = "of the Beta law of partial outages; higher is nearer to the mean"},
           severity.concentration, d::severity_concentration);
}

template <class Visitor>
void describe(Visitor& v, models::Clustering& clustering) {
  v.number({.name = "branching",
            .unit = Unit::fraction,
            .range = from_to_below(0, 0.9),
            .help = "mean number of outages that each outage sets off, as in 20%"},
           clustering.branching, required);
  v.number({.name = "decay",
            .unit = Unit::per_year,
            .range = above_up_to(0, 1e6),
            .help = "one over the mean delay from an outage to one that it sets off, as in 100/yr"},
           clustering.decay, required);
}

template <class Visitor>
void describe(Visitor& v, models::OutageProcess& process) {
  static constexpr std::array<Word<models::Overlap>, 2> overlaps{
      {{"merge", models::Overlap::merge}, {"ignore", models::Overlap::ignore}}};
  v.uncertain_number(
      {.name = "rate",
       .unit = Unit::per_year,
       .range = between(0, highest_outage_rate),
       .help = "outages per year, as in 3/yr"},
      process.rate,
      {.name = "posterior",
       .help = "what is left open of the rate, drawn on every path: {events: 10.5, exposure: 8.2yr}"},
      process.rate_posterior);
  v.one_of(
      {.name = "duration",
       .help =
           "{lognormal: {median: 2h, sigma: 1.2}}, {weibull: …}, {spliced: …}, or a fixed one such as 4h"},
      process.duration, Alternative<models::LognormalDuration>{"lognormal", "lognormal law"},
      Alternative<models::WeibullDuration>{"weibull", "Weibull law"},
      Alternative<models::SplicedDuration>{"spliced", "a body with a generalised Pareto tail"},
      Alternative<models::FixedDuration>{"fixed", "always the same", true});
  v.block({.name = "severity", .help = "how much of the affected capacity an outage takes"},
          process.severity);
  v.word({.name = "overlap", .help = "what a failure does to what is down already: merge or ignore"},
         process.overlap, std::span<const Word<models::Overlap>>(overlaps), models::defaults::overlap);
  v.optional_block({.name = "clustering", .help = "outages that set off more of them; absent: none"},
                   process.clustering, Absent::is_none);
  v.weights(
      {.name = "frailty",
       .unit = Unit::fraction,
       .range = between(0, 1),
       .help = "parts of the rate that move with frailty factors; own: is the part that does not; sum 1"},
      process.frailty);
}

template <class Visitor>
void describe(Visitor& v, models::FrailtyFactor& factor) {
  v.number({.name = "variance", .range = between(0, 20), .help = "of the yearly factor, whose mean is 1"},
           factor.variance, models::defaults::frailty_variance);
  v.number({.name = "persistence",
            .unit = Unit::fraction,
            .range = between(0, 1),
            .help = "correlation of the factor from one year to the next"},
           factor.persistence, models::defaults::frailty_persistence);
}

template <class Visitor>
void describe(Visitor& v, models::SharedDependency& shared) {
  v.block({.name = "outages", .help = "how often and how long it fails: {rate: …, duration: …}"},
          shared.outages, required);
  v.numbers({.name = "impact",
             .unit = Unit::fraction,
             .range = between(0, 1),
             .help = "share of each location's capacity that it takes along, as in {azure.east: 100%}"},
            shared.impact, required);
}

}  // namespace hedgerow::config
