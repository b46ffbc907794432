#include "apps/results/verdict.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "apps/results/calendar.hpp"
#include "apps/results/format.hpp"
#include "apps/results/precision.hpp"
#include "apps/results/scope.hpp"

namespace hedgerow::results {
namespace {

using namespace models;
using measure::Estimate;

/// "5.32 ± 0.05 B USD".
std::string money(const Estimate& of, std::string_view currency) {
  const Scale scale = scale_for(of.value);
  return fmt::format("{} {}", with_error(of.value, half_width(of), scale),
                     unit_name(scale, printable(currency)));
}

Estimate size_of(Estimate of) {
  of.value = std::abs(of.value);
  return of;
}

/// Parts of a difference that are smaller than this part of it are left to the results file.
constexpr double smallest_part = 0.01;

bool told_from_zero(const Estimate& of) {
  const auto half = half_width(of);
  return half && std::abs(of.value) > *half;
}

/// "23.6 ± 0.3 %".
std::string percent(const Estimate& of) {
  const auto half = half_width(of);
  return with_error(100.0 * of.value, half ? std::optional(100.0 * *half) : std::nullopt, {}) + " %";
}

std::string plain_percent(double share) {
  const double percent = 100.0 * share;
  return number(percent, percent < 10.0 ? 1 : 0) + " %";
}

/// A paragraph: a label, and text that is broken before `width` and hangs under itself.
class Paragraphs {
 public:
  Paragraphs(bool colour, std::size_t width) : colour_(colour), width_(std::max<std::size_t>(width, 60)) {}

  void heading(const std::string& text) { text_ += colour_ ? "\033[1m" + text + "\033[0m\n" : text + "\n"; }

  void add(std::string_view label, const std::string& text) {
    constexpr std::size_t indent = 12;
    text_ += wrapped("  " + pad_right(label, indent - 2), text, width_);
  }

  void plain(const std::string& text) { text_ += text + "\n"; }
  void gap() { text_ += "\n"; }
  const std::string& text() const { return text_; }

 private:
  bool colour_;
  std::size_t width_;
  std::string text_;
};

/// All that is known of one strategy against the reference.
class Case {
 public:
  Case(const Study& study, const Answers& answers, std::size_t index)
      : answers_(answers),
        currency_(study.scenario.currency),
        comparison_(answers.assessment.comparisons[index]),
        strategy_(answers.assessment.strategies[index + 1]),
        reference_(answers.assessment.strategies[0]),
        name_(printable(strategy_.name)),
        other_(printable(reference_.name)) {
    const auto& levels = strategy_.attribution.risk;
    for (std::size_t i = 0; i < levels.size(); ++i)
      if (levels[i].risk.herfindahl && levels[i].risk.herfindahl->standard_error) level_ = i;
  }

  void write(Paragraphs& out) const {
    out.heading(fmt::format("{} against {}", name_, other_));
    out.add("Cost", cost());
    if (level_ < comparison_.expected_shortfall.size()) out.add("Tail", tail());
    if (const Waterfall* deal = waterfall()) out.add("Why", because(*deal));
    const std::string price = prices();
    if (!price.empty()) out.add("Prices", price);
    if (level_ < strategy_.attribution.risk.size()) out.add("Held by", held_by());
  }

 private:
  std::string cost() const {
    const Estimate& mean = comparison_.mean;
    const double base = reference_.measure(MeasureName::total_cost).mean.value;
    std::string text;
    if (!told_from_zero(mean))
      text = "no difference in the mean can be told from these futures";
    else
      text = fmt::format("{} {} in the mean{}", money(size_of(mean), currency_),
                         mean.value < 0.0 ? "less" : "more",
                         base > 0.0 ? fmt::format(" ({})", plain_percent(std::abs(mean.value) / base)) : "");
    return text + fmt::format("; cheaper in {} of the futures", percent(comparison_.probability_cheaper));
  }

