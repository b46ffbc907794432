#include "apps/import/amount.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <utility>

namespace hedgerow::intake {
namespace {

std::string exact(std::string_view text) {
  const auto read = read_amount(text);
  return read ? read->amount.exact() : "refused";
}

TEST_CASE("numbers keep all their digits") {
  CHECK(exact("0") == "0");
  CHECK(exact("14.976514") == "14.976514");
  CHECK(exact("-0.00000080000") == "-0.0000008");
  CHECK(exact("+7") == "7");
  CHECK(exact(".5") == "0.5");
  CHECK(exact("5.") == "5");
  CHECK(exact("000123.4500") == "123.45");
  CHECK(exact("999999999999999.999999999999999999") == "999999999999999.999999999999999999");
}

TEST_CASE("exponents shift the point") {
  CHECK(exact("1.2E-05") == "0.000012");
  CHECK(exact("1e3") == "1000");
  CHECK(exact("12.5e+1") == "125");
  CHECK(exact("0.00001e14") == "1000000000");
  CHECK(exact("1e-30") == "0");
  CHECK(exact("0e99") == "0");
}

TEST_CASE("what is finer than 1e-18 is rounded, halves away from 0") {
  CHECK(exact("0.0000000000000000014") == "0.000000000000000001");
  CHECK(exact("0.0000000000000000015") == "0.000000000000000002");
  CHECK(exact("-0.0000000000000000005") == "-0.000000000000000001");
  CHECK(exact("5e-19") == "0.000000000000000001");
  CHECK(exact("4e-19") == "0");
  CHECK(exact("5e-20") == "0");
}

TEST_CASE("money as people write it is read and said to be so") {
  for (const auto& [text, value] :
       {std::pair{"$10,100.00 ", "10100"}, std::pair{"(3.50)", "-3.5"}, std::pair{"-$5", "-5"},
        std::pair{"$-5", "-5"}, std::pair{" 7 ", "7"}, std::pair{"€ 1,234,567.8", "1234567.8"},
        std::pair{"12 €", "12"}, std::pair{"($1,000)", "-1000"}, std::pair{"$.50", "0.5"}}) {
    CAPTURE(text);
    const auto read = read_amount(text);
    REQUIRE(read);
    CHECK(read->as_people_write);
    CHECK(read->amount.exact() == value);
  }
  CHECK_FALSE(read_amount("10100.00")->as_people_write);
}

TEST_CASE("what is no amount, or has two readings, is refused") {
  for (const char* text : {"",         "-",
                           "abc",      "1.2.3",
                           "1,23",     "10.100,00",
                           "1,2345",   ",123",
                           "1,234,56", "1e",
                           "1e+",      "1e999",
                           "0x10",     "nan",
                           "inf",      "--5",
                           "(-5",      "5)",
                           "$",        "1 000",
                           "1e15",     "1000000000000000",
                           "12USD",    "()"}) {
    CAPTURE(text);
    CHECK(exact(text) == "refused");
  }
}

TEST_CASE("texts are rounded to the decimals asked for") {
  const auto text = [](std::string_view number, int shown) {
    return read_amount(number)->amount.text(shown);
  };
  CHECK(text("14.976514", 2) == "14.98");
  CHECK(text("-0.005", 2) == "-0.01");
  CHECK(text("-0.0049", 2) == "0.00");
  CHECK(text("999.995", 2) == "1000.00");
  CHECK(text("2.5", 0) == "3");
  CHECK(text("0.1", 18) == "0.100000000000000000");
}

TEST_CASE("a million tenths of a cent are exactly a thousand") {
  Amount sum;
  double rounded = 0.0;
  const Amount tenth = read_amount("0.001")->amount;
  for (int i = 0; i < 1'000'000; ++i) {
    if (!sum.add(tenth)) break;
    rounded += 0.001;
  }
  CHECK(sum.exact() == "1000");
  CHECK(std::abs(rounded - 1000.0) > 1e-9);  // which doubles miss
}

TEST_CASE("a sum that leaves the range is refused and changes nothing") {
  Amount sum =
      Amount::of_units((static_cast<WideInteger>(1) << 126) - 1 + (static_cast<WideInteger>(1) << 126));
  const Amount before = sum;
  CHECK_FALSE(sum.add(Amount::of_units(1)));
  CHECK(sum == before);
}

TEST_CASE("the value is the nearest double") {
  CHECK(read_amount("14.976514")->amount.value() == doctest::Approx(14.976514).epsilon(1e-15));
  CHECK(read_amount("-999999999999999")->amount.value() == -999999999999999.0);
}

}  // namespace
}  // namespace hedgerow::intake
