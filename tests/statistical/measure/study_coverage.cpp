// Prints the tables of docs/coverage.md. Arguments: none. Takes four minutes on one core.

#include <cstdio>

#include "tests/statistical/measure/experiments.hpp"
#include "tests/statistical/measure/splits.hpp"

using namespace hedgerow::measure::study;

namespace {

void print_header(const char* title) {
  std::printf("\n### %s\n\n", title);
  std::printf(
      "| law | measure | level | paths | coverage | misses below / above | bound missing | SE / sd | bias / "
      "sd |\n");
  std::printf("|---|---|---|---|---|---|---|---|---|\n");
}

void print_level(const Row& row) {
  const bool is_curve = row.measure == "pooled" || row.measure == "naive" || row.measure == "single year";
  if (is_curve)
    std::printf("1 in %.4g yr", 1.0 / (1.0 - row.level));
  else if (row.level > 0.0)
    std::printf("%.4g %%", 100.0 * row.level);
  else
    std::printf("-");
}

void print_rows(const std::vector<Row>& rows, Size size) {
  for (const Row& row : rows) {
    const Tally& t = row.tally;
    std::printf("| %s | %s | ", row.law.c_str(), row.measure.c_str());
    print_level(row);
    std::printf(" | %zu | %.1f ± %.1f %% | %.1f / %.1f %% | %.0f %% | ", size.n, 100.0 * t.coverage(),
                100.0 * t.coverage_error(t.coverage()), 100.0 * t.below.mean, 100.0 * t.above.mean,
                100.0 * t.unbounded.mean);
    if (t.values.count > 1)
      std::printf("%.3f | %+.2f |\n", t.error_ratio(), t.bias(row.truth));
    else
      std::printf("- | - |\n");
  }
  std::fflush(stdout);
}

void print_claims(const std::vector<Row>& rows, Size size) {
  for (const Row& row : rows)
    std::printf("| %s | %s | %zu | %.1f ± %.1f %% |\n", row.law.c_str(), row.measure.c_str(), size.n,
                100.0 * row.tally.below.mean, 100.0 * row.tally.coverage_error(row.tally.coverage()));
  std::fflush(stdout);
}

}  // namespace

int main() {
  constexpr Size sizes[] = {{1000, 4000, 7}, {10000, 4000, 7}, {100000, 1000, 7}};
  print_header("Independent paths");
  for (const Law& law : all_laws())
    for (const Size& size : sizes) print_rows(independent(law, size), size);
  print_header("Infinite variance: why the standard error is refused there");
  for (const Size& size : sizes) print_rows(independent(infinite_variance(), size), size);
  print_header("Weighted paths (importance sampling)");
  for (const Size size : {Size{1000, 4000, 7}, Size{10000, 4000, 7}}) print_rows(importance(size), size);
  print_header("Years of one path that move together (7 years per path)");
  for (const Size size : {Size{200, 4000, 7}, Size{1000, 4000, 7}, Size{10000, 1000, 7}})
    print_rows(clustered(size), size);
  print_header("Two columns on the same paths");
  for (const Size size : {Size{1000, 4000, 7}, Size{10000, 2000, 7}}) print_rows(paired(size), size);
  print_header("Euler contributions to the ES of a sum of two columns");
  for (const SumLaw& law : {two_exponentials(), two_gammas(), two_normals(0.6), pareto_and_exponential()})
    for (const Size size : {Size{1000, 4000, 7}, Size{10000, 2000, 7}, Size{100000, 500, 7}})
      for (const double level : {0.95, 0.99}) print_rows(splits(law, level, size), size);
  std::printf("\n### Dominance claimed between two columns of one law\n\n");
  std::printf("| law | order | paths | claimed |\n|---|---|---|---|\n");
  for (const Size size : {Size{1000, 2000, 7}, Size{10000, 500, 7}})
    print_claims(false_dominance(size), size);
}
