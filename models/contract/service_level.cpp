#include "models/contract/service_level.hpp"

#include <algorithm>
#include <cmath>

namespace hedgerow::models {
namespace {

/// An outage takes a location down, in the sense of a service-level agreement, from this severity on.
constexpr double total_outage = 0.999;

struct Interval {
  double start, end;  ///< [yr]
};

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

std::vector<Interval> counted_outages(const Scenario& scenario, const OutageWorld& world, LocationId location,
                                      const ServiceLevel& terms) {
  std::vector<Interval> all;
  for_each_counted(scenario, world, location, terms, [&](EntityId, const Outage& outage, double) {
    all.push_back({outage.start, outage.end});
  });
  std::sort(all.begin(), all.end(), [](const Interval& a, const Interval& b) { return a.start < b.start; });
  return all;
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

/// What may still be credited in a contract year.
class AnnualCap {
 public:
  AnnualCap(const Contract& contract, const std::vector<double>& bills) : contract_(contract) {
    for (std::size_t month = 0; month < bills.size(); ++month) {
      const int year = contract_year(contract, static_cast<int>(month));
      if (year < 0) continue;
      left_.resize(static_cast<std::size_t>(year) + 1, 0.0);
      left_[static_cast<std::size_t>(year)] += contract.sla->cap_year.value * bills[month];
    }
  }
  double take(int month, double due) {
    double& left = left_[static_cast<std::size_t>(contract_year(contract_, month))];
    const double taken = std::min(due, left);
    left -= taken;
    return taken;
  }

 private:
  const Contract& contract_;
  std::vector<double> left_;
};

struct Due {
  int month;
  double amount;
  LocationId location;
};

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

std::vector<CountedDowntime> counted_downtime(const Scenario& scenario, const OutageWorld& world,
                                              LocationId location, const ServiceLevel& terms) {
  std::vector<CountedDowntime> months;
  double covered = 0.0;
  for (const Interval& outage : counted_outages(scenario, world, location, terms)) {
    add_hours(std::max(outage.start, covered), outage.end, months);
    covered = std::max(covered, outage.end);
  }
  return months;
}

void credit_downtime(const Scenario& scenario, const Strategy& strategy, const OutageWorld& world,
                     const Circumstances& now, const IdVector<ProviderId, ProviderBills>& bills,
                     const std::vector<double>& month_discount, Ledger& ledger,
                     const OutageJournal* journal) {
  for (std::size_t p = 0; p < scenario.providers.size(); ++p) {
    const ProviderId id(p);
    const Contract& contract = strategy.contracts[id];
    if (!contract.sla || !comes_into_force(contract, now.deliveries[id])) continue;
    std::vector<Due> due;
    for (std::size_t l = 0; l < scenario.locations.size(); ++l) {
      const LocationId location(l);
      if (scenario.locations[location].provider != id) continue;
      for (const CountedDowntime& down : counted_downtime(scenario, world, location, *contract.sla)) {
        const double bill = bills[id].net[static_cast<std::size_t>(down.month)];
        if (bill == 0.0 || contract_year(contract, down.month) < 0) continue;
        const Stage& stage = now.occupancy.at(down.month);
        double units = 0.0;
        for (std::size_t other = 0; other < scenario.locations.size(); ++other)
          if (scenario.locations[LocationId(other)].provider == id)
            units += billed_units(scenario, stage, now.demand, LocationId(other), down.month);
        const double local = bill * billed_units(scenario, stage, now.demand, location, down.month) / units;
        const double part =
            contract.sla->claim.value * credit_at(contract.sla->tiers, 1.0 - down.hours / hours_per_month);
        due.push_back({down.month, local * std::min(part, contract.sla->cap_month.value), location});
      }
    }
    std::stable_sort(due.begin(), due.end(), [](const Due& a, const Due& b) { return a.month < b.month; });
    AnnualCap cap(contract, bills[id].net);
    for (const Due& credit : due) {
      const double amount = -cap.take(credit.month, credit.amount);
      const Money money{amount, amount * month_discount[static_cast<std::size_t>(credit.month + 1)]};
      ledger.at(Component::sla_credit, id, static_cast<std::size_t>(credit.month / months_per_year)) += money;
      if (journal != nullptr && amount != 0.0) record(scenario, *contract.sla, id, credit, money, *journal);
    }
  }
}

}  // namespace hedgerow::models
