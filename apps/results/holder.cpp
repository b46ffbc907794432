#include "apps/results/holder.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "apps/results/amounts.hpp"
#include "apps/results/format.hpp"
#include "apps/results/precision.hpp"

namespace hedgerow::results {
namespace {

using namespace models;

/// The provider that most of the tail hangs on.
std::size_t main_holder(const Attribution& risk, std::size_t level) {
  const auto most = std::max_element(
      risk.providers.begin(), risk.providers.end(),
      [&](const auto& a, const auto& b) { return a.tail[level].value.value < b.tail[level].value.value; });
  return static_cast<std::size_t>(most - risk.providers.begin());
}

std::string vendors(const Attribution& risk, std::size_t level, const StrategySummary* reference) {
  const auto& by_risk = risk.risk[level].risk.effective_vendors;
  const auto& by_spend = risk.spend.effective_vendors;
  if (!by_risk || !by_spend) return "";
  std::string text = fmt::format("; effective number of vendors (1/HHI) {} by spend, {} by risk",
                                 number(by_spend->value, 2), number(by_risk->value, 2));
  if (reference)
    if (const auto& before = reference->attribution.risk[level].risk.effective_vendors)
      text += fmt::format(" ({}: {})", printable(reference->name), number(before->value, 2));
  return text;
}

std::string severance(const ProviderSummary& provider, const std::string& currency) {
  const auto& loss = provider.loss_given_severance;
  if (!loss) return "";
  return fmt::format("; where it severs ({} of paths) the strategy costs {} {} than planned",
                     percent_text(provider.severed_by_horizon), amount_text(size_of(*loss), currency),
                     loss->value < 0.0 ? "less" : "more");
}

std::string_view test_words(CorridorTest test) {
  constexpr std::array<std::string_view, corridor_test_count> words{
      "too little discount or leverage", "too many hours unserved",
      "an exit that takes longer than the notice"};
  return words[static_cast<std::size_t>(test)];
}

/// An end at which no test fails is the end of all shares, or of the search, and no finding.
std::string shares(const ShareInterval& of) {
  const std::string from = share_text(of.from), to = share_text(of.to);
  if (of.below && of.above) return fmt::format("at {} to {} of the demand", from, to);
  if (of.above) return fmt::format("up to {} of the demand", to);
  if (of.below) return fmt::format("from {} of the demand", from);
  return "at any share of the demand";
}

std::string corridor(const Answers& answers, const std::string& strategy, const std::string& provider) {
  for (const Corridor& of : answers.corridors) {
    if (of.strategy != strategy || of.provider != provider) continue;
    if (!of.corridor)
      return fmt::format("; no share of it is both worth having and safe to lose ({} stands in the way)",
                         of.binding ? test_words(*of.binding) : "nothing");
    return fmt::format("; worth having and safe to lose {} (now {})", shares(*of.corridor),
                       share_text(of.today.share));
  }
  return "";
}

}  // namespace

std::size_t told_level(const Attribution& of) {
  std::size_t level = 0;
  for (std::size_t i = 0; i < of.risk.size(); ++i)
    if (of.risk[i].risk.herfindahl && of.risk[i].risk.herfindahl->standard_error) level = i;
  return level;
}

std::string held_by(const Answers& answers, std::size_t strategy, const StrategySummary* reference) {
  const StrategySummary& of = answers.assessment.strategies[strategy];
  const Attribution& risk = of.attribution;
  if (risk.risk.empty()) return "";
  const std::size_t level = told_level(risk);
  const std::size_t p = main_holder(risk, level);
  const ProviderRisk& holder = risk.providers[p];
  double spend = 0.0, tail = 0.0;
  for (const ProviderRisk& provider : risk.providers) {
    spend += provider.spend.value;
    tail += std::max(0.0, provider.tail[level].value.value);
  }
  std::string text = fmt::format("{} with ", printable(holder.provider));
  if (spend > 0.0) text += share_text(holder.spend.value / spend) + " of the bills and ";
  text += (tail > 0.0 ? share_text(holder.tail[level].value.value / tail) : "none") +
          fmt::format(" of the worst {}", percent_label(1.0 - risk.risk[level].level));
  return text + vendors(risk, level, reference) + severance(of.providers[p], answers.scenario->currency) +
         corridor(answers, of.name, holder.provider);
}

}  // namespace hedgerow::results
