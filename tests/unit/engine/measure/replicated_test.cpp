#include "engine/measure/replicated.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <random>
#include <span>
#include <utility>
#include <vector>

#include "engine/base/check.hpp"
#include "engine/measure/paired.hpp"
#include "engine/measure/quantile.hpp"

namespace replicated_test {

using namespace hedgerow;
using namespace hedgerow::measure;

constexpr double student_15 = 2.1314495456;  // 97.5 % quantile of Student's t, 15 degrees (tables)
constexpr double normal = 1.9599639845;

/// Replicates that differ by `spread`, of `points` values each: value i belongs to replicate i % replicates.
std::vector<double> column(std::uint32_t replicates, std::size_t points, double spread, unsigned seed) {
  std::mt19937_64 source(seed);
  std::normal_distribution<double> noise;
  std::vector<double> shift(replicates);
  for (double& x : shift) x = spread * noise(source);
  std::vector<double> values(replicates * points);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = 10.0 + shift[i % replicates] + noise(source);
  return values;
}

TEST_CASE("the error of a mean is the spread of the replicates, by hand, and Student's") {
  ReplicateMeans means(2);
  for (const double x : {1.0, 2.0, 3.0, 6.0}) means.add(x);
  const Estimate estimate = means.estimate();  // replicates 2 and 4: s = sqrt(2), s / sqrt(2) = 1
  CHECK(estimate.value == 3.0);
  CHECK(*estimate.standard_error == doctest::Approx(12.7062047362 / normal));  // t of 1 degree
}

TEST_CASE("sixteen replicates take the quantile of fifteen degrees") {
  const std::vector<double> values = column(16, 5, 1.0, 3);
  ReplicateMeans means(16);
  std::vector<double> replicate(16, 0.0);
  for (std::size_t i = 0; i < values.size(); ++i) {
    means.add(values[i]);
    replicate[i % 16] += values[i] / 5.0;
  }
  double mean = 0.0, squares = 0.0;
  for (const double x : replicate) mean += x / 16.0;
  for (const double x : replicate) squares += (x - mean) * (x - mean);
  const double error = std::sqrt(squares / 15.0 / 16.0);
  CHECK(means.estimate().value == doctest::Approx(mean));
  CHECK(*means.estimate().standard_error == doctest::Approx(error * student_15 / normal));
}

TEST_CASE("a replicate without a value leaves the error open, and no value at all is refused") {
  ReplicateMeans means(3);
  CHECK_THROWS_AS(means.estimate(), InvalidInput);
  means.add(1.0);
  means.add(2.0);
  CHECK(means.estimate().value == 1.5);
  CHECK(!means.estimate().standard_error);
  CHECK_THROWS_AS(ReplicateMeans(1), InvalidInput);
}

ReplicatedErrors errors_of(const std::vector<double>& values, std::vector<double> quantiles,
                           std::vector<Shortfall> shortfalls) {
  ReplicatedErrors errors(24, std::move(quantiles), std::move(shortfalls));
  for (const double x : values) errors.add(x);
  return errors;
}

Interval interval_of(const std::vector<double>& values, const SortedSample& sample, double alpha) {
  return errors_of(values, {quantile(sample, alpha)}, {}).of_quantile(sample, alpha, 0);
}

TEST_CASE(
    "several means of the same values, begun here and gone on with elsewhere, are those of each alone") {
  const std::vector<double> values = column(3, 7, 1.0, 8);
  ReplicateMeans both(3, 2), twice(3);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i == 8) both = ReplicateMeans(both);
    const std::span<double> sums = both.next();
    sums[0] += values[i];
    sums[1] += 2.0 * values[i];
    twice.add(2.0 * values[i]);
  }
  CHECK(both.estimate(1).value == twice.estimate().value);
  CHECK(*both.estimate(1).standard_error == *twice.estimate().standard_error);
  CHECK(both.estimate(0).value == doctest::Approx(0.5 * twice.estimate().value));
  CHECK(both.sum(2, 1) == twice.sum(2, 0));
}

/// How often 95 % intervals hold the truth, over seeds.
template <class Covers>
double coverage(int times, Covers covers) {
  int held = 0;
  for (int seed = 0; seed < times; ++seed) held += covers(static_cast<unsigned>(seed));
  return static_cast<double>(held) / times;
}

