#include "apps/fit/summary.hpp"

#include <fmt/format.h>

#include <cmath>

#include "apps/import/moment.hpp"
#include "apps/results/format.hpp"
#include "apps/results/table.hpp"

namespace hedgerow::fitting {
namespace {

using results::counted;

std::string strong(const std::string& text, bool colour) {
  return colour ? "\033[1m" + text + "\033[0m" : text;
}

std::string heading(const Answer& answer) {
  const models::ClusterRule& rule = answer.question.cluster;
  std::string text = fmt::format("{}: {}, {} of what is asked for", results::printable(answer.question.file),
                                 counted(answer.log.records, "record", "records"),
                                 counted(answer.log.postings.size(), "posting", "postings"));
  text += rule.gap ? fmt::format("; those of one place less than {:.3g} h apart are one event\n", *rule.gap)
                   : std::string("; each is an event\n");
  text += fmt::format(
      "{}{} from {} to {} ({:.2f} years)", counted(answer.rate.events, "event", "events"),
      rule.minimum_services > 1 ? fmt::format(" of {} or more services", rule.minimum_services) : "",
      intake::day_text(answer.window.begin), intake::day_text(answer.window.end), answer.window.years());
  if (answer.events_outside > 0) text += fmt::format("; {} outside of that time", answer.events_outside);
  return text + "\n";
}

std::string range(const measure::Interval& interval) {
  const auto bound = [](const std::optional<double>& b) {
    return b ? fmt::format("{:.3g}", *b) : std::string("?");
  };
  return fmt::format("{} to {}", bound(interval.lower), bound(interval.upper));
}

std::string dispersion(const models::RateFit& rate) {
  if (!rate.negative_binomial) return "too few years to tell whether they differ";
  const fit::NegativeBinomialFit& fitted = *rate.negative_binomial;
  const std::string factor =
      fmt::format("factor of variance {:.2g} (95 % {})", fitted.variance, range(fitted.variance_interval));
  const std::string evidence =
      fmt::format("AIC {:.1f} Poisson, {:.1f} negative binomial", rate.poisson.aic(), fitted.aic());
  return rate.overdispersed ? fmt::format("years differ: {}; {}", factor, evidence)
                            : fmt::format("as chance would have it; {}", evidence);
}

std::string how_often(const Answer& answer, bool colour) {
  const models::RateFit& rate = answer.rate;
  std::string counts;
  for (const models::Stretch& stretch : rate.stretches)
    counts += fmt::format("{}{}", counts.empty() ? "" : " ", stretch.events);
  std::string text = strong("How often", colour) + "\n";
  text += fmt::format("  the log       {:.3g} a year (95 % {})\n", rate.log_rate(), range(rate.log_interval));
  text += fmt::format(
      "  to hit you    {:.3g} a year (95 % {}): {:.3g} % of them apply{}\n                as known after "
      "{:.4g} "
      "events in {:.4g} years\n",
      rate.posterior.mean(), range(rate.posterior.interval()), 100.0 * rate.applies,
      answer.question.applies ? "" : ", which is assumed", rate.posterior.events, rate.posterior.exposure);
  text += fmt::format("  year by year  {}\n", counts);
  text += fmt::format("  years         {}\n", dispersion(rate));
  return text;
}

std::string parameters(const models::FittedDuration& fitted) {
  std::string text;
  for (const models::FittedParameter& p : fitted.parameters)
    text += fmt::format("{}{} {:.3g} ({})", text.empty() ? "" : ", ", p.name, p.value, range(p.interval));
  return text;
}

std::string how_long(const Answer& answer, bool colour) {
  const models::DurationFit& durations = answer.durations;
  std::string text = strong("How long", colour) + "\n";
  if (durations.laws.empty()) return text + "  the log tells no durations\n";
  results::Table table({"  law", "AIC", "fit", "mean [h]", "99 % below [h]"});
  for (std::size_t i = 0; i < durations.laws.size(); ++i) {
    const models::FittedDuration& fitted = durations.laws[i];
    const auto p = fitted.goodness.p_value;
    table.add({fmt::format("{} {}", durations.chosen == i ? ">" : " ", fitted.name),
               fmt::format("{:.1f}", fitted.aic), p ? fmt::format("p = {:.2g}", *p) : "?",
               std::isfinite(fitted.mean) ? fmt::format("{:.3g}", fitted.mean) : "infinite",
               fmt::format("{:.3g}", fitted.p99)});
  }
  text += table.render(false);
  for (const models::FittedDuration& fitted : durations.laws)
    text += fmt::format("  {}: {}\n", fitted.name, parameters(fitted));
  return text;
}

std::string not_to_believe(const Answer& answer, const Canvas& canvas) {
  if (answer.doubts.empty()) return "";
  std::string text = "\n" + strong("Before you believe it", canvas.colour) + "\n";
  for (const Doubt& doubt : answer.doubts)
    text += results::wrapped("  - ", results::printable(doubt.text), canvas.width);
  return text;
}

}  // namespace

std::string as_text(const Answer& answer, const Canvas& canvas) {
  std::string text =
      heading(answer) + "\n" + how_often(answer, canvas.colour) + "\n" + how_long(answer, canvas.colour);
  if (const models::FittedDuration* fitted = answer.chosen()) {
    text += fmt::format("\nShare of events that last longer than so many hours: o the log, · the {} law\n",
                        fitted->name);
    text += draw_survival(fit::survival_curve(answer.durations.sample), *fitted, canvas);
  }
  return text + not_to_believe(answer, canvas);
}

}  // namespace hedgerow::fitting
