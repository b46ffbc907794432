#include "engine/measure/euler.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <numeric>

#include "engine/base/check.hpp"
#include "engine/measure/expected_shortfall.hpp"
#include "engine/measure/quantile.hpp"
#include "tests/unit/engine/measure/atoms.hpp"

namespace euler_test {

using namespace hedgerow::measure;
using hedgerow::InvalidInput;

namespace {

using Rows = std::vector<Column>;

Column totals_of(const Rows& rows) {
  Column totals;
  for (const Column& row : rows) totals.push_back(std::accumulate(row.begin(), row.end(), 0.0));
  return totals;
}

// Contributions as a caller gets them: totals first, then the rows once more.
struct Split {
  Split(const Rows& rows, double alpha)
      : totals(totals_of(rows)), s(shortfall(SortedSample(totals), alpha)), sums(rows[0].size()) {
    const NearQuantile near = near_quantile(SortedSample(totals), alpha);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (totals[i] >= s.quantile) sums.add_tail(s.euler_weight(totals[i]), rows[i]);
      if (near.holds(totals[i])) sums.add_near(rows[i]);
    }
    result = contributions(sums, rows.size(), alpha);
  }
  Column totals;
  Shortfall s;
  EulerSums sums;
  EulerContributions result;
};

// Three dependent columns of one magnitude; rounded ones have many ties among the totals.
Rows random_rows(std::uint64_t path, std::size_t n, double offset, double scale, bool rounded) {
  const Column a = skewed_column(path, n);
  const Column b = skewed_column(path + 100, n);
  const Column c = skewed_column(path + 200, n);
  const auto unit = [&](double x) { return scale * (rounded ? std::round(x) : x); };
  Rows rows;
  for (std::size_t i = 0; i < n; ++i)
    rows.push_back({offset + unit(a[i] + c[i]), offset + unit(2 * b[i]), unit(-c[i])});
  return rows;
}

// The influences by their definition, in long double, about e = mean of the rows near the quantile.
Column covariance_by_definition(const Split& split, const Rows& rows, double alpha) {
  const std::size_t columns = rows[0].size();
  const auto n = static_cast<long double>(rows.size());
  std::vector<long double> covariance(columns * columns);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::vector<long double> influence;
    for (std::size_t j = 0; j < columns; ++j) {
      const long double e = split.sums.near_mean()[j];
      const long double phi = split.s.euler_weight(split.totals[i]);
      influence.push_back(phi * (rows[i][j] - e) / (1 - static_cast<long double>(alpha)) + e -
                          split.result.value[j]);
    }
    for (std::size_t j = 0; j < columns; ++j)
      for (std::size_t k = 0; k < columns; ++k)
        covariance[j * columns + k] += influence[j] * influence[k] / n / (n - 1);
  }
  return {covariance.begin(), covariance.end()};
}

}  // namespace

TEST_CASE("O27: Euler contributions to a shortfall with atoms") {
  Rows rows;
  const std::size_t times[] = {8, 4, 3, 4, 1};  // weights .4 .2 .15 .2 .05
  const Column part_a{10, 0, 20, 10, 80};
  const Column part_b{0, 20, 0, 30, 20};
  for (std::size_t i = 0; i < 5; ++i) rows.insert(rows.end(), times[i], {part_a[i], part_b[i]});
  const double expected[][3] = {{.7, 150. / 7, 530. / 21}, {.8, 27.5, 27.5}, {.9, 45, 25}};
  for (const auto& [alpha, a, b] : expected) {
    const EulerContributions split = Split(rows, alpha).result;
    CHECK(split.value[0] == doctest::Approx(a).epsilon(1e-12));
    CHECK(split.value[1] == doctest::Approx(b).epsilon(1e-12));
  }
}

