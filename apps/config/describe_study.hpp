#pragma once
// Keys at the top of a config.

#include "apps/config/describe_bargaining.hpp"
#include "apps/config/describe_outage.hpp"
#include "apps/config/describe_provider.hpp"
#include "apps/config/describe_strategy.hpp"
#include "apps/config/key.hpp"
#include "models/assess/study.hpp"

namespace hedgerow::config {

inline std::string_view type_name(const models::Horizon&) { return "horizon"; }
inline std::string_view type_name(const models::SimulationSettings&) { return "simulation"; }
inline std::string_view type_name(const models::CorridorSettings&) { return "corridor"; }
inline std::string_view type_name(const models::OutputSettings&) { return "outputs"; }
inline std::string_view type_name(const models::Limit&) { return "limit"; }

inline constexpr double longest_horizon = 100.0;  // [yr]

template <class Visitor>
void describe(Visitor& v, models::Horizon& horizon) {
  v.first_month({.name = "start", .help = "first month, as in 2026-01"}, horizon.start_year,
                horizon.start_month);
  v.either_months({.name = "years",
                   .unit = Unit::bare_years,
                   .range = above_up_to(0, longest_horizon),
                   .help = "length in years, whole months"},
                  {.name = "length",
                   .unit = Unit::months,
                   .range = between(1, months_per_year * longest_horizon),
                   .help = "length in months, as in 84mo; instead of years"},
                  horizon.months);
  v.number({.name = "discount_rate",
            .unit = Unit::fraction,
            .range = between(0, 0.5),
            .help = "per year, continuously compounded"},
           horizon.discount_rate, models::defaults::discount_rate);
}

template <class Visitor>
void describe(Visitor& v, models::SimulationSettings& simulation) {
  v.count({.name = "paths", .range = between(1, 1e12), .help = "number of simulated futures, as in 1M"},
          simulation.paths);
  v.optional_number(
      {.name = "precision",
       .unit = Unit::fraction,
       .range = inside(0, 1),
       .help = "stop as soon as every total cost is known to this part of itself (95 %), as in 1%"},
      simulation.precision, "none", {models::DefaultKind::neutral, setting});
  static constexpr std::array<Word<models::Sampling>, 4> ways{{{"plain", models::Sampling::plain},
                                                               {"auto", models::Sampling::automatic},
                                                               {"importance", models::Sampling::importance},
                                                               {"sobol", models::Sampling::sobol}}};
  v.word(
      {.name = "sampling",
       .help = "how futures are drawn: plain; importance: more long outages, for deep tails; sobol: evenly "
               "spread; auto: whichever a pilot finds best"},
      simulation.sampling, std::span<const Word<models::Sampling>>(ways),
      {models::DefaultKind::neutral, setting});
  v.count({.name = "seed", .range = {.low = 0}, .help = "same seed, same futures; a whole number below 2^64"},
          simulation.seed);
}

template <class Visitor>
void describe(Visitor& v, models::CorridorSettings& corridor) {
  using namespace models;
  v.number({.name = "minimum_discount",
            .unit = Unit::fraction,
            .range = between(0, 1),
            .help = "off list, bargained today; this or the minimum leverage makes a share worth it"},
           corridor.min_discount, defaults::corridor_discount);
  v.number({.name = "minimum_leverage",
            .unit = Unit::fraction,
            .range = between(0, 1),
            .help = "part of the vendor's list margin that the buyer gets in today's bargain"},
           corridor.min_leverage, defaults::corridor_leverage);
  v.number({.name = "maximum_unserved",
            .unit = Unit::hours,
            .range = {.low = 0},
            .help = "expected hours of full outage after a severance today that can be borne"},
           corridor.max_unserved_hours, defaults::corridor_unserved);
}

template <class Visitor>
void describe(Visitor& v, models::OutputSettings& outputs) {
  using models::Detail;
  static constexpr std::array<Word<Detail>, models::all_details.size()> details{
      {{"total_cost", Detail::total_cost},
       {"components", Detail::components},
       {"years", Detail::years},
       {"curves", Detail::curves},
       {"renewals", Detail::renewals},
       {"stand_alone", Detail::stand_alone}}};
  v.levels({.name = "percentiles",
            .unit = Unit::fraction,
            .range = inside(0, 1),
            .help = "levels in increasing order, as in [50%, 95%, 99%]"},
           outputs.percentiles);
  v.levels({.name = "expected_shortfall",
            .unit = Unit::fraction,
            .range = inside(0, 1),
            .help = "levels in increasing order, as in [95%, 99%]"},
           outputs.expected_shortfall);
  v.levels({.name = "return_periods",
            .unit = Unit::bare_years,
            .range = above_up_to(1, 1e9),
            .help = "years in increasing order, as in [10, 50, 250]"},
           outputs.return_periods);
  v.words({.name = "percentiles_of",
           .help = "what distributions are told of; each costs memory by path, and [total_cost] least"},
          outputs.percentiles_of, std::span<const Word<Detail>>(details),
          {models::DefaultKind::neutral, setting});
  v.yes_no(
      {.name = "parameter_uncertainty",
       .help = "tell how much of the spread posteriors leave open and how much is chance; doubles the run"},
      outputs.parameter_uncertainty, {models::DefaultKind::neutral, setting});
  v.block({.name = "corridor", .help = "what makes a share of a provider acceptable"}, outputs.corridor);
}

template <class Visitor>
void describe(Visitor& v, models::Limit& limit) {
  v.name({.name = "name", .help = "what the limit is called, such as appetite"}, limit.name);
  v.name({.name = "strategy", .help = "the strategy that must keep it"}, limit.strategy);
  v.measure({.name = "measure", .help = "the number that is limited, as in total_cost.es_99"}, limit);
  v.bounds({.name = "at_most", .help = "the highest value that is accepted"},
           {.name = "at_least", .help = "the lowest value that is accepted; instead of at_most"}, limit);
}

template <class Visitor>
void describe(Visitor& v, models::Study& study) {
  auto& scenario = study.scenario;
  v.version({.name = "hedgerow", .help = "version of the config format"});
  v.text({.name = "title", .help = "one line that says what is decided"}, scenario.title);
  v.currency({.name = "currency", .help = "of every amount, as in USD"}, scenario.currency);
  v.block({.name = "horizon", .help = "the years that are looked at"}, scenario.horizon);
  v.block({.name = "simulation", .help = "how many futures, and which"}, study.simulation);
  v.named({.name = "frailty", .help = "gamma factors that several outage rates share within a year"},
          scenario.frailty);
  v.block({.name = "market", .help = "what all prices share"}, scenario.market);
  v.named({.name = "providers", .help = "cloud providers by name, at least one"}, scenario.providers,
          required);
  v.named({.name = "shared_dependencies", .help = "what takes several locations down at once, such as DNS"},
          scenario.shared_dependencies);
  v.named({.name = "workloads", .help = "what runs in the clouds, at least one"}, scenario.workloads,
          required);
  v.named(
      {.name = "strategies", .help = "what the buyer may choose, at least one; the first is the reference"},
      scenario.strategies, required);
  v.block({.name = "bargaining", .help = "how prices are renegotiated where a contract says so"},
          scenario.bargaining);
  v.block({.name = "outputs", .help = "which numbers are reported"}, study.outputs);
  v.list({.name = "limits",
          .help = "what is not acceptable: a list of {name, strategy, measure, at_most or at_least}"},
         study.limits);
}

}  // namespace hedgerow::config
