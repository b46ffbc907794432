#include <algorithm>

#include "models/assess/story/story_parts.hpp"

namespace hedgerow::models {
namespace {

double year_of(int month) { return static_cast<double>(month) / months_per_year; }

double units_at(const Scenario& scenario, const Stage& stage, const DemandPath& demand, ProviderId provider,
                int month) {
  double units = 0.0;
  for (std::size_t l = 0; l < scenario.locations.size(); ++l)
    if (scenario.locations[LocationId(l)].provider == provider)
      units += billed_units(scenario, stage, demand, LocationId(l), month);
  return units;
}

/// Adds up a mean of prices or units over the months of an event.
struct MonthMean {
  double sum = 0.0, weight = 0.0;
  void add(double value, double by) {
    sum += by * value;
    weight += by;
  }
  double value() const { return weight > 0.0 ? sum / weight : 0.0; }
};

/// One strategy's bills on one path.
class Bills {
 public:
  Bills(const Played& played, std::vector<StoryEvent>& events)
      : played_(played),
        events_(events),
        months_(played.scenario.horizon.months),
        discounting_(played.scenario.horizon.discount_rate.value),
        demand_(static_cast<std::size_t>(played.scenario.horizon.years())),
        by_notice_(played.scenario.providers.size(), 0.0) {}

  void run() {
    for (const ProviderId p : played_.scenario.providers.keys()) add_provider(p);
    append_demand();
    append_exits();
  }

 private:
  /// One plan year.
  struct Year {
    double amount = 0.0;
    MonthMean units, plan_units, price, plan_price;
  };
  struct Month {
    double price, plan_price;                ///< P and Q
    double units, without_exit, plan_units;  ///< u, u' and v
  };

  Month month_of(ProviderId p, int k) const {
    const auto month = static_cast<std::size_t>(k);
    const bool cut_off = k >= played_.outcome.deliveries[p].cut_off_month;
    const double plan_price = played_.plan.prices.at(p, month);
    const auto& scenario = played_.scenario;
    const DemandPath& demand = played_.world.demand;
    const Occupancy& occupancy = played_.outcome.occupancy;
    return {cut_off ? plan_price : played_.outcome.prices.at(p, month), plan_price,
            cut_off ? 0.0 : units_at(scenario, occupancy.at(k), demand, p, k),
            units_at(scenario, occupancy.stage(0), demand, p, k),
            units_at(scenario, played_.plan.occupancy.stage(0), played_.plan_world.demand, p, k)};
  }

  void add_provider(ProviderId p) {
    const Contract& contract = played_.strategy.contracts[p];
    const std::vector<int> signings = signing_months(contract, played_.outcome.deliveries[p]);
    std::vector<StoryEvent> signed_at;
    for (std::size_t i = 0; i < signings.size(); ++i) signed_at.push_back(signing(p, signings, i));
    std::vector<bool> used(signings.size(), false);
    std::vector<Year> floating(demand_.size());
    std::vector<double> rebates(demand_.size(), 0.0);
    std::size_t next = 0;
    for (int k = 0; k < months_; ++k) {
      const auto month = static_cast<std::size_t>(k);
      const auto year = static_cast<std::size_t>(k / months_per_year);
      while (next < signings.size() && signings[next] <= k) ++next;
      const Month now = month_of(p, k);
      if (now.units == 0.0 && now.plan_units == 0.0 && now.without_exit == 0.0) continue;
      const double flow = hours_per_month * discounting_.factor(year_of(k));
      const double by_price = (now.price - now.plan_price) * now.plan_units * flow;
      const bool locked = next > 0 && contract.mode != PriceMode::floating;
      if (locked) {
        signed_at[next - 1].amount += by_price;
        used[next - 1] = true;
      } else {
        floating[year].amount += by_price;
        floating[year].price.add(now.price, now.plan_units);
        floating[year].plan_price.add(now.plan_price, now.plan_units);
      }
      if (next > 0 && now.units > 0.0) used[next - 1] = true;
      demand_[year].amount += now.price * (now.without_exit - now.plan_units) * flow;
      demand_[year].units.add(now.without_exit, 1.0);
      demand_[year].plan_units.add(now.plan_units, 1.0);
      add_exit(k, now.price * (now.units - now.without_exit) * flow);
      const ProviderBills& bills = played_.outcome.bills[p];
      const ProviderBills& planned = played_.plan.bills[p];
      rebates[year] += (bills.net[month] - bills.gross[month] - (planned.net[month] - planned.gross[month])) *
                       discounting_.factor(year_of(k));
    }
    append(signed_at, used);
    append_years(p, floating, rebates);
  }

