#include "apps/fit/picture.hpp"

#include <doctest/doctest.h>

#include "apps/results/format.hpp"

namespace picture_test {

using namespace hedgerow;
using namespace hedgerow::fitting;

namespace {

models::FittedDuration exponential(double mean) {
  models::FittedDuration fitted{};
  fitted.name = "exponential";
  fitted.law = models::WeibullDuration{1.0, Hours(mean)};
  return fitted;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

const auto curve = fit::survival_curve({{1.0}, {2.0}, {4.0}, {8.0}});

}  // namespace

TEST_CASE("as wide and high as asked, and no wider") {
  for (const std::size_t width : {40u, 60u, 100u}) {
    const auto lines = lines_of(draw_survival(curve, exponential(4.0), {width, 5, false}));
    REQUIRE(lines.size() == 7);
    for (const std::string& line : lines) CHECK(results::width_of(line) <= width);
    CHECK(lines[0].starts_with(" 100 % |o"));
    CHECK(lines[2].starts_with("  50 % |"));
    CHECK(lines[4].starts_with("   0 % |"));
    CHECK(lines[4].ends_with("o"));
  }
}

TEST_CASE("the log steps down to 0 and the law falls as it should") {
  // Columns of a canvas of 40 stand for 0.77 to 10.4 h; in the middle, at 2.83 h, half of the log lasts
  // longer and exp(-2.83 / 4) = 49 % of the law.
  const auto lines = lines_of(draw_survival(curve, exponential(4.0), {40, 5, false}));
  CHECK(lines[2][8 + 16] == 'o');
  const auto apart = lines_of(draw_survival(curve, exponential(0.1), {40, 5, false}));
  CHECK(apart[4].starts_with("   0 % |··"));
}

TEST_CASE("colour only where it is wanted, and nothing where there is no data") {
  CHECK(draw_survival(curve, exponential(4.0), {40, 5, false}).find('\033') == std::string::npos);
  CHECK(draw_survival(curve, exponential(4.0), {40, 5, true}).find('\033') != std::string::npos);
  CHECK(draw_survival({}, exponential(4.0), {}).empty());
}

TEST_CASE("hours stand under the axis") {
  const auto lines = lines_of(draw_survival(curve, exponential(4.0), {60, 5, false}));
  CHECK(lines.back().find("1 ") != std::string::npos);
  CHECK(lines.back().find("3") != std::string::npos);
}

}  // namespace picture_test
