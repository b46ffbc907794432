#include "models/ledger/ledger.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "models/ledger/discounting.hpp"

namespace ledger_test {

using namespace hedgerow::models;

TEST_CASE("every way of adding up the ledger gives the same total") {
  Ledger ledger;
  ledger.reset(3, 4);
  double cell = 1.0;
  for (const Component c : all_components)
    for (std::size_t p = 0; p < 3; ++p)
      for (std::size_t y = 0; y < 4; ++y)
        ledger.at(c, ProviderId(p), y) += Money{cell, -2.0 * cell}, cell += 1.0;
  CHECK(ledger.total().nominal == 96.0 * 97.0 / 2.0);
  CHECK(ledger.total().present == -96.0 * 97.0);
  Money by_provider, by_year, by_component;
  for (const Component c : all_components) {
    for (std::size_t p = 0; p < 3; ++p) by_provider += ledger.sum(c, ProviderId(p));
    for (std::size_t y = 0; y < 4; ++y) by_year += ledger.sum(c, y);
    by_component += ledger.sum(c);
  }
  CHECK(by_provider.nominal == ledger.total().nominal);
  CHECK(by_year.nominal == ledger.total().nominal);
  CHECK(by_component.present == ledger.total().present);
  CHECK(ledger.at(Component::outage, ProviderId(2), 3).nominal == 36.0);  // component 2: cells 25 .. 36
  ledger.reset(3, 4);
  CHECK(ledger.total().nominal == 0.0);
}

TEST_CASE("the sums of a ledger are, to the last bit, those that are worked out one by one") {
  Ledger ledger;
  LedgerSums sums;
  const auto check = [&] {
    sums.add_up(ledger);
    CHECK(sums.present() == ledger.total().present);
    for (const Component c : all_components) {
      CHECK(sums.present(c) == ledger.sum(c).present);
      for (std::size_t p = 0; p < ledger.providers(); ++p)
        CHECK(sums.present(c, ProviderId(p)) == ledger.sum(c, ProviderId(p)).present);
      for (std::size_t y = 0; y < ledger.years(); ++y) CHECK(sums.nominal(c, y) == ledger.sum(c, y).nominal);
    }
    for (std::size_t y = 0; y < ledger.years(); ++y) CHECK(sums.nominal(y) == ledger.total(y).nominal);
  };
  for (const std::size_t years : {7, 3}) {  // what stood in a longer one is gone
    ledger.reset(years - 2, years);
    double cell = 0.1;
    for (const Component c : all_components)
      for (std::size_t p = 0; p < ledger.providers(); ++p)
        for (std::size_t y = 0; y < years; ++y) {
          ledger.at(c, ProviderId(p), y) += Money{cell, -1.0 / cell};
          cell *= 1.37;  // no order of adding up gives the sums of another
        }
    check();
  }
}

TEST_CASE("discounting: the annuity of O12, no rate, and a rate next to none") {
  CHECK(Discounting(0.08).flow(0.0, 7.0) == doctest::Approx(5.3598867019).epsilon(1e-10));
  CHECK(Discounting(0.08).factor(2.0) == doctest::Approx(std::exp(-0.16)));
  CHECK(Discounting(0.0).flow(1.25, 3.5) == 2.25);
  CHECK(Discounting(0.0).factor(5.0) == 1.0);
  CHECK(Discounting(1e-15).flow(1.0, 3.0) == doctest::Approx(2.0).epsilon(1e-13));
  double monthly = 0.0;
  for (int k = 0; k < 84; ++k) monthly += Discounting(0.08).factor(k / 12.0) / 12.0;
  CHECK(monthly == doctest::Approx(5.3777728423).epsilon(1e-10));
}

TEST_CASE("discounting: short flows by series and long ones by expm1 are those of quadruple precision") {
  for (const double rate : {-0.05, 0.001, 0.08, 0.5, 3.0})
    for (double length = 1e-7; length < 10.0; length *= 1.7) {
      const long double x = static_cast<long double>(rate) * length;
      const long double exact = std::exp(-static_cast<long double>(rate) * 2.5L) * -std::expm1(-x) / rate;
      const double flow = Discounting(rate).flow(2.5, 2.5 + length);
      // The end is rounded: 2.5 + length has 2^-52 of 2.5 to spare.
      CHECK(std::abs(flow / static_cast<double>(exact) - 1.0) <
            4e-16 * (2.0 + 3.0 / length + std::abs(rate)));
    }
  const double edge = 0.02;  // both ways meet
  const double below = Discounting(1.0).flow(0.0, edge * (1.0 - 1e-12)),
               above = Discounting(1.0).flow(0.0, edge);
  CHECK(std::abs(above - below - edge * 1e-12 * std::exp(-edge)) < 1e-17);
}

TEST_CASE("an interval is cut at the plan years it meets") {
  std::vector<std::pair<int, double>> parts;
  const auto cut = [&](double from, double to) {
    parts.clear();
    for_each_year(from, to, [&](int year, double a, double b) { parts.emplace_back(year, b - a); });
    return parts;
  };
  using Parts = std::vector<std::pair<int, double>>;
  CHECK(cut(0.25, 0.75) == Parts{{0, 0.5}});
  CHECK(cut(0.5, 2.25) == Parts{{0, 0.5}, {1, 1.0}, {2, 0.25}});
  CHECK(cut(1.0, 2.0) == Parts{{1, 1.0}});
  CHECK(cut(2.0, 2.0).empty());
  CHECK(cut(3.0, 2.0).empty());
}

}  // namespace ledger_test
