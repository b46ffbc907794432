#pragma once
// Calendar months of a horizon.

#include <string>

#include <fmt/format.h>

#include "models/ledger/discounting.hpp"
#include "models/scenario/scenario.hpp"

namespace hedgerow::results {

/// The month in which `time` [yr from the start of the horizon] lies: "2028-11".
inline std::string month_name(const models::Horizon& horizon, double time) {
  const int month =
      horizon.start_month - 1 + static_cast<int>(time * months_per_year + models::month_tolerance);
  return fmt::format("{:04}-{:02}", horizon.start_year + month / months_per_year,
                     month % months_per_year + 1);
}
inline std::string month_name(const models::Scenario& scenario, double time) {
  return month_name(scenario.horizon, time);
}

}  // namespace hedgerow::results
