#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "apps/fit/answer.hpp"
#include "apps/import/moment.hpp"
#include "apps/results/format.hpp"

namespace hedgerow::fitting {
namespace {

constexpr std::size_t few = 10;
constexpr double moved = 0.5;           // standard deviations
constexpr double unlikely = 0.01;       // a rate that changed so much by chance alone
constexpr double least_p_value = 1e-9;  // the series of Kolmogorov is not exact farther out
constexpr double poor_fit = 0.05;       // a sample so far from its law by chance alone
constexpr double heavy_tail = 0.5;      // from here on the variance is infinite

using results::counted;

void add(std::vector<Doubt>& doubts, std::string code, std::string text) {
  doubts.push_back({std::move(code), std::move(text)});
}

void doubt_rate(std::vector<Doubt>& doubts, const models::RateFit& rate) {
  if (rate.events < few)
    add(doubts, "few_events",
        fmt::format("The rate rests on {}: the prior and chance weigh as much as the log.",
                    counted(rate.events, "event", "events")));
  if (std::abs(rate.posterior.mean() - rate.rate()) > moved * rate.posterior.sd())
    add(doubts, "prior_matters",
        fmt::format(
            "The prior moves the rate from {:.3g} to {:.3g} a year: say what you would assume without a log "
            "(--prior, --prior-events).",
            rate.rate(), rate.posterior.mean()));
  if (rate.exposure < 1.0)
    add(doubts, "short_log",
        fmt::format("The log covers {:.2g} years: one bad or good season decides its rate.", rate.exposure));
  if (rate.change.p_value < unlikely)
    add(doubts, "rate_changed",
        fmt::format(
            "The rate changed about {}, from {:.3g} to {:.3g} events a year (p = {:.1g}): what is posted "
            "may have changed, not what fails. Fit one side of it (--from, --until).",
            intake::day_text(rate.change.when), rate.change.before, rate.change.after,
            std::max(rate.change.p_value, 1e-9)));
  if (rate.overdispersed)
    add(doubts, "overdispersed",
        fmt::format(
            "Counts differ more from year to year than chance explains: a yearly factor of variance {:.2g} "
            "is likelier than none.",
            rate.negative_binomial->variance));
}

/// Spliced laws of one log share their tail: it is told once.
void doubt_tail(std::vector<Doubt>& doubts, const models::DurationFit& durations) {
  for (const models::FittedDuration& fitted : durations.laws) {
    if (fitted.believable()) continue;
    const models::FittedParameter& index = fitted.parameters[2];
    return add(
        doubts, "infinite_variance",
        fmt::format(
            "Events beyond {:.3g} h have a tail of index xi = {:.2g} (95 % {:.2g} to {:.2g}). From 0.5 "
            "on its variance is infinite and means hang on the longest event yet to come: no law "
            "with it is proposed.",
            *fitted.threshold, index.value, *index.interval.lower, *index.interval.upper));
  }
}

void doubt_durations(std::vector<Doubt>& doubts, const models::DurationFit& durations) {
  if (durations.ended < few)
    add(doubts, "few_durations",
        fmt::format("{} with a known duration: too few to tell one law from another, or its tail.",
                    counted(durations.ended, "event", "events")));
  doubt_tail(doubts, durations);
  if (!durations.chosen) return;
  const models::FittedDuration& chosen = durations.laws[*durations.chosen];
  if (chosen.goodness.p_value && *chosen.goodness.p_value < poor_fit)
    add(doubts, "poor_fit",
        fmt::format("The {} law is proposed and still does not fit well (p = {:.2g}): look at the picture.",
                    chosen.name, *chosen.goodness.p_value));
  if (!std::holds_alternative<models::SplicedDuration>(chosen.law)) return;
  const models::FittedParameter& index = chosen.parameters[2];
  if (*index.interval.upper >= heavy_tail)
    add(doubts, "tail_uncertain",
        fmt::format(
            "The tail index {:.2g} may be 0.5 or more (95 % up to {:.2g}), where the variance is infinite.",
            index.value, *index.interval.upper));
}

void doubt_data(std::vector<Doubt>& doubts, const Answer& answer) {
  const models::DurationFit& durations = answer.durations;
  if (durations.unknown > 0)
    add(doubts, "unknown_ends",
        fmt::format("{} without an end cannot be going on still: counted, without a duration (--open-end).",
                    counted(durations.unknown, "event", "events")));
  if (durations.ongoing > 0)
    add(doubts, "ongoing",
        fmt::format("{} still going on at the end of the log: taken to last at least so long.",
                    counted(durations.ongoing, "event", "events")));
  if (durations.without_length > 0)
    add(doubts, "without_length",
        fmt::format("{} with the same start and end: counted, without a duration.",
                    counted(durations.without_length, "event", "events")));
  if (answer.log.bad_records > 0)
    add(doubts, "bad_records",
        fmt::format("{} left out, as asked.", counted(answer.log.bad_records, "bad record", "bad records")));
  if (answer.log.without_region > 0 && answer.question.cluster.gap)
    add(doubts, "without_region",
        fmt::format("{} without a region: those near in time were taken as one event, wherever they were "
                    "(--cluster none takes each as one).",
                    counted(answer.log.without_region, "posting", "postings")));
  if (answer.log.without_zone > 0)
    add(doubts, "without_zone",
        fmt::format("{} without a time zone, taken as UTC.",
                    counted(answer.log.without_zone, "time", "times")));
  if (answer.log.kept_providers.size() > 1)
    add(doubts, "several_providers",
        fmt::format("Events of {} together: they post by different rules, so say --provider.",
                    fmt::join(answer.log.kept_providers, ", ")));
}

void doubt_question(std::vector<Doubt>& doubts, const Question& question) {
  if (!question.from || !question.until)
    add(doubts, "window_assumed",
        "The log is taken to have been kept from its first to its last time; say --from and --until if you "
        "know.");
  if (!question.applies)
    add(doubts, "applies_assumed",
        "Every event is taken to hit a workload like yours. Status pages post much that does not (--applies "
        "20%).");
}

}  // namespace

std::vector<Doubt> doubts_about(const Answer& answer) {
  std::vector<Doubt> doubts;
  doubt_rate(doubts, answer.rate);
  doubt_durations(doubts, answer.durations);
  doubt_data(doubts, answer);
  doubt_question(doubts, answer.question);
  return doubts;
}

}  // namespace hedgerow::fitting
