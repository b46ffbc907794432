#pragma once
// What is kept of every path: one number by path, strategy and column that percentiles are asked of, and
// running moments of everything that only a mean is asked of.

#include <array>
#include <span>
#include <vector>

#include "engine/base/rows.hpp"
#include "engine/measure/cross_moments.hpp"
#include "engine/measure/moments.hpp"
#include "models/assess/paths/provider_tally.hpp"
#include "models/assess/study.hpp"
#include "models/simulate.hpp"

namespace hedgerow::models {

/// What was agreed on one renewal date; not a number on paths on which the contract was not renewed then.
struct RenewalColumns {
  ProviderId provider;
  int month;
  Rows<double> price, leverage;
};

/// Columns of one strategy; rows are paths. Annual columns are path by year, year fastest. Those of which the
/// outputs tell no distribution are empty.
class Columns {
 public:
  Columns(const Scenario& scenario, const Strategy& strategy, const OutputSettings& outputs);

  Rows<double> total_cost;
  std::array<Rows<double>, component_count> components;
  Rows<double> annual_cost;              ///< nominal, every plan year
  Rows<double> annual_outage;            ///< nominal, whole plan years
  Rows<double> annual_incident;          ///< nominal, whole plan years
  std::vector<RenewalColumns> renewals;  ///< in order of provider and month

  void resize(std::size_t paths, std::size_t years, std::size_t whole_years);
  /// `sums` are those of the outcome's ledger.
  void write(std::size_t path, const Outcome& outcome, const LedgerSums& sums, std::size_t whole_years);
  /// Visits what stands in rows first .. last-1.
  template <class Self, class Visit>
  static void rows(Self& self, std::size_t first, std::size_t last, std::size_t years,
                   std::size_t whole_years, Visit& visit) {
    const auto part = [&](auto& column, std::size_t width) {
      if (column.empty()) return;
      auto rows = std::span(column).subspan(first * width, (last - first) * width);
      visit(rows);
    };
    part(self.total_cost, 1);
    for (auto& column : self.components) part(column, 1);
    part(self.annual_cost, years);
    part(self.annual_outage, whole_years);
    part(self.annual_incident, whole_years);
    for (auto& date : self.renewals) {
      part(date.price, 1);
      part(date.leverage, 1);
    }
  }
  /// Bytes by path.
  static std::size_t width(const Horizon& horizon, const StrategyInput& strategy,
                           const OutputSettings& outputs);

 private:
  bool components_, years_, curves_;  ///< which are kept
};

/// Running moments of one strategy.
class StrategyTally {
 public:
  StrategyTally(const Scenario& scenario, const Strategy& strategy, std::size_t years,
                std::size_t whole_years);
  /// `sums` are those of the outcome's ledger.
  void add(const World& world, const Outcome& outcome, const LedgerSums& sums);
  void merge(const StrategyTally& other);

  std::array<measure::Moments, component_count> components;  ///< present value
  std::vector<measure::Moments> component_by_year;           ///< component x year, nominal
  std::vector<measure::Moments> total_by_year;               ///< year, nominal
  std::vector<measure::Moments> component_by_provider;       ///< component x provider, present value
  std::vector<measure::Moments> cost_by_provider;            ///< provider, present value
  measure::CrossMoments spend;                               ///< bills by provider, present value
  std::vector<ProviderTally> providers;
  std::vector<Frequency> severed_count;  ///< number of providers ever severed, 0 .. providers
  measure::Moments hedge_premium;        ///< present value
  Frequency stranded;                    ///< something had to leave and had nowhere to go

  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.components, self.component_by_year, self.total_by_year, self.component_by_provider,
          self.cost_by_provider, self.spend, self.providers, self.severed_count, self.hedge_premium,
          self.stranded);
  }

 private:
  void add_money(const LedgerSums& sums);

  const Scenario* scenario_;
  std::size_t years_;
  std::vector<double> bills_;  ///< room to work in
};

/// Running moments of the market; the same for every strategy.
class MarketTally {
 public:
  MarketTally(std::size_t providers, std::size_t whole_years);
  void add(const World& world);
  void merge(const MarketTally& other);

  std::vector<measure::Moments> price, log_price;  ///< provider x whole year, at its end
  std::vector<Frequency> scarce;                   ///< whole year, at its end

  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.price, self.log_price, self.scarce);
  }

 private:
  std::size_t providers_, whole_years_;
};

}  // namespace hedgerow::models
