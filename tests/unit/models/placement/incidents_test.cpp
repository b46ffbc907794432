// Incidents that are one outage each, charged all at once, cost what they cost one by one.

#include "models/placement/incidents.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "tests/support/answers.hpp"

namespace incidents_test {

using namespace hedgerow;
using namespace hedgerow::models;
using hedgerow::test::Dice;

namespace {

constexpr std::size_t providers = 3, years = 4;

bool near(double a, double b) { return std::abs(a - b) <= 1e-12 * std::max(std::abs(a), std::abs(b)); }

/// Whom a reputation cost is blamed on.
std::vector<double> by_entity(const Journal& journal, std::size_t entities) {
  std::vector<double> sums(entities, 0.0);
  for (const JournalEntry& entry : journal.entries)
    sums[entry.outage->entity.value] += entry.money.present + 1e-3 * entry.money.nominal;
  return sums;
}

/// Plays the same incidents both ways.
void compare(const Reputation& terms, std::uint64_t seed) {
  Dice dice(seed);
  Ledger one_by_one, at_once;
  one_by_one.reset(providers, years);
  at_once.reset(providers, years);
  Journal blamed_one_by_one, blamed_at_once;
  ReputationCost cost;
  LoneIncidents incidents;
  cost.start(terms);
  cost.keep(blamed_one_by_one, WorkloadId(0));
  incidents.start(terms);
  double now = 0.0;
  for (std::uint32_t i = 0; (now += dice.between(0.01, 0.1)) < years - 0.2; ++i) {
    const auto year = static_cast<std::size_t>(now);
    const double waiting = dice.between(0.001, 0.01),
                 recovered = i % 3 == 0 ? 0.0 : dice.between(0.001, 0.01);
    if (static_cast<std::size_t>(now + waiting + recovered) != year) continue;
    const double revenue = dice.between(1.0, 100.0), discount = std::exp(-0.05 * now);
    std::vector<Shortage::Part> before, after;
    std::vector<Blame> blames_before, blames_after;
    for (std::size_t p = 0; p < providers; ++p) {
      if (p != i % providers && dice.among(0, 1) == 0) continue;
      const ProviderId provider(p);
      before.push_back({provider, dice.between(0.1, 0.3)});
      after.push_back({provider, dice.between(0.01, 0.1)});
      const Culprit culprit{{EntityId(p), now}, Cause::region_outage, 1.0, 0.1};
      blames_before.push_back({provider, culprit, before.back().share});
      blames_after.push_back({provider, culprit, after.back().share});
    }
    cost.add(now, now + waiting, before, revenue, discount, one_by_one);
    cost.blame(now, now + waiting, blames_before);
    if (recovered > 0.0) {
      cost.add(now + waiting, now + waiting + recovered, after, revenue, discount, one_by_one);
      cost.blame(now + waiting, now + waiting + recovered, blames_after);
    }
    cost.close(one_by_one);
    double hours = 0.0;
    std::vector<double> parts;
    for (std::size_t j = 0; j < before.size(); ++j)
      hours += parts.emplace_back((before[j].share * waiting + after[j].share * recovered) * hours_per_year);
    incidents.add(now, now + waiting + recovered, hours, revenue, discount);
    for (std::size_t j = 0; j < before.size(); ++j) {
      incidents.add_part(at_once.at(Component::reputation, before[j].provider, year), parts[j]);
      blames_before[j].share = parts[j];
    }
    incidents.blame(blames_before);
  }
  incidents.charge(&blamed_at_once, WorkloadId(0));
  for (std::size_t p = 0; p < providers; ++p)
    for (std::size_t y = 0; y < years; ++y) {
      const Money& expected = one_by_one.at(Component::reputation, ProviderId(p), y);
      const Money& found = at_once.at(Component::reputation, ProviderId(p), y);
      REQUIRE(expected.nominal > 0.0);
      CHECK(near(found.nominal, expected.nominal));
      CHECK(near(found.present, expected.present));
    }
  const auto expected = by_entity(blamed_one_by_one, providers), found = by_entity(blamed_at_once, providers);
  for (std::size_t e = 0; e < providers; ++e) CHECK(near(found[e], expected[e]));
}

}  // namespace

TEST_CASE("incidents of a path charged at once cost what they cost one by one") {
  Reputation terms;
  terms.factor = 0.5;
  terms.time = Hours(24.0);
  for (const double exponent : {1.0, 1.4, 2.0}) {
    terms.exponent = exponent;
    for (const std::optional<double> cap : {std::optional<double>(), std::optional<double>(150.0)}) {
      terms.cap = cap;
      for (std::uint64_t seed = 1; seed <= 5; ++seed) compare(terms, seed);
    }
  }
}

TEST_CASE("a path on which nothing happens costs no reputation") {
  Ledger ledger;
  ledger.reset(1, 1);
  Journal journal;
  LoneIncidents incidents;
  const Reputation terms{0.5, Hours(24.0), 1.5, {}};
  incidents.start(terms);
  incidents.add(0.1, 0.2, 876.0, 10.0, 1.0);
  incidents.add_part(ledger.at(Component::reputation, ProviderId(0), 0), 876.0);
  incidents.start(terms);  // another path
  incidents.charge(&journal, WorkloadId(0));
  CHECK(ledger.total().nominal == 0.0);
  CHECK(journal.entries.empty());
}

}  // namespace incidents_test
