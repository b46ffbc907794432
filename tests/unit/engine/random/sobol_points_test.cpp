#include "engine/random/sobol_points.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numeric>
#include <set>

#include "engine/base/check.hpp"
#include "engine/random/normal.hpp"
#include "engine/random/shock_bridge.hpp"
#include "engine/random/stream.hpp"
#include "tests/support/sample_mean.hpp"

namespace sobol_points_test {

using namespace hedgerow;
using random::SobolPoints;

constexpr std::uint32_t replicates = 3;

/// How many different boxes of 2^a by 2^b equal ones the first 2^(a + b) points of a replicate lie in.
std::size_t boxes(const SobolPoints& points, std::uint32_t replicate, std::uint32_t x, std::uint32_t y, int a,
                  int b) {
  std::set<std::pair<int, int>> seen;
  for (std::uint64_t i = 0; i < (std::uint64_t{1} << (a + b)); ++i) {
    const std::uint64_t path = i * replicates + replicate;
    seen.insert({static_cast<int>(std::ldexp(points.uniform(path, x), a)),
                 static_cast<int>(std::ldexp(points.uniform(path, y), b))});
  }
  return seen.size();
}

TEST_CASE("in every coordinate, 2^m points of a replicate lie in 2^m different intervals") {
  SobolPoints points(7, replicates);
  points.add_dimensions(100);
  for (std::uint32_t d = 0; d < 100; ++d)
    for (std::uint32_t r = 0; r < replicates; ++r)
      for (const int m : {1, 5, 10}) CHECK(boxes(points, r, d, d, m, 0) == (std::size_t{1} << m));
}

TEST_CASE("the first two coordinates are a (0, m, 2)-net: one point in every elementary box") {
  SobolPoints points(8, replicates);
  points.add_dimensions(2);
  for (std::uint32_t r = 0; r < replicates; ++r)
    for (int a = 0; a <= 9; ++a) CHECK(boxes(points, r, 0, 1, a, 9 - a) == 512);
}

TEST_CASE("coordinates taken later leave the earlier ones alone; seeds and replicates differ") {
  SobolPoints few(7, replicates), many(7, replicates), other(9, replicates);
  few.add_dimensions(2);
  CHECK(many.add_dimensions(1) == 0);
  CHECK(many.add_dimensions(4) == 1);
  other.add_dimensions(2);
  for (std::uint64_t path = 0; path < 30; ++path) {
    CHECK(few.uniform(path, 1) == many.uniform(path, 1));
    CHECK(few.uniform(path, 1) != other.uniform(path, 1));
    CHECK(few.uniform(path, 1) != few.uniform(path + 1, 1));
  }
}

TEST_CASE("every point is uniform, and pairs of coordinates and of replicates are uncorrelated") {
  test::SampleMean mean, square, coordinates, neighbours;
  for (std::uint64_t seed = 0; seed < 4000; ++seed) {
    SobolPoints points(seed, 2);
    points.add_dimensions(3);
    const double u = points.uniform(10, 2), v = points.uniform(10, 1), w = points.uniform(11, 2);
    mean.add(u);
    square.add(u * u);
    coordinates.add((u - 0.5) * (v - 0.5));
    neighbours.add((u - 0.5) * (w - 0.5));
  }
  CHECK(mean.agrees_with(0.5, 0.005));
  CHECK(square.agrees_with(1.0 / 3.0, 0.005));
  CHECK(coordinates.agrees_with(0.0, 0.0015));
  CHECK(neighbours.agrees_with(0.0, 0.0015));
}

TEST_CASE("a smooth integral is known far better than from independent points") {
  SobolPoints points(5, 16);
  points.add_dimensions(4);
  test::SampleMean means;
  for (std::uint32_t r = 0; r < 16; ++r) {
    double sum = 0.0;
    for (std::uint64_t i = 0; i < 1024; ++i) {
      double product = 1.0;
      for (std::uint32_t d = 0; d < 4; ++d) product *= 2.0 * points.uniform(i * 16 + r, d);
      sum += product;
    }
    means.add(sum / 1024.0);
  }
  CHECK(means.agrees_with(1.0, 0.0006));  // independent points: 0.0115
}

TEST_CASE("the leading draws of a stream come from the points, one for one, the others are untouched") {
  SobolPoints points(7, replicates);
  const random::Stream plain(7, "x", "y"), leading(7, "x", "y", random::LeadingDraws::take(&points, 2));
  std::array<double, 9> drawn{};
  leading.uniforms(4, drawn);
  CHECK(drawn[0] == points.uniform(4, 0));
  CHECK(drawn[1] == points.uniform(4, 1));
  for (std::uint32_t i = 0; i < drawn.size(); ++i) {
    CHECK(drawn[i] == leading.uniform(4, i));
    if (i >= 2) CHECK(drawn[i] == plain.uniform(4, i));
  }
  CHECK(random::LeadingDraws::take(nullptr, 2).count == 0);
}

TEST_CASE("no replicate and too many coordinates are refused") {
  CHECK_THROWS_AS(SobolPoints(1, 0), InvalidInput);
  SobolPoints points(1, 1);
  points.add_dimensions(SobolPoints::largest_dimension);
  CHECK_THROWS_AS(points.add_dimensions(1), InvalidInput);
}

TEST_CASE("bridged shocks have the components of their points, and what is orthogonal to them stays") {
  constexpr std::size_t n = 84;
  SobolPoints points(7, 1);
  const random::ShockBridge bridge(&points, n, 3);
  std::vector<double> row(n), other(n);
  const random::Stream stream(3, "row", "row");
  stream.uniforms(0, row);
  stream.uniforms(1, other);
  std::vector<double> before = row;
  bridge.apply(17, row);
  bridge.apply(17, other);
  const auto walk_component = [&](const std::vector<double>& x, int i) {  // of the eigenvector of min(j, k)
    double sum = 0.0;
    for (std::size_t k = 0; k < n; ++k)
      sum +=
          2.0 / std::sqrt(2.0 * n + 1.0) *
          std::cos((2 * i - 1) * (2.0 * static_cast<double>(k) + 1.0) * std::acos(-1.0) / (4.0 * n + 2.0)) *
          x[k];
    return sum;
  };
  for (int i = 1; i <= 3; ++i) {
    const double score = random::normal_quantile(points.uniform(17, static_cast<std::uint32_t>(i - 1)));
    CHECK(walk_component(row, i) == doctest::Approx(score));
    CHECK(walk_component(other, i) == doctest::Approx(score));
  }
  for (int i = 4; i <= 10; ++i) CHECK(walk_component(row, i) == doctest::Approx(walk_component(before, i)));
}

TEST_CASE("the directions are those in which a random walk varies most, and of length one") {
  // The walk sum of x = q_1 has variance share 8 / pi^2 of all in the limit: Karhunen 1947, Loeve 1948.
  constexpr std::size_t n = 400;
  SobolPoints points(7, 1);
  const random::ShockBridge bridge(&points, n, 1);
  std::vector<double> zero(n, 0.0);
  bridge.apply(5, zero);
  const double score = random::normal_quantile(points.uniform(5, 0));
  double level = 0.0, squares = 0.0, walk = 0.0;
  for (const double x : zero) {
    squares += x * x;
    level += x;
    walk += level * level;
  }
  CHECK(squares == doctest::Approx(score * score));
  const double all = 0.5 * n * (n + 1.0);  // the expected sum of squares of the whole walk
  CHECK(walk / (score * score) / all ==
        doctest::Approx(8.0 / (std::acos(-1.0) * std::acos(-1.0))).epsilon(0.01));
}

}  // namespace sobol_points_test
