#include "tests/support/assessment_numbers.hpp"

#include <bit>

namespace hedgerow::test {
namespace {

/// Lists the numbers of what it is given, part by part.
class Walker {
 public:
  explicit Walker(std::vector<NamedNumber>& all) : all_(all) {}

  void assessment(const models::Assessment& assessment) {
    plain("paths", static_cast<double>(assessment.paths));
    plain("complete", assessment.complete ? 1.0 : 0.0);
    sampling(assessment.sampling);
    for (std::size_t s = 0; s < assessment.strategies.size(); ++s)
      strategy(assessment.strategies[s].name + "/", assessment.strategies[s]);
    for (const auto& each : assessment.comparisons) comparison("versus/" + each.strategy, each);
    for (const auto& price : assessment.list_prices) list_price("list_price/" + price.provider, price);
    estimates("scarcity", assessment.scarcity_by_year, false);
  }
  void strategy(const std::string& name, const models::StrategySummary& summary) {
    number(name + "plan", summary.plan_total_cost);
    for (const auto& measure : summary.measures) measure_of(name + measure.name, measure);
    distribution(name + "distribution", summary.distribution);
    curves(name + "pooled", summary.pooled);
    for (std::size_t y = 0; y < summary.by_year.size(); ++y)
      curves(name + "year" + std::to_string(y + 1), summary.by_year[y]);
    attribution(name, summary.attribution);
    for (const auto& each : summary.providers) provider(name + each.name, each);
    estimates(name + "severed_providers", summary.severed_providers, false);
    plain(name + "diagnostics", static_cast<double>(summary.diagnostics.size()));
  }