  std::string tail() const {
    const LevelDifference& at = comparison_.expected_shortfall[level_];
    const std::string worst = percent_label(1.0 - at.level);
    std::string text;
    if (!told_from_zero(at.difference))
      text = fmt::format("no difference in the mean of the worst {} can be told", worst);
    else
      text =
          fmt::format("the worst {} of futures cost {} {}", worst, money(size_of(at.difference), currency_),
                      at.difference.value < 0.0 ? "less" : "more");
    const HedgeSummary& hedge = comparison_.hedge[level_];
    switch (hedge.trade) {
      case Trade::cheaper_and_safer:
        text += ": cheaper and safer";
        break;
      case Trade::hedge:
        text += fmt::format(": a hedge that removes {} of tail for each {} it costs",
                            with_error(hedge.efficiency->value, half_width(*hedge.efficiency), {}),
                            printable(currency_));
        break;
      case Trade::gamble:
        text += ": cheaper, but riskier";
        break;
      case Trade::dearer_and_riskier:
        text += ": dearer and riskier";
        break;
      case Trade::undecided:
        break;
    }
    return text + dominance();
  }

  std::string dominance() const {
    if (comparison_.first_order.holds) return "; better at every level of cost";
    if (comparison_.second_order.holds) return "; better for whoever dislikes large costs";
    const auto& against = comparison_.second_order.violation;
    if (comparison_.mean.value < 0.0 && against && against->ratio > 2.0)
      return "; yet not for everybody who dislikes large costs";
    return "";
  }

  const Waterfall* waterfall() const {
    for (const Waterfall& deal : answers_.waterfalls)
      if (deal.strategy == strategy_.name) return &deal;
    return nullptr;
  }

  /// What saves and what costs, by its Shapley value, the largest first.
  std::string because(const Waterfall& deal) const {
    std::vector<std::pair<std::string, Estimate>> parts;
    constexpr std::array<std::string_view, feature_count> words{"discounts", "leverage at renewals",
                                                                "outages", "severance", "price risk"};
    for (const WaterfallStep& step : deal.steps)
      parts.emplace_back(words[static_cast<std::size_t>(step.feature)], step.shapley);
    parts.emplace_back("bills for the same at the same discount", deal.rest);
    std::stable_sort(parts.begin(), parts.end(), [](const auto& a, const auto& b) {
      return std::abs(a.second.value) > std::abs(b.second.value);
    });
    const Scale scale = scale_for(comparison_.mean.value);
    std::vector<std::string> saves, costs;
    for (const auto& [word, part] : parts)
      if (told_from_zero(part) || half_width(part) == 0.0)
        if (std::abs(part.value) >= smallest_part * std::abs(comparison_.mean.value))
          (part.value < 0.0 ? saves : costs)
              .push_back(
                  fmt::format("{} {}", word, with_error(std::abs(part.value), half_width(part), scale)));
    std::string text;
    if (!saves.empty()) text = fmt::format("saves by {}", fmt::join(saves, ", "));
    if (!costs.empty())
      text += fmt::format("{}costs by {}", text.empty() ? "" : "; ", fmt::join(costs, ", "));
    if (text.empty()) return "no cause can be told from these futures";
    return text + fmt::format(" {}, on {} of the futures{}", unit_name(scale, printable(currency_)),
                              grouped(deal.paths), kind_of_deal(deal));
  }

