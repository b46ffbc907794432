#include "models/contract/service_level.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace hedgerow::models {
namespace {

/// An outage takes a location down, in the sense of a service-level agreement, from this severity on.
constexpr double total_outage = 0.999;

using CountedOutage = CreditRoom::CountedOutage;
using Due = CreditRoom::Due;

/// Calls visit(entity, outage, impact) for each outage that counts for a credit at the location.
template <class Visit>
void for_each_counted(const Scenario& scenario, const OutageWorld& world, LocationId location,
                      const ServiceLevel& terms, Visit visit) {
  for (std::size_t e = 0; e < world.outages.size(); ++e) {
    const OutageEntity& entity = scenario.entities[EntityId(e)];
    if (entity.kind == EntityKind::shared && !terms.covers_shared) continue;
    for (const auto& [reached, impact] : entity.impacts) {
      if (reached != location) continue;
      for (const Outage& outage : world.outages[EntityId(e)])
        if (outage.severity * impact >= total_outage && outage.claim < terms.qualification.value)
          visit(EntityId(e), outage, impact);
    }
  }
}

/// In order of start.
void count_outages(const Scenario& scenario, const OutageWorld& world, LocationId location,
                   const ServiceLevel& terms, std::vector<CountedOutage>& out) {
  out.clear();
  for_each_counted(scenario, world, location, terms, [&](EntityId, const Outage& outage, double) {
    out.push_back({outage.start, outage.end});
  });
  std::sort(out.begin(), out.end(),
            [](const CountedOutage& a, const CountedOutage& b) { return a.start < b.start; });
}

void add_hours(double from, double to, std::vector<CountedDowntime>& out) {
  while (from < to) {
    const int month = static_cast<int>(from * months_per_year);
    const double end = std::min(to, static_cast<double>(month + 1) / months_per_year);
    if (end <= from) {  // rounding: the instant where a month begins
      from = std::nextafter(from, to);
      continue;
    }
    if (out.empty() || out.back().month != month) out.push_back({month, 0.0});
    out.back().hours += (end - from) * hours_per_year;
    from = end;
  }
}

/// What may be credited in each contract year.
void set_annual_caps(const Contract& contract, const std::vector<double>& bills, std::vector<double>& caps) {
  caps.clear();
  const auto months = static_cast<int>(bills.size());
  for (int month = std::max(contract.start_month, 0); month < months;) {
    const int year = contract_year(contract, month);
    const int end = std::min(contract.start_month + (year + 1) * months_per_year, months);
    double cap = 0.0;
    for (; month < end; ++month) cap += contract.sla->cap_year.value * bills[static_cast<std::size_t>(month)];
    caps.resize(static_cast<std::size_t>(year) + 1, 0.0);
    caps.back() = cap;
  }
}

/// A credit's journal entries: by the hours of each outage that was counted in its month.
void record(const Scenario& scenario, const ServiceLevel& terms, ProviderId provider, const Due& credit,
            const Money& money, const OutageJournal& journal) {
  const double from = static_cast<double>(credit.month) / months_per_year;
  const double to = static_cast<double>(credit.month + 1) / months_per_year;
  const auto length = [&](const Outage& outage) {
    return std::max(0.0, std::min(outage.end, to) - std::max(outage.start, from));
  };
  double all = 0.0;
  for_each_counted(scenario, journal.world, credit.location, terms,
                   [&](EntityId, const Outage& outage, double) { all += length(outage); });
  for_each_counted(scenario, journal.world, credit.location, terms,
                   [&](EntityId entity, const Outage& outage, double impact) {
                     if (length(outage) == 0.0) return;
                     record_outage(journal.journal,
                                   {Component::sla_credit, provider, to, to, length(outage) / all * money},
                                   journal.culprits.culprit(journal.world, entity, outage, impact));
                   });
}

}  // namespace

double credit_at(const std::vector<std::pair<double, double>>& tiers, double uptime) {
  double credit = 0.0;
  for (const auto& [below, part] : tiers)
    if (uptime < below) credit = std::max(credit, part);
  return credit;
}

