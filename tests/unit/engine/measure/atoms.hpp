#pragma once
// Samples that several tests of engine/measure share.

#include <cmath>
#include <vector>

#include "engine/measure/sample.hpp"
#include "engine/random/stream.hpp"

using Column = std::vector<double>;

/// The weighted atoms of oracles O26 and O27: probabilities .4 .2 .15 .2 .05 as likelihood ratios.
inline const Column atom_values{10, 20, 20, 40, 100};
inline const Column atom_weights{5 * .4, 5 * .2, 5 * .15, 5 * .2, 5 * .05};

inline hedgerow::measure::SortedSample weighted_atoms() {
  return hedgerow::measure::SortedSample(atom_values, atom_weights);
}

/// O26 (docs/oracles.md): level, quantile, expected shortfall.
struct AtomOracle {
  double alpha, quantile, shortfall;
};
inline constexpr AtomOracle atom_oracle[] = {{.5, 20, 36}, {.75, 20, 52},  {.8, 40, 55},
                                             {.9, 40, 70}, {.95, 40, 100}, {.97, 100, 100}};

/// n lognormal-like values with an atom at 0, reproducible by `path`.
inline Column skewed_column(std::uint64_t path, std::size_t n) {
  Column values(n);
  hedgerow::random::Stream(42, "measure", "skewed").uniforms(path, values);
  for (double& x : values) x = x < 0.2 ? 0.0 : std::pow(1.0 - x, -0.4) - 1.0;
  return values;
}