  /// Hedge, leverage or discount: the largest of what saves.
  static std::string kind_of_deal(const Waterfall& deal) {
    const auto of = [&](Feature feature) {
      return deal.steps[static_cast<std::size_t>(feature)].shapley.value;
    };
    const std::array<std::pair<std::string_view, double>, 3> kinds{
        {{"a hedge", of(Feature::outage) + of(Feature::severance) + of(Feature::price)},
         {"leverage", of(Feature::leverage)},
         {"a discount", of(Feature::discount)}}};
    const auto best = std::min_element(kinds.begin(), kinds.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    return best->second < 0.0 ? fmt::format(". Above all {}", best->first) : "";
  }

  /// Break-even discounts, and what the strategy does to the prices of vendors that both use.
  std::string prices() const {
    std::vector<std::string> parts;
    for (const BreakEven& at : answers_.break_evens) {
      if (at.strategy != strategy_.name) continue;
      const std::string who = printable(at.provider), now = plain_percent(at.discount);
      if (at.verdict == BreakEvenVerdict::dearer_even_if_free)
        parts.push_back(fmt::format("{} would not pay off even for free", who));
      else if (at.verdict == BreakEvenVerdict::cheaper_at_any_price)
        parts.push_back(fmt::format("{} pays off at any price", who));
      else if (at.break_even->value < 0.0)
        parts.push_back(fmt::format("{} pays off up to {} above list (it gives {} off)", who,
                                    percent(size_of(*at.break_even)), now));
      else
        parts.push_back(
            fmt::format("{} pays off from {} off list (it gives {})", who, percent(*at.break_even), now));
    }
    if (!comparison_.renewals.empty()) parts.push_back(renewal(comparison_.renewals.front()));
    return fmt::format("{}", fmt::join(parts, "; "));
  }

  std::string renewal(const RenewalChange& change) const {
    const double month = static_cast<double>(change.month) / months_per_year;
    const std::string who = printable(change.provider), when = month_name(answers_.scenario->horizon, month);
    if (!told_from_zero(change.price)) return fmt::format("{}'s renewal in {} is no cheaper", who, when);
    return fmt::format("{}'s renewal in {} is {} {}/unit-hour {}", who, when,
                       with_error(std::abs(change.price.value), half_width(change.price), {}),
                       printable(currency_), change.price.value < 0.0 ? "cheaper" : "dearer");
  }

  /// The provider that most of the tail hangs on.
  std::size_t main_holder() const {
    const auto& providers = strategy_.attribution.providers;
    const auto most = std::max_element(providers.begin(), providers.end(), [&](const auto& a, const auto& b) {
      return a.tail[level_].value.value < b.tail[level_].value.value;
    });
    return static_cast<std::size_t>(most - providers.begin());
  }

  std::string held_by() const {
    const Attribution& risk = strategy_.attribution;
    const std::size_t p = main_holder();
    const ProviderRisk& holder = risk.providers[p];
    double spend = 0.0, tail = 0.0;
    for (const ProviderRisk& provider : risk.providers) {
      spend += provider.spend.value;
      tail += std::max(0.0, provider.tail[level_].value.value);
    }
    std::string text = fmt::format("{} with ", printable(holder.provider));
    if (spend > 0.0) text += plain_percent(holder.spend.value / spend) + " of the bills and ";
    text += (tail > 0.0 ? plain_percent(holder.tail[level_].value.value / tail) : "none") +
            fmt::format(" of the worst {}", percent_label(1.0 - risk.risk[level_].level));
    text += vendors(risk, reference_.attribution);
    if (const auto& loss = strategy_.providers[p].loss_given_severance)
      text += fmt::format("; where it severs ({} of futures) the plan is missed by {}",
                          percent(strategy_.providers[p].severed_by_horizon), money(*loss, currency_));
    return text + corridor(holder.provider);
  }

  std::string vendors(const Attribution& now, const Attribution& before) const {
    const auto& by_risk = now.risk[level_].risk.effective_vendors;
    const auto& risk_before = before.risk[level_].risk.effective_vendors;
    const auto& by_spend = now.spend.effective_vendors;
    if (!by_risk || !by_spend) return "";
    return fmt::format("; as if {} vendors of one size by spend, {} by risk{}", number(by_spend->value, 2),
                       number(by_risk->value, 2),
                       risk_before ? fmt::format(" ({}: {})", other_, number(risk_before->value, 2)) : "");
  }

  std::string corridor(const std::string& provider) const {
    for (const Corridor& of : answers_.corridors) {
      if (of.strategy != strategy_.name || of.provider != provider) continue;
      const std::string now = plain_percent(of.today.share);
      if (!of.corridor)
        return fmt::format("; no share of it is both worth having and safe to lose ({} stands in the way)",
                           of.binding ? corridor_words(*of.binding) : "nothing");
      return fmt::format("; worth having and safe to lose at {} to {} of the demand (now {})",
                         plain_percent(of.corridor->from), plain_percent(of.corridor->to), now);
    }
    return "";
  }

  static std::string_view corridor_words(CorridorTest test) {
    constexpr std::array<std::string_view, corridor_test_count> words{
        "too little discount or leverage", "too many hours unserved",
        "an exit that takes longer than the notice"};
    return words[static_cast<std::size_t>(test)];
  }

  const Answers& answers_;
  const std::string& currency_;
  const Comparison& comparison_;
  const StrategySummary &strategy_, &reference_;
  std::string name_, other_;
  std::size_t level_ = 0;  ///< the highest level of expected shortfall whose parts have an error
};

}  // namespace

std::string verdict(const Study& study, const Answers& answers, bool colour, std::size_t width) {
  Paragraphs out(colour, width);
  if (!answers.assessment.comparisons.empty())
    out.plain("Strategies differ by total cost on the same futures, not each against its own plan:");
  for (std::size_t i = 0; i < answers.assessment.comparisons.size(); ++i) {
    Case(study, answers, i).write(out);
    out.gap();
  }
  return out.text();
}

}  // namespace hedgerow::results