TEST_CASE("intervals of dependent replicates cover as promised where those of independent values do not") {
  // X = shift + noise is normal with variance 1 + spread^2, so all quantiles and shortfalls are known.
  constexpr double spread = 0.15, sd = 1.0111874208;
  constexpr double z90 = 1.2815515655, es90 = 1.7549833193;
  int independent_held = 0;
  const double quantile_held = coverage(400, [&](unsigned seed) {
    const std::vector<double> values = column(24, 200, spread, seed);
    const SortedSample sample(values);
    const Interval plain = quantile_interval(sample, 0.9);
    independent_held += *plain.lower <= 10.0 + sd * z90 && 10.0 + sd * z90 <= *plain.upper;
    const Interval interval = interval_of(values, sample, 0.9);
    return *interval.lower <= 10.0 + sd * z90 && 10.0 + sd * z90 <= *interval.upper;
  });
  const double shortfall_held = coverage(400, [&](unsigned seed) {
    const std::vector<double> values = column(24, 200, spread, seed);
    const Estimate estimate = errors_of(values, {}, {shortfall(SortedSample(values), 0.9)}).of_shortfall(0);
    return std::abs(estimate.value - (10.0 + sd * es90)) <= normal * *estimate.standard_error;
  });
  // 95 % of 400 has a standard error of 1.1 %.
  CHECK(quantile_held >= 0.95 - 0.044);
  CHECK(shortfall_held >= 0.95 - 0.044);
  CHECK(independent_held / 400.0 < 0.85);
}

/// Of the 90 % quantiles of a and b.
Estimate difference_of_quantiles(const std::vector<double>& a, const std::vector<double>& b) {
  const SortedSample sorted_a(a), sorted_b(b);
  const double q_a = quantile(sorted_a, 0.9), q_b = quantile(sorted_b, 0.9);
  ReplicateMeans beyond(24, 2);
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::span<double> sums = beyond.next();
    sums[0] += a[i] > q_a ? 1.0 : 0.0;
    sums[1] += b[i] > q_b ? 1.0 : 0.0;
  }
  return replicated_quantile_difference(q_a, q_b, interval_of(a, sorted_a, 0.9),
                                        interval_of(b, sorted_b, 0.9), beyond, 0, 1);
}

TEST_CASE("differences of quantiles over replicates: what is shared cancels, what is not covers") {
  const std::vector<double> a = column(24, 100, 0.3, 5);
  std::vector<double> b = a;
  for (double& x : b) x += 1.0;
  const Estimate same = difference_of_quantiles(b, a);
  CHECK(same.value == doctest::Approx(1.0));
  CHECK(*same.standard_error < 1e-6);
  const double held = coverage(300, [](unsigned seed) {
    const std::vector<double> x = column(24, 100, 0.15, 2 * seed), y = column(24, 100, 0.15, 2 * seed + 1);
    const Estimate difference = difference_of_quantiles(x, y);
    return std::abs(difference.value) <= normal * *difference.standard_error;
  });
  CHECK(held >= 0.95 - 0.05);
  CHECK(held <= 0.995);
}

TEST_CASE("with even weights a weighted difference of quantiles is the plain one") {
  const std::vector<double> a = column(10, 300, 0.5, 5);
  std::vector<double> b = column(10, 300, 0.5, 6);
  for (std::size_t i = 0; i < b.size(); ++i) b[i] = a[i] + 0.3 * b[i];  // most of it cancels
  const std::vector<double> even(a.size(), 1.0);
  const Estimate plain = quantile_difference(a, b, SortedSample(a), SortedSample(b), 0.95);
  const Estimate weighted =
      weighted_quantile_difference(a, b, even, SortedSample(a, even), SortedSample(b, even), 0.95);
  CHECK(weighted.value == doctest::Approx(plain.value));
  CHECK(*weighted.standard_error / *plain.standard_error == doctest::Approx(1.0).epsilon(0.1));
}

TEST_CASE("a weighted difference of quantiles covers the truth of an importance sample") {
  // Exp(1) drawn from Exp(1/3), a = x and b = x + independent Exp(1): q_99 of both are known.
  constexpr double q_a = 4.605170186, q_b = 6.638352068;  // Gamma(2): (1 + q) exp(-q) = 0.01
  const double held = coverage(300, [&](unsigned seed) {
    std::mt19937_64 source(seed);
    std::exponential_distribution<double> slow(1.0 / 3.0);
    std::vector<double> a, b, w;
    for (int i = 0; i < 2000; ++i) {
      const double x = slow(source), y = slow(source);
      a.push_back(x);
      b.push_back(x + y);
      w.push_back(9.0 * std::exp(-2.0 / 3.0 * (x + y)));
    }
    const Estimate difference =
        weighted_quantile_difference(b, a, w, SortedSample(b, w), SortedSample(a, w), 0.99);
    return std::abs(difference.value - (q_b - q_a)) <= normal * *difference.standard_error;
  });
  CHECK(held >= 0.95 - 0.05);
}

}  // namespace replicated_test
