#include <algorithm>
#include <cmath>

#include "models/assess/story/story_parts.hpp"

namespace hedgerow::models {
namespace {

/// A month's change of the log price beyond this many standard deviations of its diffusion is a jump.
constexpr double jump_deviations = 4.0;

double year_of(std::size_t month) { return static_cast<double>(month) / months_per_year; }

/// Everything but bills.
class Happenings {
 public:
  Happenings(const Played& played, const std::vector<ProviderId>& in_use, std::vector<StoryEvent>& events)
      : scenario_(played.scenario), played_(played), in_use_(in_use), events_(events) {
    for (const NamedWorkload& workload : scenario_.workloads) at_risk_ += workload.terms.revenue_at_risk;
  }

  void run() {
    add_market();
    for (const ProviderId p : scenario_.providers.keys()) add_relation(p);
    for (const JournalEntry& entry : played_.journal.entries) add(entry);
    for (const JournalEntry& entry : played_.plan_journal.entries)
      if (entry.component == Component::commitment_shortfall) shortfall(entry).amount -= entry.money.present;
  }

 private:
  void add_market() {
    const ScarcityPath& scarce = played_.world.scarcity;
    for (std::size_t k = 0; k < static_cast<std::size_t>(scenario_.horizon.months); ++k)
      if (scarce[k] != (k > 0 && scarce[k - 1]))
        events_.push_back(
            {scarce[k] ? EventKind::scarcity_begins : EventKind::scarcity_ends, year_of(k), year_of(k)});
    for (const ProviderId p : in_use_)
      if (scenario_.providers[p].list_price.jumps) add_jumps(p);
  }

  void add_jumps(ProviderId p) {
    const ListPrice& terms = scenario_.providers[p].list_price;
    const double month = 1.0 / months_per_year, variance = terms.volatility * terms.volatility;
    const double mean = std::expm1(terms.jumps->mean + 0.5 * terms.jumps->sd * terms.jumps->sd);
    const double drift = (terms.drift - 0.5 * variance - terms.jumps->rate.value * mean) * month;
    const double most = jump_deviations * std::sqrt(variance * month) + 1e-9;  // rounding where it is 0
    double last = price_without_premium(p, 0);
    for (std::size_t k = 1; k < static_cast<std::size_t>(scenario_.horizon.months); ++k) {
      const double now = price_without_premium(p, k);
      if (std::abs(std::log(now / last) - drift) > most) {
        events_.push_back({EventKind::price_jump, year_of(k), year_of(k), p});
        events_.back().price = last;
        events_.back().list_price = now;
      }
      last = now;
    }
  }

  double price_without_premium(ProviderId p, std::size_t k) const {
    const double premium =
        played_.world.scarcity[k] ? scenario_.providers[p].list_price.scarcity_premium : 0.0;
    return played_.world.list_prices.at(p, k) / (1.0 + premium);
  }

  void add_relation(ProviderId p) {
    const std::vector<Sojourn>& sojourns = played_.outcome.regimes[p];
    for (std::size_t i = 1; i < sojourns.size(); ++i) {
      StoryEvent& event = begin(relation_kind(sojourns[i - 1].regime, sojourns[i].regime), sojourns[i].from);
      event.until = sojourns[i].to;
      event.provider = p;
      event.regime = sojourns[i].regime;
      if (event.kind == EventKind::rival) event.share = scenario_.providers[p].divergence->withhold.value;
    }
    const Delivery& delivery = played_.outcome.deliveries[p];
    if (delivery.cut_off_month >= scenario_.horizon.months || !is_in_use(p)) return;
    StoryEvent& event = begin(EventKind::cut_off, year_of(static_cast<std::size_t>(delivery.cut_off_month)));
    event.provider = p;
    const Stage& stage = played_.outcome.occupancy.at(delivery.cut_off_month);
    event.share = shares_of_demand(
        scenario_, [&](WorkloadId w, LocationId l) { return stage.at(w, l).placed; },
        [&](WorkloadId w) {
          return demanded_units(scenario_, played_.world.demand, w, delivery.cut_off_month);
        })[p];
  }

  bool is_in_use(ProviderId p) const { return std::find(in_use_.begin(), in_use_.end(), p) != in_use_.end(); }

  static EventKind relation_kind(Regime from, Regime to) {
    if (to < from) return EventKind::improves;
    if (to == Regime::strained) return EventKind::strained;
    return to == Regime::rival ? EventKind::rival : EventKind::severed;
  }

  void add(const JournalEntry& entry) {
    switch (entry.component) {
      case Component::spend:
        return add_on_demand(entry);
      case Component::commitment_shortfall:
        shortfall(entry).amount += entry.money.present;
        return;
      case Component::outage:
      case Component::reputation:
        return add_outage(entry);
      case Component::sla_credit:
        return add_credit(entry);
      case Component::capacity_shortage:
        return add_shortage(entry);
      case Component::migration:
        return add_migration(entry);
      case Component::regime:
        return add_regime_cost(entry);
    }
  }

