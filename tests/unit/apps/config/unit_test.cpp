#include "apps/config/unit.hpp"

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <string>

#include "apps/config/quantity.hpp"
#include "engine/random/stream.hpp"

namespace unit_test {

using namespace hedgerow::config;

TEST_CASE("canonical texts") {
  CHECK(text_of(0.27, Unit::fraction, "") == "27%");
  CHECK(text_of(0.9995, Unit::fraction, "") == "99.95%");
  CHECK(text_of(-0.1, Unit::fraction, "") == "-10%");
  CHECK(text_of(1, Unit::fraction, "") == "100%");
  CHECK(text_of(0.000123, Unit::fraction, "") == "0.0123%");
  CHECK(text_of(0, Unit::fraction, "") == "0%");
  CHECK(text_of(3, Unit::per_year, "") == "3/yr");
  CHECK(text_of(2.5, Unit::hours, "") == "2.5h");
  CHECK(text_of(36, Unit::months, "") == "36mo");
  CHECK(text_of(2, Unit::price, "USD") == "2 USD/unit-hour");
  CHECK(text_of(5e4, Unit::money_per_hour, "EUR") == "50000 EUR/h");
  CHECK(text_of(10'000, Unit::capacity, "") == "10000 units");
  CHECK(text_of(1e300, Unit::fraction, "") == "1e302%");
  CHECK(text_of(5e7, Unit::money, "USD") == "50000000 USD");
  CHECK(text_of(800, Unit::money_per_unit, "USD") == "800 USD/unit");
  CHECK(text_of(80, Unit::money_per_tb, "USD") == "80 USD/TB");
  CHECK(text_of(500, Unit::data, "") == "500 TB");
  CHECK(text_of(8000, Unit::units_per_year, "") == "8000 units/yr");
}

TEST_CASE("a canonical text gives the same bits when it is read again") {
  const hedgerow::random::Stream stream(7, "unit", "test");
  for (std::uint32_t i = 0; i < 20'000; ++i) {
    // Any finite double above 1e-290, both signs; small exponents half of the time.
    const double u = stream.uniform(i, 0);
    const double scale = std::ldexp(1.0, static_cast<int>(1800 * stream.uniform(i, 1)) - 900);
    const double value = (u - 0.5) * (i % 2 == 0 ? 1.0 : scale);
    for (int unit = 0; unit <= static_cast<int>(Unit::units_per_year); ++unit) {
      const std::string text = text_of(value, static_cast<Unit>(unit), "USD");
      CAPTURE(text);
      const double again = read_quantity(text, static_cast<Unit>(unit), "USD");
      REQUIRE(std::bit_cast<std::uint64_t>(again) == std::bit_cast<std::uint64_t>(value));
    }
  }
}

TEST_CASE("currencies") {
  CHECK(is_currency("USD"));
  for (const std::string text : {"usd", "US", "USDT", "", "U$D"}) CHECK(!is_currency(text));
  CHECK(with_currency("¤/h", "EUR") == "EUR/h");
  CHECK(with_currency("80 ¤/TB or 0.08 ¤/GB", "EUR") == "80 EUR/TB or 0.08 EUR/GB");
}

}  // namespace unit_test