  StoryEvent signing(ProviderId p, const std::vector<int>& signings, std::size_t i) const {
    const auto month = static_cast<std::size_t>(signings[i]);
    const int until = i + 1 < signings.size() ? signings[i + 1] : played_.outcome.deliveries[p].cut_off_month;
    StoryEvent event{i == 0 ? EventKind::signing : EventKind::renewal, year_of(signings[i]), year_of(until)};
    event.provider = p;
    event.price = played_.outcome.prices.at(p, month);
    event.plan_price = played_.plan.prices.at(p, month);
    event.capped = played_.strategy.contracts[p].mode == PriceMode::cap;
    event.list_price = played_.world.list_prices.at(p, month);
    return event;
  }

  /// A first signature at the planned price, and contracts under which nothing is billed, are no events.
  void append(const std::vector<StoryEvent>& signed_at, const std::vector<bool>& used) {
    for (std::size_t i = 0; i < signed_at.size(); ++i)
      if (used[i] && (signed_at[i].kind == EventKind::renewal || signed_at[i].amount != 0.0))
        events_.push_back(signed_at[i]);
  }

  void append_years(ProviderId p, const std::vector<Year>& floating, const std::vector<double>& rebates) {
    for (std::size_t y = 0; y < floating.size(); ++y) {
      if (floating[y].amount != 0.0) {
        StoryEvent& event = add_year(EventKind::floating_price, y);
        event.provider = p;
        event.amount = floating[y].amount;
        event.price = floating[y].price.value();
        event.plan_price = floating[y].plan_price.value();
      }
      if (rebates[y] != 0.0) {
        StoryEvent& event = add_year(EventKind::volume_discount, y);
        event.provider = p;
        event.amount = rebates[y];
      }
    }
  }

  StoryEvent& add_year(EventKind kind, std::size_t year) {
    const double from = static_cast<double>(year);
    events_.push_back({kind, from, std::min(from + 1.0, played_.scenario.horizon.length())});
    return events_.back();
  }

  void append_demand() {
    for (std::size_t y = 0; y < demand_.size(); ++y) {
      if (demand_[y].amount == 0.0) continue;
      StoryEvent& event = add_year(EventKind::demand, y);
      event.amount = demand_[y].amount;
      const double months = months_per_year * (event.until - event.from);
      event.units = demand_[y].units.sum / months;
      event.plan_units = demand_[y].plan_units.sum / months;
    }
  }

  /// What moved belongs to the exit that was announced last.
  void add_exit(int k, double amount) {
    if (amount == 0.0) return;
    std::optional<ProviderId> leaver;
    int latest = -1;
    for (const ProviderId p : played_.scenario.providers.keys()) {
      const int notice = played_.outcome.deliveries[p].notice_month;
      if (notice > k || notice <= latest || !was_used(p, notice)) continue;
      latest = notice;
      leaver = p;
    }
    HEDGEROW_EXPECT(leaver.has_value());  // nothing moves, and nobody is cut off, without a notice
    by_notice_[*leaver] += amount;
  }

  bool was_used(ProviderId p, int month) const {
    const Stage& stage = played_.outcome.occupancy.at(month);
    for (const WorkloadId w : played_.scenario.workloads.keys())
      for (const LocationId l : played_.scenario.locations.keys())
        if (played_.scenario.locations[l].provider == p && stage.at(w, l).billed > 0.0) return true;
    return false;
  }

  void append_exits() {
    for (const ProviderId p : played_.scenario.providers.keys()) {
      if (by_notice_[p] == 0.0) continue;
      events_.push_back({EventKind::exit_bills, year_of(played_.outcome.deliveries[p].notice_month),
                         played_.scenario.horizon.length()});
      events_.back().provider = p;
      events_.back().amount = by_notice_[p];
    }
  }

  const Played& played_;
  std::vector<StoryEvent>& events_;
  int months_;
  Discounting discounting_;
  std::vector<Year> demand_;
  IdVector<ProviderId, double> by_notice_;
};

}  // namespace

std::vector<int> signing_months(const Contract& contract, const Delivery& delivery) {
  std::vector<int> months;
  const int first = std::max(contract.start_month, 0);
  if (first >= delivery.notice_month) return months;
  months.push_back(first);
  if (contract.term_months < 1) return months;
  for (int k = contract.start_month + contract.term_months; k < delivery.notice_month;
       k += contract.term_months)
    if (k > first) months.push_back(k);
  return months;
}

void append_bills(const Played& played, std::vector<StoryEvent>& events) { Bills(played, events).run(); }

}  // namespace hedgerow::models