  void add_outage(const JournalEntry& entry) {
    const EntityId entity = entry.outage->entity;
    StoryEvent& event = find(EventKind::outage, entry.outage->began,
                             [&](const StoryEvent& other) { return other.entity == entity; });
    if (!event.entity) {
      event.entity = entity;
      event.workload = entry.workload;
      if (scenario_.entities[entity].kind != EntityKind::shared) event.provider = provider_of(entity);
      event.until = end_of(*entry.outage);
      event.hours = (event.until - event.from) * hours_per_year;
    }
    if (event.workload != entry.workload) event.workload.reset();
    event.amount += entry.money.present;
    if (entry.component == Component::outage) event.unserved_hours += of_all_at_risk(entry);
  }

  ProviderId provider_of(EntityId entity) const {
    return scenario_.locations[scenario_.entities[entity].impacts.front().first].provider;
  }

  double end_of(const OutageReference& reference) const {
    for (const Outage& outage : played_.world.outages.outages[reference.entity])
      if (outage.start == reference.began) return outage.end;
    return reference.began;
  }

  /// Hours of one workload's demand as hours of all revenue at risk.
  double of_all_at_risk(const JournalEntry& entry) const {
    if (at_risk_ == 0.0) return entry.quantity / static_cast<double>(scenario_.workloads.size());
    return entry.quantity * scenario_.workloads[*entry.workload].terms.revenue_at_risk / at_risk_;
  }

  void add_shortage(const JournalEntry& entry) {
    const Restriction* restriction = restriction_at(played_.outcome.deliveries[entry.provider], entry.from);
    const double since = restriction != nullptr ? restriction->from : entry.from;
    StoryEvent& event = of_provider(EventKind::shortage, since, entry.provider);
    event.until = std::max(event.until, entry.to);
    event.share = restriction != nullptr ? 1.0 - restriction->capacity : 0.0;
    event.amount += entry.money.present;
    event.unserved_hours += of_all_at_risk(entry);
  }

  void add_credit(const JournalEntry& entry) {
    const Contract& contract = played_.strategy.contracts[entry.provider];
    const int month = static_cast<int>(std::lround(entry.to * months_per_year)) - 1;
    const int first = contract.start_month + contract_year(contract, month) * months_per_year;
    const int end = std::min(first + months_per_year, scenario_.horizon.months);
    StoryEvent& event = of_provider(EventKind::sla_credit,
                                    year_of(static_cast<std::size_t>(std::max(first, 0))), entry.provider);
    event.until = year_of(static_cast<std::size_t>(end));
    event.amount += entry.money.present;
  }

  void add_on_demand(const JournalEntry& entry) {
    const double year = std::floor(entry.from);
    StoryEvent& event = of_provider(EventKind::on_demand, year, entry.provider);
    event.until = std::min(year + 1.0, scenario_.horizon.length());
    event.amount += entry.money.present;
    event.units += entry.quantity;
  }

  void add_migration(const JournalEntry& entry) {
    StoryEvent& event = find(EventKind::migration, std::nullopt,
                             [&](const StoryEvent& other) { return other.provider == entry.provider; });
    if (!event.provider) event.from = entry.from;
    event.provider = entry.provider;
    event.until = entry.to;
    event.amount += entry.money.present;
    event.units += entry.quantity;
  }

  void add_regime_cost(const JournalEntry& entry) {
    for (StoryEvent& event : events_)
      if ((event.kind == EventKind::rival || event.kind == EventKind::severed ||
           event.kind == EventKind::improves) &&
          event.provider == entry.provider && entry.from >= event.from && entry.from < event.until) {
        event.amount += entry.money.present;
        return;
      }
    HEDGEROW_EXPECT(false);  // every sojourn that costs is an event
  }

  /// The shortfall of a provider that is due at the entry's date.
  StoryEvent& shortfall(const JournalEntry& entry) {
    return of_provider(EventKind::commitment_shortfall, entry.to, entry.provider);
  }

  StoryEvent& of_provider(EventKind kind, double from, ProviderId provider) {
    StoryEvent& event = find(kind, from, [&](const StoryEvent& other) { return other.provider == provider; });
    event.provider = provider;
    return event;
  }

  /// The event of that kind, and beginning if one is asked for, that `is_it`; a new one if there is none.
  template <class IsIt>
  StoryEvent& find(EventKind kind, std::optional<double> from, IsIt is_it) {
    for (StoryEvent& event : events_)
      if (event.kind == kind && (!from || event.from == *from) && is_it(event)) return event;
    return begin(kind, from.value_or(0.0));
  }

  StoryEvent& begin(EventKind kind, double from) {
    events_.push_back({kind, from, from});
    return events_.back();
  }

  const Scenario& scenario_;
  const Played& played_;
  const std::vector<ProviderId>& in_use_;
  std::vector<StoryEvent>& events_;
  double at_risk_ = 0.0;
};

}  // namespace

void append_happenings(const Played& played, const std::vector<ProviderId>& in_use,
                       std::vector<StoryEvent>& events) {
  Happenings(played, in_use, events).run();
}

}  // namespace hedgerow::models