TEST_CASE("O27 by likelihood ratios: five rows with weights instead of twenty") {
  const Column part_a{10, 0, 20, 10, 80}, part_b{0, 20, 0, 30, 20}, totals{10, 20, 20, 40, 100};
  const Column ratios{2.0, 1.0, 0.75, 1.0, 0.25};  // .4 .2 .15 .2 .05, of mean 1
  const double expected[][3] = {{.7, 150. / 7, 530. / 21}, {.8, 27.5, 27.5}, {.9, 45, 25}};
  for (const auto& [alpha, a, b] : expected) {
    const Shortfall s = shortfall(SortedSample(totals, ratios), alpha);
    EulerSums sums(2);
    for (std::size_t i = 0; i < 5; ++i)
      sums.add_tail(s.euler_weight(totals[i]) * ratios[i], Column{part_a[i], part_b[i]});
    const EulerContributions split = contributions(sums, 5, alpha);
    CHECK(split.value[0] == doctest::Approx(a).epsilon(1e-12));
    CHECK(split.value[1] == doctest::Approx(b).epsilon(1e-12));
  }
}

TEST_CASE("one column of an importance sample has the error of its shortfall") {
  const Column values = skewed_column(3, 2000);
  Column ratios = skewed_column(4, 2000);
  for (double& w : ratios) w = 0.1 + std::abs(w);
  const double mean = std::accumulate(ratios.begin(), ratios.end(), 0.0) / 2000.0;
  for (double& w : ratios) w /= mean;
  const SortedSample sample(values, ratios);
  for (const double alpha : {0.9, 0.95, 0.99}) {
    const Shortfall s = shortfall(sample, alpha);
    EulerSums sums(1);
    for (std::size_t i = 0; i < values.size(); ++i)
      sums.add_tail(s.euler_weight(values[i]) * ratios[i], Column{values[i]});
    sums.add_near(Column{s.quantile}, 0.3);
    const Estimate one = contributions(sums, values.size(), alpha).at(0);
    const Estimate known = expected_shortfall(sample, alpha);
    CHECK(one.value == doctest::Approx(known.value).epsilon(1e-12));
    CHECK(*one.standard_error == doctest::Approx(*known.standard_error).epsilon(1e-9));
  }
}

TEST_CASE("rows near a quantile count by their likelihood ratios, also when blocks merge") {
  EulerSums one(1), other(1);
  one.add_near(Column{1.0}, 3.0);
  one.add_near(Column{9.0}, 0.0);  // a row of no weight
  other.add_near(Column{5.0}, 1.0);
  one.merge(other);
  CHECK(one.near_mean()[0] == doctest::Approx(2.0));
  CHECK(one.near_rows() == 2);
  const Column values = skewed_column(5, 1000);
  const SortedSample even(values, Column(1000, 1.0)), plain(values);
  const NearQuantile weighted = near_quantile(even, 0.95), counted = near_quantile(plain, 0.95);
  CHECK(weighted.lower == doctest::Approx(counted.lower));
  CHECK(weighted.upper == doctest::Approx(counted.upper));
}

TEST_CASE("contributions add up to the shortfall, with and without atoms, small or large") {
  for (const double offset : {0.0, 1e11})
    for (const bool rounded : {false, true})
      for (const double alpha : {0.2, 0.5, 0.9, 0.95, 0.993}) {
        const Split split(random_rows(1, 1000, offset, 1e5, rounded), alpha);
        const Column ones(3, 1.0);
        CHECK(split.result.combination(ones).value == doctest::Approx(split.s.value).epsilon(1e-12));
      }
}

TEST_CASE("one column has the error of the shortfall itself") {
  for (const double alpha : {0.3, 0.9, 0.95, 0.99})
    for (const bool rounded : {false, true}) {
      Rows rows;
      for (const double x : skewed_column(3, 2000)) rows.push_back({rounded ? std::round(x) : x});
      const Split whole(rows, alpha);
      EulerSums sums(1);
      for (std::size_t i = 0; i < rows.size(); ++i) sums.add_tail(whole.s.euler_weight(rows[i][0]), rows[i]);
      sums.add_near(Column{whole.s.quantile});
      const Estimate one = contributions(sums, rows.size(), alpha).at(0);
      const Estimate known = expected_shortfall(SortedSample(totals_of(rows)), alpha);
      CHECK(one.value == doctest::Approx(known.value).epsilon(1e-12));
      CHECK(*one.standard_error == doctest::Approx(*known.standard_error).epsilon(1e-9));
    }
}

