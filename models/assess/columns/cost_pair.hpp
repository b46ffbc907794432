#pragma once
// The total costs of two strategies on the same paths: of one study, wherever its rows are, or of two
// studies.

#include <span>

#include "engine/measure/dominance.hpp"
#include "models/assess/columns/column_store.hpp"
#include "models/assess/columns/path_sums.hpp"
#include "models/assess/columns/reading.hpp"

namespace hedgerow::models {

/// The total costs of one strategy (b) and of the reference (a), on the same paths.
class CostPair {
 public:
  virtual ~CostPair() = default;
  virtual ColumnReading b() const = 0;
  virtual ColumnReading a() const = 0;
  /// In the order of the paths; asked for only of a mixture, and of its nominal part.
  virtual std::span<const double> column_b() const = 0;
  virtual std::span<const double> column_a() const = 0;
  virtual void add(CostDifference& to) const = 0;
  virtual void add(HedgeEfficiencies& to) const = 0;
  virtual measure::Dominances dominances() const = 0;
};

/// Of one study.
class StoredPair : public CostPair {
 public:
  StoredPair(const PlayedPaths& paths, const ColumnStore& store, const DrawnPaths& drawn, StrategyId b,
             StrategyId a)
      : paths_(paths), store_(store), drawn_(drawn), b_(b), a_(a) {}

  ColumnReading b() const override { return reading(b_); }
  ColumnReading a() const override { return reading(a_); }
  std::span<const double> column_b() const override { return paths_.columns()[b_.value].total_cost; }
  std::span<const double> column_a() const override { return paths_.columns()[a_.value].total_cost; }
  void add(CostDifference& to) const override { add_to(to); }
  void add(HedgeEfficiencies& to) const override { add_to(to); }
  measure::Dominances dominances() const override { return store_.dominances(b_, a_); }

 private:
  ColumnReading reading(StrategyId id) const {
    return {store_, paths_, {ColumnKind::total_cost, id}, drawn_};
  }
  template <class Sums>
  void add_to(Sums& to) const {
    to.b = b_;
    to.a = a_;
    store_.add(to);
  }

  const PlayedPaths& paths_;
  const ColumnStore& store_;
  const DrawnPaths& drawn_;
  StrategyId b_, a_;
};

/// Of two studies, on independent paths.
class ColumnPair : public CostPair {
 public:
  ColumnPair(std::span<const double> b, std::span<const double> a) : b_(b), a_(a) {}

  ColumnReading b() const override { return ColumnReading(b_); }
  ColumnReading a() const override { return ColumnReading(a_); }
  std::span<const double> column_b() const override { return b_; }
  std::span<const double> column_a() const override { return a_; }
  void add(CostDifference& to) const override { add_costs(b_, a_, to); }
  void add(HedgeEfficiencies& to) const override { add_costs(b_, a_, to); }
  measure::Dominances dominances() const override { return measure::dominances(a_, b_); }

 private:
  std::span<const double> b_, a_;
};

}  // namespace hedgerow::models
