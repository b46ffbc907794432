#pragma once
// What one provider does to the buyer over all paths, under one strategy.

#include <array>
#include <vector>

#include "engine/measure/moments.hpp"
#include "models/assess/assessment.hpp"
#include "models/assess/paths/frequency.hpp"
#include "models/simulate.hpp"

namespace hedgerow::models {

/// One renewal date of a contract, over the paths on which it was signed again then.
struct RenewalTally {
  int month;
  Frequency happened, no_deal;
  measure::Moments list_price, price, leverage;

  void merge(const RenewalTally& other);
  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.happened, self.no_deal, self.list_price, self.price, self.leverage);
  }
};

/// Leaving a provider after its notice, over the paths on which something was there to leave.
struct ExitTally {
  Frequency completed;      ///< within the horizon
  measure::Moments months;  ///< from the notice until nothing is left, where completed

  void merge(const ExitTally& other);
  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.completed, self.months);
  }
};

class ProviderTally {
 public:
  ProviderTally(const Contract& contract, const Horizon& horizon, std::size_t whole_years);

  /// Takes a path; returns whether the provider was severed on it. `total_cost` is its present value.
  bool add(ProviderId provider, const Scenario& scenario, const World& world, const Outcome& outcome,
           double total_cost);
  void merge(const ProviderTally& other);

  /// `plan` is the present value of the plan's total cost.
  ProviderSummary summary(const std::string& name, double plan) const;

  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.regime_at_year_end_, self.years_in_regime_, self.ever_severed_, self.cost_if_severed_,
          self.cost_if_kept_, self.exit_normal_, self.exit_scarce_, self.renewals_);
  }

 private:
  void add_regimes(const std::vector<Sojourn>& sojourns);
  void add_exit(ProviderId provider, const Scenario& scenario, const World& world, const Outcome& outcome);
  void add_renewals(ProviderId provider, const std::vector<RenewalEvent>& events);

  std::size_t whole_years_;
  std::vector<Frequency> regime_at_year_end_;  ///< whole year x regime
  std::array<measure::Moments, regime_count> years_in_regime_;
  Frequency ever_severed_;
  measure::Moments cost_if_severed_, cost_if_kept_;
  ExitTally exit_normal_, exit_scarce_;  ///< by the state of the market at the notice
  std::vector<RenewalTally> renewals_;   ///< by date
};

}  // namespace hedgerow::models
