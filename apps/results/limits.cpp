#include "apps/results/limits.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "apps/results/format.hpp"
#include "apps/results/precision.hpp"

namespace hedgerow::results {
namespace {

using namespace models;

/// A component as it is called in a sentence; in their order.
constexpr std::array<std::string_view, component_count> component_words{
    "the bills",       "unused commitments",           "outage losses",      "the cost of reputation",
    "the SLA credits", "the cost of capacity cut off", "the cost of moving", "roadmap and IP cost"};

std::string measure_words(std::string_view measure) {
  if (measure == MeasureName::total_cost) return "the total cost";
  if (measure == MeasureName::loss) return "the loss against its plan";
  for (std::size_t c = 0; c < component_count; ++c)
    if (component_names[c] == measure) return std::string(component_words[c]);
  return std::string(measure);
}

/// The limited number in words, up to its verb.
struct Phrase {
  std::string strategy;

  std::string operator()(const MeasureStatistic& number) const {
    const std::string of = fmt::format(" of {} of {}", measure_words(number.measure), strategy);
    switch (number.kind) {
      case MeasureStatistic::Kind::percentile:
        return "the " + percent_label(number.level) + " point" + of;
      case MeasureStatistic::Kind::expected_shortfall:
        return "the mean of the worst " + percent_label(1.0 - number.level) + of;
      case MeasureStatistic::Kind::mean:
        break;
    }
    return "the mean" + of;
  }
  std::string operator()(ProbabilityCheaper) const {
    return fmt::format("the probability that {} is cheaper than the reference", strategy);
  }
  std::string operator()(ConcentrationIndex index) const {
    return fmt::format("the concentration of {} of {}", index == ConcentrationIndex::spend ? "spend" : "risk",
                       strategy);
  }
  std::string operator()(const SeveredByHorizon& number) const {
    return fmt::format("the probability that {} severs under {}", printable(number.provider), strategy);
  }
};

/// How a number is shown: in which unit, and what stands behind it.
struct Form {
  Scale scale;
  std::string unit;  ///< with the blank in front of it
};

Form form_of(const LimitResult& result, double bound, std::string_view currency) {
  if (std::holds_alternative<ConcentrationIndex>(result.limit.number)) return {{}, ""};
  if (!std::holds_alternative<MeasureStatistic>(result.limit.number)) return {{0.01, ""}, " %"};
  const Scale scale = scale_for(std::max(std::abs(result.measured.value_or(0.0)), std::abs(bound)));
  return {scale, " " + unit_name(scale, currency)};
}

/// "2.31 [2.29, 2.33] B USD", or the number alone where it is exact.
std::string measured_text(double value, const measure::Interval& interval, const Form& form) {
  const auto& [lower, upper] = interval;
  const double unit = form.scale.unit;
  if (lower && upper && *lower == *upper)
    return fmt::format("{}{}", number(value / unit, decimals_for_unknown_error(value / unit)), form.unit);
  const int decimals = lower && upper ? decimals_for((*upper - *lower) / 2.0 / unit)
                                      : decimals_for_unknown_error(value / unit);
  const auto bound = [&](const std::optional<double>& end) {
    return end ? number(*end / unit, decimals) : std::string("?");
  };
  return fmt::format("{} [{}, {}]{}", number(value / unit, decimals), bound(lower), bound(upper), form.unit);
}

std::string what_decides(const LimitResult& result, double bound) {
  if (result.paths_to_decide)
    return fmt::format("; about {} paths would decide it", about(*result.paths_to_decide));
  if (!result.interval.lower || !result.interval.upper) return "; these paths cannot bound it";
  return *result.measured == bound ? "; more paths cannot decide it: it lies on the limit"
                                   : "; no number of paths that can be run would decide it";
}

std::string sentence(const LimitResult& result, std::string_view currency) {
  const bool upper = result.limit.at_most.has_value();
  const double bound = upper ? *result.limit.at_most : result.limit.at_least.value();
  const std::string phrase = std::visit(Phrase{printable(result.limit.strategy)}, result.limit.number);
  if (!result.measured) return phrase + " is not available";
  const Form form = form_of(result, bound, currency);
  std::string text =
      fmt::format("{} is {}, at {} {:.10g}{} {}", phrase,
                  measured_text(*result.measured, result.interval, form), upper ? "most" : "least",
                  bound / form.scale.unit, form.unit == " %" ? form.unit : "", upper ? "allowed" : "wanted");
  if (result.verdict == Verdict::undecided) text += what_decides(result, bound);
  return text;
}

std::string_view word(Verdict verdict) {
  switch (verdict) {
    case Verdict::kept:
      return "kept";
    case Verdict::breached:
      return "BREACHED";
    case Verdict::undecided:
      break;
  }
  return "UNDECIDED";
}

}  // namespace

std::string limits_block(const Assessment& assessment, std::string_view currency, bool colour) {
  if (assessment.limits.empty()) return "";
  std::size_t names = 0;
  for (const LimitResult& result : assessment.limits)
    names = std::max(names, width_of(printable(result.limit.name)) + 1);
  std::string text;
  for (const LimitResult& result : assessment.limits) {
    const std::string label = pad_right(printable(result.limit.name) + ":", names);
    const std::string verdict = pad_right(word(result.verdict), word(Verdict::undecided).size());
    const bool strong = colour && result.verdict != Verdict::kept;
    text +=
        fmt::format("{}  {} {}{}{}  {}\n", text.empty() ? "LIMITS" : "      ", label, strong ? "\033[1m" : "",
                    verdict, strong ? "\033[0m" : "", sentence(result, currency));
  }
  return text + "\n";
}

}  // namespace hedgerow::results
