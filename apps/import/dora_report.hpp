#pragma once
// A register for people and for programs.

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "apps/import/dora_concentration.hpp"

namespace hedgerow::intake {

/// Tables for the terminal: groups of providers, functions, and the findings by paragraph of Article 29.
std::string as_table(const Register& from, const DoraConcentration& found, bool colour);

/// `hedgerow-dora/1` (docs/import.md). Money is text, exact to the last digit.
nlohmann::ordered_json as_json(const Register& from, const DoraConcentration& found);

}  // namespace hedgerow::intake