TEST_CASE("the covariance is that of the influences, though values are a million times their spread") {
  for (const double offset : {0.0, 1e11})
    for (const bool rounded : {false, true}) {
      const double alpha = 0.9;
      const Rows rows = random_rows(7, 3000, offset, 1e5, rounded);
      const Split split(rows, alpha);
      const Column expected = covariance_by_definition(split, rows, alpha);
      REQUIRE(split.result.covariance.size() == 9);
      const Column weights{1.0, -2.0, 0.5};
      double variance = 0.0;
      for (std::size_t j = 0; j < 3; ++j)
        for (std::size_t k = 0; k < 3; ++k) {
          const double size = std::sqrt(expected[4 * j] * expected[4 * k]);  // of the two errors
          CHECK(std::abs(split.result.covariance[3 * j + k] - expected[3 * j + k]) <= 1e-8 * size);
          variance += weights[j] * weights[k] * expected[3 * j + k];
        }
      const Estimate combined = split.result.combination(weights);
      CHECK(*combined.standard_error == doctest::Approx(std::sqrt(variance)).epsilon(1e-8));
      CHECK(*split.result.at(1).standard_error == doctest::Approx(std::sqrt(expected[4])).epsilon(1e-8));
    }
}

TEST_CASE("blocks merge to the whole") {
  const Rows rows = random_rows(9, 1000, 1e11, 1e5, true);
  const Split split(rows, 0.8);
  EulerSums merged(3);
  for (std::size_t begin = 0; begin < rows.size(); begin += 130) {
    EulerSums block(3);
    for (std::size_t i = begin; i < std::min(rows.size(), begin + 130); ++i) {
      block.add_tail(split.s.euler_weight(split.totals[i]), rows[i]);
      if (near_quantile(SortedSample(split.totals), 0.8).holds(split.totals[i])) block.add_near(rows[i]);
    }
    merged.merge(block);
    merged.merge(EulerSums(3));  // nothing
  }
  CHECK(merged.tail_rows() == split.sums.tail_rows());
  CHECK(merged.near_rows() == split.sums.near_rows());
  const EulerContributions result = contributions(merged, rows.size(), 0.8);
  for (std::size_t j = 0; j < 3; ++j) {
    CHECK(result.value[j] == doctest::Approx(split.result.value[j]).epsilon(1e-14));
    for (std::size_t k = 0; k < 3; ++k) {
      const double size = std::sqrt(split.result.covariance[4 * j] * split.result.covariance[4 * k]);
      CHECK(std::abs(result.covariance[3 * j + k] - split.result.covariance[3 * j + k]) <= 1e-8 * size);
    }
  }
}

TEST_CASE("which totals are near the quantile") {
  const NearRanks ranks = near_ranks(1000, 0.95);  // the quantile has rank 949; 50^0.8 = 22.87
  CHECK(ranks.first == 926);
  CHECK(ranks.last == 972);
  CHECK(near_ranks(100, 0.05).first == 0);  // rank 4, 5^0.8 = 3.62
  CHECK(near_ranks(100, 0.05).last == 8);
  CHECK(near_ranks(10, 0.999).last == 9);
  CHECK(near_ranks(1, 0.5).first == 0);
  const Column values = skewed_column(4, 1000);
  const SortedSample sample(values);
  const NearQuantile near = near_quantile(sample, 0.95);
  CHECK(near.holds(quantile(sample, 0.95)));
  CHECK(sample.count_up_to(near.upper) - sample.count_below(near.lower) == 47);
  const NearQuantile atom = near_quantile(sample, 0.17);  // ranks 108 to 230
  REQUIRE(sample.count_up_to(0.0) > 170);
  REQUIRE(sample.count_up_to(0.0) < 230);
  CHECK(atom.lower == 0.0);
  CHECK(atom.upper == 0.0);
}

