#include "apps/results/format.hpp"

#include <doctest/doctest.h>

#include <limits>

#include "apps/results/table.hpp"

namespace format_test {

using namespace hedgerow::results;

TEST_CASE("the leading digit of the error is the last one shown") {
  CHECK(decimals_for(0.0023) == 3);
  CHECK(decimals_for(0.23) == 1);
  CHECK(decimals_for(1.0) == 0);
  CHECK(decimals_for(34.0) == 0);
  const Scale billion{1e9, "B"};
  CHECK(with_error(4.5123456e9, 2.3e6, billion) == "4.512 ± 0.002");
  CHECK(with_error(1953.4e9, 8.1e9, billion) == "1 953 ± 8");
  CHECK(with_error(-4.5123456e9, 2.3e6, billion) == "-4.512 ± 0.002");
}

TEST_CASE("without an error there are three significant digits") {
  const Scale plain{};
  CHECK(with_error(785.654, std::nullopt, plain) == "786 ± ?");
  CHECK(with_error(1466.748, std::nullopt, plain) == "1 467 ± ?");
  CHECK(with_error(0.046978, std::nullopt, plain) == "0.047 ± ?");
  CHECK(with_error(0.0, 0.0, plain) == "0");
}

TEST_CASE("what is too large for a number has no decimals") {
  const double inf = std::numeric_limits<double>::infinity();
  CHECK(decimals_for(inf) == 0);
  CHECK(decimals_for(5e-324) == 12);
  CHECK(decimals_for_unknown_error(-inf) == 0);
  CHECK(with_error(1e308, inf, {}).ends_with("± inf"));
}

TEST_CASE("one scale for a table") {
  CHECK(scale_for(2.1e11).name == "B");
  CHECK(scale_for(-3.4e6).name == "M");
  CHECK(scale_for(25'000).name == "k");
  CHECK(scale_for(8760).unit == 1.0);
}

TEST_CASE("thousands are set apart") {
  CHECK(number(1234567.0, 0) == "1 234 567");
  CHECK(number(-1234.5, 1) == "-1 234.5");
  CHECK(number(999.0, 0) == "999");
  CHECK(number(-0.0001, 2) == "0.00");
  CHECK(grouped(0) == "0");
  CHECK(grouped(1000) == "1 000");
  CHECK(grouped(12345678901234567890ULL) == "12 345 678 901 234 567 890");
}

TEST_CASE("widths count characters, not bytes") {
  CHECK(width_of("4.5 ± 0.1") == 9);
  CHECK(pad_left("±", 3) == "  ±");
  CHECK(pad_right("±", 3) == "±  ");
  CHECK(pad_left("longer", 3) == "longer");
}

TEST_CASE("a name cannot steer a terminal") {
  CHECK(printable("</script>\x1b[31m\n") == "</script>\\x1B[31m\\x0A");
  CHECK(printable("Zürich") == "Zürich");
}

TEST_CASE("a table is as wide as its longest line") {
  Table table({"what", "one", "two"});
  table.heading("A heading longer than any of the columns together");
  table.add({"mean", "1.5 ± 0.1", "22"});
  CHECK(table.width() == 4 + 3 + 9 + 3 + 3);
  CHECK(
      table.render(false) ==
      "what         one   two\nA heading longer than any of the columns together\nmean   1.5 ± 0.1    22\n");
}

TEST_CASE("what only rounding has touched is exact; a small error is not hidden") {
  CHECK(with_error(230.0, 1e-11, {}) == with_error(230.0, 0.0, {}));
  CHECK(with_error(230.0, 1e-11, {}).find("±") == std::string::npos);
  CHECK(with_error(-0.25, 1e-15, {}).find("±") == std::string::npos);
  CHECK(with_error(0.00000012, 0.00000001, {}) == "0.00000012 ± 0.00000001");
  CHECK(with_error(0.0, 0.0, {}) == "0");
}

TEST_CASE("text is broken between words and hangs under itself") {
  CHECK(wrapped("  - ", "one two three", 11) == "  - one two\n    three\n");
  CHECK(wrapped("  - ", "one two three", 10) == "  - one\n    two\n    three\n");
  CHECK(wrapped("  - ", "überlänge", 3) == "  - überlänge\n");
  CHECK(wrapped("é ", "äö ü", 6) == "é äö ü\n");
  CHECK(wrapped("é ", "äö ü", 5) == "é äö\n  ü\n");
  CHECK(wrapped("- ", "", 5) == "- \n");
}

}  // namespace format_test