namespace {

/// Fills `room.downtime`; see counted_downtime.
void count_downtime(const Scenario& scenario, const OutageWorld& world, LocationId location,
                    const ServiceLevel& terms, CreditRoom& room) {
  count_outages(scenario, world, location, terms, room.outages);
  room.downtime.clear();
  double covered = 0.0;
  for (const CountedOutage& outage : room.outages) {
    add_hours(std::max(outage.start, covered), outage.end, room.downtime);
    covered = std::max(covered, outage.end);
  }
}

}  // namespace

std::vector<CountedDowntime> counted_downtime(const Scenario& scenario, const OutageWorld& world,
                                              LocationId location, const ServiceLevel& terms) {
  CreditRoom room;
  count_downtime(scenario, world, location, terms, room);
  return room.downtime;
}

namespace {

/// What is owed for a month's downtime at a location, before the cap of the year; nothing: no credit.
std::optional<double> owed(const Scenario& scenario, const Contract& contract, const Circumstances& now,
                           double bill, LocationId location, const CountedDowntime& down) {
  if (bill == 0.0 || contract_year(contract, down.month) < 0) return std::nullopt;
  const ProviderId provider = scenario.locations[location].provider;
  const Stage& stage = now.occupancy.at(down.month);
  double units = 0.0;
  double here = 0.0;
  for (const LocationId other : scenario.providers[provider].locations) {
    const double there = billed_units(scenario, stage, now.demand, other, down.month);
    units += there;
    if (other == location) here = there;
  }
  const double local = bill * here / units;
  const double part =
      contract.sla->claim.value * credit_at(contract.sla->tiers, 1.0 - down.hours / hours_per_month);
  return local * std::min(part, contract.sla->cap_month.value);
}

/// Everything that a provider owes, month by month.
void collect_due(const Scenario& scenario, const Contract& contract, ProviderId provider,
                 const OutageWorld& world, const Circumstances& now, const ProviderBills& bills,
                 CreditRoom& room) {
  room.due.clear();
  for (const LocationId location : scenario.providers[provider].locations) {
    count_downtime(scenario, world, location, *contract.sla, room);
    const auto earlier = static_cast<std::ptrdiff_t>(room.due.size());
    for (const CountedDowntime& down : room.downtime) {
      const double bill = bills.net[static_cast<std::size_t>(down.month)];
      if (const auto amount = owed(scenario, contract, now, bill, location, down))
        room.due.push_back({down.month, *amount, location});
    }
    if (earlier == 0) continue;
    for (auto next = room.due.begin() + earlier; next != room.due.end(); ++next)
      std::rotate(std::upper_bound(room.due.begin(), next, *next,
                                   [](const Due& a, const Due& b) { return a.month < b.month; }),
                  next, next + 1);
  }
}

}  // namespace

void credit_downtime(const Scenario& scenario, const Strategy& strategy, const OutageWorld& world,
                     const Circumstances& now, const IdVector<ProviderId, ProviderBills>& bills,
                     const std::vector<double>& month_discount, CreditRoom& room, Ledger& ledger,
                     const OutageJournal* journal) {
  for (std::size_t p = 0; p < scenario.providers.size(); ++p) {
    const ProviderId id(p);
    const Contract& contract = strategy.contracts[id];
    if (!contract.sla || !comes_into_force(contract, now.deliveries[id])) continue;
    collect_due(scenario, contract, id, world, now, bills[id], room);
    set_annual_caps(contract, bills[id].net, room.annual_cap);
    for (const Due& credit : room.due) {
      double& left = room.annual_cap[static_cast<std::size_t>(contract_year(contract, credit.month))];
      const double taken = std::min(credit.amount, left);
      left -= taken;
      const Money money{-taken, -taken * month_discount[static_cast<std::size_t>(credit.month + 1)]};
      ledger.at(Component::sla_credit, id, static_cast<std::size_t>(credit.month / months_per_year)) += money;
      if (journal != nullptr && taken != 0.0) record(scenario, *contract.sla, id, credit, money, *journal);
    }
  }
}

}  // namespace hedgerow::models
