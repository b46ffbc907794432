#include "models/divergence/restriction.hpp"

#include <doctest/doctest.h>

#include <limits>

namespace restriction_test {

using namespace hedgerow;
using namespace hedgerow::models;

namespace {

Horizon months(int count) {
  Horizon horizon;
  horizon.months = count;
  return horizon;
}

Divergence withholding(double fraction) {
  Divergence terms;
  terms.withhold = Fraction(fraction);
  return terms;
}

Delivery delivery(const std::vector<Sojourn>& sojourns, double notice, double withhold = 0.1,
                  int horizon = 84) {
  Delivery out;
  out.restrictions.push_back({0.0, 1.0, 0.5});  // left over from the path before
  deliver(sojourns, withholding(withhold), Years(notice), months(horizon), out);
  return out;
}

std::vector<Sojourn> severed_at(double t) { return {{Regime::aligned, 0.0, t}, {Regime::severed, t, 7.0}}; }

}  // namespace

TEST_CASE("an aligned or strained provider delivers everything") {
  const Delivery out = delivery({{Regime::aligned, 0, 3}, {Regime::strained, 3, 7}}, 0.5);
  CHECK(out.restrictions.empty());
  CHECK(out.notice_month == 84);
  CHECK(out.cut_off_month == 84);
  Delivery untouched;
  deliver({{Regime::aligned, 0, 7}}, std::nullopt, Years(0.5), months(84), untouched);
  CHECK(untouched.restrictions.empty());
  CHECK(untouched.cut_off_month == 84);
}

TEST_CASE("G6 timing: entry at month 24, six months' notice, cut-off at month 30") {
  const Delivery out = delivery(severed_at(24.0 / 12.0), 0.5);
  CHECK(out.notice_month == 24);
  CHECK(out.cut_off_month == 30);
  REQUIRE(out.restrictions.size() == 1);
  CHECK(out.restrictions[0].from == 2.5);
  CHECK(out.restrictions[0].to == 7.0);
  CHECK(out.restrictions[0].capacity == 0.0);
}

TEST_CASE("the notice runs from the first month start at or after the severance, in whole months") {
  CHECK(delivery(severed_at(24.5 / 12.0), 0.5).notice_month == 25);
  CHECK(delivery(severed_at(24.5 / 12.0), 0.5).cut_off_month == 31);
  CHECK(delivery(severed_at(24.5 / 12.0), 0.0).cut_off_month == 25);
  CHECK(delivery(severed_at(24.0 / 12.0), 0.0).cut_off_month == 24);
  CHECK(delivery(severed_at(24.0 / 12.0), 3.6 / 12.0).cut_off_month == 28);
  CHECK(delivery(severed_at(1e-4), 0.0).cut_off_month == 1);
  for (int notice = 0; notice <= 24; ++notice)  // a twelfth of a year is one month, whatever it is in binary
    CHECK(delivery(severed_at(1.0), notice / 12.0).cut_off_month == 12 + notice);
  CHECK(delivery(severed_at(1.0), 0.1 + 0.2 + 0.2).cut_off_month == 18);
}

TEST_CASE("a notice that outlasts the horizon takes nothing") {
  for (const double notice : {0.5, 7.0, 1e9, std::numeric_limits<double>::infinity()}) {
    const Delivery out = delivery(severed_at(6.5), notice);
    CHECK(out.notice_month == 78);
    CHECK(out.cut_off_month == 84);
    CHECK(out.restrictions.empty());
  }
  const Delivery late = delivery(severed_at(6.99), 0.0);  // the next month start is the horizon
  CHECK(late.notice_month == 84);
  CHECK(late.cut_off_month == 84);
  CHECK(late.restrictions.empty());
}

TEST_CASE("the first severance stands, even if the relation heals") {
  const Delivery out =
      delivery({{Regime::severed, 0.0, 0.2}, {Regime::strained, 0.2, 5.0}, {Regime::severed, 5.0, 7.0}}, 0.5);
  CHECK(out.cut_off_month == 6);
  REQUIRE(out.restrictions.size() == 1);
  CHECK(out.restrictions[0].from == 0.5);
  CHECK(out.restrictions[0].to == 7.0);
}

TEST_CASE("a rival withholds while it is a rival") {
  const std::vector<Sojourn> sojourns{{Regime::aligned, 0, 1},
                                      {Regime::rival, 1, 2},
                                      {Regime::strained, 2, 3},
                                      {Regime::rival, 3, 3.25},
                                      {Regime::severed, 3.25, 7}};
  const Delivery out = delivery(sojourns, 0.5, 0.25);
  REQUIRE(out.restrictions.size() == 3);
  CHECK(out.restrictions[0].from == 1.0);
  CHECK(out.restrictions[0].to == 2.0);
  CHECK(out.restrictions[0].capacity == 0.75);
  CHECK(out.restrictions[1].to == 3.25);  // between severance and cut-off capacity is full
  CHECK(out.restrictions[2].from == 3.75);
  CHECK(delivery(sojourns, 0.5, 0.0).restrictions.size() == 1);
  CHECK(delivery(sojourns, 0.5, 1.0).restrictions[0].capacity == 0.0);
}

}  // namespace restriction_test
