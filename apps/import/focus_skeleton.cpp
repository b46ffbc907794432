#include "apps/import/focus_skeleton.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "apps/import/focus_view.hpp"
#include "apps/import/placement_table.hpp"
#include "apps/import/skeleton.hpp"
#include "apps/import/words.hpp"
#include "apps/results/format.hpp"
#include "engine/base/quantity.hpp"

namespace hedgerow::intake {
namespace {

constexpr double most_discount = 0.9;   // more is a credit, not a contract
constexpr double least_share = 0.0005;  // of a discount that is worth a line

class FocusSkeleton {
 public:
  FocusSkeleton(const Bill& bill, std::string_view currency, Placement placement)
      : bill_(bill), currency_(currency), placement_(std::move(placement)), period_(covered(bill)) {
    source_ =
        fmt::format("{}, {} to {}", source_name(bill_.file), day_name(period_.start), day_name(period_.end));
  }

  std::string run() {
    write_head();
    write_providers();
    write_workloads();
    write_strategy();
    return out_.text();
  }

 private:
  /// What is spent in the period, as a yearly rate.
  double per_year(double amount) const { return amount / period_.hours() * hours_per_year; }
  std::string unit(std::string_view spelling) const {
    return " " + std::string(currency_) + std::string(spelling);
  }

  /// The month after the last charge for usage.
  int horizon_begin() const { return month_number(period_.end - std::chrono::seconds(1)) + 1; }

  void write_head() {
    out_.note(0, fmt::format("Written by `hedgerow import focus` from {}: FOCUS {}, {}.", source_,
                             bill_.version, results::counted(bill_.rows, "row", "rows")));
    write_legend(out_, "the bill");
    out_.note(
        0, fmt::format(
               "One unit is what 1 {} an hour buys at list price, so every list price is 1: a bill does not",
               currency_));
    out_.note(0, "say what the same capacity would cost elsewhere. Change list prices to say so.");
    if (!placement_.left_out.empty())
      out_.note(0, fmt::format("Left out, {:.1f} % of the spend: {}", 100.0 * placement_.left_out_share,
                               fmt::join(placement_.left_out, ", ")));
    out_.line(0, "hedgerow: 1");
    out_.line(0, "title: " + yaml_text("What " + source_name(bill_.file) + " says"));
    out_.line(0, "currency: " + std::string(currency_));
    out_.line(0, fmt::format("horizon: {{start: {}, years: 5}}", month_name(horizon_begin())),
              "assumed: five years");
    out_.line(0, "simulation: {paths: 100k, seed: 1}");
    out_.line(0, "market: {scarcity: {}}", "assumed: at times capacity is scarce and dearer");
    out_.blank();
  }

  void write_providers() {
    out_.line(0, "providers:");
    for (const PlacedProvider& provider : placement_.providers) {
      out_.line(1, provider.name + ":",
                fmt::format("{}: {} {} billed, {} effective", shown_name(provider.original, "provider"),
                            money(provider.costs.billed), currency_, money(provider.costs.effective)));
      out_.line(2, fmt::format("list_price: {{value: {}}}",
                               sourced("1" + unit("/unit-hour"), "by definition of the unit")));
      if (placement_.providers.size() > 1)
        out_.line(2, fmt::format("provisioning: {{normal: {}}}", gap),
                  fmt::format("units/yr that it would take over from others, of {} in all; 0: nothing",
                              plain_number(units_in_all())));
      out_.line(2, "divergence: {}", "assumed: how often a vendor turns rival or leaves");
      out_.line(2, "regions:");
      for (const auto& [region, weight] : provider.regions)
        write_region(out_, region, title_beside(region, provider));
    }
    out_.blank();
  }

  /// What a region is called in the bill, where that says more than its name.
  static std::string title_beside(const std::string& region, const PlacedProvider& provider) {
    const std::string& title = provider.region_titles.at(region);
    return title == region ? "" : title;
  }

  double units_in_all() const {
    double weight = 0.0;
    for (const PlacedWorkload& workload : placement_.workloads) weight += workload.weight;
    return weight / period_.hours();
  }

  void write_workloads() {
    out_.line(0, "workloads:", "by " + bill_.workloads_from);
    for (const PlacedWorkload& workload : placement_.workloads) {
      out_.line(1, workload.name + ":", workload.original);
      out_.line(2, "demand: " + sourced(workload.weight / period_.hours(), most_demand, " units",
                                        fmt::format("{}: {} per hour", source_, placement_.weight_is)));
      out_.line(2, fmt::format("revenue_at_risk: {}", gap),
                fmt::format("{}/h: what an hour without it costs you", currency_));
    }
    out_.blank();
  }

  void write_strategy() {
    out_.note(0, "What you do today. Add a strategy beside it to compare: the first is the reference.");
    out_.line(0, "strategies:");
    out_.line(1, "as-billed:");
    for (const PlacedWorkload& workload : placement_.workloads) write_choice(workload);
    out_.line(2, "contracts:");
    for (const PlacedProvider& provider : placement_.providers) write_contract(provider);
  }

