#include "apps/import/focus_bill.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>

#include "apps/import/findings.hpp"
#include "apps/import/focus_view.hpp"

namespace hedgerow::intake {
namespace {

constexpr const char* header =
    "BilledCost,EffectiveCost,ListCost,BillingCurrency,BillingPeriodStart,ChargePeriodStart,ChargePeriodEnd,"
    "ChargeCategory,ProviderName,RegionId,ServiceCategory,CommitmentDiscountId,CommitmentDiscountStatus\n";

/// Rows of two providers, each row in a region and under a commitment of its own.
std::string wide(int rows) {
  std::string text = header;
  for (int i = 0; i < rows; ++i)
    text += fmt::format(
        "0.01,0.02,0.03,USD,2025-01-01T00:00:00Z,2025-01-01T00:00:00Z,2025-01-02T00:00:00Z,Usage,P{},r{},"
        "Compute,c{:03},"
        "Used\n",
        i % 2, i, i);
  return text;
}

TEST_CASE("more kinds of rows than are kept apart are joined, and totals stay") {
  FocusOptions options;
  options.most_groups = 100;
  const Bill bill = read_focus("wide", bytes_of(wide(130)), options);
  CHECK(bill.folded_rows == 30);
  CHECK(bill.groups.size() == 102);
  CHECK(total(bill, "USD").billed.exact() == "1.3");
  CHECK(total(bill, "USD").rows == 130);
  for (const SpendLine& provider : spend_by(bill, "USD", SpendBy::provider)) {
    CHECK(provider.costs.billed.exact() == "0.65");
    CHECK(provider.costs.usage_effective.exact() == "1.3");
  }
  const std::vector<SpendLine> regions = spend_by(bill, "USD", SpendBy::region);
  CHECK(regions.front().name == "P0 (others)");
  CHECK(regions.front().costs.rows == 15);
}

TEST_CASE("kinds that cannot even be joined are refused") {
  FocusOptions options;
  options.most_groups = 1;
  CHECK_THROWS_WITH_AS(
      read_focus("wide", bytes_of(wide(6) + "1,1,1,EUR,2025-01-01T00:00:00Z,,,Usage,Q,r,c,,\n"), options),
      doctest::Contains("more than 1 different currencies, providers and months"), BadData);
}

TEST_CASE("commitments beyond those that are kept are joined") {
  FocusOptions options;
  options.most_commitments = 10;
  const Bill bill = read_focus("wide", bytes_of(wide(15)), options);
  REQUIRE(bill.commitments.size() == 11);
  CHECK(bill.commitments.front().id == "(others)");
  CHECK(bill.commitments.front().used.exact() == "0.1");
  CHECK(bill.commitments.front().rows == 5);
}

TEST_CASE("costs that no sum can hold are refused with their row") {
  std::string text = header;
  for (int i = 0; i < 60'000; ++i)
    text += "999999999999999,999999999999999,999999999999999,USD,2025-01-01T00:00:00Z,,,Usage,P,r,c,,\n";
  CHECK_THROWS_WITH_AS(read_focus("huge", bytes_of(text)),
                       doctest::Contains("huge:56715:1: error: the costs up to here"), BadData);
}

}  // namespace
}  // namespace hedgerow::intake
