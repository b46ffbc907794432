// The uniforms of a stream fill the interval, its low bits, and the cube of three consecutive draws.

#include <doctest/doctest.h>

#include <vector>

#include "engine/random/stream.hpp"
#include "tests/support/goodness_of_fit.hpp"

namespace uniforms_test {

using hedgerow::random::Stream;
using namespace hedgerow::test;

namespace {

constexpr double size = 0.01;
constexpr int comparisons = 4 * 4;  // tests per stream times streams
constexpr int points = 1'000'000;

// P-value of equal expected counts in `cells` cells; cell_of(path) says where a path falls.
template <class CellOf>
double equal_cells_p_value(std::size_t cells, CellOf cell_of) {
  std::vector<double> counts(cells, 0.0);
  for (std::uint64_t path = 0; path < points; ++path) ++counts[cell_of(path)];
  const std::vector<double> expected(cells, points / static_cast<double>(cells));
  return pooled_chi_square_p_value(counts, expected);
}

std::size_t cell(double unit, double cells) { return static_cast<std::size_t>(unit * cells); }

}  // namespace

TEST_CASE("uniforms are equidistributed in one and three dimensions and in their low bits") {
  for (const Stream& stream : {Stream(1, "aws.us-east-1", "outage/count"), Stream(2, "azure", "price"),
                               Stream(1, "shared.dns", "outage/time"), Stream(99, "industry", "frailty")}) {
    const auto uniform = [&](std::uint64_t path, std::uint32_t draw) { return stream.uniform(path, draw); };
    const auto low_bits = [&](std::uint64_t path) {
      const double shifted = uniform(path, 0) * 0x1p42;
      return cell(shifted - std::floor(shifted), 1024.0);
    };
    const auto cube = [&](double a, double b, double c) {
      return (cell(a, 16.0) * 16 + cell(b, 16.0)) * 16 + cell(c, 16.0);
    };
    CHECK(equal_cells_p_value(1024, [&](auto path) { return cell(uniform(path, 0), 1024.0); }) >
          size / comparisons);
    CHECK(equal_cells_p_value(1024, low_bits) > size / comparisons);
    CHECK(equal_cells_p_value(4096, [&](auto path) {
            return cube(uniform(path, 1), uniform(path, 2), uniform(path, 3));
          }) > size / comparisons);
    CHECK(equal_cells_p_value(4096, [&](auto path) {
            return cube(uniform(3 * path, 0), uniform(3 * path + 1, 0), uniform(3 * path + 2, 0));
          }) > size / comparisons);
  }
}

}  // namespace uniforms_test
