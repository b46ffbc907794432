#pragma once
// From a register to a config that one can begin with.

#include <string>

#include "apps/import/dora_concentration.hpp"

namespace hedgerow::intake {

/// A config (YAML) whose workloads are the critical or important functions, one for each provider that they
/// lean on (all functions where none is critical); groups of providers and subcontractors are common causes.
/// Each number carries its source, and FILL_IN stands where only the financial entity knows. `rates`: of a
/// currency in the base currency. Throws BadData where no function leans on a provider, or no base currency
/// is known.
std::string dora_skeleton(const Register& from, const DoraConcentration& found,
                          const std::map<std::string, double>& rates);

}  // namespace hedgerow::intake