  void write_choice(const PlacedWorkload& workload) {
    out_.line(2, workload.name + ":");
    out_.line(3, "failover: none",
              "assumed: what is down waits; {policy: warm, headroom: 20%} if you have tested it");
    out_.line(3, "placement:");
    std::vector<double> weights;
    for (const auto& [location, weight] : workload.locations) weights.push_back(weight);
    const std::vector<std::string> shares = percentages(weights);
    std::size_t i = 0;
    for (const auto& [location, weight] : workload.locations)
      if (const std::string& share = shares[i++]; !share.empty())
        out_.line(4, fmt::format("{}: {}", location,
                                 sourced(share, fmt::format("{}: {}", source_, placement_.weight_is))));
  }

  void write_contract(const PlacedProvider& provider) {
    out_.line(3, provider.name + ":");
    write_term(provider);
    write_discount(provider);
    out_.line(4, fmt::format("notice: {}", gap), "6mo: from the day they end it to the cut-off");
  }

  /// Commitments in contracts with the provider, as far as the bill and its dataset tell.
  std::vector<const ContractUse*> promises(const PlacedProvider& provider) const {
    std::vector<const ContractUse*> all;
    for (const ContractUse& use : bill_.contracts)
      if (use.provider == provider.original && use.currency == currency_ && use.committed && use.start &&
          use.end && use.category != "Usage")
        all.push_back(&use);
    return all;
  }

  void write_term(const PlacedProvider& provider) {
    const std::vector<const ContractUse*> paper = promises(provider);
    const double committed = committed_per_year(provider);
    if (paper.size() == 1) return write_promise(*paper.front());
    if (paper.empty() && committed == 0.0) {
      out_.line(4, "mode: float", "assumed: the list price of the day, less the discount");
      return;
    }
    out_.line(4, fmt::format("mode: {}", gap), "fixed, cap or float");
    out_.line(4, fmt::format("term: {}", gap), "36mo");
    out_.line(4, fmt::format("start: {}", gap), "2024-07: of the term that runs now");
    for (const ContractUse* use : paper)
      out_.note(4, fmt::format("{} {}: {} {} from {} to {}", use->type, use->id, money(*use->committed),
                               currency_, day_name(*use->start), day_name(*use->end)));
    if (!paper.empty())
      out_.line(4, fmt::format("commitment: {}", gap), "of these; some may count towards others");
    else
      out_.line(
          4, "commitment: " + sourced(committed, most_commitment, unit("/yr"),
                                      source_ + ": commitment discounts, used and unused, as a yearly rate"));
  }

  void write_promise(const ContractUse& use) {
    const Period whole{*use.start, *use.end};
    const int months = month_number(*use.end) - month_number(*use.start);
    const std::string source =
        fmt::format("{} {}, {} to {}", use.type, use.id, day_name(*use.start), day_name(*use.end));
    out_.line(4, fmt::format("mode: {}", gap), "fixed, cap or float");
    out_.line(
        4,
        months <= most_term ? fmt::format("term: {}mo", std::max(months, 1)) : fmt::format("term: {}", gap),
        source);
    out_.line(4, "start: " + contract_start(month_number(*use.start), horizon_begin()), source);
    out_.line(4, "commitment: " + sourced(use.committed->value() / whole.hours() * hours_per_year,
                                          most_commitment, unit("/yr"), source));
  }

  double committed_per_year(const PlacedProvider& provider) const {
    double sum = 0.0;
    for (const CommitmentUse& use : bill_.commitments)
      if (use.provider == provider.original && use.currency == currency_)
        sum += use.used.value() + use.unused.value();
    return std::max(per_year(sum), 0.0);
  }

  void write_discount(const PlacedProvider& provider) {
    const double list = provider.costs.usage_list.value(), effective = provider.costs.usage_effective.value();
    const double discount = list > 0.0 ? 1.0 - effective / list : 0.0;
    if (!bill_.has_list_cost || !(list > 0.0))
      out_.line(4, fmt::format("discount: {}", gap), "off list; the bill has no list cost");
    else if (discount > most_discount)
      out_.line(4, fmt::format("discount: {}", gap),
                fmt::format("the bill has {:.0f} % off list: credits, which a contract does not promise",
                            100.0 * discount));
    else if (discount >= least_share)
      out_.line(4, "discount: " + sourced(fmt::format("{:.1f}%", 100.0 * discount),
                                          source_ + ": effective cost of usage against list cost"));
    else
      out_.line(4, "discount: " + sourced("0%", source_ + ": no less than list cost"));
  }

  const Bill& bill_;
  std::string_view currency_;
  Placement placement_;
  Period period_;
  std::string source_;
  SkeletonWriter out_;
};

}  // namespace

std::string focus_skeleton(const Bill& bill, std::string_view currency) {
  std::optional<Placement> placement = placement_of(bill, currency);
  if (!placement)
    refuse(bill.file, {0, 0}, fmt::format("no positive cost in {} that a config could be made of", currency));
  return FocusSkeleton(bill, currency, *std::move(placement)).run();
}

}  // namespace hedgerow::intake