TEST_CASE("columns that are not linked have the same errors, and no covariance") {
  EulerSums all(3), some(3, 2);
  for (int i = 0; i < 10; ++i) {
    const Column row{1.0 * i, 3.0 - i * i, 7.0 * (i % 3)};
    for (EulerSums* sums : {&all, &some}) {
      EulerSums block(3, sums->linked());
      block.add_tail(1.0, row);
      if (i < 4) block.add_near(row);
      sums->merge(block);
    }
  }
  const EulerContributions full = contributions(all, 100, 0.9), part = contributions(some, 100, 0.9);
  for (std::size_t j = 0; j < 3; ++j) {
    CHECK(part.value[j] == full.value[j]);
    CHECK(*part.at(j).standard_error == doctest::Approx(*full.at(j).standard_error).epsilon(1e-14));
    CHECK(full.variance[j] == doctest::Approx(full.covariance[4 * j]).epsilon(1e-14));
  }
  CHECK(*part.combination(Column{1, 2}).standard_error ==
        doctest::Approx(*full.combination(Column{1, 2, 0}).standard_error).epsilon(1e-12));
  CHECK_THROWS_AS(part.combination(Column{1, 2, 0}), InvalidInput);
  CHECK_THROWS_AS(EulerSums(2, 3), InvalidInput);
  CHECK_THROWS_AS(all.merge(some), InvalidInput);
}

TEST_CASE("what the tail cannot tell has no error, and what is no tail is rejected") {
  EulerSums sums(2);
  sums.add_tail(1.0, Column{1, 2});
  sums.add_tail(0.0, Column{100, 200});  // changes nothing
  CHECK(sums.tail_rows() == 1);
  sums.add_near(Column{1, 1});
  CHECK_FALSE(contributions(sums, 10, 0.9).at(0).standard_error);  // one row
  CHECK_FALSE(contributions(sums, 10, 0.9).combination(Column{1, 1}).standard_error);
  EulerSums far(2);
  far.add_tail(1.0, Column{1, 2});
  far.add_tail(1.0, Column{3, 2});
  CHECK_FALSE(contributions(far, 20, 0.9).at(0).standard_error);  // nothing near
  CHECK(contributions(far, 20, 0.9).at(0).value == doctest::Approx(2.0));

  CHECK_THROWS_AS(contributions(far, 21, 0.9), InvalidInput);  // a part of a row is missing
  CHECK_THROWS_AS(contributions(far, 0, 0.9), InvalidInput);
  CHECK_THROWS_AS(contributions(far, 20, 1.0), InvalidInput);
  CHECK_THROWS_AS(contributions(EulerSums(2), 20, 0.9), InvalidInput);
  CHECK_THROWS_AS(sums.add_tail(1.0, Column{1}), InvalidInput);
  CHECK_THROWS_AS(sums.add_tail(-0.5, Column{1, 2}), InvalidInput);
  CHECK_THROWS_AS(sums.add_tail(std::numeric_limits<double>::infinity(), Column{1, 2}), InvalidInput);
  CHECK_THROWS_AS(sums.add_tail(std::numeric_limits<double>::quiet_NaN(), Column{1, 2}), InvalidInput);
  CHECK_THROWS_AS(sums.add_near(Column{1, 2, 3}), InvalidInput);
  CHECK_THROWS_AS(sums.merge(EulerSums(3)), InvalidInput);
  CHECK_THROWS_AS(contributions(far, 20, 0.9).combination(Column{1}), InvalidInput);
  CHECK_THROWS_AS(near_ranks(0, 0.5), InvalidInput);
  CHECK_THROWS_AS(near_ranks(10, 0.0), InvalidInput);
}

}  // namespace euler_test
