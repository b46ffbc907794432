// Streams that are configured as independent are so in what they draw: over all pairs, correlation of
// the uniforms, correlation of their squared distances from 1/2, and an 8 x 8 chi-square.

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include "engine/random/normal.hpp"
#include "engine/random/stream.hpp"
#include "tests/support/goodness_of_fit.hpp"

namespace independence_test {

using hedgerow::random::normal_quantile;
using hedgerow::random::Stream;
using namespace hedgerow::test;

namespace {

constexpr double size = 0.01;
constexpr std::size_t points = 100000;

// One stream's draws, standardised to mean 0 and variance 1.
struct Series {
  std::vector<double> level, spread;
  std::vector<unsigned char> cell;
  void add(double u) {
    const double centred = u - 0.5;
    level.push_back(centred * std::sqrt(12.0));
    spread.push_back((centred * centred - 1.0 / 12.0) * std::sqrt(180.0));
    cell.push_back(static_cast<unsigned char>(8.0 * u));
  }
};

// Correlation times sqrt(n): standard normal if independent, since means and variances are known.
double score(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < points; ++i) sum += a[i] * b[i];
  return std::abs(sum) / std::sqrt(static_cast<double>(points));
}

double table_p_value(const Series& a, const Series& b) {
  std::vector<double> counts(64, 0.0);
  for (std::size_t i = 0; i < points; ++i) ++counts[a.cell[i] * 8u + b.cell[i]];
  return pooled_chi_square_p_value(counts, std::vector<double>(64, points / 64.0));
}

struct Worst {
  double score = 0.0;
  double p_value = 1.0;
  double pairs = 0.0;
};

Worst worst_pair(const std::vector<Series>& all) {
  Worst worst;
  for (std::size_t i = 0; i < all.size(); ++i)
    for (std::size_t j = 0; j < i; ++j, ++worst.pairs) {
      worst.score =
          std::max({worst.score, score(all[i].level, all[j].level), score(all[i].spread, all[j].spread)});
      worst.p_value = std::min(worst.p_value, table_p_value(all[i], all[j]));
    }
  return worst;
}

// Each of three tests per pair at size / (3 pairs), two-sided for the scores.
void check_independent(const std::vector<Series>& all) {
  const Worst worst = worst_pair(all);
  const double corrected = size / (3.0 * worst.pairs);
  CAPTURE(worst.pairs);
  CHECK(worst.score < -normal_quantile(0.5 * corrected));
  CHECK(worst.p_value > corrected);
}

}  // namespace

TEST_CASE("streams of different entities, purposes and seeds are independent") {
  std::vector<Series> all;
  for (std::uint64_t seed : {1u, 2u, 3u})
    for (const std::string entity : {"aws", "aws.us-east-1", "aws.us-east-2", "shared.dns"})
      for (const std::string purpose : {"outage/count", "outage/time", "price", "frailty"}) {
        const Stream stream(seed, entity, purpose);
        Series& series = all.emplace_back();
        for (std::uint64_t path = 0; path < points; ++path) series.add(stream.uniform(path, 0));
      }
  check_independent(all);
}

TEST_CASE("adjacent paths, far paths and adjacent draws of one stream are independent") {
  const Stream stream(5, "aws.us-east-1", "outage/count");
  std::vector<Series> all;
  for (std::uint64_t offset : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{2}, std::uint64_t{1} << 32})
    for (std::uint32_t draw : {0u, 1u, 2u, 3u, 4u, 1000u}) {
      Series& series = all.emplace_back();
      for (std::uint64_t i = 0; i < points; ++i) series.add(stream.uniform(3 * i + offset, draw));
    }
  check_independent(all);
}

}  // namespace independence_test
