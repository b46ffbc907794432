#include "apps/results/verdict.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "apps/results/amounts.hpp"
#include "apps/results/calendar.hpp"
#include "apps/results/format.hpp"
#include "apps/results/holder.hpp"
#include "apps/results/precision.hpp"

namespace hedgerow::results {
namespace {

using namespace models;
using measure::Estimate;

/// Parts of a difference that are smaller than this part of it are left to the results file.
constexpr double smallest_part = 0.01;

bool told_from_zero(const Estimate& of) { return measure::told_sign(of) != 0; }

/// One strategy against the reference.
class Case {
 public:
  Case(const Answers& answers, const Comparison& comparison, const StrategySummary& strategy,
       std::size_t level)
      : answers_(answers),
        currency_(answers.scenario->currency),
        comparison_(comparison),
        strategy_(strategy),
        reference_(answers.assessment.strategies.front()),
        level_(level) {}

  std::vector<Sentence> sentences() const {
    std::vector<Sentence> all{{"Cost", cost()}};
    if (level_ < comparison_.expected_shortfall.size()) all.push_back({"Tail", tail()});
    if (const Waterfall* deal = waterfall()) all.push_back({"Why", because(*deal)});
    if (std::string price = prices(); !price.empty()) all.push_back({"Prices", std::move(price)});
    return all;
  }

 private:
  std::string cost() const {
    const Estimate& mean = comparison_.mean;
    const double base = reference_.measure(MeasureName::total_cost).mean.value;
    std::string text;
    if (!told_from_zero(mean))
      text = "no difference in the mean can be told from these paths";
    else
      text = fmt::format("{} {} in the mean{}", amount_text(size_of(mean), currency_),
                         mean.value < 0.0 ? "less" : "more",
                         base > 0.0 ? fmt::format(" ({})", share_text(std::abs(mean.value) / base)) : "");
    return text + fmt::format("; cheaper in {} of the paths", percent_text(comparison_.probability_cheaper));
  }

  std::string tail() const {
    const LevelDifference& at = comparison_.expected_shortfall[level_];
    std::string text = fmt::format("expected shortfall {} (mean of the worst {} of paths) ",
                                   percent_label(at.level), percent_label(1.0 - at.level));
    if (!told_from_zero(at.difference))
      text += "no different, as far as these paths tell";
    else
      text += fmt::format("{} {}", amount_text(size_of(at.difference), currency_),
                          at.difference.value < 0.0 ? "lower" : "higher");
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
    parts.emplace_back("bills at the same discount", deal.rest);
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
    if (text.empty()) return "no cause can be told from these paths";
    return text + fmt::format(" {}, on {} of the paths{}", unit_name(scale, printable(currency_)),
                              grouped(deal.paths), kind_of_deal(deal));
  }

  /// Hedge, leverage or discount: what saves most, as far as the paths tell.
  static std::string kind_of_deal(const Waterfall& deal) {
    constexpr std::array<std::string_view, deal_kind_count> words{"a hedge", "leverage", "a discount"};
    std::vector<std::string_view> kinds;
    for (const DealKind kind : deal.above_all) kinds.push_back(words[static_cast<std::size_t>(kind)]);
    if (kinds.empty()) return "";
    return fmt::format(". Above all {}{}", fmt::join(kinds, " or "),
                       kinds.size() > 1 ? ": these paths do not tell which" : "");
  }

  /// Break-even discounts, and what the strategy does to the prices of vendors that both use.
  std::string prices() const {
    std::vector<std::string> parts;
    for (const BreakEven& at : answers_.break_evens) {
      if (at.strategy != strategy_.name) continue;
      const std::string who = printable(at.provider), now = share_text(at.discount);
      if (at.verdict == BreakEvenVerdict::dearer_even_if_free)
        parts.push_back(fmt::format("{} would not pay off even for free", who));
      else if (at.verdict == BreakEvenVerdict::cheaper_at_any_price)
        parts.push_back(fmt::format("{} pays off at any price", who));
      else if (at.break_even->value < 0.0)
        parts.push_back(fmt::format("{} pays off up to {} above list (it gives {} off)", who,
                                    percent_text(size_of(*at.break_even)), now));
      else
        parts.push_back(fmt::format("{} pays off from {} off list (it gives {})", who,
                                    percent_text(*at.break_even), now));
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

  const Answers& answers_;
  const std::string& currency_;
  const Comparison& comparison_;
  const StrategySummary &strategy_, &reference_;
  std::size_t level_;  ///< of expected shortfall
};

std::string heading(const std::string& text, bool colour) {
  return colour ? "\033[1m" + text + "\033[0m\n" : text + "\n";
}

}  // namespace

std::vector<Sentence> verdict(const Answers& answers, std::size_t strategy) {
  const Assessment& all = answers.assessment;
  const StrategySummary& of = all.strategies[strategy];
  std::vector<Sentence> sentences =
      Case(answers, all.comparisons[strategy - 1], of, told_level(of.attribution)).sentences();
  if (std::string holder = held_by(answers, strategy, &all.strategies.front()); !holder.empty())
    sentences.push_back({"Held by", std::move(holder)});
  return sentences;
}

std::string verdicts_text(const Answers& answers, bool colour, std::size_t width) {
  constexpr std::size_t label_width = 10, narrowest = 60;
  const Assessment& all = answers.assessment;
  std::string text;
  if (all.strategies.size() > 1)
    text += "Strategies differ by total cost on the same paths, not each against its own plan:\n";
  for (std::size_t s = 1; s < all.strategies.size(); ++s) {
    text += heading(fmt::format("{} against {}", printable(all.strategies[s].name),
                                printable(all.strategies.front().name)),
                    colour);
    for (const Sentence& sentence : verdict(answers, s))
      text +=
          wrapped("  " + pad_right(sentence.label, label_width), sentence.text, std::max(width, narrowest));
    text += "\n";
  }
  return text;
}

}  // namespace hedgerow::results
