#pragma once
// A bill for people and for programs.

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "apps/import/focus_bill.hpp"

namespace hedgerow::intake {

/// Tables for the terminal: spend by provider, region, service category and month, commitments, and what was
/// mended. `colour`: headings are strong.
std::string as_table(const Bill& bill, bool colour);

/// `hedgerow-focus/1` (docs/import.md). Money is text, exact to the last digit.
nlohmann::ordered_json as_json(const Bill& bill);

}  // namespace hedgerow::intake
