#pragma once
// On whom the functions of a financial entity hang: what Article 29 of DORA (Regulation (EU) 2022/2554) asks
// to be weighed before a contract about a critical or important function is signed.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "apps/import/dora_register.hpp"
#include "engine/measure/concentration.hpp"

namespace hedgerow::intake {

/// Providers under one ultimate parent, which Article 29(1)(b) calls closely connected.
struct GroupExposure {
  std::string parent, name;
  std::set<std::string> providers;     ///< direct ones
  std::set<std::string> arrangements;  ///< with them
  std::map<std::string, Amount> cost;  ///< of the past year by currency
  std::optional<double> converted;     ///< the same in base currency; nothing without a rate
  std::set<std::string> critical;      ///< critical or important functions that lean on them directly
  std::set<std::string> critical_through_others;  ///< and only through subcontracting
  Code substitutability;                          ///< the worst that was found for critical functions
  Code exit_plan;                                 ///< no where one is missing
  std::optional<Moment> first_end;                ///< of an arrangement for a critical function
  std::optional<double> provider_notice;          ///< the shortest [day]
};

/// Art. 29(1)(a): a provider of a critical function that is not easily substitutable.
struct HardToReplace {
  DoraAssessment assessment;
  std::set<std::string> functions;  ///< critical ones
};

/// Art. 29(1)(b): a group with several arrangements that support critical functions.
struct SeveralArrangements {
  std::string group;
  std::set<std::string> arrangements;  ///< of direct providers
  std::set<std::string> through;       ///< where a provider of the group is a subcontractor
  std::set<std::string> functions;
};

/// Art. 29(2): a subcontractor in the chain of a critical function.
struct Subcontracting {
  DoraLink link;
  std::set<std::string> functions;
};

/// Art. 29(2): a critical function whose service, data or law lies in a third country.
struct ThirdCountry {
  std::string function, provider, arrangement;
  std::set<std::string> countries;
};

struct DoraConcentration {
  std::vector<GroupExposure> groups;  ///< those with most critical functions first
  std::vector<HardToReplace> hard_to_replace;
  std::vector<SeveralArrangements> several;
  std::vector<Subcontracting> chains;
  std::vector<ThirdCountry> third_countries;
  std::vector<DoraReliance> without_exit_plan;        ///< critical (Art. 28(8))
  std::set<std::string> currencies_without_rate;      ///< costs in these are not in the shares
  std::optional<measure::Concentration> by_cost;      ///< nothing where a rate is missing
  std::optional<measure::Concentration> by_function;  ///< critical functions, direct
  std::size_t critical_functions = 0;                 ///< that lean on any provider
};

/// `rates`: of a currency in the base currency of the register, which is 1.
DoraConcentration concentration_of(const Register& from, const std::map<std::string, double>& rates);

}  // namespace hedgerow::intake
