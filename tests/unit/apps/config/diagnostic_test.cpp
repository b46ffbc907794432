#include "apps/config/diagnostic.hpp"

#include <doctest/doctest.h>

#include <string>

#include "apps/config/reporter.hpp"

namespace diagnostic_test {

using namespace hedgerow::config;

TEST_CASE("a diagnostic looks like a compiler's") {
  const std::string line = "    training: {placement: {azure.east: 85%, aws.east: 10%}, …";
  const Diagnostic d{"configs/x.yaml",
                     31,
                     27,
                     "strategies.second-cloud.training.placement sums to 95 % (must be "
                     "100 % within 1e-9)",
                     "azure.east 85 %, aws.east 10 %: 5 % is placed nowhere",
                     Severity::error,
                     line};
  CHECK(render(d) ==
        "configs/x.yaml:31:27: error: strategies.second-cloud.training.placement sums to 95 % (must be 100 % "
        "within "
        "1e-9)\n"
        "   31 |     training: {placement: {azure.east: 85%, aws.east: 10%}, …\n"
        "      |                           ^\n"
        "      = azure.east 85 %, aws.east 10 %: 5 % is placed nowhere\n");
}

TEST_CASE("without a place, a line or a hint there are fewer lines") {
  CHECK(render(Diagnostic{"x.yaml", 0, 0, "is empty", "", Severity::error, ""}) ==
        "x.yaml: error: is empty\n");
  CHECK(render(Diagnostic{"x.yaml", 2, 1, "odd", "", Severity::warning, ""}) == "x.yaml:2:1: warning: odd\n");
}

TEST_CASE("long lines are cut around the place") {
  for (const std::size_t column : {1u, 50u, 61u, 62u, 150u, 299u, 300u, 301u}) {
    CAPTURE(column);
    std::string line(300, 'x');
    if (column <= 300) line[column - 1] = 'O';
    const std::string text = render(Diagnostic{"x.yaml", 1, column, "here", "", Severity::error, line});
    const auto source = text.find("    1 | ") + 8;
    const auto caret = text.find("      | ") + 8;
    const std::string shown = text.substr(source, text.find('\n', source) - source);
    CHECK(shown.size() <= 106);  // 100 characters and two ellipses of three bytes
    const std::size_t at = text.find('^', caret) - caret;
    const std::size_t ellipsis = shown.starts_with("…") ? 2 : 0;  // bytes more than characters
    if (column <= 300) CHECK(shown.at(at + ellipsis) == 'O');
  }
}

TEST_CASE("a file cannot steer the terminal through a diagnostic") {
  const Diagnostic d{"x\x1b.yaml", 1, 1, "bad \x1b[31m", "\x07", Severity::error, "\x1b[2J"};
  CHECK(render(d).find('\x1b') == std::string::npos);
  CHECK(render(d).find('\x07') == std::string::npos);
}

TEST_CASE("findings come in the order of the file, columns count characters") {
  Reporter reporter;
  reporter.add_origin({"x.yaml", "é: ü\nb: c\n"}, true);
  reporter.error({2, 4, 0}, "third");
  reporter.error({1, 1, 0}, "first");
  reporter.warning({1, 5, 0}, "second");
  const auto all = reporter.sorted();
  REQUIRE(all.size() == 3);
  CHECK(all[0].message == "first");
  CHECK(all[1].message == "second");
  CHECK(all[1].column == 4);
  CHECK(all[1].excerpt == "é: ü");
  CHECK(all[2].line == 2);
  CHECK_THROWS_AS(reporter.throw_if_errors(), ConfigError);
}

TEST_CASE("after a hundred errors the rest is counted") {
  Reporter reporter;
  reporter.add_origin({"x.yaml", "a\n"}, true);
  for (int i = 0; i < 250; ++i) reporter.error({1, 1, 0}, "again");
  CHECK(reporter.sorted().size() == 101);
  CHECK(reporter.sorted().back().message == "150 further errors");
}

}  // namespace diagnostic_test
