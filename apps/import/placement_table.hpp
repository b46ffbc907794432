#pragma once
// What runs where, in money: the bill as workloads at locations, small ones joined.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "apps/import/focus_bill.hpp"

namespace hedgerow::intake {

/// A provider as a config names it, and what it costs.
struct PlacedProvider {
  std::string name;      ///< in the config
  std::string original;  ///< in the bill
  double weight = 0.0;   ///< what places it: usage at list price [currency in the period]
  Costs costs;
  std::map<std::string, double> regions;  ///< weight by name in the config
  std::map<std::string, std::string> region_titles;
};

struct PlacedWorkload {
  std::string name, original;
  double weight = 0.0;
  std::map<std::string, double> locations;  ///< weight by "provider.region"
};

/// What weights are made of, for a source: "usage at list price".
struct Placement {
  std::string_view weight_is;
  std::vector<PlacedProvider> providers;  ///< the largest first
  std::vector<PlacedWorkload> workloads;  ///< the largest first
  std::vector<std::string> left_out;      ///< providers in the bill that are too small
  double left_out_share = 0.0;
};

/// Nothing where the bill has no positive cost in the currency.
std::optional<Placement> placement_of(const Bill& bill, std::string_view currency);

}  // namespace hedgerow::intake
