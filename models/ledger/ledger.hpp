#pragma once
// What one strategy cost on one path: component x provider x year, nominal and present value.

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "models/scenario/scenario.hpp"

namespace hedgerow::models {

/// The parts that a strategy's total cost is made of (docs/model/path.md).
enum class Component : std::size_t {
  spend,                 ///< bills for capacity
  commitment_shortfall,  ///< what was committed to and not spent
  outage,                ///< revenue lost while capacity was down
  reputation,            ///< what outages cost beyond their hours
  sla_credit,            ///< what vendors pay back for downtime, <= 0
  capacity_shortage,     ///< revenue lost because a provider withheld or cut off capacity
  migration,             ///< one-time cost of moving away
  regime                 ///< roadmap and IP cost of a provider's rivalry or severance
};
inline constexpr std::size_t component_count = 8;
inline constexpr std::array<std::string_view, component_count> component_names{
    "spend",      "commitment_shortfall", "outage",    "reputation",
    "sla_credit", "capacity_shortage",    "migration", "regime"};
inline constexpr std::array<Component, component_count> all_components{
    Component::spend,      Component::commitment_shortfall, Component::outage,    Component::reputation,
    Component::sla_credit, Component::capacity_shortage,    Component::migration, Component::regime};

/// An amount in money of its day and in money of today.
struct Money {
  double nominal = 0.0;
  double present = 0.0;
  Money& operator+=(const Money& other) {
    nominal += other.nominal;
    present += other.present;
    return *this;
  }
  friend Money operator-(const Money& a, const Money& b) {
    return {a.nominal - b.nominal, a.present - b.present};
  }
  friend Money operator*(double scale, const Money& money) {
    return {scale * money.nominal, scale * money.present};
  }
};

class Ledger {
 public:
  /// Makes every cell 0.
  void reset(std::size_t providers, std::size_t years) {
    providers_ = providers;
    years_ = years;
    cells_.assign(component_count * providers * years, Money{});
  }

  Money& at(Component component, ProviderId provider, std::size_t year) {
    return cells_[index(component, provider, year)];
  }
  const Money& at(Component component, ProviderId provider, std::size_t year) const {
    return cells_[index(component, provider, year)];
  }

  std::size_t providers() const { return providers_; }
  std::size_t years() const { return years_; }

  /// Over all years.
  Money sum(Component component, ProviderId provider) const;
  /// Over all providers of one year.
  Money sum(Component component, std::size_t year) const;
  /// Over all providers and years.
  Money sum(Component component) const;
  /// Of everything in one year.
  Money total(std::size_t year) const;
  /// Of everything: the sum of the components in their order.
  Money total() const;

 private:
  std::size_t index(Component component, ProviderId provider, std::size_t year) const {
    HEDGEROW_EXPECT(provider.value < providers_ && year < years_);
    return (static_cast<std::size_t>(component) * providers_ + provider.value) * years_ + year;
  }

  std::size_t providers_ = 0, years_ = 0;
  std::vector<Money> cells_;
};

/// What a ledger adds up to, each sum worked out once: the bits of Ledger::sum() and Ledger::total().
class LedgerSums {
 public:
  void add_up(const Ledger& ledger);

  std::size_t providers() const { return providers_; }
  std::size_t years() const { return years_; }

  /// Present values: over all years, over all providers too, and of everything.
  double present(Component component, ProviderId provider) const {
    return present_[static_cast<std::size_t>(component) * providers_ + provider.value];
  }
  double present(Component component) const {
    return present_by_component_[static_cast<std::size_t>(component)];
  }
  double present() const { return all_present_; }
  /// Nominal, over all providers of one year, and over all components too.
  double nominal(Component component, std::size_t year) const {
    return nominal_[static_cast<std::size_t>(component) * years_ + year];
  }
  double nominal(std::size_t year) const { return nominal_by_year_[year]; }

 private:
  std::size_t providers_ = 0, years_ = 0;
  std::vector<double> present_;  ///< component x provider
  std::vector<double> nominal_;  ///< component x year
  std::array<double, component_count> present_by_component_{};
  std::vector<double> nominal_by_year_;
  double all_present_ = 0.0;
};

}  // namespace hedgerow::models
