#pragma once
// How well the difference of two strategies is known: path by path, what both have in common cancels
// (docs/model/answers.md). The paths are independent, Sobol points, or of a mixture.

#include <memory>
#include <optional>
#include <vector>

#include "engine/measure/expected_shortfall.hpp"
#include "engine/measure/paired.hpp"
#include "models/assess/columns/cost_pair.hpp"

namespace hedgerow::models {

/// One level of expected shortfall of both.
struct TailPair {
  double level;
  bool mixed;  ///< all paths of a mixture tell it, by their weight
  measure::Shortfall b, a;

  double difference() const { return b.value - a.value; }
};

/// One by level.
std::vector<TailPair> tails_of(const ColumnReading& b, const ColumnReading& a,
                               const std::vector<double>& levels);

struct PairedNumbers {
  measure::PairedComparison paired;                ///< of b and a
  std::vector<measure::Estimate> percentiles;      ///< differences, by level
  std::vector<std::optional<double>> tail_errors;  ///< of the differences of the tails
};

class PairErrors {
 public:
  virtual ~PairErrors() = default;
  virtual PairedNumbers numbers(const std::vector<double>& percentiles,
                                const std::vector<TailPair>& tails) const = 0;
  /// Of -D / M by level, where D is the difference of the tails and M = `mean` that of the means, by the
  /// delta method from the influences. The mean is that of the nominal paths, which are the first of a
  /// mixture.
  virtual std::vector<std::optional<double>> efficiencies(const std::vector<TailPair>& tails,
                                                          double mean) const = 0;
};

/// All arguments outlive what is returned.
std::unique_ptr<const PairErrors> pair_errors(const CostPair& costs, const ColumnReading& b,
                                              const ColumnReading& a, const DrawnPaths& drawn);

}  // namespace hedgerow::models
