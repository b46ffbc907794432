#pragma once
// What is kept of every path: one number by path, strategy and column that percentiles are asked of, and
// running moments of everything that only a mean is asked of.

#include <array>
#include <vector>

#include "engine/measure/moments.hpp"
#include "models/simulate.hpp"

namespace hedgerow::models {

/// How often something happened among the paths.
struct Frequency {
  std::uint64_t count = 0, times = 0;
  void add(bool happened) {
    ++count;
    times += happened;
  }
  void merge(const Frequency& other) {
    count += other.count;
    times += other.times;
  }
  /// No standard error at 0 and 1, where the binomial one would hide what has not been seen yet.
  measure::Estimate estimate() const;
};

/// Columns of one strategy; rows are paths. Annual columns are path by year, year fastest.
struct Columns {
  std::vector<double> total_cost;
  std::array<std::vector<double>, component_count> components;
  std::vector<double> annual_cost;      ///< nominal, every plan year
  std::vector<double> annual_outage;    ///< nominal, whole plan years
  std::vector<double> annual_incident;  ///< nominal, whole plan years

  void resize(std::size_t paths, std::size_t years, std::size_t whole_years);
  void write(std::size_t path, const Outcome& outcome, std::size_t whole_years);
  /// Bytes by path.
  static std::size_t width(std::size_t years, std::size_t whole_years);
};

/// One renewal date of a contract, over the paths on which it was signed again then.
struct RenewalTally {
  int month;
  Frequency happened, no_deal;
  measure::Moments list_price, price, leverage;

  void merge(const RenewalTally& other);
};

/// Running moments of one strategy.
class StrategyTally {
 public:
  StrategyTally(const Scenario& scenario, const Strategy& strategy, std::size_t years,
                std::size_t whole_years);
  void add(const Outcome& outcome);
  void merge(const StrategyTally& other);

  std::vector<measure::Moments> component_by_year;      ///< component x year, nominal
  std::vector<measure::Moments> total_by_year;          ///< year, nominal
  std::vector<measure::Moments> component_by_provider;  ///< component x provider, present value
  std::vector<Frequency> regime_at_year_end;            ///< provider x whole year x regime
  std::vector<measure::Moments> years_in_regime;        ///< provider x regime
  std::vector<Frequency> ever_severed;                  ///< provider
  std::vector<Frequency> severed_count;                 ///< number of providers ever severed, 0 .. providers
  std::vector<std::vector<RenewalTally>> renewals;      ///< provider x date
  measure::Moments hedge_premium;                       ///< present value
  Frequency stranded;                                   ///< something had to leave and had nowhere to go

 private:
  void add_money(const Ledger& ledger);
  void add_regimes(const RegimeHistory& regimes);
  void add_renewals(const std::vector<RenewalEvent>& events);

  std::size_t providers_, years_, whole_years_;
};

/// Running moments of the market; the same for every strategy.
class MarketTally {
 public:
  MarketTally(std::size_t providers, std::size_t whole_years);
  void add(const World& world);
  void merge(const MarketTally& other);

  std::vector<measure::Moments> price, log_price;  ///< provider x whole year, at its end
  std::vector<Frequency> scarce;                   ///< whole year, at its end

 private:
  std::size_t providers_, whole_years_;
};

}  // namespace hedgerow::models
