#include "apps/config/quantity.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdlib>
#include <limits>
#include <string>

namespace quantity_test {

using namespace hedgerow::config;

namespace {

double read(const std::string& text, Unit unit) { return read_quantity(text, unit, "USD"); }

/// What is said to be allowed; "read" if the text is fine.
std::string refusal(const std::string& text, Unit unit) {
  try {
    read(text, unit);
    return "read";
  } catch (const BadQuantity& bad) {
    return bad.what();
  }
}

}  // namespace

TEST_CASE("the forms that people write") {
  CHECK(read("1e6", Unit::pure) == 1e6);
  CHECK(read("1_000_000", Unit::pure) == 1e6);
  CHECK(read("1M", Unit::pure) == 1e6);
  CHECK(read("2.5k", Unit::pure) == 2500);
  CHECK(read("38B USD/yr", Unit::money_per_year) == 38e9);
  CHECK(read("1T", Unit::pure) == 1e12);
  CHECK(read("-.5", Unit::pure) == -0.5);
  CHECK(read("+5.", Unit::pure) == 5);
  CHECK(read(" 7 ", Unit::pure) == 7);
  CHECK(read("99.95%", Unit::fraction) == 0.9995);
  CHECK(read("15%", Unit::fraction) == 0.15);
  CHECK(read("0.15", Unit::fraction) == 0.15);
  CHECK(read("2h", Unit::hours) == 2);
  CHECK(read("30min", Unit::hours) == 0.5);
  CHECK(read("5d", Unit::hours) == 120);
  CHECK(read("45 s", Unit::hours) == 0.0125);
  CHECK(read("1mo", Unit::hours) == 730);
  CHECK(read("36mo", Unit::years) == 3);
  CHECK(read("7y", Unit::years) == 7);
  CHECK(read("2yr", Unit::months) == 24);
  CHECK(read("3/yr", Unit::per_year) == 3);
  CHECK(read("0.25/mo", Unit::per_year) == 3);
  CHECK(read("2 /d", Unit::per_year) == 730);
  CHECK(read("2.0 USD/unit-hour", Unit::price) == 2);
  CHECK(read("50_000 USD/h", Unit::money_per_hour) == 50'000);
  CHECK(read("87.6M USD/yr", Unit::money_per_hour) == 10'000);
  CHECK(read("20M USD/yr", Unit::money_per_year) == 20e6);
  CHECK(read("20MUSD/yr", Unit::money_per_year) == 20e6);
  CHECK(read("10_000 units", Unit::capacity) == 10'000);
  CHECK(read("250", Unit::bare_years) == 250);
  CHECK(read("250yr", Unit::bare_years) == 250);
  CHECK(read("50M USD", Unit::money) == 50e6);
  CHECK(read("1.5BUSD", Unit::money) == 1.5e9);
  CHECK(read("800 USD/unit", Unit::money_per_unit) == 800);
  CHECK(read("80 USD/TB", Unit::money_per_tb) == 80);
  CHECK(read("0.08 USD/GB", Unit::money_per_tb) == 80);
  CHECK(read("80k USD/PB", Unit::money_per_tb) == 80);
  CHECK(read("500 TB", Unit::data) == 500);
  CHECK(read("500TB", Unit::data) == 500);
  CHECK(read("5k TB", Unit::data) == 5000);
  CHECK(read("5kTB", Unit::data) == 5000);
  CHECK(read("2T TB", Unit::data) == 2e12);
  CHECK(read("250 GB", Unit::data) == 0.25);
  CHECK(read("2PB", Unit::data) == 2000);
  CHECK(read("8_000 units/yr", Unit::units_per_year) == 8000);
  CHECK(read("100 units/mo", Unit::units_per_year) == 1200);
}

TEST_CASE("zero needs no unit, and has no sign") {
  for (const auto unit : {Unit::per_year, Unit::hours, Unit::price, Unit::money_per_hour, Unit::capacity}) {
    CHECK(read("0", unit) == 0);
    CHECK(!std::signbit(read("-0.0", unit)));
  }
}

TEST_CASE("percent and magnitudes shift the decimal point, so the result is the nearest double") {
  for (int i = -3000; i <= 3000; ++i) {
    const std::string digits = std::to_string(i);
    CHECK(read(digits + "%", Unit::fraction) == std::strtod((digits + "e-2").c_str(), nullptr));
    CHECK(read(digits + ".7%", Unit::fraction) == std::strtod((digits + "7e-3").c_str(), nullptr));
    CHECK(read("1.0" + std::to_string(i + 3000) + "M", Unit::pure) ==
          std::strtod(("1.0" + std::to_string(i + 3000) + "e6").c_str(), nullptr));
  }
}

TEST_CASE("what is no number of the wanted kind") {
  CHECK(refusal("3", Unit::per_year) == "a rate needs its unit: 3/yr or 0.1/mo");
  CHECK(refusal("3h", Unit::per_year) == "must be a rate: 3/yr or 0.1/mo");
  CHECK(refusal("3 /y r", Unit::per_year) == "must be a rate: 3/yr or 0.1/mo");
  CHECK(refusal("3%/yr", Unit::per_year) == "must be a rate: 3/yr or 0.1/mo");
  CHECK(refusal("5 EUR/h", Unit::money_per_hour) == "the currency of this config is USD");
  CHECK(refusal("5 usd/h", Unit::money_per_hour) == "must be money per hour: 50_000 USD/h");
  CHECK(refusal("5 USD", Unit::money_per_hour) == "must be money per hour: 50_000 USD/h");
  CHECK(refusal("5 EUR", Unit::money) == "the currency of this config is USD");
  CHECK(refusal("5 EUR", Unit::hours) == "must be a duration: 2h, 30min or 5d");
  CHECK(refusal("5", Unit::money) == "an amount of money needs its unit: 50M USD");
  CHECK(refusal("5 USD/yr", Unit::money) == "must be an amount of money: 50M USD");
  CHECK(refusal("5 EUR/TB", Unit::money_per_tb) == "the currency of this config is USD");
  CHECK(refusal("5 MB", Unit::data) == "must be an amount of data: 500 TB or 2 PB");
  CHECK(refusal("5TB", Unit::pure) == "must be a pure number: 0.5");
  CHECK(refusal("12%", Unit::pure) == "must be a pure number: 0.5");
  for (const std::string text : {"nan", "NaN", ".nan", "-.inf", "inf", "Infinity", "+inf"})
    CHECK(refusal(text, Unit::pure) == "must be a finite number");
  for (const std::string text : {"1e400", "-1e400", "1e99999999999999999999", "1e-400"})
    CHECK(refusal(text, Unit::pure) == "too large or too small for a number");
  for (const std::string text :
       {"",   " ",   "-",     ".",  "x",  "0x10", "1,000", "1__0", "_1",    "1_",  "1 000",
        "1e", "--1", "1.2.3", "1f", "1m", "1 M",  "½",     "１",   "1e5e5", "1%%", "1MM"})
    CHECK(refusal(text, Unit::pure) == "must be a pure number: 0.5");
}

TEST_CASE("whole numbers keep all 64 bits") {
  CHECK(read_count("18446744073709551615") == std::numeric_limits<std::uint64_t>::max());
  CHECK(read_count("9007199254740993") == 9007199254740993u);
  CHECK(read_count("1_000") == 1000);
  CHECK(read_count("2.5M") == 2'500'000);
  CHECK(read_count("1e12") == 1'000'000'000'000);
  for (const std::string text :
       {"18446744073709551616", "-1", "1.5", "1e17", "0x10", "", "10%", "5 units", "nan", "1e400"})
    CHECK_THROWS_AS(read_count(text), BadQuantity);
}

}  // namespace quantity_test