 private:
  void plain(const std::string& name, double value) { all_.push_back({name, value, false}); }
  void number(const std::string& name, std::optional<double> value, bool money = true) {
    all_.push_back({name, value, money});
  }
  void estimate(const std::string& name, const measure::Estimate& estimate, bool money = true) {
    number(name + ".value", estimate.value, money);
    number(name + ".se", estimate.standard_error, money);
  }
  template <class Estimates>
  void estimates(const std::string& name, const Estimates& all, bool money) {
    for (std::size_t i = 0; i < all.size(); ++i)
      estimate(name + "[" + std::to_string(i) + "]", all[i], money);
  }
  void interval(const std::string& name, const measure::Interval& interval) {
    number(name + ".lower", interval.lower);
    number(name + ".upper", interval.upper);
  }
  void percentiles(const std::string& name, const std::vector<models::Percentile>& all) {
    for (const models::Percentile& percentile : all) {
      const std::string at = name + "@" + std::to_string(percentile.level);
      number(at, percentile.value);
      interval(at, percentile.interval);
    }
  }
  /// The histogram is left out: its bins do not scale with the unit of money.
  void distribution(const std::string& name, const models::Distribution& of) {
    percentiles(name + "/quantile", of.quantiles);
  }
  void curve(const std::string& name, const std::vector<measure::ExceedancePoint>& points) {
    for (const measure::ExceedancePoint& point : points) {
      const std::string at = name + "@" + std::to_string(point.return_period);
      number(at, point.value);
      interval(at, point.interval);
    }
  }
  void curves(const std::string& name, const models::AnnualCurves& curves) {
    curve(name + "/aggregate", curves.aggregate);
    curve(name + "/occurrence", curves.occurrence);
  }
  void measure_of(const std::string& name, const models::MeasureSummary& measure) {
    estimate(name + "/mean", measure.mean);
    number(name + "/sd", measure.sd);
    percentiles(name, measure.percentiles);
    for (const models::TailMean& tail : measure.expected_shortfall) {
      const std::string at = name + "/es@" + std::to_string(tail.level);
      estimate(at, tail.estimate);
      interval(at, tail.interval);
    }
    for (std::size_t y = 0; y < measure.years.size(); ++y) {
      const std::string year = name + "/year" + std::to_string(y + 1);
      estimate(year, measure.years[y].mean);
      percentiles(year, measure.years[y].percentiles);
    }
  }
  void provider(const std::string& name, const models::ProviderSummary& provider) {
    for (std::size_t y = 0; y < provider.regime_by_year.size(); ++y)
      estimates(name + "/regime/year" + std::to_string(y + 1), provider.regime_by_year[y], false);
    estimates(name + "/years_in_regime", provider.years_in_regime, false);
    estimate(name + "/severed", provider.severed_by_horizon, false);
    if (provider.loss_given_severance) estimate(name + "/if_severed", *provider.loss_given_severance);
    if (provider.loss_otherwise) estimate(name + "/if_kept", *provider.loss_otherwise);
    exit(name + "/exit/normal", provider.exit_normal);
    exit(name + "/exit/scarce", provider.exit_scarce);
    for (const auto& renewal : provider.renewals) {
      const std::string date = name + "/" + std::to_string(renewal.month);
      percentiles(date + "/price", renewal.price_percentiles);
      for (const auto& leverage : renewal.leverage_percentiles)
        number(date + "/leverage@" + std::to_string(leverage.level), leverage.value, false);
    }
  }
  void exit(const std::string& name, const models::ExitSummary& exit) {
    if (exit.completed) estimate(name + "/completed", *exit.completed, false);
    if (exit.months) estimate(name + "/months", *exit.months, false);
  }
  void tail(const std::string& name, const std::vector<models::TailPart>& parts) {
    for (const models::TailPart& part : parts) estimate(name + "@" + std::to_string(part.level), part.value);
  }
  void concentration(const std::string& name, const models::ConcentrationSummary& of) {
    if (of.herfindahl) estimate(name + "/hhi", *of.herfindahl, false);
    if (of.effective_vendors) estimate(name + "/effective", *of.effective_vendors, false);
    number(name + "/entropy", of.entropy_vendors, false);
  }
  void attribution(const std::string& name, const models::Attribution& of) {
    for (const models::Contribution& part : of.contributions) {
      const std::string cell = name + part.provider + "/" +
                               std::string(models::component_names[static_cast<std::size_t>(part.component)]);
      estimate(cell, part.mean);
      tail(cell + "/tail", part.tail);
      tail(cell + "/alone", part.stand_alone);
    }
    for (const models::ProviderRisk& risk : of.providers) {
      estimate(name + risk.provider + "/bills", risk.spend);
      estimate(name + risk.provider + "/loss", risk.mean);
      tail(name + risk.provider + "/tail", risk.tail);
      tail(name + risk.provider + "/marginal", risk.marginal);
    }
    for (const auto* causes : {&of.causes, &of.by_cause})
      for (const models::CausePart& part : *causes) {
        const std::string cause = name + part.provider + "/" +
                                  std::string(models::cause_names[static_cast<std::size_t>(part.cause)]);
        estimate(cause, part.mean);
        tail(cause, part.tail);
      }
    for (const models::EntityPart& part : of.entities) {
      estimate(name + part.entity, part.mean);
      tail(name + part.entity, part.tail);
    }
    concentration(name + "concentration/spend", of.spend);
    for (const models::TailConcentration& at : of.risk) {
      const std::string level = "@" + std::to_string(at.level);
      concentration(name + "concentration/risk" + level, at.risk);
      number(name + "diversification" + level, at.diversification_index, false);
      if (at.shared_share) estimate(name + "shared_share" + level, *at.shared_share, false);
    }
  }
  void comparison(const std::string& name, const models::Comparison& of) {
    estimate(name + "/mean", of.mean);
    estimate(name + "/cheaper", of.probability_cheaper, false);
    for (const models::LevelDifference& at : of.percentiles)
      estimate(name + "/percentile@" + std::to_string(at.level), at.difference);
    for (const models::LevelDifference& at : of.expected_shortfall)
      estimate(name + "/shortfall@" + std::to_string(at.level), at.difference);
    for (const models::HedgeSummary& hedge : of.hedge) {
      plain(name + "/trade", static_cast<double>(hedge.trade));
      if (hedge.efficiency) estimate(name + "/efficiency", *hedge.efficiency, false);
    }
    plain(name + "/first_order", of.first_order.holds ? 1.0 : 0.0);
    plain(name + "/second_order", of.second_order.holds ? 1.0 : 0.0);
    for (const models::RenewalChange& change : of.renewals) {
      const std::string date = change.provider + std::to_string(change.month);
      estimate(name + "/price/" + date, change.price);
      estimate(name + "/leverage/" + date, change.leverage, false);
    }
  }
  void sampling(const models::SamplingReport& of) {
    plain("sampling/used", static_cast<double>(of.used));
    plain("sampling/tilted", static_cast<double>(of.tilted_paths));
    plain("sampling/pilot", static_cast<double>(of.pilot_paths));
    if (of.mean_weight) estimate("sampling/weight", *of.mean_weight, false);
    number("sampling/effective", of.effective_paths, false);
    for (const models::MixtureUse& use : of.uses) plain("sampling/gain", use.gain);
  }
  void list_price(const std::string& name, const models::ListPriceSummary& price) {
    estimates(name + "/mean", price.mean, true);
    for (std::size_t y = 0; y < price.log_mean.size(); ++y)
      estimate(name + "/year" + std::to_string(y + 1) + "/log_mean", price.log_mean[y], false);
    for (std::size_t y = 0; y < price.log_variance.size(); ++y)
      number(name + "/log_variance" + std::to_string(y + 1), price.log_variance[y], false);
  }

  std::vector<NamedNumber>& all_;
};

}  // namespace

AssessmentNumbers::AssessmentNumbers(const models::Assessment& assessment) {
  Walker(all_).assessment(assessment);
}
AssessmentNumbers::AssessmentNumbers(const models::StrategySummary& summary) {
  Walker(all_).strategy("", summary);
}

bool same_bits(const std::optional<double>& a, const std::optional<double>& b) {
  if (a.has_value() != b.has_value()) return false;
  return !a || std::bit_cast<std::uint64_t>(*a) == std::bit_cast<std::uint64_t>(*b);
}

std::string differences(const AssessmentNumbers& a, const AssessmentNumbers& b) {
  if (a.all().size() != b.all().size()) return "not as many numbers";
  std::string found;
  int count = 0;
  for (std::size_t i = 0; i < a.all().size(); ++i) {
    const NamedNumber &x = a.all()[i], &y = b.all()[i];
    if (x.name == y.name && same_bits(x.value, y.value)) continue;
    if (++count <= 10)
      found += x.name + " " + std::to_string(x.value.value_or(NAN)) + " | " + y.name + " " +
               std::to_string(y.value.value_or(NAN)) + "\n";
  }
  return found;
}

}  // namespace hedgerow::test
