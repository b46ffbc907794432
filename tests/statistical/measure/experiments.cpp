#include "tests/statistical/measure/experiments.hpp"

#include <cmath>
#include <stdexcept>

#include "engine/measure/exceedance.hpp"
#include "engine/measure/expected_shortfall.hpp"
#include "engine/measure/paired.hpp"
#include "engine/measure/quantile.hpp"
#include "engine/random/stream.hpp"

namespace hedgerow::measure::study {
namespace {

using Column = std::vector<double>;

Column uniforms(const char* purpose, Size size, std::size_t repetition, std::size_t count) {
  Column u(count);
  random::Stream(size.seed, "coverage", purpose).uniforms(repetition, u);
  return u;
}

void add_quantiles(std::vector<Row>& rows, const Law& law, std::initializer_list<double> levels) {
  for (const double a : levels) rows.push_back({law.name, "quantile", a, law.quantile(a)});
}
void add_shortfalls(std::vector<Row>& rows, const Law& law, std::initializer_list<double> levels) {
  for (const double a : levels) rows.push_back({law.name, "ES", a, law.shortfall(a)});
}

// Takes one repetition into every row.
void measure_all(std::vector<Row>& rows, const SortedSample& sample) {
  for (Row& row : rows)
    if (row.measure == "quantile")
      row.tally.add(quantile_interval(sample, row.level, confidence), row.truth);
    else if (row.measure == "ES")
      row.tally.add(expected_shortfall(sample, row.level), row.truth, confidence);
    else
      row.tally.add(mean(sample), row.truth, confidence);
}

void measure_years(std::vector<Row>& rows, const Column& values, std::size_t years) {
  Column first;
  for (std::size_t i = 0; i < values.size(); i += years) first.push_back(values[i]);
  const SortedSample pooled(values);
  const SortedSample single(first);
  for (Row& row : rows) {
    const Column period{1.0 / (1.0 - row.level)};
    if (row.measure == "pooled")
      row.tally.add(pooled_exceedance_curve(values, years, period, confidence)[0].interval, row.truth);
    else
      row.tally.add(
          exceedance_curve(row.measure == "naive" ? pooled : single, period, confidence)[0].interval,
          row.truth);
  }
}

}  // namespace

std::vector<Row> independent(const Law& law, Size size) {
  std::vector<Row> rows{{law.name, "mean", 0.0, law.mean}};
  add_quantiles(rows, law, {0.5, 0.95, 0.99, 0.995, 0.999});
  add_shortfalls(rows, law, {0.95, 0.99});
  for (std::size_t r = 0; r < size.repetitions; ++r) {
    Column values = uniforms(law.name.c_str(), size, r, size.n);
    for (double& x : values) x = law.quantile(x);
    measure_all(rows, SortedSample(values));
  }
  return rows;
}

std::vector<Row> importance(Size size) {
  Law law = exponential();
  law.name = "exponential, weighted";
  std::vector<Row> rows{{law.name, "mean", 0.0, law.mean}};
  add_quantiles(rows, law, {0.05, 0.99, 0.999});
  add_shortfalls(rows, law, {0.2, 0.99, 0.999});
  for (std::size_t r = 0; r < size.repetitions; ++r) {
    const Column u = uniforms("importance", size, r, 2 * size.n);
    Column values(size.n);
    Column weights(size.n);
    for (std::size_t i = 0; i < size.n; ++i) {
      values[i] = (u[2 * i] < 0.5 ? 1.0 : 4.0) * law.quantile(u[2 * i + 1]);
      weights[i] = 1.0 / (0.5 + 0.125 * std::exp(0.75 * values[i]));
    }
    measure_all(rows, SortedSample(values, weights));
  }
  return rows;
}

std::vector<Row> clustered(Size size) {
  constexpr std::size_t years = 7;
  std::vector<Row> rows;
  for (const char* measure : {"pooled", "naive", "single year"})
    for (const double period : {5.0, 10.0, 50.0, 100.0}) {
      const double level = 1.0 - 1.0 / period;
      rows.push_back({"normal years, correlation 0.8", measure, level, normal_quantile(level)});
    }
  for (std::size_t r = 0; r < size.repetitions; ++r) {
    const Column u = uniforms("clustered", size, r, (years + 1) * size.n);
    Column values(years * size.n);
    for (std::size_t path = 0; path < size.n; ++path) {
      const double common = std::sqrt(0.8) * normal_quantile(u[path * (years + 1)]);
      for (std::size_t year = 0; year < years; ++year)
        values[path * years + year] =
            common + std::sqrt(0.2) * normal_quantile(u[path * (years + 1) + 1 + year]);
    }
    measure_years(rows, values, years);
  }
  return rows;
}

std::vector<Row> paired(Size size) {
  const Law law = lognormal(0.8);
  const char* name = "paired lognormals, correlation 0.9";
  const double below = normal_cdf(std::log(1.2) / (0.8 * std::sqrt(0.1 * 0.1 + 0.19)));
  std::vector<Row> rows{{name, "difference of means", 0.0, -0.2 * law.mean},
                        {name, "fraction below", 0.0, below},
                        {name, "difference of ES", 0.95, -0.2 * law.shortfall(0.95)}};
  for (const double level : {0.5, 0.95, 0.99})
    rows.push_back({name, "difference of quantiles", level, -0.2 * law.quantile(level)});
  Column a(size.n);
  Column b(size.n);
  for (std::size_t r = 0; r < size.repetitions; ++r) {
    const Column u = uniforms("paired", size, r, 2 * size.n);
    for (std::size_t i = 0; i < size.n; ++i) {
      const double z = normal_quantile(u[2 * i]);
      a[i] = std::exp(0.8 * z);
      b[i] = 1.2 * std::exp(0.8 * (0.9 * z + std::sqrt(0.19) * normal_quantile(u[2 * i + 1])));
    }
    const PairedComparison pair = compare_paired(a, b);
    rows[0].tally.add(pair.difference, rows[0].truth, confidence);
    rows[1].tally.add(pair.fraction_below, rows[1].truth, confidence);
    const SortedSample sorted_a(a);
    const SortedSample sorted_b(b);
    const Shortfall sa = shortfall(sorted_a, 0.95);
    const Shortfall sb = shortfall(sorted_b, 0.95);
    rows[2].tally.add(shortfall_difference(a, b, sa, sb), rows[2].truth, confidence);
    for (std::size_t k = 3; k < rows.size(); ++k)
      rows[k].tally.add(quantile_difference(a, b, sorted_a, sorted_b, rows[k].level), rows[k].truth,
                        confidence);
  }
  return rows;
}

const Row& find(const std::vector<Row>& rows, const std::string& measure, double level) {
  for (const Row& row : rows)
    if (row.measure == measure && std::abs(row.level - level) < 1e-9) return row;
  throw std::out_of_range("no row " + measure);
}

}  // namespace hedgerow::measure::study
