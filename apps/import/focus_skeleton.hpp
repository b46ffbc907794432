#pragma once
// From a bill to a config that one can begin with.

#include <string>
#include <string_view>

#include "apps/import/focus_bill.hpp"

namespace hedgerow::intake {

/// Providers below this part of the usage are left out of the config; regions of a provider, and workloads,
/// below the other are joined.
inline constexpr double least_provider = 0.01, least_part = 0.05;

/// A config (YAML) with the workloads, placements and contracts of the bill in one currency, each number with
/// its source, and FILL_IN where only the buyer knows. When these are filled it can be run.
/// Throws BadData where the bill has no positive cost in the currency.
std::string focus_skeleton(const Bill& bill, std::string_view currency);

}  // namespace hedgerow::intake
